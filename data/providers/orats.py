"""ORATS strikes, call and put of one strike in a row (FORMATS section 10): minutes, near end of day, and older files.

Newer files have no symbols: `expiryTod` says whether an index option settles at the open or at the close, which gives
the root. `delta` is that of the call; gamma, theta and vega are of one smoothed volatility and count for both sides.
`stockPrice` of an index is implied by each expiration, so the price of the underlying is `spotPrice`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import FIRST_YEAR, LAST_YEAR
from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, both_sides, header_of
from data.providers.files import read_text_bytes
from data.providers.greek_units import PER_POINT_AND_DAY, found_volatility
from data.providers.index_roots import settling_root, symbol_of
from data.providers.recognition import Signature
from data.raw_rows import RawRows
from data.symbols import osi_symbols
from engine.instants import Instant, instant
from engine.model import SettlementSession

_SIDES: Final = MappingProxyType(
    {
        "bid": ("callBidPrice", "putBidPrice"),
        "ask": ("callAskPrice", "putAskPrice"),
        "bid_size": ("callBidSize", "putBidSize"),
        "ask_size": ("callAskSize", "putAskSize"),
        "volume": ("callVolume", "putVolume"),
        "open_interest": ("callOpenInterest", "putOpenInterest"),
        "implied_volatility": ("callMidIv", "putMidIv"),
    }
)
_OLD_SIDES: Final = MappingProxyType(
    {
        "bid": ("cBidPx", "pBidPx"),
        "ask": ("cAskPx", "pAskPx"),
        "volume": ("cVolu", "pVolu"),
        "open_interest": ("cOi", "pOi"),
        "implied_volatility": ("cMidIv", "pMidIv"),
    }
)
_GREEKS: Final = ("gamma", "theta", "vega")
_SESSIONS: Final = MappingProxyType({"am": SettlementSession.AM, "pm": SettlementSession.PM})
_OLD: Final = "cOpra"
_SNAPSHOT: Final = "snapShotDate"


class Orats:
    """Provider of the format `orats`."""

    signature = Signature(
        headers=(
            ("ticker", "tradeDate", "expirDate", "stockPrice", "callBidPrice", "putAskPrice", "spotPrice"),
            ("ticker", "cOpra", "pOpra", "stkPx", "cBidPx", "pAskPx", "spot_px", "trade_date"),
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
        old = _OLD in header
        table = DelimitedTable(path.name, content.data, _old_layout(header) if old else _layout(header))
        sides, price = (_OLD_SIDES, "spot_px") if old else (_SIDES, "spotPrice")
        columns = _quotes(table, _present(sides, header), header)
        codes, tickers = table.coded("ticker", symbol_of)
        columns["underlying"] = np.tile(np.array(tickers, np.bytes_)[codes], 2)
        columns["underlying_price"] = np.tile(table.numbers(price), 2)
        columns["right"] = np.repeat(np.array([1, -1], np.int8), len(table))
        columns |= _old_contracts(table) if old else _contracts(table, columns)
        moment = {"quote_date": np.tile(table.usual_dates("trade_date"), 2)} if old else _moment(table, header)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, 2 * len(table)),
            resolution="minute" if "at" in moment else "eod",
            columns={**columns, **moment},
            units=PER_POINT_AND_DAY,
            line_of=lambda row: table.line_of(row % len(table)),
            column_names=_names(old),
        )


def _layout(header: list[str]) -> Layout:
    quotes = (*_SIDES["bid"], *_SIDES["ask"])
    others = tuple(column for pair in _SIDES.values() for column in pair if column not in quotes)
    return Layout(
        numbers=("strike", "spotPrice", *quotes),
        optional_numbers=(*others, "delta", *_GREEKS),
        texts=("ticker", "tradeDate", "expirDate", "expiryTod"),
        optional_texts=(_SNAPSHOT,) if _SNAPSHOT in header else (),
    )


def _old_layout(header: list[str]) -> Layout:
    quotes = (*_OLD_SIDES["bid"], *_OLD_SIDES["ask"])
    others = [column for pair in _present(_OLD_SIDES, header).values() for column in pair if column not in quotes]
    return Layout(
        numbers=("strike", "spot_px", *quotes),
        optional_numbers=(*others, *(column for column in ("delta", *_GREEKS) if column in header)),
        texts=("ticker", "cOpra", "pOpra", "trade_date"),
    )


def _present(sides: Mapping[str, tuple[str, str]], header: list[str]) -> dict[str, tuple[str, str]]:
    """Columns that a file has for calls or for puts; the layout then asks for both."""
    return {name: pair for name, pair in sides.items() if set(pair) & set(header)}


def _quotes(table: DelimitedTable, sides: Mapping[str, tuple[str, str]], header: list[str]) -> dict[str, NDArray[Any]]:
    """Quotes and greeks, calls first."""
    quotes = both_sides(sides, table)
    quotes["strike"] = np.tile(table.numbers("strike"), 2)
    if "implied_volatility" in quotes:
        quotes["implied_volatility"] = found_volatility(quotes["implied_volatility"])
    quotes |= {name: np.tile(table.numbers(name), 2) for name in _GREEKS if name in header}
    if "delta" in header:
        delta = table.numbers("delta")
        quotes["delta"] = np.concatenate([delta, delta - 1])
    return quotes


def _contracts(table: DelimitedTable, columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Symbols and expirations, from ticker, date, settlement and strike."""
    codes, sessions = table.coded("expiryTod", _session)
    tickers, ticker_codes = np.unique(columns["underlying"][: len(table)], return_inverse=True)
    roots = np.array([[settling_root(one.decode(), session) for session in sessions] for one in tickers], np.bytes_)
    expiration = np.tile(table.usual_dates("expirDate"), 2)
    root = np.tile(roots[ticker_codes, codes], 2)
    return {
        "symbol": osi_symbols(root, expiration, columns["right"], columns["strike"]),
        "expiration": expiration,
    }


def _old_contracts(table: DelimitedTable) -> dict[str, NDArray[Any]]:
    return {"symbol": np.concatenate([table.texts("cOpra"), table.texts("pOpra")])}


def _session(cell: str) -> SettlementSession:
    if cell.lower() not in _SESSIONS:
        raise ValueError(f"{cell[:40]!r} is neither 'am' nor 'pm'")
    return _SESSIONS[cell.lower()]


def _moment(table: DelimitedTable, header: list[str]) -> dict[str, NDArray[Any]]:
    """`at` where the file has the instants of its snapshots, else `quote_date`.

    Raises:
        BadRow: for a row without an instant among others that have one.
    """
    if _SNAPSHOT in header:
        codes, instants = table.coded(_SNAPSHOT, _instant)
        known = np.array([one is not None for one in instants])[codes]
        if known.all():
            return {"at": np.tile(np.array(instants, np.int64)[codes], 2)}
        if known.any():
            row = int(np.flatnonzero(~known)[0])
            raise table.bad_row(row, _SNAPSHOT, "the cell is empty, and others are not")
    return {"quote_date": np.tile(table.usual_dates("tradeDate"), 2)}


def _instant(cell: str) -> Instant | None:
    if not cell:
        return None
    try:
        moment = datetime.fromisoformat(cell)
        at = instant(moment)
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no instant (2022-06-08T14:00:00Z)") from None
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError(f"{cell[:40]!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return at


def _names(old: bool) -> Mapping[str, str]:
    if old:
        return {"symbol": "cOpra, pOpra", "underlying_price": "spot_px", "quote_date": "trade_date"}
    return {
        "symbol": "ticker",
        "underlying_price": "spotPrice",
        "expiration": "expirDate",
        "quote_date": "tradeDate",
        "at": _SNAPSHOT,
    }
