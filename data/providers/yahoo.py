"""Yahoo Finance chains as `yfinance` and `oipd` save them (FORMATS section 8).

No row says when it was quoted. The chain is that of `date_pulled`, or of the last trade of the whole file, on the
session of that date or the one before. There is no price of the underlying either.
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
from data.providers.moments import last_session
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
        "currency": "currency",
        "strike": "strike",
        "last": "lastPrice",
        "bid": "bid",
        "ask": "ask",
        "volume": "volume",
        "open_interest": "openInterest",
        "implied_volatility": "impliedVolatility",
    }
)
_SNAKE: Final = MappingProxyType(
    {
        "symbol": "contract_symbol",
        "traded": "last_trade_date",
        "right": "type",
        "expiration": "expiration",
        "currency": "currency",
        "pulled": "date_pulled",
        "strike": "strike",
        "last": "last_price",
        "bid": "bid",
        "ask": "ask",
        "volume": "volume",
        "open_interest": "open_interest",
        "implied_volatility": "implied_volatility",
    }
)
_OPTIONAL: Final = ("last", "bid", "ask", "volume", "open_interest", "implied_volatility")
_TEXTS: Final = ("symbol", "right", "expiration", "currency", "pulled")


class Yahoo:
    """Provider of the format `yahoo`."""

    signature = Signature(
        headers=(
            ("contractSymbol", "lastTradeDate", "strike", "lastPrice", "impliedVolatility", "inTheMoney"),
            ("contract_symbol", "last_trade_date", "last_price", "implied_volatility", "in_the_money", "date_pulled"),
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
        names = _SNAKE if _SNAKE["symbol"] in header_of(content.data) else _CAMEL
        optional = {name: names[name] for name in _OPTIONAL}
        texts = tuple(names[name] for name in _TEXTS if name in names)
        layout = Layout((names["strike"],), tuple(optional.values()), texts, optional_texts=(names["traded"],))
        table = DelimitedTable(path.name, content.data, layout)
        table.coded(names["currency"], _dollars)
        columns: dict[str, NDArray[Any]] = dict(renamed({"strike": names["strike"], **optional}, table))
        columns["symbol"] = table.texts(names["symbol"])
        codes, underlyings = table.coded(names["symbol"], _underlying)
        columns["underlying"] = np.array(underlyings, np.bytes_)[codes]
        columns["right"] = table.rights(names["right"])
        columns["expiration"] = table.usual_dates(names["expiration"])
        columns["quote_date"] = _quote_dates(table, names)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=table.line_of,
            column_names={**names, "quote_date": names.get("pulled", names["traded"])},
        )


def _quote_dates(table: DelimitedTable, names: MappingProxyType[str, str]) -> NDArray[np.datetime64]:
    """Session of each row's download, or, for all rows, of the last trade among them."""
    if "pulled" in names:
        codes, pulled = table.coded(names["pulled"], lambda cell: last_session(_moment(cell).date()))
        return np.array(pulled, "datetime64[D]")[codes]
    codes, traded = table.coded(names["traded"], _trade_date)
    days = [day for day in traded if day is not None]
    if not days:
        reason = "no row has a trade, so nothing tells the day of the quotes; add a column 'date_pulled'"
        raise table.bad_row(0, names["traded"], reason)
    try:
        session = last_session(max(days))
    except ValueError as error:
        row = int(np.flatnonzero(codes == traded.index(max(days)))[0])
        raise table.bad_row(row, names["traded"], str(error)) from None
    return np.full(len(codes), np.datetime64(session, "D"))


def _trade_date(cell: str) -> date | None:
    """Exchange date of a trade; times without a zone are UTC, as Yahoo writes them."""
    if not cell:
        return None
    moment = _moment(cell)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    try:
        return aware.astimezone(ZoneInfo(US.timezone)).date()
    except OverflowError:
        raise ValueError(f"{cell[:40]!r} is out of all calendars") from None


def _moment(cell: str) -> datetime:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no date (YYYY-MM-DD, with or without a time)") from None


def _dollars(cell: str) -> None:
    if cell != US.currency:
        raise ValueError(f"{cell[:40]!r}: prices are read in {US.currency} only; leave those rows out")


def _underlying(symbol: str) -> str:
    try:
        return root_facts(parse_symbol(symbol).root).underlying
    except BadSymbol as error:
        raise ValueError(error.reason) from None
