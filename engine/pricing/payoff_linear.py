"""Profit and loss at a common expiry: straight pieces between strikes, in exact fractions.

Prices and strikes are taken as the decimals they are written as, so that a butterfly for nothing costs exactly nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.pricing.payoff_legs import PayoffLeg


@dataclass(frozen=True, slots=True)
class Piece:
    """Profit and loss `start + slope (spot - low)` from low to high (None: without end), of one sign inside."""

    low: Fraction
    high: Fraction | None
    start: Fraction
    slope: Fraction

    @property
    def sign(self) -> int:
        """Sign of the profit and loss inside the piece."""
        inside = self.start or self.slope
        return (inside > 0) - (inside < 0)


def exact(value: float) -> Fraction:
    """Return the decimal that a float prints as."""
    return Fraction(repr(float(value)))


def exact_cost(legs: Sequence[PayoffLeg]) -> Fraction:
    """Return what the legs cost."""
    return sum((exact(leg.shares) * exact(leg.price) for leg in legs), Fraction(0))


def pieces(legs: Sequence[PayoffLeg], fees: float) -> list[Piece]:
    """Cut the expiry profit and loss of legs that expire together at strikes and zeros."""
    strikes = {exact(leg.strike) for leg in legs if leg.strike is not None and leg.is_option}
    kinks = sorted(strikes | {Fraction(0)})
    paid = exact_cost(legs) + exact(fees)
    found: list[Piece] = []
    for low, high in zip(kinks, [*kinks[1:], None], strict=True):
        start = _intrinsic(legs, low) - paid
        slope = _slope(legs, low)
        root = low - start / slope if slope else low
        if low < root and (high is None or root < high):
            found += [Piece(low, root, start, slope), Piece(root, high, Fraction(0), slope)]
        else:
            found.append(Piece(low, high, start, slope))
    return found


def _intrinsic(legs: Sequence[PayoffLeg], spot: Fraction) -> Fraction:
    total = Fraction(0)
    for leg in legs:
        strike = exact(leg.strike or 0.0)
        above, zero = spot - strike, Fraction(0)
        gain = {"call": max(above, zero), "put": max(-above, zero), "stock": spot, "cash": Fraction(1)}[leg.kind]
        total += exact(leg.shares) * gain
    return total


def _slope(legs: Sequence[PayoffLeg], low: Fraction) -> Fraction:
    """Slope just above a kink."""
    total = Fraction(0)
    for leg in legs:
        strike = exact(leg.strike or 0.0)
        slope = {"call": int(low >= strike), "put": -int(low < strike), "stock": 1, "cash": 0}[leg.kind]
        total += exact(leg.shares) * slope
    return total
