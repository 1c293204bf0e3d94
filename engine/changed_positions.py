"""What fills, deliveries and corporate actions make of positions and of their legs."""

from __future__ import annotations

from collections.abc import Collection

from engine.cost_basis import ChangingLegs
from engine.events import ContractAssigned, ContractExercised, CorporateActionApplied
from engine.model import Fill, Intent, OptionContract, Position, PositionLeg, Stock
from engine.money import Micros, to_micros
from engine.structures import name_of


def opened(fill: Fill, cash: Micros, fees: Micros) -> Position:
    """The position that a fill opens.

    Args:
        cash, fees: exact sums over its legs, as `Fill.cash` and `Fill.fees`.
    """
    return Position(
        fill.position_id,
        fill.strategy,
        fill.structure,
        fill.tag,
        fill.filled_at,
        fill.quantity,
        tuple([PositionLeg(leg.instrument, leg.quantity, -leg.cash) for leg in fill.legs]),
        cash,
        0,
        fees,
        bool(fill.left_open),
    )


def changed(position: Position, fill: Fill, fees: Micros, legs: ChangingLegs) -> Position:
    """A position after one more fill.

    Args:
        fees: exact sum over the fill's legs.
        legs: of the position, after they have traded.
    """
    return Position(
        position.position_id,
        position.strategy,
        _name_after(position, fill, legs.held.values()),
        position.tag,
        position.opened_at,
        position.quantity + (fill.quantity if fill.opens_packages else 0),
        tuple(legs.held.values()),
        position.entry_cash + _premium(fill),
        position.realised + legs.realised,
        position.fees + fees,
        position.closing or bool(fill.left_open),
    )


def delivered(position: Position, event: ContractExercised | ContractAssigned) -> ChangingLegs:
    """Legs of a position after contracts of it were exercised or assigned.

    The option ends at the value of its exercise and the shares come in at the price of the moment; together they are
    the cash that moves.
    """
    legs, contract = ChangingLegs(position.legs), event.contract
    value = event.shares * to_micros(event.price)
    if event.quantity:
        legs.trade(contract, -event.quantity, event.cash + value)
    if event.shares:
        legs.trade(Stock(contract.series.underlying), event.shares, -value)
    return legs


def adjusted(gone: PositionLeg, event: CorporateActionApplied) -> tuple[tuple[PositionLeg, ...], Micros]:
    """What a corporate action makes of a leg, if anything, and the exact profit that it realises.

    Cash for a fraction of a share is part of what the shares cost, given back.
    """
    basis = gone.cost_basis - event.cash
    if event.quantity_after:
        return (PositionLeg(event.after, event.quantity_after, basis),), 0
    return (), -basis


def _name_after(position: Position, fill: Fill, legs: Collection[PositionLeg]) -> str:
    """What a position is called after a fill: where it closed some legs and left others on purpose, as what is left.

    An adjustment says itself what it makes of it.
    """
    if fill.intent is Intent.ADJUST:
        return fill.structure
    left_on_purpose = fill.intent is Intent.CLOSE and not fill.left_open and not position.closing
    if left_on_purpose and 0 < len(legs) < len(position.legs):
        return name_of([(leg.instrument, leg.quantity) for leg in legs])
    return position.structure


def _premium(fill: Fill) -> Micros:
    """What a fill adds to the premium that profit and loss of its position are measured by (negative: takes away).

    Of an adjustment its options count, on both sides; shares that hedge are no premium.
    """
    if fill.intent is Intent.OPEN:
        return fill.cash
    if fill.intent is Intent.CLOSE:
        return 0
    return sum(leg.cash for leg in fill.legs if isinstance(leg.instrument, OptionContract))
