"""A change of a position: what is traded, and which leg is which afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd

from engine.model import Instrument, Leg, Position
from engine.structures import recognise


@dataclass(frozen=True, slots=True)
class Change:
    """What an adjustment trades.

    Attributes:
        legs: changes of the whole position, bought when positive; each instrument once.
        named: what is held under the names that it opens or moves.
        structure: what the position is afterwards.
    """

    legs: tuple[Leg, ...]
    named: Mapping[str, Instrument]
    structure: str


def change_of(
    position: Position,
    moves: Iterable[tuple[Instrument, int]],
    named: Mapping[str, Instrument],
    structure: str | None = None,
) -> Change | None:
    """A change of so many contracts and shares each; None where they cancel out.

    Args:
        structure: left out: what the legs are called that are held afterwards.
    """
    totals: dict[Instrument, int] = {}
    for instrument, quantity in moves:
        totals[instrument] = totals.get(instrument, 0) + quantity
    legs = tuple(Leg(instrument, quantity) for instrument, quantity in totals.items() if quantity)
    if not legs:
        return None
    return Change(legs, named, structure or _called(position, legs))


def _called(position: Position, changes: Iterable[Leg]) -> str:
    after = {leg.instrument: leg.quantity for leg in position.legs}
    for leg in changes:
        after[leg.instrument] = after.get(leg.instrument, 0) + leg.ratio
    held = {instrument: quantity for instrument, quantity in after.items() if quantity}
    packages = gcd(*held.values()) or 1
    return recognise(Leg(instrument, quantity // packages) for instrument, quantity in held.items())
