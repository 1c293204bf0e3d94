"""How a specification says which strike: by what is measured of it, or by its distance from another leg.

Out of the money is up for calls and down for puts: every distance counts in that direction, so that one number serves
a call and a put alike, and a negative one lies in the money. A bound that is left out bounds nothing; all are included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Annotated, ClassVar, Literal, Protocol, TypeAlias

from annotated_types import Ge, Gt, Interval

from engine.shapes import FORBID_UNKNOWN, Name

Bounds: TypeAlias = tuple[float, float]
"""Least and most that is allowed, both included."""


class _Aim(Protocol):
    """A target and what bounds it, all in one unit."""

    @property
    def target(self) -> float: ...
    @property
    def minimum(self) -> float | None: ...
    @property
    def maximum(self) -> float | None: ...
    @property
    def tolerance(self) -> float | None: ...


class _WithinBounds:
    """What all words have in common that aim at a number; each declares its numbers itself, with their ranges."""

    __slots__ = ()

    def __post_init__(self: _Aim) -> None:
        _check_target(self)

    @property
    def bounds(self: _Aim) -> Bounds:
        """Least and most that is allowed, in the unit of the target."""
        low = -inf if self.minimum is None else self.minimum
        high = inf if self.maximum is None else self.maximum
        if self.tolerance is None:
            return low, high
        # To nine digits, as a person would write it: 0.3 - 0.1 is 0.2.
        return max(low, round(self.target - self.tolerance, 9)), min(high, round(self.target + self.tolerance, 9))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaTarget(_WithinBounds):
    """A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].

    Attributes:
        tolerance: allowed distance from the target, beside minimum and maximum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target: Annotated[float, Interval(gt=0, lt=1)]
    minimum: Annotated[float, Interval(ge=0, le=1)] = 0.0
    maximum: Annotated[float, Interval(ge=0, le=1)] = 1.0
    tolerance: Annotated[float, Interval(ge=0, le=1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOtm(_WithinBounds):
    """A strike by percent of the underlying's price out of the money; nearest to the target within its bounds.

    Attributes:
        target: 5 is 5 % above the price for a call and 5 % below it for a put; negative is in the money.
        tolerance: allowed distance from the target in percent, beside minimum and maximum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target: Annotated[float, Interval(gt=-100, lt=100)]
    minimum: float | None = None
    maximum: float | None = None
    tolerance: Annotated[float, Ge(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeOffset(_WithinBounds):
    """A strike by its distance from the money: in points from the underlying's price, or in listed strikes.

    Exactly one of `points` and `strikes`; positive is out of the money.

    Attributes:
        strikes: listed strikes counted from the one nearest to the underlying's price (the lower one of two), which
            is 0. The count is exact and passes over nothing.
        minimum: of the distance in points.
        maximum: of the distance in points.
        tolerance: allowed distance from `points` in points, beside minimum and maximum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    points: float | None = None
    strikes: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    tolerance: Annotated[float, Ge(0)] | None = None

    def __post_init__(self) -> None:
        _check_one("an offset", {"points": self.points, "strikes": self.strikes})
        if self.points is None:
            _check_unbounded("an offset", self)
        else:
            _check_target(self)

    @property
    def target(self) -> float:
        """Points out of the money that are wanted, where points are."""
        return self.points or 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumTarget(_WithinBounds):
    """A strike by what it costs now in USD per share: the ask of a leg that is bought, the bid of one that is sold.

    Attributes:
        tolerance: allowed distance from the target in USD, beside minimum and maximum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target: Annotated[float, Gt(0)]
    minimum: Annotated[float, Ge(0)] | None = None
    maximum: Annotated[float, Ge(0)] | None = None
    tolerance: Annotated[float, Ge(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMoveTarget(_WithinBounds):
    """A strike by its distance from the underlying's price in expected moves of its expiration, out of the money.

    Attributes:
        target: multiple of the expected move; 1 is one move out of the money.
        tolerance: allowed distance from the target in moves, beside minimum and maximum.
        measured_by: `straddle`: middle of the at-the-money call plus middle of the put, the mean absolute move that is
            priced in, about 0.8 standard deviations. `volatility`: price times at-the-money volatility times the root
            of the years to settlement (calendar days / 365), one standard deviation.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target: float = 1.0
    minimum: float | None = None
    maximum: float | None = None
    tolerance: Annotated[float, Ge(0)] | None = None
    measured_by: Literal["straddle", "volatility"] = "straddle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Width(_WithinBounds):
    """A strike that lies further out of the money than that of another leg, by so much.

    Exactly one of `points`, `percent` and `strikes`. The strike is chosen from all that are listed in this leg's own
    expiration, whatever filters say; when it then cannot be traded, nothing is.

    Attributes:
        leg: name of the other leg.
        percent: of the other leg's strike.
        strikes: listed strikes counted from the other leg's; the count is exact.
        minimum: of the width, in the unit that is used.
        maximum: of the width, in the unit that is used.
        tolerance: allowed distance from the width that is wanted, beside minimum and maximum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    leg: Name
    points: Annotated[float, Gt(0)] | None = None
    percent: Annotated[float, Gt(0)] | None = None
    strikes: Annotated[int, Ge(1)] | None = None
    minimum: Annotated[float, Gt(0)] | None = None
    maximum: Annotated[float, Gt(0)] | None = None
    tolerance: Annotated[float, Ge(0)] | None = None

    def __post_init__(self) -> None:
        _check_one("a width", {"points": self.points, "percent": self.percent, "strikes": self.strikes})
        if self.strikes is None:
            _check_target(self)
        else:
            _check_unbounded("a width", self)

    @property
    def target(self) -> float:
        """Width that is wanted, in points or percent, where one of them is used."""
        return self.points or self.percent or 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeOf:
    """The strike of another leg, or one at a distance from it that may lie on either side.

    The strike is chosen from all that are listed in this leg's own expiration; without a tolerance it must be listed
    exactly there.

    Attributes:
        leg: name of the other leg.
        points: distance from its strike; positive is further out of the money.
        strikes: as `points`, in listed strikes, counted from the other leg's.
        tolerance: allowed distance in points from the strike that is wanted.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    leg: Name
    points: float = 0.0
    strikes: int = 0
    tolerance: Annotated[float, Ge(0)] = 0.0

    def __post_init__(self) -> None:
        if self.points and self.strikes:
            raise ValueError("the strike of another leg takes `points` or `strikes`, not both")
        if self.strikes and self.tolerance:
            raise ValueError("a count of listed strikes is exact: leave `tolerance` out, or use `points`")


StrikeTarget: TypeAlias = DeltaTarget | PercentOtm | StrikeOffset | PremiumTarget | ExpectedMoveTarget
"""What a strike is found by without looking at another leg."""


def _check_target(aim: _Aim) -> None:
    if aim.minimum is not None and aim.maximum is not None and not aim.minimum <= aim.target <= aim.maximum:
        raise ValueError(f"target {aim.target} must lie between minimum {aim.minimum} and maximum {aim.maximum}")
    if aim.minimum is not None and aim.target < aim.minimum:
        raise ValueError(f"target {aim.target} lies below minimum {aim.minimum}")
    if aim.maximum is not None and aim.target > aim.maximum:
        raise ValueError(f"target {aim.target} lies above maximum {aim.maximum}")


def _check_one(noun: str, units: Mapping[str, float | None]) -> None:
    said = [unit for unit, value in units.items() if value is not None]
    if len(said) != 1:
        among = ", ".join(f"`{unit}`" for unit in units)
        raise ValueError(f"{noun} takes exactly one of {among}; it has {' and '.join(said) or 'none'}")


def _check_unbounded(noun: str, aim: _Aim) -> None:
    if any(bound is not None for bound in (aim.minimum, aim.maximum, aim.tolerance)):
        raise ValueError(f"{noun} in `strikes` is an exact count: leave `minimum`, `maximum` and `tolerance` out")
