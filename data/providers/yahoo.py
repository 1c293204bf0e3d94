"""Chains of Yahoo Finance, as yfinance and others save them, in both spellings (FORMATS section 8).

There is neither a price of the underlying nor a time of the quotes: the day is that of `date_pulled`, else that of the
latest trade in the file. Volatilities are Yahoo's own, often stale, and are kept as the vendor's.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadSymbol
from data.markets import US
from data.providers.delimited import DelimitedTable, Layout, header_of, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from data.symbols import parse_symbol

_CAMEL: Final = MappingProxyType(
    {
        "symbol": "contractSymbol",
        "traded": "lastTradeDate",
        "right": "option_type",
        "expiration": "expiration",
        "strike": "strike",
        "bid": "bid",
        "ask": "ask",
        "last": "lastPrice",
        "volume": "volume",
        "open_interest": "openInterest",
        "implied_volatility": "impliedVolatility",
    }
)
_SNAKE: Final = MappingProxyType(
    {
        "symbol": "contract_symbol",
        "traded": "last_trade_date",
        "pulled": "date_pulled",
        "right": "type",
        "expiration": "expiration",
        "strike": "strike",
        "bid": "bid",
        "ask": "ask",
        "last": "last_price",
        "volume": "volume",
        "open_interest": "open_interest",
        "implied_volatility": "implied_volatility",
    }
)
_NUMBERS: Final = ("strike", "bid", "ask", "last", "volume", "open_interest", "implied_volatility")
_OPTIONAL: Final = ("last", "volume", "open_interest", "implied_volatility")


class Yahoo:
    """Provider of the format `yahoo`."""

    signature = Signature(
        headers=(
            ("contractSymbol", "lastTradeDate", "lastPrice", "impliedVolatility", "option_type", "expiration"),
            ("contract_symbol", "last_trade_date", "last_price", "implied_volatility", "type", "date_pulled"),
        )
    )

    @property
    def name(self) -> str:
        return "yahoo"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        names = _SNAKE if "contract_symbol" in header_of(content.data) else _CAMEL
        layout = Layout(
            numbers=tuple(names[name] for name in _NUMBERS if name not in _OPTIONAL),
            optional_numbers=tuple(names[name] for name in _OPTIONAL),
            texts=tuple(vendor for name, vendor in names.items() if name not in _NUMBERS),
        )
        table = DelimitedTable(path.name, content.data, layout)
        columns: dict[str, NDArray[Any]] = dict(renamed({name: names[name] for name in _NUMBERS}, table))
        codes, underlyings = table.coded(names["symbol"], _underlying)
        columns["underlying"] = np.array(underlyings, np.bytes_)[codes]
        columns["symbol"] = table.texts(names["symbol"])
        columns["right"] = table.rights(names["right"])
        columns["expiration"] = table.dates(names["expiration"], "%Y-%m-%d", "YYYY-MM-DD")
        columns["quote_date"] = _quote_dates(table, names)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=table.line_of,
            column_names=names,
        )


def _quote_dates(table: DelimitedTable, names: MappingProxyType[str, str]) -> NDArray[np.datetime64]:
    """Day of the quotes of each row; without `date_pulled` that of the file's latest trade, for all rows."""
    if "pulled" in names:
        codes, days = table.coded(names["pulled"], _exchange_date)
        return np.array(days, "datetime64[D]")[codes]
    _, days = table.coded(names["traded"], _exchange_date)
    return np.full(len(table), max(days), "datetime64[D]")


def _underlying(symbol: str) -> str:
    try:
        return root_facts(parse_symbol(symbol).root).underlying
    except BadSymbol as error:
        raise ValueError(error.reason) from None


def _exchange_date(cell: str) -> date:
    """Date on the exchange's clock of a date, or of a moment with its zone."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no date and no time") from None
    return moment.date() if moment.tzinfo is None else moment.astimezone(ZoneInfo(US.timezone)).date()
