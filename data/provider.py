"""What a vendor format must do, and the formats by name.

A provider reads one vendor file and names what it found, in the vendor's own units; the normaliser makes canonical
columns of it, and the validator says what is wrong with them. Each step is one method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from data.bar_rows import BarRows
from data.chain_rows import ChainRows
from data.errors import UnknownFormat
from data.providers.barchart import Barchart
from data.providers.cboe_datashop import CboeDatashop, CboeDatashopEod
from data.providers.cboe_quotedata import CboeQuotedata
from data.providers.cboe_table import CboeTable
from data.providers.dolthub import Dolthub
from data.providers.historical_option_data import HistoricalOptionData
from data.providers.lean_bars import LeanBars
from data.providers.lean_options import LeanOptions
from data.providers.lean_universe import LeanUniverse
from data.providers.optionsdx import OptionsDx, OptionsDxPm
from data.providers.optopsy import Optopsy
from data.providers.orats import Orats
from data.providers.tradier import Tradier
from data.providers.yahoo import Yahoo
from data.raw_rows import RawRows
from engine.naming import unknown_name

__all__ = [
    "BAR_PROVIDERS",
    "PROVIDERS",
    "BarRows",
    "DataQualityValidator",
    "MarketDataProvider",
    "OptionsDataProvider",
    "RawRows",
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

    def read(self, path: Path) -> BarRows:
        """All bars of a file, stamped at their ends.

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
        "cboe_datashop": CboeDatashop,
        "cboe_datashop_eod": CboeDatashopEod,
        "cboe_quotedata": CboeQuotedata,
        "cboe_table": CboeTable,
        "dolthub": Dolthub,
        "historical_option_data": HistoricalOptionData,
        "lean_options": LeanOptions,
        "lean_universe": LeanUniverse,
        "optionsdx": OptionsDx,
        "optionsdx_pm": OptionsDxPm,
        "optopsy": Optopsy,
        "orats": Orats,
        "tradier": Tradier,
        "yahoo": Yahoo,
    }
)
"""Formats of option chains by name."""
BAR_PROVIDERS: Final[Mapping[str, Callable[[], MarketDataProvider]]] = MappingProxyType({"lean_bars": LeanBars})
"""Formats of bars by name."""


def make_provider(name: str, known: Mapping[str, Callable[[], Any]] = PROVIDERS) -> OptionsDataProvider:
    """The provider of a format.

    Raises:
        UnknownFormat: with the nearest name and all names.
    """
    if name in known:
        provider: OptionsDataProvider = known[name]()
        return provider
    raise UnknownFormat(unknown_name("format", name, known))
