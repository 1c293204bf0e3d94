"""What a vendor format must do, and the formats by name.

A provider reads one vendor file and names what it found, in the vendor's own units; the normaliser makes canonical
columns of it, and the validator says what is wrong with them. Each step is one method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from data.bar_rows import BarRows
from data.chain_rows import ChainRows
from data.errors import UnknownFormat
from data.providers.barchart import Barchart
from data.providers.bloomberg import Bloomberg
from data.providers.cboe_datashop import CboeDatashop, CboeDatashopEod
from data.providers.cboe_quotedata import CboeQuotedata
from data.providers.cboe_table import CboeTable
from data.providers.databento import Databento
from data.providers.delimited_bars import DelimitedBars
from data.providers.deribit import DeribitBooks
from data.providers.dolthub import Dolthub
from data.providers.historical_option_data import HistoricalOptionData
from data.providers.lean_activity import LeanOpenInterest, LeanTrades
from data.providers.lean_bars import LeanBars, LeanQuoteBars
from data.providers.lean_greeks import LeanGreeks
from data.providers.lean_options import LeanOptions
from data.providers.lean_reference import LeanFactors, LeanMaps, LeanProperties, LeanRates
from data.providers.lean_universe import LeanUniverse
from data.providers.nse import NseOptions
from data.providers.optionsdx import OptionsDx, OptionsDxPm
from data.providers.optopsy import Optopsy
from data.providers.orats import Orats
from data.providers.polygon import PolygonAggregates, PolygonQuotes, PolygonTrades
from data.providers.polygon_bars import PolygonBars
from data.providers.settlement_file import SettlementFile
from data.providers.tardis import Tardis
from data.providers.thetadata import ThetaData
from data.providers.tradier import Tradier
from data.providers.yahoo import Yahoo
from data.raw_rows import RawRows
from data.underlying_rows import UnderlyingRows
from engine.naming import unknown_name

__all__ = [
    "BAR_PROVIDERS",
    "EVERY_PROVIDER",
    "PROVIDERS",
    "REFERENCE_PROVIDERS",
    "BarRows",
    "DataQualityValidator",
    "MarketDataProvider",
    "OptionsDataProvider",
    "Provider",
    "RawRows",
    "ReferenceProvider",
    "make_provider",
]


class MarketDataProvider(Protocol):
    """Reads bars of stocks and indices."""

    @property
    def name(self) -> str:
        """Name of the format, e.g. for `--format`."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of the file names that a folder is searched for."""

    def read(self, path: Path) -> Sequence[BarRows]:
        """All bars of a file by symbol, stamped at their ends.

        Raises:
            UnreadableFile, BadFile: naming file, row and remedy.
        """


class ReferenceProvider(Protocol):
    """Reads what happened to underlyings, and bars that bring it along."""

    @property
    def name(self) -> str:
        """Name of the format, e.g. for `--format`."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of the file names that a folder is searched for."""

    def read(self, path: Path) -> UnderlyingRows:
        """Everything that a file says.

        Raises:
            UnreadableFile, BadFile: naming file, row and remedy.
        """


class OptionsDataProvider(Protocol):
    """Reads option chains."""

    @property
    def name(self) -> str:
        """Name of the format, e.g. for `--format`."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of the file names that a folder is searched for."""

    def read(self, path: Path) -> RawRows:
        """All rows of a file, in the vendor's units.

        Raises:
            UnreadableFile, BadFile: naming file, row, column and remedy.
        """


class DataQualityValidator(Protocol):
    """Says what is wrong with quotes and repairs nothing."""

    def flags(self, chain: ChainRows) -> NDArray[np.uint16]:
        """`QuoteFlag` of every quote, as far as the chain shows it by itself."""


PROVIDERS: Final[Mapping[str, Callable[[], OptionsDataProvider]]] = MappingProxyType(
    {
        "barchart": Barchart,
        "bloomberg": Bloomberg,
        "cboe_datashop": CboeDatashop,
        "cboe_datashop_eod": CboeDatashopEod,
        "cboe_quotedata": CboeQuotedata,
        "cboe_table": CboeTable,
        "databento": Databento,
        "deribit": DeribitBooks,
        "dolthub": Dolthub,
        "historical_option_data": HistoricalOptionData,
        "lean_greeks": LeanGreeks,
        "lean_open_interest": LeanOpenInterest,
        "lean_options": LeanOptions,
        "lean_trades": LeanTrades,
        "lean_universe": LeanUniverse,
        "nse": NseOptions,
        "optionsdx": OptionsDx,
        "optionsdx_pm": OptionsDxPm,
        "optopsy": Optopsy,
        "orats": Orats,
        "polygon_aggregates": PolygonAggregates,
        "polygon_quotes": PolygonQuotes,
        "polygon_trades": PolygonTrades,
        "tardis": Tardis,
        "thetadata": ThetaData,
        "tradier": Tradier,
        "yahoo": Yahoo,
    }
)
"""Formats of option chains by name."""
BAR_PROVIDERS: Final[Mapping[str, Callable[[], MarketDataProvider]]] = MappingProxyType(
    {"lean_bars": LeanBars, "lean_quote_bars": LeanQuoteBars, "polygon_bars": PolygonBars}
)
"""Formats of bars by name."""
REFERENCE_PROVIDERS: Final[Mapping[str, Callable[[], ReferenceProvider]]] = MappingProxyType(
    {
        "delimited_bars": DelimitedBars,
        "lean_factors": LeanFactors,
        "lean_maps": LeanMaps,
        "lean_properties": LeanProperties,
        "lean_rates": LeanRates,
        "settlement_values": SettlementFile,
    }
)
"""Formats of files that say more of underlyings than bars, or other things."""

Provider: TypeAlias = OptionsDataProvider | MarketDataProvider | ReferenceProvider
EVERY_PROVIDER: Final[Mapping[str, Callable[[], Provider]]] = MappingProxyType(
    {**PROVIDERS, **BAR_PROVIDERS, **REFERENCE_PROVIDERS}
)
"""All formats that can be imported, by name."""


def make_provider(name: str, known: Mapping[str, Callable[[], Any]] = EVERY_PROVIDER) -> Any:
    """The provider of a format.

    Raises:
        UnknownFormat: with the nearest name and all names.
    """
    if name in known:
        return known[name]()
    raise UnknownFormat(unknown_name("format", name, known))
