"""How risk is measured and limited: the part `risk` of a run's configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, Interval, MinLen

from engine.shapes import FORBID_UNKNOWN, Name

Percent: TypeAlias = Annotated[float, Interval(gt=0, le=100)]

# --- margin -----------------------------------------------------------------------------------------------------

UnderlyingClass: TypeAlias = Literal[
    "equity", "narrow_index", "broad_index", "other_broad_index", "leveraged_etf_2x", "leveraged_etf_3x"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginOptions:
    """What margin models that look at prices need to know.

    Attributes:
        underlying_classes: class of an underlying by its symbol; an index that is not named is `broad_index`, anything
            else `equity`.
        margin_loan: under `regulation_t`, cash may be negative as far as shares and proceeds cover the requirement.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    underlying_classes: Mapping[Name, UnderlyingClass] = field(default_factory=dict)
    margin_loan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginCallConfig:
    """When the requirement is checked, and what happens when it is not covered (docs/margin.md).

    Attributes:
        check: at every value of the account, at the first one of every interval, or when a session has ended.
        interval_minutes: length of the intervals, counted from midnight of the exchange.
        measure: what has to cover the requirement: cash, or cash and the marked value of everything held.
        grace_sessions: sessions after that of the call before anything is closed.
        liquidation: nothing is closed; or whole structures, the largest requirement first, until the rest is covered.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    check: Literal["every_mark", "interval", "session_end"] = "every_mark"
    interval_minutes: Annotated[int, Interval(ge=1, le=1440)] = 5
    measure: Literal["cash", "net_liquidation"] = "cash"
    grace_sessions: Annotated[int, Ge(0)] = 0
    liquidation: Literal["none", "worst_structure"] = "none"


# --- how risk is measured ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaConfig:
    """How deltas of several underlyings become one, in shares of an index.

    A delta counts as beta x price of its underlying / price of the index. A beta that is not given is estimated from
    the daily returns of the sessions before today that the run has seen; until there are enough it is 1.

    Attributes:
        index: symbol whose shares beta-weighted deltas are counted in; it needs a price in the run.
        given: beta of an underlying by its symbol.
        sessions: so many daily returns make an estimate.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    index: Name
    given: Mapping[Name, float] = field(default_factory=dict)
    sessions: Annotated[int, Ge(2)] = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StressGrid:
    """Shocks that are applied at once to all underlyings, each price with each volatility; time stands still.

    Attributes:
        spot_percent: moves of the underlyings' prices, in percent.
        volatility_points: moves of implied volatilities, in points: 5 makes 20 % into 25 %; none falls below 0.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    spot_percent: Annotated[tuple[Annotated[float, Gt(-100)], ...], MinLen(1)] = (-10.0, -5.0, 0.0, 5.0, 10.0)
    volatility_points: Annotated[tuple[float, ...], MinLen(1)] = (-5.0, 0.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureReport:
    """What the run reports of its exposure beside that at its end (docs/risk.md).

    Attributes:
        sessions: measure at the end of every session too, for the table `greeks` and the extremes in the summary.
        stress: shocks whose gains and losses are reported; left out: none.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    sessions: bool = True
    stress: StressGrid | None = None


# --- limits -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationLimit:
    """A limit on the risk in underlyings that move together, as far as their returns are known.

    Attributes:
        max_risk_percent: of net liquidation, for the maximum losses of all positions on such underlyings.
        above: daily returns that correlate more than this move together.
        sessions: so many common daily returns must be known; with fewer two underlyings count as unrelated.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    max_risk_percent: Annotated[float, Gt(0)]
    above: Annotated[float, Interval(ge=-1, lt=1)] = 0.7
    sessions: Annotated[int, Ge(3)] = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLimits:
    """Limits on the whole portfolio, checked at approval and again at the fill; None: no limit.

    Percentages are of net liquidation before the trade. The risk of a position is the most that it can lose at
    expiration, what was paid or received for it included.

    Attributes:
        max_abs_beta_weighted_delta_shares: in shares of `risk.beta.index`.
        max_margin_percent: requirement of the whole book after the trade.
        max_trade_risk_percent: risk of the position that the order opens or adds to.
        max_heat_percent: risk of all positions together.
        max_underlying_risk_percent: risk of all positions on an underlying of the order.
        max_expiration_risk_percent: risk of all positions with a leg of an expiration date of the order.
        max_structure_risk_percent: risk of all positions of the order's structure.
        correlation: risk of positions on underlyings that move together.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    max_open_positions: Annotated[int, Ge(1)] | None = None
    max_abs_delta_shares: Annotated[float, Gt(0)] | None = None
    max_abs_vega_usd_per_point: Annotated[float, Gt(0)] | None = None
    max_abs_gamma_shares_per_point: Annotated[float, Gt(0)] | None = None
    max_abs_theta_usd_per_day: Annotated[float, Gt(0)] | None = None
    max_abs_beta_weighted_delta_shares: Annotated[float, Gt(0)] | None = None
    max_positions_per_expiration: Annotated[int, Ge(1)] | None = None
    max_margin_percent: Annotated[float, Gt(0)] | None = None
    max_trade_risk_percent: Annotated[float, Gt(0)] | None = None
    max_heat_percent: Annotated[float, Gt(0)] | None = None
    max_underlying_risk_percent: Annotated[float, Gt(0)] | None = None
    max_expiration_risk_percent: Annotated[float, Gt(0)] | None = None
    max_structure_risk_percent: Annotated[float, Gt(0)] | None = None
    correlation: CorrelationLimit | None = None


# --- protection -------------------------------------------------------------------------------------------------

ProtectiveAction: TypeAlias = Literal["halt", "reduce", "flatten"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawdownStep:
    """What a fall from the highest net liquidation so far leads to; deposits and withdrawals are no fall.

    Without a way to resume it stays in force to the end of the run.

    Attributes:
        at_percent: of the highest net liquidation.
        action: `halt`: no new positions; `reduce`: smaller ones, and a part of the open ones is closed; `flatten`: no
            new positions, and all are closed.
        size_factor: sizes are multiplied by it while they are reduced.
        close_percent: of each open position is closed when sizes begin to be reduced, in whole packages.
        resume_after_sessions: it ends so many sessions after the one it began in; the highest net liquidation is then
            counted anew.
        resume_within_percent: it ends when the fall is at most this.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at_percent: Percent
    action: ProtectiveAction = "halt"
    size_factor: Annotated[float, Interval(gt=0, lt=1)] = 0.5
    close_percent: Annotated[float, Interval(ge=0, le=100)] = 0.0
    resume_after_sessions: Annotated[int, Ge(1)] | None = None
    resume_within_percent: Annotated[float, Interval(ge=0, lt=100)] | None = None

    def __post_init__(self) -> None:
        if self.resume_within_percent is not None and self.resume_within_percent >= self.at_percent:
            raise ValueError(
                f"resume_within_percent {self.resume_within_percent:g} must lie below at_percent {self.at_percent:g}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyLossStop:
    """What a loss since the end of the session before leads to; it ends with the session.

    Attributes:
        percent: of net liquidation at the end of the session before.
        usd: the same as money; whichever of the two is given and reached first.
        action: as in `DrawdownStep`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    percent: Percent | None = None
    usd: Annotated[float, Gt(0)] | None = None
    action: Literal["halt", "flatten"] = "halt"

    def __post_init__(self) -> None:
        if self.percent is None and self.usd is None:
            raise ValueError("a daily loss stop needs `percent`, `usd`, or both")


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeStop:
    """Closes a position whose loss, before fees, has reached a bound, whatever its strategy says.

    Attributes:
        percent: of net liquidation.
        usd: as money; whichever of the two is given and reached first.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    percent: Percent | None = None
    usd: Annotated[float, Gt(0)] | None = None

    def __post_init__(self) -> None:
        if self.percent is None and self.usd is None:
            raise ValueError("a trade stop needs `percent`, `usd`, or both")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionConfig:
    """Watches over the account that act through orders of their own, at every value of the account.

    Attributes:
        drawdown: steps, each on its own.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    drawdown: tuple[DrawdownStep, ...] = ()
    daily_loss: DailyLossStop | None = None
    trade_stop: TradeStop | None = None


# --- the whole --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskConfig:
    """How risk is measured and limited.

    Attributes:
        margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
            ten moves; `cash`: no margin, every short secured (docs/margin.md).
        beta: how deltas of several underlyings become one; needed by the limit on it.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    margin: Literal["maximum_loss", "regulation_t", "portfolio", "cash"] = "maximum_loss"
    margin_options: MarginOptions = MarginOptions()
    margin_calls: MarginCallConfig = MarginCallConfig()
    limits: RiskLimits = RiskLimits()
    protection: ProtectionConfig = ProtectionConfig()
    beta: BetaConfig | None = None
    exposure: ExposureReport = ExposureReport()

    def __post_init__(self) -> None:
        if self.limits.max_abs_beta_weighted_delta_shares is not None and self.beta is None:
            raise ValueError("limits.max_abs_beta_weighted_delta_shares needs risk.beta, which names the index")
