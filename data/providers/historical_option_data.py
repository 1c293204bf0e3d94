"""historicaloptiondata.com (DeltaNeutral) L2 and L3, one CSV of end-of-day quotes (FORMATS section 3).

Column names changed over the years, and so did the units of the greeks: files of the 2010s count vega per 1.00 of
volatility and theta per year, later ones per point and per day. No column says which, so it is measured.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from numpy.typing import NDArray

from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, header_of, renamed
from data.providers.files import read_text_bytes
from data.providers.greek_units import measured_units
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits

_OLD: Final = MappingProxyType(
    {
        "underlying": "underlying",
        "symbol": "optionroot",
        "right": "type",
        "expiration": "expiration",
        "quote_date": "quotedate",
        "underlying_price": "underlying_last",
        "strike": "strike",
        "last": "last",
        "bid": "bid",
        "ask": "ask",
        "volume": "volume",
        "open_interest": "openinterest",
        "implied_volatility": "impliedvol",
        "delta": "delta",
        "gamma": "gamma",
        "theta": "theta",
        "vega": "vega",
    }
)
_L2: Final = MappingProxyType(
    {
        "underlying": "UnderlyingSymbol",
        "symbol": "OptionSymbol",
        "right": "Type",
        "expiration": "Expiration",
        "quote_date": "DataDate",
        "underlying_price": "UnderlyingPrice",
        "strike": "Strike",
        "last": "Last",
        "bid": "Bid",
        "ask": "Ask",
        "volume": "Volume",
        "open_interest": "OpenInterest",
        "implied_volatility": "IV",
    }
)
_L3: Final = MappingProxyType({**_L2, "delta": "Delta", "gamma": "Gamma", "theta": "Theta", "vega": "Vega"})

_TEXTS: Final = ("underlying", "symbol", "right", "expiration", "quote_date")
_NEEDED: Final = ("underlying_price", "strike", "bid", "ask")


class HistoricalOptionData:
    """Provider of the format `historical_option_data`."""

    signature = Signature(
        headers=(
            ("underlying", "underlying_last", "optionroot", "quotedate", "impliedvol", "theta", "vega", "optionalias"),
            ("UnderlyingSymbol", "UnderlyingPrice", "OptionSymbol", "DataDate", "IV", "Theta", "Vega", "AKA"),
            ("UnderlyingSymbol", "UnderlyingPrice", "OptionSymbol", "DataDate", "OI2", "IV", "Alias"),
        )
    )

    @property
    def name(self) -> str:
        return "historical_option_data"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        names = _names(header_of(content.data))
        numbers = {canonical: vendor for canonical, vendor in names.items() if canonical not in _TEXTS}
        optional = tuple(vendor for canonical, vendor in numbers.items() if canonical not in _NEEDED)
        layout = Layout(tuple(names[name] for name in _NEEDED), optional, tuple(names[name] for name in _TEXTS))
        table = DelimitedTable(path.name, content.data, layout)
        columns: dict[str, NDArray[Any]] = dict(renamed(numbers, table))
        for canonical in ("underlying", "symbol"):
            columns[canonical] = table.texts(names[canonical])
        columns["right"] = table.rights(names["right"])
        for canonical in ("expiration", "quote_date"):
            columns[canonical] = table.usual_dates(names[canonical])
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=measured_units(path.name, columns, names["vega"]) if "vega" in columns else VendorUnits(),
            line_of=table.line_of,
            column_names=names,
        )


def _names(header: list[str]) -> MappingProxyType[str, str]:
    """Vendor names by canonical name, of the variant whose header this is."""
    if "UnderlyingSymbol" not in header:
        return _OLD
    # The six greeks of L2 are called G1 to G6, and nothing says which is which: they are not read.
    return _L2 if "OI2" in header else _L3
