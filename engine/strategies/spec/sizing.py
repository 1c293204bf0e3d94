"""How a specification says how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, Interval

from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedContracts:
    """Always the same number of packages."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["fixed_contracts"] = "fixed_contracts"
    contracts: Annotated[int, Ge(1)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentAtRisk:
    """As many packages as keep the maximum loss of the order within a percentage of net liquidation."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["percent_at_risk"] = "percent_at_risk"
    percent: Annotated[float, Interval(gt=0, le=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetDeltaBudget:
    """As many packages as keep the net delta of the whole portfolio within plus or minus a budget."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["net_delta_budget"] = "net_delta_budget"
    delta_shares: Annotated[float, Gt(0)]


SizingConfig: TypeAlias = FixedContracts | PercentAtRisk | NetDeltaBudget
