"""At what price an order fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Interval, Len

from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadFractionFills:
    """Buy at bid + f (ask - bid), sell at ask - f (ask - bid); 0.5 is mid, 1 is touch.

    Attributes:
        fraction_by_legs: f for one, two, three, and four or more option legs.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["spread_fraction"] = "spread_fraction"
    fraction_by_legs: Annotated[tuple[Annotated[float, Interval(ge=0, le=1)], ...], Len(4, 4)] = (
        0.75,
        0.66,
        0.56,
        0.53,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MidFills:
    """Every leg at the middle of bid and ask."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["mid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchFills:
    """Buy at the ask, sell at the bid."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["touch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MidSlippageFills:
    """The middle of bid and ask plus slippage, the sum of three parts, never beyond the touch.

    Attributes:
        spread_percent: of the spread; 50 reaches the touch.
        price_percent: of the middle.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["mid_slippage"]
    per_share_usd: Annotated[float, Ge(0)] = 0.0
    spread_percent: Annotated[float, Interval(ge=0, le=50)] = 0.0
    price_percent: Annotated[float, Ge(0)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SquareRootImpactFills:
    """A fraction of the spread plus coefficient x spread x sqrt(contracts / depth), which may lead beyond the touch.

    Attributes:
        fraction: of the spread, without impact; 1 is the touch.
        depth: `size` shown on the side that is taken, or `volume` of the day so far; without it an order waits.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["square_root_impact"]
    fraction: Annotated[float, Interval(ge=0, le=1)] = 0.5
    coefficient: Annotated[float, Ge(0)] = 0.5
    depth: Literal["size", "volume"] = "size"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPriceFills:
    """The value by the pricing kernel at the chain's implied volatility; such fills are labelled and counted.

    Attributes:
        clamp_to_quotes: keep the value within bid and ask.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["model_price"]
    clamp_to_quotes: bool = False


FillConfig: TypeAlias = (
    SpreadFractionFills | MidFills | TouchFills | MidSlippageFills | SquareRootImpactFills | ModelPriceFills
)
