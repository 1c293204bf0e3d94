"""What the watches over the account's losses do."""

from __future__ import annotations

from dataclasses import dataclass

from engine.instants import Instant


@dataclass(frozen=True, slots=True)
class ProtectionTriggered:
    """A watch over the account began to act.

    Attributes:
        rule: `drawdown`, `daily_loss` or `trade_stop`.
        action: `halt`, `reduce`, `flatten`, or `close` for a single position.
        value: the loss that triggered it.
        limit: the bound that it reached.
        unit: of both: `%` of what a loss is measured against, or `USD`.
        position_id: the position that it closes; None: the rule concerns the account.
    """

    at: Instant
    rule: str
    action: str
    value: float
    limit: float
    unit: str
    position_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProtectionLifted:
    """A watch over the account ended what it had begun.

    Attributes:
        rule, limit: as in the `ProtectionTriggered` that it ends.
    """

    at: Instant
    rule: str
    limit: float
