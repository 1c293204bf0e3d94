"""Cboe web table `quotedata.csv`: calls left, puts right, of one underlying at one moment (FORMATS section 7).

The time above the table is that of the download. Within a session it stamps the chain. In the evening, at a
weekend or in the morning the quotes are those of the session that closed last, without a time of their own.
"""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadRow, BadSymbol
from data.markets import US
from data.providers.delimited import DelimitedTable, Layout
from data.providers.files import read_text_bytes
from data.providers.moments import download_moment
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from data.symbols import parse_symbol
from engine.instants import instant

_SIDE: Final = MappingProxyType(
    {
        "last": "Last Sale",
        "bid": "Bid",
        "ask": "Ask",
        "volume": "Volume",
        "implied_volatility": "IV",
        "delta": "Delta",
        "gamma": "Gamma",
        "open_interest": "Open Interest",
    }
)
_HALF: Final = ("Last Sale", "Net", "Bid", "Ask", "Volume", "IV", "Delta", "Gamma", "Open Interest")
_HEADER: Final = ("Expiration Date", "Calls", *_HALF, "Strike", "Puts", *_HALF)
_UNIQUE: Final = (
    *("Expiration Date", "Calls", *(f"{name} of calls" for name in _HALF)),
    *("Strike", "Puts", *(f"{name} of puts" for name in _HALF)),
)
_PRICES: Final = ("bid", "ask")
_LAYOUT: Final = Layout(
    numbers=("Strike", *(f"{_SIDE[name]} of {side}" for side in ("calls", "puts") for name in _PRICES)),
    optional_numbers=tuple(
        f"{vendor} of {side}" for side in ("calls", "puts") for name, vendor in _SIDE.items() if name not in _PRICES
    ),
    texts=("Expiration Date", "Calls", "Puts"),
)
_TIME: Final = re.compile(r"Date: (?P<time>\w+ \d{1,2}, \d{4}(?: at |, )\d{1,2}:\d\d [AP]M) E[DS]T", re.ASCII)
_LONGEST_LINE: Final = 4_096
"""Of the preamble and the header; the first row of quotes, which is looked at too, can be damaged to any length."""
_PRICE: Final = re.compile(r"Last: (?P<price>[\d,]+\.?\d*)", re.ASCII)


class _Preamble(NamedTuple):
    """What stands above the table; `header` is the position of the header among the lines."""

    price: float
    downloaded: datetime
    header: int


class CboeQuotedata:
    """Provider of the format `cboe_quotedata`."""

    signature = Signature(headers=(("Expiration Date", "Calls", "Puts", "Last Sale", "Open Interest", "Strike"),))

    @property
    def name(self) -> str:
        return "cboe_quotedata"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        lines = content.data.removeprefix(b"\xef\xbb\xbf").splitlines()
        preamble = _preamble(path.name, lines)
        # Blank lines in place of the preamble keep the numbers of the lines below; names become unique.
        blank = [b""] * preamble.header
        text = b"\n".join([*blank, ",".join(_UNIQUE).encode(), *lines[preamble.header + 1 :], b""])
        table = DelimitedTable(path.name, text, _LAYOUT)
        count = len(table)
        columns = {
            "underlying_price": np.full(2 * count, preamble.price),
            "expiration": np.tile(table.dates("Expiration Date", "%a %b %d %Y", "Wed Oct 01 2025"), 2),
            "right": np.repeat(np.array([1, -1], np.int8), count),
            **_quotes(table),
            **download_moment(path.name, instant(preamble.downloaded), 2 * count),
        }
        columns["underlying"] = np.full(2 * count, _underlying(table))
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, 2 * count),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=lambda row: table.line_of(row % count),
            column_names={**_SIDE, "symbol": "Calls, Puts", "expiration": "Expiration Date", "strike": "Strike"},
        )


def _preamble(name: str, lines: list[bytes]) -> _Preamble:
    starts = [line[:_LONGEST_LINE].decode(errors="replace") for line in lines[:5]]
    cells = [tuple(cell.strip() for cell in next(csv.reader([start]), [])) for start in starts]
    if _HEADER not in cells:
        raise BadFile(f"{name}: none of the first lines is the header {', '.join(_HEADER[:12])}...; download it again")
    header = cells.index(_HEADER)
    above = " | ".join(cell for line in cells[:header] for cell in line)
    time, price = _TIME.search(above), _PRICE.search(above)
    if time is None or price is None:
        lacking = "'Date: <month day, year at time> EDT'" if time is None else "'Last: <price>'"
        raise BadRow(f"{name}: line {header}: {lacking} is missing above the table; download it again")
    try:
        written = datetime.strptime(time["time"].replace(" at ", ", "), "%B %d, %Y, %I:%M %p")  # noqa: DTZ007
    except ValueError:
        raise BadRow(f"{name}: line {header}: {time['time']!r} is no time; download it again") from None
    return _Preamble(float(price["price"].replace(",", "")), written.replace(tzinfo=ZoneInfo(US.timezone)), header)


def _quotes(table: DelimitedTable) -> dict[str, NDArray[Any]]:
    """Both halves of the table, calls first."""
    quotes: dict[str, NDArray[Any]] = {
        name: np.concatenate([table.numbers(f"{vendor} of {side}") for side in ("calls", "puts")])
        for name, vendor in _SIDE.items()
    }
    volatility = quotes["implied_volatility"]
    # The table writes 0 where it knows no volatility.
    quotes["implied_volatility"] = np.where(volatility == 0, np.nan, volatility)
    quotes["strike"] = np.tile(table.numbers("Strike"), 2)
    quotes["symbol"] = np.concatenate([table.texts("Calls"), table.texts("Puts")])
    return quotes


def _underlying(table: DelimitedTable) -> bytes:
    """What all contracts of the file are written on."""

    def underlying(symbol: str) -> str:
        try:
            return root_facts(parse_symbol(symbol).root).underlying
        except BadSymbol as error:
            raise ValueError(error.reason) from None

    codes, names = table.coded("Calls", underlying)
    for code, name in enumerate(names):
        if name != names[0]:
            row = int(np.flatnonzero(codes == code)[0])
            raise table.bad_row(row, "Calls", f"an option on {name!r} among options on {names[0]!r}")
    return str(names[0]).encode()
