"""The funnel: where every entry of a run ended, from the rule that declined it to the fill that opened a position.

Strategies say what they decline (`StrategyContext.decline`) and how far an entry got (`passed`). What became of an
entry that was ordered is known by the number of its order, whenever that ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Final

from engine.events import Event, OrderReplaceRequested
from engine.instants import Instant
from engine.model import Intent
from engine.result import BacktestResult, OrderEnd, OrderRecord
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.tally import Declines

SIZING: Final = "sizing"
RISK: Final = "risk"
MARGIN: Final = "margin"
FILL: Final = "fill"
OPENED: Final = "opened"
"""Stages that follow those of the strategy; `opened` is where entries are meant to end."""
ORDER_STAGES: Final = (SIZING, RISK, MARGIN, FILL, OPENED)
CHANGES: Final = frozenset({"adjustment", "hedge", "script"})
"""Stages at which no entry ends, but a change of a position or an order that is there already."""

_STAGES: Final[Mapping[str, str]] = {
    "size_is_zero": SIZING,
    "reduced_to_zero": SIZING,
    "no_market": SIZING,
    "buying_power": MARGIN,
    "unbounded_loss": MARGIN,
    "margin_percent": MARGIN,
    "budget_margin": MARGIN,
}
"""Stages of the rules that refuse; every other rule is one of risk."""


@dataclass(frozen=True, slots=True)
class EntryFate:
    """Where one entry ended.

    Attributes:
        at: when it was due, whenever its order ended.
        stage: a stage of the strategy, or one of `ORDER_STAGES`.
        reason: stable words; empty where it opened in full.
        order_id: of its first order; None where none was requested.
        ended_at: instant of that end; None of an order that was requested when everything was over.
    """

    at: Instant
    strategy: str
    stage: str
    reason: str
    order_id: int | None
    ended_at: Instant | None


def entry_fates(result: BacktestResult) -> Iterator[EntryFate]:
    """Where every entry of a run ended, and every change that could not be made, in the order of their instants."""
    declined = [_declined(name, declines) for name, declines in result.declines.items()]
    return merge(*declined, _ordered(result.orders, result.event_log), key=lambda fate: fate.at)


def _declined(strategy: str, declines: Declines) -> Iterator[EntryFate]:
    for at, (stage, reason) in zip(declines.instants, declines.reasons, strict=True):
        yield EntryFate(at, strategy, stage, reason, None, at)


def _ordered(orders: Sequence[OrderRecord], log: Sequence[Event]) -> Iterator[EntryFate]:
    """Of the orders that open a position, hedges left out; a replacement is the fate of what it replaced."""
    records = {record.order.order_id: record for record in orders}
    replaced = {event.order_id: event.replacement.order_id for event in log if isinstance(event, OrderReplaceRequested)}
    replacements = set(replaced.values())
    for record in orders:
        order = record.order
        opens = order.intent is Intent.OPEN and order.position_id is None and order.tag != HEDGE_TAG
        if opens and order.order_id not in replacements:
            chain = [record]
            while (following := records.get(replaced.get(chain[-1].order.order_id, -1))) is not None:
                chain.append(following)
            stage, reason = _end(chain)
            yield EntryFate(order.submitted_at, order.strategy, stage, reason, order.order_id, chain[-1].ended_at)


def _end(chain: Sequence[OrderRecord]) -> tuple[str, str]:
    """Stage and reason of an order and its replacements."""
    last, filled = chain[-1], sum(record.filled for record in chain)
    if last.end is OrderEnd.FILLED:
        return OPENED, ""
    if filled:
        return OPENED, f"in part: {filled} of {filled - last.filled + last.approved} packages, then {last.reason}"
    if last.end is OrderEnd.REFUSED:
        at_fill = " at the fill" if last.approved else ""
        return _STAGES.get(last.reason, RISK), f"{last.reason}{at_fill}"
    return FILL, last.reason or "end of run"
