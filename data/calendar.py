"""Sessions and the life of a series, from `exchange_calendars`; nothing here knows a holiday by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

import exchange_calendars
import numpy as np
from pandas import Timestamp

from data.contract_facts import contract_facts
from data.errors import CalendarError
from data.markets import US, Market
from engine.instants import NANOS_PER_SECOND, Instant, instant
from engine.model import OptionSeries, Session, SessionTable, SettlementSession, UnderlyingKind

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_BLOCK_YEARS: Final = 8

_MINUTES: Final = 60 * NANOS_PER_SECOND
INDEX_OVERTIME: Final = 15 * _MINUTES
"""Index options that do not expire at that day's close trade 15 minutes longer than shares (RULES 3.1, 3.2)."""
_ASSUMED_BEFORE_CLOSE: Final = 15 * _MINUTES


def session_table(first: date, last: date, market: Market = US) -> SessionTable:
    """All sessions of a market in the years of a range, and of one year on either side, so that neighbours exist.

    Raises:
        CalendarError: when the range is reversed or leaves the years that the calendar is trusted for.
    """
    if last < first:
        raise CalendarError(f"sessions from {first} to {last}: the range is reversed")
    if first.year <= FIRST_YEAR or last.year >= LAST_YEAR:
        raise CalendarError(
            f"dates from {first} to {last}: sessions are known from {FIRST_YEAR + 1} to {LAST_YEAR - 1}; "
            "correct the date in the data"
        )
    return _sessions_of_years(market, first.year - 1, last.year + 1)


@lru_cache(maxsize=64)
def _sessions_of_years(market: Market, first_year: int, last_year: int) -> SessionTable:
    # Making a calendar takes a fifth of a second, however few its years are: whole blocks serve many ranges.
    blocks = range(first_year // _BLOCK_YEARS, last_year // _BLOCK_YEARS + 1)
    sessions = chain.from_iterable(_sessions_of_block(market, block) for block in blocks)
    chosen = tuple(session for session in sessions if first_year <= session.on.year <= last_year)
    return SessionTable(market.calendar, market.timezone, chosen)


@lru_cache(maxsize=64)
def _sessions_of_block(market: Market, block: int) -> tuple[Session, ...]:
    first_year = block * _BLOCK_YEARS
    schedule = _calendar(market, first_year, first_year + _BLOCK_YEARS - 1).schedule
    days = schedule.index.to_numpy().astype("datetime64[D]").tolist()
    opens, closes = (
        schedule[side].dt.tz_convert(None).to_numpy().astype("datetime64[ns]").astype(np.int64).tolist()
        for side in ("open", "close")
    )
    return tuple(map(Session, days, opens, closes))


def _calendar(market: Market, first_year: int, last_year: int) -> exchange_calendars.ExchangeCalendar:
    """A calendar of whole years, without those for which the exchange has not yet named its holidays."""
    # Start and end are named: the library's own defaults move with the wall clock.
    try:
        return exchange_calendars.get_calendar(market.calendar, start=f"{first_year}-01-01", end=f"{last_year}-12-31")
    except ValueError:
        kind = type(exchange_calendars.get_calendar(market.calendar))
        earliest, latest = kind.bound_min(), kind.bound_max()
        start = f"{first_year}-01-01" if earliest is None else max(earliest, Timestamp(first_year, 1, 1))
        end = f"{last_year}-12-31" if latest is None else min(latest, Timestamp(last_year, 12, 31))
        return exchange_calendars.get_calendar(market.calendar, start=start, end=end)


def quote_instant(moment: datetime) -> Instant:
    """Instant of an aware datetime in the years that sessions are known for; raises `ValueError` for others."""
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError(f"{moment.isoformat()} is not between {FIRST_YEAR + 1} and {LAST_YEAR - 1}")
    return instant(moment)


def assumed_quote_instant(session: Session) -> Instant:
    """When end-of-day quotes without a time are taken to be from: 15 minutes before the close.

    That is 15:45 New York, and 12:45 on half days.
    """
    return session.closes_at - _ASSUMED_BEFORE_CLOSE


def expiration_session(symbol_date: date, sessions: SessionTable) -> Session:
    """Session that a series expires on: that of its symbol's date, or else the one before.

    Saturdays of symbols before 2015 (RULES 1.3) and holidays (RULES 2.1, 2.2) move back alike. Expirations that
    the exchange moves forward (holiday Mondays, RULES 2.4) carry the later date in their symbol.

    Raises:
        CalendarError: when the table does not reach the date.
    """
    session = sessions.last_at_or_before(symbol_date)
    if session is None or symbol_date - session.on > timedelta(days=14):
        raise CalendarError(f"no session of {sessions.calendar} near {symbol_date}; correct the date in the data")
    return session


def is_standard_monthly(symbol_date: date) -> bool:
    """Whether a series expires on the standard expiration of its month: the third Friday, or the session before it.

    Raises:
        CalendarError: for a date outside the calendars.
    """
    first = symbol_date.replace(day=1)
    third_friday = first + timedelta(days=(4 - first.weekday()) % 7 + 14)
    sessions = session_table(first, max(third_friday, symbol_date))
    return expiration_session(third_friday, sessions).on == expiration_session(symbol_date, sessions).on


def option_series(
    underlying: str, root: str, symbol_date: date, sessions: SessionTable, market: Market = US
) -> OptionSeries:
    """The series of a root and symbol date, with the instants of its last trade and of its settlement.

    AM: last trades on the session before, settles at the open of `expires_on`. PM: both at that session's close, or
    when the market's options expire, if it has such an hour.

    Raises:
        CalendarError: when the table does not reach the date.
    """
    facts = contract_facts(root, underlying, market)
    expiration = expiration_session(symbol_date, sessions)
    last_trades_at = settles_at = _expires_at(expiration, market)
    if facts.session is SettlementSession.AM:
        before = expiration_session(expiration.on - timedelta(days=1), sessions)
        overtime = INDEX_OVERTIME if facts.kind is UnderlyingKind.INDEX else 0
        last_trades_at, settles_at = before.closes_at + overtime, expiration.opens_at
    return OptionSeries(
        underlying=underlying,
        root=root,
        expires_on=expiration.on,
        symbol_date=symbol_date,
        last_trades_at=last_trades_at,
        settles_at=settles_at,
        style=facts.style,
        settlement=facts.settlement,
        session=facts.session,
        strike_multiplier=facts.strike_multiplier,
        deliverable=facts.deliverable,
        ticks=facts.ticks,
    )


def _expires_at(expiration: Session, market: Market) -> Instant:
    if market.expires_at is None:
        return expiration.closes_at
    return instant(datetime.combine(expiration.on, market.expires_at, ZoneInfo(market.timezone)))
