"""How a specification says how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, Interval

from engine.risk_config import Percent, StressGrid
from engine.shapes import FORBID_UNKNOWN

# --- a number, or a share of the account ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedContracts:
    """Always the same number of packages."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["fixed_contracts"] = "fixed_contracts"
    contracts: Annotated[int, Ge(1)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOfEquity:
    """As many packages as are together worth a percentage of net liquidation.

    Attributes:
        measure: `premium`: what is paid or received for a package; `notional`: what the shares under its bought or its
            sold contracts cost, whichever are more.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["percent_of_equity"]
    percent: Annotated[float, Gt(0)]
    measure: Literal["premium", "notional"] = "premium"


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentAtRisk:
    """As many packages as keep the maximum loss of the order within a percentage of net liquidation."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["percent_at_risk"] = "percent_at_risk"
    percent: Percent


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOfMargin:
    """As many packages as bind a percentage of net liquidation under the margin model of the run.

    A package binds its initial requirement as if it stood alone and what is paid for it, less what is received.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["percent_of_margin"]
    percent: Percent


@dataclass(frozen=True, slots=True, kw_only=True)
class KellyFraction:
    """As many packages as risk a fraction of what Kelly's rule stakes: win rate - (1 - win rate) / payoff ratio.

    Attributes:
        win_rate: share of trades that win.
        payoff_ratio: average win by average loss.
        fraction: of Kelly's stake; a half is common, because the two numbers are never known.
        cap_percent: no more than this percentage of net liquidation is risked.
        learn_after_trades: from so many closed trades of the strategy on, their win rate and payoff ratio take the
            place of those given; left out: never.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["kelly"]
    win_rate: Annotated[float, Interval(gt=0, lt=1)]
    payoff_ratio: Annotated[float, Gt(0)]
    fraction: Annotated[float, Interval(gt=0, le=1)] = 0.5
    cap_percent: Percent = 5.0
    learn_after_trades: Annotated[int, Ge(2)] | None = None


# --- solved from a budget of the whole portfolio ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NetDeltaBudget:
    """As many packages as keep the net delta of the whole portfolio within plus or minus a budget."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["net_delta_budget"] = "net_delta_budget"
    delta_shares: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetGammaBudget:
    """As many packages as keep the net gamma of the whole portfolio within plus or minus a budget."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["net_gamma_budget"]
    gamma_shares_per_point: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetVegaBudget:
    """As many packages as keep the net vega of the whole portfolio within plus or minus a budget."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["net_vega_budget"]
    vega_usd_per_point: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetThetaBudget:
    """As many packages as keep the net theta of the whole portfolio within plus or minus a budget."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["net_theta_budget"]
    theta_usd_per_day: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StressBudget:
    """As many packages as keep the worst loss of the whole portfolio under shocks within a budget.

    Attributes:
        percent_of_equity: of net liquidation.
        loss_usd: as money; the lesser of the two where both are given.
        shocks: moves of prices and volatilities.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["stress_budget"]
    percent_of_equity: Percent | None = None
    loss_usd: Annotated[float, Gt(0)] | None = None
    shocks: StressGrid = StressGrid()

    def __post_init__(self) -> None:
        if self.percent_of_equity is None and self.loss_usd is None:
            raise ValueError("a stress budget needs `percent_of_equity`, `loss_usd`, or both")


GreekBudgetConfig: TypeAlias = NetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget
SizingConfig: TypeAlias = (
    FixedContracts
    | PercentAtRisk
    | PercentOfEquity
    | PercentOfMargin
    | KellyFraction
    | NetDeltaBudget
    | NetGammaBudget
    | NetVegaBudget
    | NetThetaBudget
    | StressBudget
)
