"""ORATS strikes, near end of day and one-minute: call and put of one strike in one row (FORMATS section 10).

Delta and gamma are those of the call; a put's delta is one less. Volatility is that of each side's middle.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import quote_instant
from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, header_of
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols

_NEW: Final = MappingProxyType(
    {
        "underlying": "ticker",
        "quote_date": "tradeDate",
        "expiration": "expirDate",
        "strike": "strike",
        "underlying_price": "stockPrice",
        "volume": ("callVolume", "putVolume"),
        "open_interest": ("callOpenInterest", "putOpenInterest"),
        "bid_size": ("callBidSize", "putBidSize"),
        "ask_size": ("callAskSize", "putAskSize"),
        "bid": ("callBidPrice", "putBidPrice"),
        "ask": ("callAskPrice", "putAskPrice"),
        "implied_volatility": ("callMidIv", "putMidIv"),
        "delta": "delta",
        "gamma": "gamma",
        "theta": "theta",
        "vega": "vega",
    }
)
_OLD: Final = MappingProxyType(
    {
        "underlying": "ticker",
        "symbol": ("cOpra", "pOpra"),
        "quote_date": "trade_date",
        "expiration": "expirDate",
        "strike": "strike",
        "underlying_price": "stkPx",
        "volume": ("cVolu", "pVolu"),
        "open_interest": ("cOi", "pOi"),
        "bid": ("cBidPx", "pBidPx"),
        "ask": ("cAskPx", "pAskPx"),
    }
)
_TEXTS: Final = frozenset({"underlying", "symbol", "quote_date", "expiration"})
_NEEDED: Final = frozenset({"strike", "underlying_price", "bid", "ask"})
_MORNING_ROOTS: Final = MappingProxyType({"SPX": "SPXW", "NDX": "NDXP", "RUT": "RUTW"})
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)
"""Vega per point of volatility, theta per calendar day."""
_MOMENT, _SETTLEMENT = "quoteDate", "expiryTod"


class Orats:
    """Provider of the format `orats`."""

    signature = Signature(
        headers=(
            ("ticker", "tradeDate", "expirDate", "stockPrice", "callBidPrice", "putBidPrice", "smvVol"),
            ("ticker", "cOpra", "pOpra", "stkPx", "expirDate", "cBidPx", "pBidPx"),
        )
    )

    @property
    def name(self) -> str:
        return "orats"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        header = header_of(content.data)
        names = _OLD if "cOpra" in header else _NEW
        extra = tuple(name for name in (_MOMENT, _SETTLEMENT) if name in header)
        table = DelimitedTable(path.name, content.data, _layout(names, extra))
        columns = _columns(table, names)
        count = len(table)
        if "delta" in columns:
            columns["delta"][count:] -= 1.0
        if "symbol" not in columns:
            roots = _roots(table, extra)
            columns["symbol"] = osi_symbols(
                np.tile(roots, 2), columns["expiration"], columns["right"], columns["strike"]
            )
        if _MOMENT in extra:
            del columns["quote_date"]
            codes, moments = table.coded(_MOMENT, lambda text: quote_instant(datetime.fromisoformat(text)))
            columns["at"] = np.tile(np.array(moments, np.int64)[codes], 2)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, count),
            resolution="minute" if _MOMENT in extra else "eod",
            columns=columns,
            units=_UNITS,
            line_of=lambda row: table.line_of(row % count),
            column_names={name: vendor if isinstance(vendor, str) else vendor[0] for name, vendor in names.items()},
        )


def _layout(names: MappingProxyType[str, Any], extra: tuple[str, ...]) -> Layout:
    flat = [(name, one) for name, vendor in names.items() for one in ([vendor] if isinstance(vendor, str) else vendor)]
    return Layout(
        numbers=tuple(one for name, one in flat if name in _NEEDED),
        optional_numbers=tuple(one for name, one in flat if name not in _NEEDED | _TEXTS),
        texts=(*(one for name, one in flat if name in _TEXTS), *extra),
    )


def _columns(table: DelimitedTable, names: MappingProxyType[str, Any]) -> dict[str, NDArray[Any]]:
    """Columns of calls, then of puts."""
    columns: dict[str, NDArray[Any]] = {"right": np.repeat(np.array([1, -1], np.int8), len(table))}
    for name, vendor in names.items():
        sides = (vendor, vendor) if isinstance(vendor, str) else vendor
        if name in ("expiration", "quote_date"):
            read: Callable[[str], NDArray[Any]] = table.usual_dates
        else:
            read = table.texts if name in _TEXTS else table.numbers
        columns[name] = np.concatenate([read(one) for one in sides])
    return columns


def _roots(table: DelimitedTable, extra: tuple[str, ...]) -> NDArray[np.bytes_]:
    """Root of each row: the ticker, or of an index that settles in the afternoon its PM root."""
    tickers = table.texts("ticker")
    if _SETTLEMENT not in extra:
        return tickers
    afternoon = np.strings.lower(table.texts(_SETTLEMENT)) == b"pm"
    codes, roots = table.coded("ticker", lambda text: _MORNING_ROOTS.get(text, text))
    return np.where(afternoon, np.array(roots, np.bytes_)[codes], tickers)
