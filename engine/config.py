"""The configuration of a run: frozen, typed, units in names; declared here once, published by `schemas`.

Strategies are specified in `engine/strategies/spec/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, Interval, Len, MinLen

from engine.benchmark import BenchmarkConfig
from engine.costs.account_terms import CashFlow, FinancingConfig
from engine.costs.schedule import CommissionSchedule, PresetFees
from engine.risk_config import RiskConfig
from engine.shapes import FORBID_UNKNOWN, ClockTime, Name
from engine.strategies.spec import StrategyConfig

# --- data -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSelection:
    """Contracts that a run reads: fewer are faster; one that was read once is read until it is dead.

    Attributes:
        roots: roots of symbols, e.g. `[SPXW]`; empty: all.
        max_dte: at most so many days to expiration.
        min_dte: at least so many days to expiration when a contract is first read.
        moneyness_percent: strikes at most so far from the price of the underlying.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    roots: tuple[Name, ...] = ()
    max_dte: Annotated[int, Ge(0)] | None = None
    moneyness_percent: Annotated[float, Gt(0)] | None = None
    min_dte: Annotated[int, Ge(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarSelection:
    """Bars that a run reads beside its chains: signals see them, and they mark shares and settle what expires.

    Attributes:
        symbol: of a share or an index, as `ironfly data list` shows it.
        resolution: resolution the bars were imported with.
        adjust: events whose ex-date changes the unit in which signals read past prices of the symbol; all else sees
            raw prices.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    symbol: Name
    resolution: Name = "eod"
    adjust: Literal["none", "splits", "splits_and_dividends"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryQuotes:
    """Keep the last quote of every contract, for files that hold only the contracts whose quote changed.

    Attributes:
        max_age_minutes: an older quote is flagged stale and does not trade; null: no limit. The default is a choice,
            not a measurement: long enough for quiet strikes of minute files, short against a session.
        across_sessions: keep quotes overnight.
        missing_side: what a new quote without a bid or an ask does: `blank` takes it as said, `last` keeps the side's
            last value.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    max_age_minutes: Annotated[int, Ge(1)] | None = 15
    across_sessions: bool = False
    missing_side: Literal["blank", "last"] = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSelection:
    """Which data the run reads.

    Attributes:
        source: `store` for what was imported; `model` for the market that comes with the product, 2014-01-03 to
            2018-12-31: real closes of S&P 500 and VIX, computed option quotes (docs/data.md).
        underlyings: symbols, e.g. `[SPX]`; the model market has SPX, XFUND and XSTOCK.
        resolution: resolution the data was imported with; the model market has `eod` and `half_hour`.
        model_seed: which model market; apart from the run's seed, so that runs of many seeds share one market.
        greeks: volatilities and Greeks of stored chains: `own`, computed from the quotes by one method for all vendors,
            or the `vendor`'s where the file has them. The model market always brings its own.
        times: exchange clock times (`15:45`) of the chains to read; empty: all.
        every_minutes: read only chains at multiples of so many minutes on the exchange's clock.
        contracts: read only these contracts.
        bars: bars of shares and indices to read beside the chains, from the store.
        share_quotes: bids and asks of shares to read from the store, so that shares trade at the touch.
        carry_quotes: keep the last quote of contracts that a chain does not name (`{}` for the defaults); left out:
            each chain is what its file says.
        settlement_values: CSV file `symbol,date,value` of official settlement values, symbol being the root
            (`SPX`, `SPXW`); relative to the configuration file. Without one, those that were imported into the store.
        overrides: CSV file `underlying,at,symbol,column,value,reason` of what the user knows better than the store
            (docs/data.md); relative to the configuration file.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    source: Literal["store", "model"] = "store"
    underlyings: Annotated[tuple[Name, ...], MinLen(1)]
    resolution: Name = "eod"
    model_seed: Annotated[int, Ge(0)] = 0
    greeks: Literal["own", "vendor"] = "own"
    times: tuple[ClockTime, ...] = ()
    every_minutes: Annotated[int, Interval(ge=1, le=1440)] | None = None
    contracts: ContractSelection = ContractSelection()
    bars: tuple[BarSelection, ...] = ()
    share_quotes: tuple[BarSelection, ...] = ()
    carry_quotes: CarryQuotes | None = None
    settlement_values: str | None = None
    overrides: str | None = None


# --- signals ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalConfig:
    """A signal of the run.

    Attributes:
        name: what strategies call it.
        kind: what computes it, e.g. `indicator` or `iv_rank` (docs/signals.md); `python` for a class of your own.
        underlying: the market it watches: one of the underlyings, or a symbol of `data.bars`; left out where the kind
            reads other signals.
        parameters: parameters of that kind.
        source: of kind `python`: `path/to/file.py:ClassName`, relative to the configuration file, or
            `package.module:ClassName`.

    Raises:
        ValueError: when kind `python` has no source, or another kind has one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Name
    underlying: Name | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    source: Name | None = None

    def __post_init__(self) -> None:
        if self.kind == "python" and self.source is None:
            raise ValueError("kind 'python' needs a source: path/to/file.py:ClassName or package.module:ClassName")
        if self.kind != "python" and self.source is not None:
            raise ValueError(f"kind {self.kind!r} has no source; write kind: python")


# --- account -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountConfig:
    """The account at the start of the run, and what comes to it from outside.

    Attributes:
        cash_flows: deposits and withdrawals; they are no profit, and returns leave them out.
        financing: interest and the cost of borrowed shares; null: none.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    initial_cash_usd: Annotated[float, Gt(0)] = 100_000.0
    cash_flows: tuple[CashFlow, ...] = ()
    financing: FinancingConfig | None = None


# --- execution --------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionConfig:
    """How orders become fills (DESIGN section 5).

    Attributes:
        fill_timing: `same_snapshot` lets an order fill on the quotes it was decided on; it is declared in the summary.
        net_rounding: the net price of a package is rounded to its tick against the trader, or not at all.
        worthless_long: a long leg without a bid stays open when its package closes, or is given up for nothing.
        crossed_quotes: a bid above the ask makes orders wait; or each side trades as if the other were not there.
        share_half_spread_usd: half the spread that shares pay when they fill on a bar.
        shown_size: whether an order minds the contracts shown at bid and ask: not at all, waits until all of it fits
            (`all_or_none`), or trades what fits in whole packages and rests with the others (`partial`).
        size_percent: so much of the shown size can be had.
        max_quote_age_s: an order waits where the quote of one of its legs is older; null: no limit.
        latency_s: an order sees the first chain, or bar that begins, at or after its decision and so many seconds.
        market_on_close_minutes: an order on the close fills on the first chain in the last minutes of the session,
            since nobody knows in advance which chain is the last.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    fills: FillConfig = SpreadFractionFills()
    fees: FeeConfig = PerContractFeesConfig()
    fill_timing: Literal["next_snapshot", "same_snapshot"] = "next_snapshot"
    net_rounding: Literal["against_trader", "none"] = "against_trader"
    worthless_long: Literal["keep", "give_up"] = "keep"
    crossed_quotes: Literal["wait", "trade"] = "wait"
    share_half_spread_usd: Annotated[float, Ge(0)] = 0.005
    shown_size: Literal["ignore", "all_or_none", "partial"] = "ignore"
    size_percent: Annotated[float, Interval(gt=0, le=100)] = 100.0
    max_quote_age_s: Annotated[float, Ge(0)] | None = None
    latency_s: Annotated[float, Ge(0)] = 0.0
    market_on_close_minutes: Annotated[int, Interval(ge=0, le=1440)] = 15


# --- exercise ---------------------------------------------------------------------------------------------------


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


# --- pricing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingConfig:
    """How Greeks are computed that the data does not bring; rates are decimals per year, continuously compounded.

    Attributes:
        backend: the engine's own kernels, or py_vollib for comparison.
        rate_source: `store` puts the imported rate that was known when the run begins in the place of `rate`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    backend: Literal["ironfly", "py_vollib"] = "ironfly"
    rate_source: Literal["constant", "store"] = "constant"
    rate: float = 0.0
    dividend_yield: float = 0.0


# --- the run ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """Everything that decides a run, apart from the data itself.

    Attributes:
        start: first exchange date on which strategies act.
        end: last exchange date, included.
        warm_up_sessions: sessions before `start` that signals see and strategies do not.
        open_at_end: positions open after the last event are marked, closed at the touch, or settled at the last
            known price of their underlying.
        seed: seed of everything random.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    start: date
    end: date
    warm_up_sessions: Annotated[int, Ge(0)] = 0
    data: DataSelection
    strategies: Annotated[tuple[StrategyConfig, ...], MinLen(1)]
    signals: tuple[SignalConfig, ...] = ()
    account: AccountConfig = AccountConfig()
    risk: RiskConfig = RiskConfig()
    execution: ExecutionConfig = ExecutionConfig()
    pricing: PricingConfig = PricingConfig()
    exercise: ExerciseConfig = ExerciseConfig()
    benchmark: BenchmarkConfig = BenchmarkConfig()
    open_at_end: Literal["mark", "close_at_touch", "settle"] = "mark"
    seed: int = 0
