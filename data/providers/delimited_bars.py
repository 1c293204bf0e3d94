"""Bars in CSV, one a row: a symbol, a date, and open, high, low, close (Tiingo's columns, or plain ones).

Names of columns count in any case. A date stands for the close of its session; a moment with a zone for the bar's end.
`divCash` and `splitFactor` are the dividend and the split before the open of their row's date. Adjusted columns are not
read: options are struck on raw prices. Without a column `symbol` the file's name is the symbol.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.bar_rows import BarRows
from data.calendar import session_table
from data.datasets import SourceFile
from data.errors import BadFile
from data.planning import EOD
from data.providers.delimited import DelimitedTable, Layout, header_of
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.underlying_rows import CorporateEvent, UnderlyingRows

_PRICES: Final = ("open", "high", "low", "close")
_VOLUME: Final = "volume"
_ACTIONS: Final = MappingProxyType({"dividend": ("divcash", "dividend"), "split": ("splitfactor", "split")})
_HIGHEST_SUFFIXES: Final = (".csv", ".csv.gz")


class DelimitedBars:
    """Provider of the format `delimited_bars`."""

    signature = Signature(
        headers=(
            ("symbol", "date", "close", "high", "low", "open", "volume"),
            ("date", "open", "high", "low", "close"),
            ("Date", "Open", "High", "Low", "Close"),
        ),
        never=frozenset({"strike", "Strike", "Strike Price"}),
    )

    @property
    def name(self) -> str:
        return "delimited_bars"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return _HIGHEST_SUFFIXES

    def read(self, path: Path) -> UnderlyingRows:
        content = read_text_bytes(path)
        names = {name.strip().lower(): name for name in header_of(content.data) if name.strip()}
        missing = [name for name in ("date", *_PRICES) if name not in names]
        if missing:
            raise BadFile(f"{path.name}: the header lacks {', '.join(missing)}; name the columns so")
        actions = {kind: names[one] for kind, ones in _ACTIONS.items() for one in ones if one in names}
        optional = tuple(names[one] for one in (_VOLUME,) if one in names) + tuple(actions.values())
        texts = tuple(names[one] for one in ("date", "symbol") if one in names)
        layout = Layout(tuple(names[one] for one in _PRICES), optional, texts)
        table = DelimitedTable(path.name, _with_names(content.data), layout)
        source = SourceFile(path.name, self.name, content.sha256, len(table))
        return _Reading(path, table, names, actions).rows(source)


class _Reading:
    """One file on its way to bars."""

    def __init__(self, path: Path, table: DelimitedTable, names: dict[str, str], actions: dict[str, str]) -> None:
        self._path, self._table, self._names = path, table, names
        self._days = table.usual_dates(names["date"])
        self._symbols = self._symbol_of_rows()
        self._actions = {kind: table.numbers(name) for kind, name in actions.items()}

    def rows(self, source: SourceFile) -> UnderlyingRows:
        """Bars by symbol, and what happened on their dates."""
        self._check_prices()
        symbols, code = np.unique(self._symbols, return_inverse=True)
        bars, events = [], []
        for number, symbol in enumerate(symbols.tolist()):
            chosen = np.flatnonzero(code == number)
            chosen = chosen[np.argsort(self._days[chosen], kind="stable")]
            bars.append(self._bars(source, symbol.decode(), chosen))
            events += self._events(symbol.decode(), chosen)
        return UnderlyingRows(source, tuple(bars), tuple(sorted(events)))

    def _symbol_of_rows(self) -> NDArray[np.bytes_]:
        if "symbol" in self._names:
            return np.strings.upper(self._table.texts(self._names["symbol"]))
        named = self._path.name.split(".")[0].upper()
        if not named.isalnum():
            raise BadFile(f"{self._path.name}: no column 'symbol', and the name is no symbol; add one or the other")
        return np.full(len(self._table), named.encode())

    def _check_prices(self) -> None:
        prices = np.array([self._table.numbers(self._names[name]) for name in _PRICES])
        opened, high, low, close = prices
        wrong = (prices <= 0).any(axis=0) | (high < np.maximum(opened, close)) | (low > np.minimum(opened, close))
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise self._table.bad_row(row, self._names["high"], "open, high, low and close cannot be one bar's")

    def _bars(self, source: SourceFile, symbol: str, chosen: NDArray[np.int64]) -> BarRows:
        days = self._days[chosen]
        again = np.flatnonzero(days[1:] == days[:-1])
        if len(again):
            row = int(chosen[again[0] + 1])
            raise self._table.bad_row(row, self._names["date"], f"{symbol} has a bar of this date already")
        columns = {name: self._table.numbers(self._names[name])[chosen] for name in _PRICES}
        volume = self._table.numbers(self._names[_VOLUME])[chosen] if _VOLUME in self._names else None
        columns[_VOLUME] = np.full(len(chosen), np.nan) if volume is None else volume
        return BarRows(source, symbol, EOD, self._ends(days, chosen), columns)

    def _ends(self, days: NDArray[np.datetime64], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        listed: list[date] = days.tolist()
        sessions = session_table(listed[0], listed[-1])
        ends = []
        for row, day in zip(chosen.tolist(), listed, strict=True):
            session = sessions.on(day)
            if session is None:
                raise self._table.bad_row(row, self._names["date"], f"{day} is no session of the exchange")
            ends.append(session.closes_at)
        return np.array(ends, np.int64)

    def _events(self, symbol: str, chosen: NDArray[np.int64]) -> list[CorporateEvent]:
        nothing, same = np.zeros(len(self._table)), np.ones(len(self._table))
        dividend = np.nan_to_num(self._actions.get("dividend", nothing))
        shares = np.nan_to_num(self._actions.get("split", same), nan=1.0)
        happened = chosen[(dividend[chosen] != 0) | (shares[chosen] != 1)]
        days = self._days[happened].tolist()
        return [
            CorporateEvent(symbol, day, float(dividend[row]), float(shares[row]))
            for row, day in zip(happened.tolist(), days, strict=True)
        ]


def _with_names(data: bytes) -> bytes:
    """The table with a name for a first column without one: the row numbers that data frames write."""
    line, _, rest = data.partition(b"\n")
    cells = next(csv.reader(io.StringIO(line.decode("utf-8-sig"))), [])
    return b"row" + line + b"\n" + rest if cells and not cells[0].strip() else data
