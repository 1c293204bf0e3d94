"""Room for one more position: how many are open, in which expirations, and which one leaves for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from engine.model import Instrument, Intent, OptionContract, Order, Position
from engine.strategies.hedge_positions import HEDGE_TAG, is_hedge


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


def room_to_make(
    positions: Sequence[Position], pending: Sequence[Order], most: int, leaving: Collection[int] = ()
) -> tuple[Position, ...] | None:
    """The oldest positions that must close so that one more makes at most `most`; None where they would not do.

    Args:
        leaving: ids of positions that are asked to close in this very moment; they and those whose last legs a
            closing order is under way for leave room already. One that an order changes otherwise is left alone.
    """
    own = [one for one in positions if not is_hedge(one)]
    ordered = {one.position_id: one for one in pending if one.position_id is not None}
    gone = [one for one in own if not is_leftover(one) and (one.position_id in leaving or _ends(one, ordered))]
    busy = {one.position_id for one in gone} | set(ordered)
    staying = [one for one in own if one.position_id not in busy and not one.closing]
    excess = open_or_opening(positions, pending) - len(gone) - most + 1
    if excess > len(staying):
        return None
    return tuple(staying[: max(0, excess)])


def _ends(position: Position, ordered: Mapping[int, Order]) -> bool:
    """Whether an order is under way that closes all legs of a position."""
    order = ordered.get(position.position_id)
    if order is None or order.intent is not Intent.CLOSE:
        return False
    return {leg.instrument for leg in position.legs} <= {leg.instrument for leg in order.legs}


def full_expiration(
    expirations: Mapping[str, date], positions: Sequence[Position], pending: Sequence[Order], most: int
) -> str | None:
    """Name of the first expiration in which `most` positions have a leg already, open or opening; None with room."""
    held = {position.position_id for position in positions}
    dates = [
        *(
            _expirations(leg.instrument for leg in one.legs)
            for one in positions
            if not is_leftover(one) and not is_hedge(one)
        ),
        *(
            _expirations(leg.instrument for leg in order.legs)
            for order in pending
            if order.intent is Intent.OPEN and order.target_position not in held and order.tag != HEDGE_TAG
        ),
    ]
    for name, expires_on in expirations.items():
        if sum(expires_on in those for those in dates) >= most:
            return name
    return None


def _expirations(instruments: Iterable[Instrument]) -> set[date]:
    return {one.series.expires_on for one in instruments if isinstance(one, OptionContract)}
