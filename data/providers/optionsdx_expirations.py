"""What an expiration date of OptionsDX means where an index has options that settle at the open and at the close.

No column has the root. In files of the SPX before 2016, options that settle at the open are dated by their last trading
day: the Thursday before a third Friday. Since then they are dated by the third Friday itself, on which options that
settle at the close expire as well. Between those two the rows do not tell: the reader chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from data.calendar import session_table
from data.providers.index_roots import settles_both_ways, settling_root
from engine.model import SessionTable, SettlementSession

_NOON: Final = time(12)
_WEDNESDAY, _THURSDAY, _FRIDAY = 2, 3, 4
_FIRST_AT_CLOSE: Final = MappingProxyType({_WEDNESDAY: date(2016, 2, 23), _THURSDAY: date(2022, 1, 1)})
"""When weekly options began to expire on that day and to settle at its close (RULES 2.4)."""


class Written(NamedTuple):
    """An expiration as a file writes it: EXPIRE_DATE, and EXPIRE_UNIX on the exchange's clock."""

    on: date
    at: datetime


class Expiration(NamedTuple):
    """Root of a contract, and the date for its symbol."""

    root: str
    on: date


def expirations_of(underlying: str, written: Sequence[Written], monthlies_at_open: bool) -> list[Expiration]:
    """Roots and dates of the contracts of one file, in the order of what it writes.

    Args:
        written: different expirations of one file, at least one.
        monthlies_at_open: whether third Fridays are read as settling at the open, where nothing tells.

    Raises:
        CalendarError: for a date that no calendar covers.
    """
    at_close = settling_root(underlying, SettlementSession.PM)
    if not settles_both_ways(underlying):
        return [Expiration(at_close, one.on) for one in written]
    sessions = session_table(min(one.on for one in written), max(one.on for one in written))
    settled_at_open = [_settled_at_open(one, sessions) for one in written]
    # A file that dates options by their last trading day means the others by a third Friday.
    known = {day for day in settled_at_open if day is not None}
    at_open = settling_root(underlying, SettlementSession.AM)
    expirations = []
    for one, settled in zip(written, settled_at_open, strict=True):
        chosen = monthlies_at_open and one.on not in known and one.on == _standard_expiration(one.on, sessions)
        if settled is not None or chosen:
            expirations.append(Expiration(at_open, settled or one.on))
        else:
            expirations.append(Expiration(at_close, one.on))
    return expirations


def _settled_at_open(written: Written, sessions: SessionTable) -> date | None:
    """The day whose open settles an expiration, if what is written tells that one does."""
    if written.at.time() < _NOON:
        return written.on
    return _settlement_after_last_trade(written.on, sessions)


def _settlement_after_last_trade(day: date, sessions: SessionTable) -> date | None:
    """The session whose open settles what is dated `day`, if nothing that settles at the close expired on such a day.

    What expires on the last session of a month settles at its close (RULES 2.6).
    """
    following = sessions.first_at_or_after(day + timedelta(days=1))
    weekly = _FIRST_AT_CLOSE.get(day.weekday())
    if following is None or weekly is None or day >= weekly or following.on.month != day.month:
        return None
    friday = sessions.last_at_or_before(day + timedelta(days=_FRIDAY - day.weekday()))
    return following.on if friday is not None and friday.on == following.on else None


def _standard_expiration(day: date, sessions: SessionTable) -> date | None:
    """The third Friday of a month, or the session before where it is a holiday."""
    first = day.replace(day=1)
    third = first + timedelta(days=(_FRIDAY - first.weekday()) % 7 + 14)
    session = sessions.last_at_or_before(third)
    return None if session is None else session.on
