"""Entry and exit rules: each a small function from what is known now to a yes, a no, or a reason.

`SpecifiedStrategy` composes them, and so may a Python strategy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Final

from engine.model import Intent, OptionContract, Order, Position
from engine.strategies.spec import ExitRules, SignalCondition
from engine.strategy import PositionValue, StrategyContext

# --- entry ------------------------------------------------------------------------------------------------------


def unmet_condition(conditions: Iterable[SignalCondition], value_of: Callable[[str], float | None]) -> str | None:
    """Why the first condition that does not hold does not; None when all hold.

    A signal without a value is no reason to trade: an undefined signal meets no condition.

    Returns:
        `signal_undefined:<name>`, `signal_not_above:<name>` or `signal_not_below:<name>`.
    """
    for condition in conditions:
        value = value_of(condition.signal)
        if value is None or isnan(value):
            return f"signal_undefined:{condition.signal}"
        if condition.above is not None and not value > condition.above:
            return f"signal_not_above:{condition.signal}"
        if condition.below is not None and not value < condition.below:
            return f"signal_not_below:{condition.signal}"
    return None


def open_or_opening(positions: Sequence[Position], pending: Sequence[Order]) -> int:
    """Positions of a strategy that are open, plus its orders that would open one; leftovers do not count."""
    opening = sum(order.intent is Intent.OPEN for order in pending)
    return opening + sum(not is_leftover(position) for position in positions)


def is_leftover(position: Position) -> bool:
    """Whether only long legs are left that found no bid when the rest was closed (DESIGN section 5).

    They can lose nothing more and wait for a bid or for expiration; a new position need not wait for them.
    """
    return position.closing and all(leg.quantity > 0 for leg in position.legs)


# --- exit -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """A position as exit rules see it.

    Attributes:
        days_to_expiration: exchange dates to the expiration of the nearest leg; None without option legs.
    """

    position: Position
    value: PositionValue
    days_to_expiration: int | None


ExitRule = Callable[[Holding, ExitRules], bool]


def stop_loss(holding: Holding, rules: ExitRules) -> bool:
    """Whether the loss has reached its percentage of the entry premium, on marks that can be trusted (T17)."""
    premium, value = abs(holding.position.entry_cash), holding.value
    if rules.stop_loss_percent is None or not value.trusted or not premium:
        return False
    return -value.profit * 100 >= rules.stop_loss_percent * premium


def profit_target(holding: Holding, rules: ExitRules) -> bool:
    """Whether the profit has reached its percentage of the entry premium, on marks that can be trusted (T17)."""
    premium, value = abs(holding.position.entry_cash), holding.value
    if rules.profit_target_percent is None or not value.trusted or not premium:
        return False
    return value.profit * 100 >= rules.profit_target_percent * premium


def dte_exit(holding: Holding, rules: ExitRules) -> bool:
    """Whether the nearest leg has so few days to expiration; this needs no mark."""
    days = holding.days_to_expiration
    return rules.dte is not None and days is not None and days <= rules.dte


EXITS: Final[tuple[tuple[str, ExitRule], ...]] = (
    ("stop_loss", stop_loss),
    ("profit_target", profit_target),
    ("dte_exit", dte_exit),
)
"""Tag of the closing order and rule, in the order in which they are asked; the first that holds closes."""


def due_exits(context: StrategyContext, rules: ExitRules) -> list[tuple[Position, str]]:
    """Positions of the strategy that must close now, with the tag of the rule that says so.

    A position that a closing order is already under way for is not asked again.
    """
    positions = context.positions
    if not positions or not rules.can_close:
        return []
    under_way = {order.position_id for order in context.pending if order.intent is Intent.CLOSE}
    today = context.today if rules.dte is not None else None
    due: list[tuple[Position, str]] = []
    for position in positions:
        if position.closing or position.position_id in under_way:
            continue
        days = None if today is None else days_to_nearest_expiration(position, today)
        holding = Holding(position, context.value_of(position), days)
        tag = next((name for name, rule in EXITS if rule(holding, rules)), None)
        if tag is not None:
            due.append((position, tag))
    return due


def days_to_nearest_expiration(position: Position, today: date) -> int | None:
    """Exchange dates from today to the nearest expiration among the option legs; None without option legs (T28)."""
    dates = [leg.instrument.series.expires_on for leg in position.legs if isinstance(leg.instrument, OptionContract)]
    return (min(dates) - today).days if dates else None
