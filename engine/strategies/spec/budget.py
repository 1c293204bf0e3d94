"""How a specification says what one strategy may take of an account that it shares with others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Ge, Gt, Interval

from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyBudget:
    """What one strategy may take of the account; the margin of the whole book is checked as well.

    Attributes:
        percent_of_equity: of net liquidation, for the cash that the strategy's positions bind as if they stood alone:
            their requirement and what was paid for them, less what was received.
        margin_usd: requirement of the strategy's positions as if they stood alone.
        max_positions: open positions of the strategy.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    percent_of_equity: Annotated[float, Interval(gt=0, le=100)] | None = None
    margin_usd: Annotated[float, Gt(0)] | None = None
    max_positions: Annotated[int, Ge(1)] | None = None
