"""Which data a run reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Gt, Interval, MinLen

from engine.shapes import FORBID_UNKNOWN, ClockTime, Name


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
