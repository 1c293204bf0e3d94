"""Databento's OPRA files, DBN with zstd, by their schema (FORMATS section 13).

`cbbo-1m` and `cbbo-1s` are the resolutions `minute` and `second`: one chain each minute or second, as it stood at
its end. `tbbo` has quotes at trades and becomes minutes; `trades` become last prices and volumes of minutes. `ohlcv-*`
has a bar per exchange, which are united; `statistics` brings open interest, `definition` nothing but the contracts.
What is no consolidated quote has the name of its schema for resolution, so that it stands beside the quotes and not in
their place. No schema has a price of the underlying.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.calendar import INDEX_OVERTIME, session_table
from data.datasets import SourceFile
from data.errors import BadFile, BadRow, BadSymbol, MissingLibrary, UnreadableFile
from data.providers.dbn_files import DBN, ZSTD, read_dbn_bytes
from data.providers.files import file_hash
from data.providers.minute_ends import minute_ends
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from data.symbols import parse_symbol
from engine.instants import NANOS_PER_SECOND, utc_datetime

Records = NDArray[Any]
Columns = dict[str, NDArray[Any]]

_PRICE: Final = 1e-9
_UNDEFINED: Final = np.iinfo(np.int64).max
_OPEN_INTEREST: Final = 9
_FIRST_MOMENT, _LAST_MOMENT = (int(np.datetime64(year, "ns").astype(np.int64)) for year in ("1992", "2099"))
_WINDOWS: Final = MappingProxyType(
    {"ohlcv-1s": 1, "ohlcv-1m": 60, "ohlcv-1h": 3_600, "ohlcv-1d": 86_400},
)
_RESOLUTIONS: Final = MappingProxyType({"cbbo-1m": "minute", "cbbo-1s": "second"})


class _Contents(NamedTuple):
    """What a file holds; `mappings` says which numbers stood for a symbol on which days."""

    schema: str
    mappings: Mapping[str, Any]
    records: Records


class Databento:
    """Provider of the format `databento`."""

    signature = Signature(magic=ZSTD, opening=DBN + rb"[\x01-\x09]")

    @property
    def name(self) -> str:
        return "databento"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".dbn", ".dbn.zst")

    def read(self, path: Path) -> RawRows:
        found = _records(path)
        read = _SCHEMAS.get(found.schema)
        if read is None:
            raise BadFile(f"{path.name}: schema {found.schema!r} is not read; known: {', '.join(_SCHEMAS)}")
        records = found.records
        if not len(records):
            raise BadFile(f"{path.name}: the file holds no records; download it again")
        _check_moments(path.name, records)
        symbols = _symbols(path.name, found.mappings, records)
        chosen, columns = read(found.schema, records, symbols)
        columns["symbol"] = symbols[chosen]
        columns["underlying"] = _underlyings(path.name, columns["symbol"])
        nothing = np.full(len(chosen), np.nan)
        return RawRows(
            source=SourceFile(path.name, self.name, file_hash(path), len(records)),
            resolution=_RESOLUTIONS.get(found.schema, found.schema),
            columns={"bid": nothing, "ask": nothing, **columns},
            units=VendorUnits(),
            line_of=lambda row: int(chosen[row]) + 1,
            column_names={},
        )


def _records(path: Path) -> _Contents:
    try:
        with warnings.catch_warnings():  # the library turns warnings on for the whole process
            from databento import DBNStore  # noqa: PLC0415 - an optional library, and a slow import
    except ImportError:
        raise MissingLibrary(
            f"{path.name}: DBN files need the package databento; install it with: pip install 'ironfly[vendors]'"
        ) from None
    data = read_dbn_bytes(path)
    try:
        # From bytes: a store that is made from a path keeps the file open.
        store = DBNStore.from_bytes(data)
        schema, mappings = str(store.schema), store.mappings
        return _Contents(schema, mappings, store.to_ndarray() if schema in _SCHEMAS else np.empty(0))
    except Exception as error:
        # The decoder has errors of its own for each way in which a file is damaged.
        reason = " ".join(str(error).split())[:80]
        raise UnreadableFile(
            f"{path.name}: the records are damaged or cut off ({reason}); download it again"
        ) from error


def _check_moments(name: str, records: Records) -> None:
    wrong = np.flatnonzero(~((_moments(records) > _FIRST_MOMENT) & (_moments(records) < _LAST_MOMENT)))
    if len(wrong):
        raise BadRow(f"{name}: record {wrong[0] + 1} has no moment between 1992 and 2098; download the file again")


def _symbols(name: str, mappings: Mapping[str, Any], records: Records) -> NDArray[np.bytes_]:
    """OSI symbol of each record; numbers of instruments are used again from day to day, so that the date counts."""
    if "raw_symbol" in (records.dtype.names or ()):
        return np.asarray(records["raw_symbol"])
    known: dict[tuple[int, date], str] = {}
    for symbol, spans in mappings.items():
        for span in spans:
            first, last = (np.datetime64(span[end], "D") for end in ("start_date", "end_date"))
            for day in np.arange(first, last).tolist():
                known[int(span["symbol"]), day] = symbol
    days = _moments(records).astype("datetime64[ns]").astype("datetime64[D]").tolist()
    found = []
    for row, pair in enumerate(zip(records["instrument_id"].tolist(), days, strict=True)):
        if pair not in known:
            raise BadFile(
                f"{name}: record {row + 1}: instrument {pair[0]} has no symbol on {pair[1]}; download it again"
            )
        found.append(known[pair])
    return np.array(found, np.bytes_)


def _underlyings(name: str, symbols: NDArray[np.bytes_]) -> NDArray[np.bytes_]:
    distinct, codes = np.unique(symbols, return_inverse=True)
    try:
        roots = [parse_symbol(one.decode()).root for one in distinct.tolist()]
    except BadSymbol as error:
        raise BadSymbol(f"{name}: {error.reason}") from None
    return np.array([root_facts(root).underlying for root in roots], np.bytes_)[codes]


def _moments(records: Records) -> NDArray[np.int64]:
    """Instants of records: when they were received, or for bars when their window began."""
    column = "ts_recv" if "ts_recv" in (records.dtype.names or ()) else "ts_event"
    return records[column].astype(np.int64)


def _prices(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(cells == _UNDEFINED, np.nan, np.round(cells * _PRICE, 9))


def _sides(records: Records) -> Columns:
    columns: Columns = {side: _prices(records[f"{side}_px_00"]) for side in ("bid", "ask")}
    return columns | {f"{side}_size": records[f"{side}_sz_00"].astype(np.float64) for side in ("bid", "ask")}


def _consolidated(schema: str, records: Records, symbols: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], Columns]:
    """Quotes at the end of each window; a last trade of long ago is not one of the window and is left out."""
    return np.arange(len(records)), {**_sides(records), "at": _moments(records)}


def _at_trades(schema: str, records: Records, symbols: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], Columns]:
    ends = minute_ends(symbols, _moments(records), records["sequence"].astype(np.int64))
    columns = _sides(records) if schema == "tbbo" else {}
    columns |= {"last": _prices(records["price"])}
    columns = {name: column[ends.rows] for name, column in columns.items()}
    return ends.rows, {**columns, "at": ends.at, "volume": np.bincount(ends.group, records["size"].astype(np.float64))}


def _bars(schema: str, records: Records, symbols: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], Columns]:
    """Bars of all exchanges together; `last` is the close where most was traded, for their order is unknown."""
    began = _moments(records)
    order = np.lexsort((records["volume"], began, symbols))
    changes = (began[order][1:] != began[order][:-1]) | (symbols[order][1:] != symbols[order][:-1])
    largest = order[np.append(changes, True)]
    group = np.concatenate([[0], np.cumsum(changes)])
    volume = np.bincount(group, records["volume"][order].astype(np.float64))
    ends = _shut(began[largest], began[largest] + _WINDOWS[schema] * NANOS_PER_SECOND)
    return largest, {"at": ends, "last": _prices(records["close"])[largest], "volume": volume}


def _shut(began: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ends of windows, which are no later than the last trades of the session that they began before.

    A day is one of UTC, which ends in New York's evening.
    """
    first, last = (utc_datetime(int(end)).date() for end in (began.min(), ends.max()))
    sessions = session_table(first, last)
    found, code = np.unique(ends - NANOS_PER_SECOND, return_inverse=True)
    within = [sessions.on(sessions.date_of(end)) for end in found.tolist()]
    shuts = np.array([_LAST_MOMENT if one is None else one.closes_at + INDEX_OVERTIME for one in within])[code]
    return np.where(began < shuts, np.minimum(ends, shuts), ends)


def _statistics(schema: str, records: Records, symbols: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], Columns]:
    of_interest = np.flatnonzero(records["stat_type"] == _OPEN_INTEREST)
    if not len(of_interest):
        of_interest = np.arange(len(records))
    ends = minute_ends(
        symbols[of_interest], _moments(records)[of_interest], records["sequence"][of_interest].astype(np.int64)
    )
    chosen = of_interest[ends.rows]
    interest = np.where(records["stat_type"] == _OPEN_INTEREST, records["quantity"].astype(np.float64), np.nan)
    return chosen, {"at": ends.at, "open_interest": interest[chosen]}


def _definitions(schema: str, records: Records, symbols: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], Columns]:
    ends = minute_ends(symbols, _moments(records), np.arange(len(records)))
    return ends.rows, {"at": ends.at}


_Reader = Callable[[str, Records, NDArray[np.bytes_]], tuple[NDArray[np.int64], Columns]]
_SCHEMAS: Final[MappingProxyType[str, _Reader]] = MappingProxyType(
    {
        "cbbo-1m": _consolidated,
        "cbbo-1s": _consolidated,
        "tbbo": _at_trades,
        "trades": _at_trades,
        **dict.fromkeys(_WINDOWS, _bars),
        "statistics": _statistics,
        "definition": _definitions,
    }
)
