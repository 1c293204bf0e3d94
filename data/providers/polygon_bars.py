"""Flat files of stocks and indices from Polygon, now Massive (FORMATS section 11): all symbols of a day in one file.

Prices are raw. Indices (`I:SPX`) have no volume; that of stocks can be fractional.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.bar_rows import BarRows
from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, header_of
from data.providers.files import read_text_bytes
from data.providers.polygon_files import AGGREGATES, Windows, check_prices, volumes, windows
from data.providers.recognition import Signature

_PRICES: Final = ("open", "high", "low", "close")
_INDEX: Final = b"I:"


class PolygonBars:
    """Provider of the format `polygon_bars`: `day_aggs_v1` and `minute_aggs_v1` of stocks and indices."""

    signature = Signature(headers=(AGGREGATES,), below=r"(I:|(?!.:)).+")

    @property
    def name(self) -> str:
        return "polygon_bars"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> Sequence[BarRows]:
        """Bars by symbol, ascending.

        Raises:
            UnreadableFile, BadFile, CalendarError: naming file, row and remedy.
        """
        content = read_text_bytes(path)
        counted = ("volume",) if "volume" in header_of(content.data) else ()
        table = DelimitedTable(
            path.name, content.data, Layout((*_PRICES, *counted), (), ("ticker",), ("window_start",))
        )
        check_prices(table)
        columns = {name: table.numbers(name) for name in _PRICES}
        columns["volume"] = volumes(table, "volume") if counted else np.full(len(table), np.nan)
        found = windows(path.name, table)
        source = SourceFile(path.name, self.name, content.sha256, len(table))
        symbols = _symbols(table)
        names, code = np.unique(symbols, return_inverse=True)
        order = np.argsort(code, kind="stable")
        _check_order(table, found, code, order)
        starts = np.flatnonzero(np.diff(code[order])) + 1
        return tuple(
            BarRows(
                source=source,
                symbol=symbol.decode(),
                resolution=found.resolution,
                ends_at=found.ends_at[rows],
                columns={name: column[rows] for name, column in columns.items()},
            )
            for symbol, rows in zip(names.tolist(), np.split(order, starts), strict=True)
        )


def _symbols(table: DelimitedTable) -> NDArray[np.bytes_]:
    """Tickers, those of indices without `I:`; stocks and indices are not in one file."""
    tickers = table.texts("ticker")
    is_index = np.strings.startswith(tickers, _INDEX)
    other = (np.strings.find(tickers, b":") >= 0) & ~is_index
    wrong = np.flatnonzero(other | (is_index != is_index[0]))
    if len(wrong):
        row = int(wrong[0])
        kind = "index" if is_index[0] else "stock"
        raise table.bad_row(row, "ticker", f"{tickers[row].decode()!r} is no {kind} in a file of such")
    return np.strings.slice(tickers, len(_INDEX), None) if is_index[0] else tickers


def _check_order(table: DelimitedTable, found: Windows, code: NDArray[np.int64], order: NDArray[np.int64]) -> None:
    outside = np.flatnonzero(~found.in_session)
    if len(outside):
        raise table.bad_row(int(outside[0]), "window_start", "the date is no session of the exchange")
    backwards = (np.diff(code[order]) == 0) & (np.diff(found.ends_at[order]) <= 0)
    if backwards.any():
        row = int(order[np.flatnonzero(backwards)[0] + 1])
        raise table.bad_row(row, "window_start", "the bar does not end after the one before it")
