"""The one step from a vendor's rows to canonical columns: units, exchange time to UTC, symbols to contracts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.calendar import assumed_quote_instant, expiration_session, session_table
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import STRIKE_UNITS, ContractList, SeriesKey, check_series, pack
from data.datasets import PriceOrigin, SkippedRows
from data.errors import BadFile, BadRow, BadSymbol, CalendarError, ContractTwice
from data.parity_price import parity_price
from data.raw_rows import RawRows
from data.symbols import SymbolColumns, parse_symbols, spelled_contracts
from engine.instants import Instant
from engine.model import QUOTE_COLUMNS, Right, SessionTable

NO_SESSION: Final = "no session of the exchange on that date"
_THOUSANDTHS: Final = STRIKE_UNITS // 1_000


class _Stamp(NamedTuple):
    """Rows of one underlying at one instant; `at` is None for a date that is no session."""

    underlying: str
    day: date
    at: Instant | None
    rows: NDArray[np.int64]


class _Contracts(NamedTuple):
    """Contracts of all rows of a file: the series, and the code of each row."""

    series: tuple[SeriesKey, ...]
    code: NDArray[np.int64]


class DataNormalizer:
    """Makes canonical chains of a provider's rows; reports what made none."""

    def normalize(self, raw: RawRows) -> NormalizedFile:
        """Chains of a file in the order (underlying, instant), flags still empty.

        A row that repeats another one of its chain exactly is dropped and counted.

        Raises:
            BadSymbol, BadRow, ContractTwice, CalendarError: naming file, line and what contradicts what.
        """
        symbols = self._symbols(raw)
        if "symbol" in raw.columns:
            self._check_redundant(raw, symbols)
        sessions = _sessions(raw, symbols)
        contracts = _contracts(raw, symbols, sessions)
        chains, skipped = [], []
        for stamp in _stamps(raw, sessions):
            if stamp.at is None:
                rows = len(stamp.rows)
                skipped.append(SkippedRows(stamp.day, stamp.underlying, raw.source, rows, NO_SESSION))
            else:
                chains.append(_chain(raw, contracts, stamp, stamp.at))
        return NormalizedFile(raw.source, raw.resolution, tuple(chains), tuple(skipped))

    def _symbols(self, raw: RawRows) -> SymbolColumns:
        spelled = "symbol" not in raw.columns
        try:
            if spelled:
                return spelled_contracts(*(raw.columns[name] for name in ("root", "expiration", "right", "strike")))
            return parse_symbols(raw.columns["symbol"])
        except BadSymbol as error:
            place = _place(raw, error.row, "strike" if spelled else "symbol")
            raise BadSymbol(f"{place}: {error.reason}", error.row) from None

    def _check_redundant(self, raw: RawRows, symbols: SymbolColumns) -> None:
        """Refuse rows whose right, strike or expiration is not that of their symbol."""
        said = {
            "right": symbols.right,
            "strike": symbols.strike_thousandths / 1_000,
            "expiration": symbols.symbol_date,
        }
        for column, expected in said.items():
            given = raw.columns.get(column)
            if given is None:
                continue
            agrees = given == expected
            if column == "expiration":
                # A Saturday in the symbol and its Friday in the column are the same expiration (RULES 1.3).
                saturday = (symbols.symbol_date.astype(np.int64) + 3) % 7 == 5
                agrees |= saturday & (given == symbols.symbol_date - 1)
            if not agrees.all():
                row = int(np.flatnonzero(~agrees)[0])
                symbol = raw.columns["symbol"][row].decode()
                value = Right(int(given[row])).name.lower() if column == "right" else given[row]
                raise BadRow(f"{_place(raw, row, column)}: {value} contradicts symbol {symbol!r}; correct the file")


def _place(raw: RawRows, row: int, column: str) -> str:
    name = raw.column_names.get(column, column)
    return f"{raw.source.name}: line {raw.line_of(row)}, column {name!r}"


def _sessions(raw: RawRows, symbols: SymbolColumns) -> SessionTable:
    dates = [symbols.symbol_date]
    if "quote_date" in raw.columns:
        dates.append(raw.columns["quote_date"])
    else:
        dates.append(raw.columns["at"].astype("datetime64[ns]").astype("datetime64[D]"))
    first, last = min(part.min() for part in dates), max(part.max() for part in dates)
    try:
        return session_table(first.astype(date), last.astype(date), raw.market)
    except CalendarError as error:
        raise CalendarError(f"{raw.source.name}: {error}") from None


def _contracts(raw: RawRows, symbols: SymbolColumns, sessions: SessionTable) -> _Contracts:
    root, root_code = _distinct(symbols.root)
    day, day_code = _distinct(symbols.symbol_date)
    pair, pair_code = _distinct(root_code * len(day) + day_code)
    keys = []
    for one in pair.tolist():
        name, symbol_date = root[one // len(day)].decode(), day[one % len(day)].astype(date)
        keys.append(SeriesKey(expiration_session(symbol_date, sessions).on, name, symbol_date))
    series = tuple(sorted(keys))
    try:
        check_series(series)
    except BadFile as error:
        raise BadFile(f"{raw.source.name}: {error}") from None
    ranks = np.array([series.index(key) for key in keys], np.int64)
    code = pack(ranks[pair_code], symbols.right, symbols.strike_thousandths * _THOUSANDTHS)
    return _Contracts(series, code)


def _stamps(raw: RawRows, sessions: SessionTable) -> Iterator[_Stamp]:
    """Groups of rows by underlying and instant, ascending."""
    names, name_code = _distinct(raw.columns["underlying"])
    assumed = "at" not in raw.columns
    moments, moment_code = _distinct(raw.columns["quote_date" if assumed else "at"])
    group = name_code * len(moments) + moment_code
    order = np.argsort(group, kind="stable")
    first = _run_starts(group[order])
    for one, rows in zip(group[order][first].tolist(), np.split(order, first[1:]), strict=True):
        underlying, moment = names[one // len(moments)].decode(), moments[one % len(moments)]
        at = None if assumed else int(moment)
        day = moment.astype(date) if at is None else sessions.date_of(at)
        session = sessions.on(day)
        if session is None:
            yield _Stamp(underlying, day, None, rows)
        else:
            yield _Stamp(underlying, day, assumed_quote_instant(session) if at is None else at, rows)


def _distinct(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Different values, ascending, and the position of each row's among them."""
    # Rows of one series or moment follow each other in most files: sort the runs, not the rows.
    starts = _run_starts(values)
    found, code = np.unique(values[starts], return_inverse=True)
    return found, np.repeat(code, np.diff(starts, append=len(values)))


def _run_starts(values: NDArray[Any]) -> NDArray[np.intp]:
    """Rows whose value is not that of the row before."""
    begins = np.ones(len(values), np.bool_)
    begins[1:] = values[1:] != values[:-1]
    return np.flatnonzero(begins)


def _chain(raw: RawRows, contracts: _Contracts, stamp: _Stamp, at: Instant) -> ChainRows:
    rows = stamp.rows[np.argsort(contracts.code[stamp.rows], kind="stable")]
    columns = _quotes(raw, rows)
    code = contracts.code[rows]
    again = np.flatnonzero(code[1:] == code[:-1]) + 1
    if len(again):
        _check_repeats(raw, rows, columns, again)
        kept = np.ones(len(rows), np.bool_)
        kept[again] = False
        columns = {name: column[kept] for name, column in columns.items()}
        code = code[kept]
    listed = ContractList(contracts.series, code).take(np.arange(len(code)))
    price, origin = _vendor_price(raw, stamp), PriceOrigin.VENDOR
    if np.isnan(price):
        # Quotes in coins are no money, and their parity is another one.
        price = np.nan if raw.market.inverse else parity_price(listed, columns["bid"], columns["ask"], stamp.day)
        origin = PriceOrigin.NONE if np.isnan(price) else PriceOrigin.PARITY
    return ChainRows(
        at=at,
        day=stamp.day,
        underlying=stamp.underlying,
        underlying_price=price,
        contracts=listed,
        columns=columns,
        flags=np.zeros(len(code), np.uint16),
        time_assumed="at" not in raw.columns,
        duplicates=len(again),
        price_origin=origin,
        market=raw.market,
    )


def _quotes(raw: RawRows, rows: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    quotes = {}
    for name in QUOTE_COLUMNS:
        given = raw.columns.get(name)
        column = np.full(len(rows), np.nan) if given is None else given[rows].astype(np.float64)
        factor = getattr(raw.units, name, 1.0)
        quotes[name] = column if factor == 1.0 else column * factor
    return quotes


def _check_repeats(
    raw: RawRows, rows: NDArray[np.int64], columns: dict[str, NDArray[np.float64]], again: NDArray[np.int64]
) -> None:
    for name, column in columns.items():
        differs = ~((column[again] == column[again - 1]) | (np.isnan(column[again]) & np.isnan(column[again - 1])))
        if differs.any():
            second = int(again[np.flatnonzero(differs)[0]])
            lines = sorted(raw.line_of(int(rows[position])) for position in (second - 1, second))
            contract = raw.columns["symbol" if "symbol" in raw.columns else "root"][rows[second]].decode()
            raise ContractTwice(
                f"{raw.source.name}: lines {lines[0]} and {lines[1]} give {contract!r} two values of {name!r}; "
                "keep the right one"
            )


def _vendor_price(raw: RawRows, stamp: _Stamp) -> float:
    """The one price that all rows of a chain name, NaN where none names any."""
    prices: NDArray[Any] = raw.columns.get("underlying_price", np.empty(0))
    if not len(prices) or np.isnan(prices[stamp.rows]).all():
        return np.nan
    prices = prices[stamp.rows]
    wrong = (prices != prices[0]) | ~(prices > 0)
    if wrong.any():
        row = int(stamp.rows[np.flatnonzero(wrong)[0]])
        price = raw.columns["underlying_price"][row]
        reason = f"{price:g} where the chain began with {prices[0]:g}" if price > 0 else f"{price:g} is no price"
        raise BadRow(f"{_place(raw, row, 'underlying_price')}: {reason}; correct the file")
    return float(prices[0])
