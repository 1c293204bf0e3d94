"""Entry rules: each a small function from what is known now to a yes, a no, or a reason.

`SpecifiedStrategy` composes them, and so may a Python strategy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isnan

from engine.model import Intent, Order, Position
from engine.strategies.hedge_positions import HEDGE_TAG, is_hedge
from engine.strategies.spec.entry import SignalCondition


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
    """Positions of a strategy that are open, plus its orders that would open one; leftovers and hedges do not count.

    An order that has filled in part is no second position.
    """
    held = {position.position_id for position in positions} if pending else set()
    opening = sum(
        order.intent is Intent.OPEN and order.target_position not in held and order.tag != HEDGE_TAG
        for order in pending
    )
    return opening + sum(not is_leftover(position) and not is_hedge(position) for position in positions)


def is_leftover(position: Position) -> bool:
    """Whether only long legs are left that found no bid when the rest was closed (DESIGN section 5).

    They can lose nothing more and wait for a bid or for expiration; a new position need not wait for them.
    """
    return position.closing and all(leg.quantity > 0 for leg in position.legs)
