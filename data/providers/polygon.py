"""Flat files of options from Polygon, now Massive (FORMATS section 11): aggregates, quotes and trades.

Aggregates and trades know what was paid and nothing of what was offered: their bids and asks are absent, and nothing
can be filled or marked on them. Quotes and trades come one by one; each minute's end gets the last ones.
No file tells the price of the underlying.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import INDEX_OVERTIME
from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.minute_ends import minute_ends
from data.providers.polygon_files import (
    AGGREGATES,
    OPTION_TICKER,
    check_prices,
    option_tickers,
    volumes,
    windows,
)
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import INDEX_ROOTS

_SUFFIXES: Final = (".csv", ".csv.gz")
_AGGREGATES: Final = Layout(
    numbers=("open", "close", "high", "low", "volume"),
    optional_numbers=(),
    texts=("ticker",),
    integers=("window_start",),
)
_SIDES: Final = MappingProxyType(
    {"bid": "bid_price", "ask": "ask_price", "bid_size": "bid_size", "ask_size": "ask_size"}
)
_QUOTES: Final = Layout(
    numbers=tuple(_SIDES.values()),
    optional_numbers=(),
    texts=("ticker",),
    integers=("sip_timestamp", "sequence_number"),
)
_TRADES: Final = Layout(
    numbers=("price", "size"), optional_numbers=("correction",), texts=("ticker",), integers=("sip_timestamp",)
)
_INDICES: Final = frozenset(facts.underlying.encode() for facts in INDEX_ROOTS.values())


class PolygonAggregates:
    """Provider of the format `polygon_aggregates`: `day_aggs_v1` and `minute_aggs_v1` of options."""

    signature = Signature(headers=((*AGGREGATES, "volume"),), below=OPTION_TICKER)

    @property
    def name(self) -> str:
        return "polygon_aggregates"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return _SUFFIXES

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _AGGREGATES)
        tickers = option_tickers(path.name, table)
        check_prices(table)
        found = windows(path.name, table)
        at = found.ends_at
        if found.resolution == "eod":
            # Options on indices trade on after the close of shares, and the day's last trade may be from then.
            late = np.isin(tickers.underlying, list(_INDICES)) & found.in_session
            at = at + np.where(late, INDEX_OVERTIME, 0)
        nothing = np.full(len(table), np.nan)
        columns = {"bid": nothing, "ask": nothing, "last": table.numbers("close"), "volume": volumes(table, "volume")}
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution=found.resolution,
            columns={**columns, **tickers._asdict(), "at": at},
            units=VendorUnits(),
            line_of=table.line_of,
            column_names={"symbol": "ticker", "at": "window_start", "last": "close"},
        )


class PolygonQuotes:
    """Provider of the format `polygon_quotes`: `quotes_v1` of options, the best bid and offer at each change."""

    signature = Signature(headers=(("ticker", *_SIDES.values(), "sip_timestamp"),), below=OPTION_TICKER)

    @property
    def name(self) -> str:
        return "polygon_quotes"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return _SUFFIXES

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _QUOTES)
        tickers = option_tickers(path.name, table)
        ends = minute_ends(tickers.symbol, table.integers("sip_timestamp"), table.integers("sequence_number"))
        columns: dict[str, NDArray[Any]] = {**renamed(_SIDES, table), **tickers._asdict()}
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="minute",
            columns={name: column[ends.rows] for name, column in columns.items()} | {"at": ends.at},
            units=VendorUnits(),
            line_of=lambda row: table.line_of(int(ends.rows[row])),
            column_names={**_SIDES, "symbol": "ticker", "at": "sip_timestamp"},
        )


class PolygonTrades:
    """Provider of the format `polygon_trades`: `trades_v1` of options, last price and volume of each minute."""

    signature = Signature(headers=(("ticker", "correction", "price", "sip_timestamp", "size"),), below=OPTION_TICKER)

    @property
    def name(self) -> str:
        return "polygon_trades"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return _SUFFIXES

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _TRADES)
        tickers = option_tickers(path.name, table)
        _check_trades(table)
        ends = minute_ends(tickers.symbol, table.integers("sip_timestamp"), np.arange(len(table)))
        nothing = np.full(len(ends.rows), np.nan)
        columns = {
            "symbol": tickers.symbol[ends.rows],
            "underlying": tickers.underlying[ends.rows],
            "at": ends.at,
            "bid": nothing,
            "ask": nothing,
            "last": table.numbers("price")[ends.rows],
            "volume": np.bincount(ends.group, volumes(table, "size")),
        }
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="minute",
            columns=columns,
            units=VendorUnits(),
            line_of=lambda row: table.line_of(int(ends.rows[row])),
            column_names={"symbol": "ticker", "at": "sip_timestamp", "last": "price", "volume": "size"},
        )


def _check_trades(table: DelimitedTable) -> None:
    """Refuse prices that are none, and trades that were corrected or cancelled: the file does not say into what."""
    price, correction = table.numbers("price"), table.numbers("correction")
    wrong = np.flatnonzero(~(price > 0))
    if len(wrong):
        raise table.bad_row(int(wrong[0]), "price", f"{price[wrong[0]]:g} is no price")
    corrected = np.flatnonzero(np.nan_to_num(correction) != 0)
    if len(corrected):
        row = int(corrected[0])
        raise table.bad_row(row, "correction", f"a trade that was corrected or cancelled ({correction[row]:g})")
