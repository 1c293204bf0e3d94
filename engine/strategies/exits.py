"""Exit rules: each a small function from a position as it stands now to a yes or a no.

`SpecifiedStrategy` composes them, and so may a Python strategy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.model import Intent, OptionContract, Position
from engine.strategies.spec.exits import ExitRules
from engine.strategy import PositionValue, StrategyContext


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
