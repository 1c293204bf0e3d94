"""Calendars of events that a run looks ahead in, and whether they reach to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from engine.strategies.declarative import SpecifiedStrategy
from engine.strategy import Strategy
from signals.calendar_events import DaysToEventParameters
from signals.registry import Signal

Dates: TypeAlias = Sequence[date]


def calendar_warnings(strategies: Sequence[Strategy], signals: Sequence[Signal], end: date) -> tuple[str, ...]:
    """Warnings of calendars that end before the run does, so that nothing is expected where something may come."""
    return tuple(
        f"{whose} end on {max(dates).isoformat()}, the run on {end.isoformat()}: nothing is known to come after that; "
        "add what was announced."
        for whose, dates in (*_of_strategies(strategies), *_of_signals(signals))
        if _ends_early(dates, end)
    )


def _of_strategies(strategies: Sequence[Strategy]) -> Iterator[tuple[str, Dates]]:
    for strategy in strategies:
        if isinstance(strategy, SpecifiedStrategy):
            for event in dict.fromkeys(event for _, event in strategy.spec.events_asked()):
                yield f"Strategy {strategy.name}: dates of {event}", strategy.events.of(event)


def _of_signals(signals: Sequence[Signal]) -> Iterator[tuple[str, Dates]]:
    for signal in signals:
        said = getattr(signal, "parameters", None)
        if isinstance(said, DaysToEventParameters) and said.toward == "next":
            yield f"Signal {signal.name}: dates", sorted(set(said.dates))


def _ends_early(dates: Dates, end: date) -> bool:
    """Whether the last date is longer before the end than any before the next one; of a single date nobody knows."""
    longest = max((later - earlier for earlier, later in pairwise(dates)), default=timedelta.max)
    return end - dates[-1] > longest
