"""Triggers that look at the market: the delta of a leg, the price of the underlying, signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Interval, MinLen

from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.spec.conditions import Condition

AbsoluteDelta: TypeAlias = Annotated[float, Interval(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaBreach:
    """Holds when the delta of a leg, its sign left out, has come to a bound; needs a quote that can be trusted.

    Attributes:
        leg: name of the leg whose delta counts.
        above: so much or more.
        below: so much or less.
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["delta_breach"]
    leg: Name
    above: AbsoluteDelta | None = None
    below: AbsoluteDelta | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        if self.above is None and self.below is None:
            raise ValueError(f"delta_breach of leg {self.leg!r} needs `above`, `below`, or both")
        if self.above is not None and self.below is not None and self.above <= self.below:
            raise ValueError(
                f"delta_breach of leg {self.leg!r}: any delta is above {self.above} or below {self.below}; "
                "`above` must be the greater"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBreach:
    """Holds when the underlying has reached a leg's strike or come near it: a put's from above, a call's from below.

    Attributes:
        leg: name of the leg whose strike counts.
        within_usd: already when it is so near.
        within_percent: already when it is so near, in percent of the strike.
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["price_breach"]
    leg: Name
    within_usd: Annotated[float, Ge(0)] | None = None
    within_percent: Annotated[float, Interval(ge=0, lt=100)] | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        if self.within_usd is not None and self.within_percent is not None:
            raise ValueError(f"price_breach of leg {self.leg!r} takes `within_usd` or `within_percent`; leave one out")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalTrigger:
    """Holds when all conditions do: on signals, expressions over signals, event dates, and their combinations.

    Attributes:
        conditions: as those of an entry; one on a signal without a value does not hold.
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["signal"]
    conditions: Annotated[tuple[Condition, ...], MinLen(1)]
    legs: tuple[Name, ...] = ()
