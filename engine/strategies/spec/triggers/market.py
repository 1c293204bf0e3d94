"""Triggers that look at the market: the delta of a leg, the price of the underlying, signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Interval

from engine.errors import ConfigurationError
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.expressions import expression
from engine.strategies.spec.entry import SignalCondition

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
    """Holds when all conditions on signals do, and the expression; a signal without a value meets neither.

    Attributes:
        expression: over signals by name, e.g. `iv_rank < 0.2 or sma50 < sma200`.
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["signal"]
    conditions: tuple[SignalCondition, ...] = ()
    expression: Name | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        if not self.conditions and self.expression is None:
            raise ValueError("signal needs `conditions`, an `expression`, or both")
        if self.expression is not None:
            try:
                expression(self.expression)
            except ConfigurationError as error:
                raise ValueError(str(error)) from error

    @property
    def signals(self) -> tuple[str, ...]:
        """Names of all signals it asks for, each once."""
        said = () if self.expression is None else expression(self.expression).references
        named = [condition.signal for condition in self.conditions] + [one.signal for one in said]
        return tuple(dict.fromkeys(named))
