"""What the summary says of exercise, assignment, expiration, dividends and corporate actions."""

from __future__ import annotations

from collections import Counter

from engine.events import (
    AdjustmentReason,
    CashMoved,
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    CorporateActionApplied,
    DividendPaid,
    ExerciseReason,
)
from engine.result import BacktestResult
from schemas.sections.lifecycle import Lifecycle

_CORPORATE = {
    AdjustmentReason.SPLIT: "splits",
    AdjustmentReason.SPECIAL_DIVIDEND: "special_dividends",
    AdjustmentReason.NEW_SYMBOL: "new_symbols",
}


def lifecycle_of(result: BacktestResult) -> Lifecycle:
    """Counts over the event log."""
    counts: Counter[str] = Counter()
    for event in result.event_log:
        match event:
            case ContractExpired():
                counts["cash_settlements" if event.cash else "expirations_worthless"] += abs(event.quantity)
            case ContractExercised():
                counts[f"exercises_{_when(event.reason)}"] += abs(event.quantity)
            case ContractAssigned():
                counts[f"assignments_{_when(event.reason)}"] += abs(event.quantity)
            case DividendPaid():
                counts["dividends"] += 1
            case CorporateActionApplied():
                counts[_CORPORATE[event.reason]] += 1
            case CashMoved():
                counts["deposits" if event.amount > 0 else "withdrawals"] += 1
    return Lifecycle(**{name: counts[name] for name in Lifecycle.model_fields})


def _when(reason: ExerciseReason) -> str:
    return "at_expiration" if reason is ExerciseReason.EXPIRATION else "early"
