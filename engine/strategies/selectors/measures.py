"""What a strike is measured by: one number per strike of a listing, and how much of it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from engine.model.chain import Column
from engine.strategies.selectors.expected_move import expected_move
from engine.strategies.selectors.listing import Listing
from engine.strategies.selectors.nearest import SAME, Aim, aim_at
from engine.strategies.spec.strikes import (
    Bounds,
    DeltaTarget,
    ExpectedMoveTarget,
    PercentOtm,
    PremiumTarget,
    StrikeOffset,
    StrikeTarget,
)
from engine.structures import Side

Values: TypeAlias = Callable[[Listing], Column | None]
"""None: nothing can be measured."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A compiled target.

    Attributes:
        outside: why there is none when no strike lies within the bounds.
        unknown: why there is none when nothing can be measured.
        sizes: the sign of the values does not matter.
    """

    values: Values
    aim: Aim
    outside: str
    unknown: str = ""
    sizes: bool = False


def measure_of(wanted: StrikeTarget, side: Side) -> Measure:
    """What is measured for a target; a premium is the ask when buying, the bid when selling."""
    match wanted:
        case DeltaTarget():
            return Measure(_delta, aim_at(wanted.target, *wanted.bounds), "none_within_delta", sizes=True)
        case PercentOtm():
            return Measure(_percent_otm, _aim(wanted.target, wanted.bounds), "none_within_percent_otm")
        case StrikeOffset():
            return Measure(_points_otm, _aim(wanted.target, wanted.bounds), "none_within_offset")
        case PremiumTarget():
            paid = _ask if side == "buy" else _bid
            return Measure(paid, _aim(wanted.target, wanted.bounds), "none_within_premium")
        case ExpectedMoveTarget():
            aim = _aim(wanted.target, wanted.bounds)
            return Measure(_moves_otm(wanted), aim, "none_within_expected_move", "no_expected_move")
    assert_never(wanted)


def _aim(target: float, bounds: Bounds) -> Aim:
    # What is computed may miss a bound by its last digit: 2,850 is 5 % below 3,000, and 5.000000000000004 in binary.
    return aim_at(target, bounds[0] - SAME, bounds[1] + SAME)


def _delta(listing: Listing) -> Column:
    return listing.snapshot.delta[listing.rows]


def _points_otm(listing: Listing) -> Column:
    return listing.points_otm


def _percent_otm(listing: Listing) -> Column:
    return listing.points_otm / listing.snapshot.underlying_price * 100


def _ask(listing: Listing) -> Column:
    return listing.column("ask")


def _bid(listing: Listing) -> Column:
    return listing.column("bid")


def _moves_otm(wanted: ExpectedMoveTarget) -> Values:
    def values(listing: Listing) -> Column | None:
        move = expected_move(listing.snapshot, listing.series, wanted.measured_by)
        return None if move is None else listing.points_otm / move

    return values
