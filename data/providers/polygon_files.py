"""What all flat files of Polygon (Massive) share: tickers, and windows that are stamped at their ends.

`window_start` is the instant at which a window begins: midnight in New York for a day, else a whole minute. The file
does not say which of both it holds; every window of a file is of one kind.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from pandas import DatetimeIndex

from data.calendar import session_table
from data.errors import BadSymbol, CalendarError
from data.markets import US
from data.providers.delimited import DelimitedTable
from data.providers.minute_ends import MINUTE
from data.roots import root_facts
from data.symbols import parse_symbols
from engine.instants import NANOS_PER_DAY

AGGREGATES: Final = ("ticker", "open", "close", "high", "low", "window_start")
OPTION: Final = b"O:"
OPTION_TICKER: Final = r"O:.+"


class Windows(NamedTuple):
    """Windows of a file.

    Attributes:
        ends_at: int64 instants; for a date that is no session, the window's start.
        in_session: bool, whether the exchange date is a session.
        resolution: `eod` or `minute`.
    """

    ends_at: NDArray[np.int64]
    in_session: NDArray[np.bool_]
    resolution: str


class OptionTickers(NamedTuple):
    """Option tickers as columns: OSI symbols, and what they are written on."""

    symbol: NDArray[np.bytes_]
    underlying: NDArray[np.bytes_]


def option_tickers(name: str, table: DelimitedTable) -> OptionTickers:
    """Symbols of `O:` tickers.

    Raises:
        BadRow, BadSymbol: naming line and ticker.
    """
    tickers = table.texts("ticker")
    others = np.flatnonzero(~np.strings.startswith(tickers, OPTION))
    if len(others):
        row = int(others[0])
        raise table.bad_row(row, "ticker", f"{tickers[row].decode()!r} is no option (O:...) among options")
    symbols = np.strings.slice(tickers, len(OPTION), None)
    try:
        roots = parse_symbols(symbols).root
    except BadSymbol as error:
        place = f"{name}: line {table.line_of(error.row)}, column 'ticker'"
        raise BadSymbol(f"{place}: {error.reason}", error.row) from None
    found, code = np.unique(roots, return_inverse=True)
    underlyings = np.array([root_facts(root.decode()).underlying for root in found], np.bytes_)
    return OptionTickers(symbols, underlyings[code])


def windows(name: str, table: DelimitedTable) -> Windows:
    """Ends of the windows that begin at `window_start`; a day ends with its session.

    Raises:
        BadRow: for a window that begins at no whole minute, or days among minutes.
        CalendarError: for dates outside the calendars.
    """
    starts = table.integers("window_start")
    found, code = np.unique(starts, return_inverse=True)
    try:
        dates = _exchange_dates(found)
        sessions = session_table(dates[0].astype(object), dates[-1].astype(object))
    except (CalendarError, ValueError, OverflowError) as error:
        raise CalendarError(f"{name}: column 'window_start': {error}; it counts nanoseconds since 1970") from None
    of_day = {day: sessions.on(day.astype(object)) for day in np.unique(dates)}
    in_session = np.array([of_day[day] is not None for day in dates])
    is_day = found == _midnights(dates)
    _check_starts(table, starts, is_day[code])
    if not is_day[0]:
        return Windows(starts + MINUTE, in_session[code], "minute")
    ends = [
        start if (session := of_day[day]) is None else session.closes_at
        for start, day in zip(found, dates, strict=True)
    ]
    return Windows(np.array(ends, np.int64)[code], in_session[code], "eod")


def _check_starts(table: DelimitedTable, starts: NDArray[np.int64], is_day: NDArray[np.bool_]) -> None:
    if not (starts % NANOS_PER_DAY).any():
        raise table.bad_row(0, "window_start", "the window begins at midnight UTC; days begin at midnight in New York")
    uneven = np.flatnonzero(starts % MINUTE)
    if len(uneven):
        row = int(uneven[0])
        raise table.bad_row(row, "window_start", f"{starts[row]} is no whole minute in nanoseconds since 1970")
    mixed = np.flatnonzero(is_day != is_day[0])
    if len(mixed):
        kinds = ("a day's window among minutes", "a minute's window among days")
        raise table.bad_row(int(mixed[0]), "window_start", kinds[int(is_day[0])])


def check_prices(table: DelimitedTable) -> None:
    """Refuse bars whose prices are not above zero, or whose open or close is outside of low and high.

    Raises:
        BadRow: naming the first such line.
    """
    prices = {name: table.numbers(name) for name in ("open", "close", "high", "low")}
    for name, column in prices.items():
        wrong = np.flatnonzero(~(column > 0))
        if len(wrong):
            row = int(wrong[0])
            raise table.bad_row(row, name, f"{column[row]:g} is no price")
    least, most = (side(prices["open"], prices["close"]) for side in (np.minimum, np.maximum))
    outside = np.flatnonzero((prices["low"] > least) | (prices["high"] < most))
    if len(outside):
        raise table.bad_row(int(outside[0]), "high", "open or close is outside of low and high")


def volumes(table: DelimitedTable, column: str) -> NDArray[np.float64]:
    """Traded volume, which can be fractional.

    Raises:
        BadRow: for a negative one.
    """
    traded = table.numbers(column)
    wrong = np.flatnonzero(traded < 0)
    if len(wrong):
        row = int(wrong[0])
        raise table.bad_row(row, column, f"{traded[row]:g} is no volume")
    return traded


def _exchange_dates(instants: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """datetime64[D] in New York."""
    local = DatetimeIndex(instants.astype("datetime64[ns]"), tz="UTC").tz_convert(ZoneInfo(US.timezone))
    return local.tz_localize(None).to_numpy().astype("datetime64[D]")


def _midnights(dates: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Instants at which dates begin in New York."""
    days, code = np.unique(dates, return_inverse=True)
    local = DatetimeIndex(days.astype("datetime64[ns]")).tz_localize(ZoneInfo(US.timezone))
    return local.tz_convert(None).to_numpy().astype("datetime64[ns]").astype(np.int64)[code]
