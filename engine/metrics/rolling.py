"""Figures over windows that end with a calendar month: whether a figure of the whole run hides a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.metrics.drawdowns import deepest_drawdown
from engine.metrics.ratios import sharpe_ratio
from engine.metrics.returns import annual_volatility, simple_returns, total_return

WINDOWS: Final = (63, 252)
"""Sessions of a window: a quarter, and a year."""


@dataclass(frozen=True, slots=True)
class Window:
    """Figures of so many sessions up to a date; conventions as of the whole run."""

    ends_on: date
    sessions: int
    total: float
    volatility: float | None
    sharpe: float | None
    max_drawdown: float


def rolling_windows(values: Sequence[float], dates: Sequence[date]) -> list[Window]:
    """Windows of each length at the last session of every month, as soon as the curve is that long.

    Windows that begin with nothing are left out.

    Args:
        values: shape (1 + sessions,): the starting capital, and the value at the end of each session.
        dates: shape (sessions,), ascending.
    """
    last = len(dates) - 1
    ends = [place for place, day in enumerate(dates) if place == last or dates[place + 1].month != day.month]
    return [
        _window(values[end + 1 - sessions : end + 2], dates[end])
        for sessions in WINDOWS
        for end in ends
        if end + 1 >= sessions and values[end + 1 - sessions] > 0
    ]


def _window(values: Sequence[float], ends_on: date) -> Window:
    returns = simple_returns(values)
    return Window(
        ends_on=ends_on,
        sessions=len(values) - 1,
        total=total_return(values),
        volatility=annual_volatility(returns),
        sharpe=sharpe_ratio(returns),
        max_drawdown=deepest_drawdown(values).depth,
    )
