"""What was read, and how good it was."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.sections.base import UNIT, Count, Section, Sha256, Usd, in_unit


class DataFile(Section):
    """A vendor's file that the run's data came from."""

    name: str
    """File name without its folder."""
    format: str
    """Format it was imported in."""
    sha256: Sha256
    """Hash of the file as it was imported."""
    rows: Count
    """Rows in it."""


class SettlementFile(Section):
    """Where official settlement values of the run came from."""

    origin: Literal["file", "store"]
    """The file that the configuration names, or the store."""
    name: str
    """File name without its folder; of the store: names of the files that were imported."""
    sha256: Sha256
    """Hash of the file; of the store: of the values."""


class OverrideFile(Section):
    """The user's file of what is known better than the data."""

    name: str
    """File name without its folder."""
    sha256: Sha256
    """Hash of the file."""
    lines: Count
    """All lines, the header left out."""
    in_force: Count
    """Those that changed something in the range."""


class SkippedRows(Section):
    """Rows of a file that yield no snapshot."""

    name: str
    """File name without its folder."""
    day: date
    """Exchange date that the rows claim."""
    underlying: str
    """Symbol that the rows claim."""
    rows: Count
    """How many."""
    reason: str
    """Why they were left out."""


class PriceAdjustment(Section):
    """A split or a dividend that signals read past prices for."""

    day: date
    """Ex-date."""
    factor: Annotated[float, Field(gt=0, json_schema_extra={UNIT: "ratio"})]
    """Prices of before are read times this, from the ex-date on."""


class BarSeries(Section):
    """Bars of one symbol in the range."""

    symbol: str
    """Of the share or index."""
    resolution: str
    """Length of a bar, e.g. `1d`."""
    bars: Count
    """How many."""
    sha256: Sha256
    """Hash of their ends, prices and volumes."""
    adjust: Literal["none", "splits", "splits_and_dividends"]
    """What signals read past prices of the symbol for; the bars are raw."""
    adjustments: tuple[PriceAdjustment, ...]
    """Of the range; the store's splits and dividends."""


class UnderlyingDay(Section):
    """An exchange date of one underlying."""

    day: date
    """Exchange date."""
    underlying: str
    """Symbol of the underlying."""


class Contracts(Section):
    """Contracts of one underlying in the range."""

    underlying: str
    """Symbol of the underlying."""
    quoted: Count
    """Those that some chain quotes."""
    expired: Count
    """Those of them that expire in the range; none in a long one hints at data of survivors."""
    read: Count
    """Those that the run saw; `data.contracts` left out the others."""


class Sessions(Section):
    """Exchange sessions of the range, warm-up included, against those in the data."""

    expected: Count
    """Sessions that the exchange held."""
    present: Count
    """Those with data of every underlying."""
    missing: tuple[UnderlyingDay, ...]
    """Those without."""
    stale: tuple[UnderlyingDay, ...]
    """Those whose chain repeats the previous session's; no order fills on them."""
    warm_up: Count
    """Sessions with data before the start of the run, fewer than asked for where there are none."""


class Quality(Section):
    """Option quotes of the range by what is wrong with them; a quote may count more than once."""

    rows: Count
    """All quotes."""
    crossed: Count
    """Bid above ask."""
    no_bid: Count
    """No bid, or one of 0."""
    no_ask: Count
    """No ask, or one of 0."""
    stub: Count
    """The ask absurdly far from the bid."""
    stale: Count
    """Quotes of a chain that repeats the previous session's."""
    outlier: Count
    """Far from what the strikes around it say."""
    arbitrage: Count
    """Costs less than it must bring together with others; traded all the same."""
    expired: Count
    """Quoted after the last trade of the series."""
    off_hours: Count
    """Of a chain that is stamped outside of the session's hours."""
    unlisted_date: Count
    """The symbol has a date on which nothing expires."""
    adjusted: Count
    """The root marks a deliverable of its own."""
    duplicates: Count
    """Rows dropped because they repeat another row exactly; not among `rows`."""


class MonthlyRate(Section):
    """The rate that chains of a month are valued with."""

    month: date
    """Its first day."""
    rate: Annotated[float, in_unit("decimal per year")]
    """Continuously compounded."""


class Dividend(Section):
    """A cash dividend of an underlying."""

    underlying: str
    """Symbol of the underlying."""
    ex_date: date
    """First exchange date on which a buyer of the shares does not get it."""
    amount_usd: Annotated[Usd, Field(gt=0)]
    """Cash per share."""


class ModelMarket(Section):
    """The model that made the option quotes: what valuing them again takes."""

    version: Count
    """Another version quotes other chains."""
    seed: Count
    """Seed of the model."""
    dividend_yields: dict[str, Annotated[float, in_unit("decimal per year")]]
    """By underlying, continuously compounded."""
    rates: tuple[MonthlyRate, ...]
    """Of the months of the range."""
    dividends: tuple[Dividend, ...]
    """Cash dividends of the range, by underlying and date."""


class Data(Section):
    """The market data of the run, warm-up included.

    Source: the manifest and the chains of the store.
    """

    prices: Literal["quoted", "model"]
    """`model`: option quotes were computed, nobody ever quoted them."""
    model: ModelMarket | None
    """The model of the market; null: the quotes are a vendor's."""
    vendors: tuple[str, ...]
    """Formats that the files came in."""
    underlyings: tuple[str, ...]
    """Symbols, in the order of the configuration."""
    resolution: str
    """Time from chain to chain, e.g. `eod`."""
    start: date
    """First exchange date of the range."""
    end: date
    """Last exchange date of the range."""
    snapshots: Count
    """Chain snapshots."""
    calendar: str
    """Calendar that says which sessions were expected."""
    timezone: str
    """Zone of exchange dates."""
    content_hash: Sha256
    """Hash of all snapshots of the range as the run saw them, overrides in force, whatever the names of the files."""
    files: tuple[DataFile, ...]
    """Vendors' files that the chains came from; none of a model market."""
    settlement_values: SettlementFile | None
    """Where official settlement values come from; null: neither a file nor the store has any."""
    overrides: OverrideFile | None
    """The user's corrections; null: no file was given, and quotes are those of the files."""
    bars: tuple[BarSeries, ...]
    """Bars of shares and indices that the run read beside the chains."""
    contracts: tuple[Contracts, ...]
    """By underlying."""
    skipped: tuple[SkippedRows, ...]
    """Rows that yield no snapshot, by file."""
    sessions: Sessions
    quality: Quality
