"""What trading costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge

from engine.costs.schedule import CommissionSchedule, PresetFees
from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFeesConfig:
    """Trading costs nothing."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerContractFeesConfig:
    """A fee for every contract and share, opened or closed; what expires worthless costs nothing.

    Attributes:
        fee_per_exercise_usd: of every contract that is exercised or assigned, in cash or in shares.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["per_contract"] = "per_contract"
    fee_per_contract_usd: Annotated[float, Ge(0)] = 0.65
    fee_per_share_usd: Annotated[float, Ge(0)] = 0.0
    fee_per_exercise_usd: Annotated[float, Ge(0)] = 0.0


FeeConfig: TypeAlias = PerContractFeesConfig | NoFeesConfig | PresetFees | CommissionSchedule
