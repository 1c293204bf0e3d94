"""Exercise and assignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval

from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseConfig:
    """Exercise and assignment before expiration, and what they leave behind (docs/lifecycle.md).

    Attributes:
        early_assignment: short American options are assigned on every night on which exercise is `optimal` for their
            holder; at `random`, contract by contract, on such nights; or not before they expire (`off`).
        assignment_probability: of one contract in one such night, where assignment is random.
        early_exercise: long American options are exercised on the first night on which that is optimal.
        delivered_shares: shares that an option left in a position are sold (short ones bought back) at their next
            price, or kept for the strategy to deal with.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    early_assignment: Literal["optimal", "random", "off"] = "optimal"
    assignment_probability: Annotated[float, Interval(gt=0, le=1)] = 0.5
    early_exercise: bool = False
    delivered_shares: Literal["liquidate", "keep"] = "liquidate"
