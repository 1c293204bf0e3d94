"""Which expirations are listed, and when: those of SPX and SPXW as they were, and those of a fund and of a stock.

Rules and their sources: RULES sections 1 and 2; how far ahead, from the chains of 2019 (docs/data.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from data.calendar import option_series
from data.contract_list import SeriesKey
from data.model_chain.strikes import Ladder, Rung
from data.roots import MODEL_FUND
from engine.instants import Instant
from engine.model import ExerciseStyle, SessionTable, TickRule

_FRIDAY: Final = 4
_SATURDAY_SYMBOLS_UNTIL: Final = date(2015, 2, 1)
"""Standard monthlies that expire before it carry the Saturday after the third Friday (RULES 1.3)."""
_WEDNESDAYS_FROM: Final = date(2016, 2, 23)
_MONDAYS_FROM: Final = date(2016, 8, 15)
_PM_MONTHLIES_FROM: Final = date(2017, 5, 1)
"""Before, third Fridays settled at the close under the root SPXPM (RULES 2.5), which is not modelled."""

_FAR: Final = (Rung(25, 0.40, 0.15), Rung(100, 0.60, 0.40))
_WIDE: Final = (Rung(5, 0.11, 0.07), Rung(10, 0.17, 0.09), Rung(25, 0.25, 0.13), Rung(50, 0.40, 0.20))
_NARROW: Final = (Rung(5, 0.08, 0.06), Rung(10, 0.12, 0.08), Rung(25, 0.18, 0.10))
_FUND: Final = (Rung(1, 0.15, 0.09), Rung(5, 0.45, 0.25))
_STOCK: Final = (Rung(1, 0.12, 0.12), Rung(5, 0.45, 0.45))


class _Class(NamedTuple):
    """Series that are listed alike.

    Attributes:
        days: calendar days before its expiration that a series is listed.
        ladder: its strikes.
        refined: strikes that are added in the last `_REFINED_DAYS`.
    """

    days: int
    ladder: Ladder
    refined: Ladder = ()


_REFINED_DAYS: Final = 125
_MONTHLY: Final = _Class(190, _FAR, _WIDE)
_PM_MONTHLY: Final = _Class(65, _WIDE)
_MONTH_END: Final = _Class(95, _WIDE)
_WEEKLY: Final = _Class(52, _WIDE)
_MIDWEEK: Final = _Class(31, _NARROW)


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """A series and its life.

    Attributes:
        listed_from: first date on which it is quoted.
        settles_at: instant from which on it is not quoted any more.
        ladder: strikes, and those that are added in its last months.
    """

    key: SeriesKey
    listed_from: date
    settles_at: Instant
    style: ExerciseStyle
    ticks: TickRule
    ladder: Ladder
    refined: Ladder

    def ladder_on(self, day: date) -> Ladder:
        """Strikes listed on a date."""
        refines = (self.key.expires_on - day).days <= _REFINED_DAYS
        return self.ladder + self.refined if refines else self.ladder

    def trades_at(self, day: date, at: Instant) -> bool:
        """Whether it is quoted at an instant of a date."""
        return self.listed_from <= day and at < self.settles_at


def index_series(first: date, last: date, sessions: SessionTable) -> tuple[ListedSeries, ...]:
    """Series of the index that are quoted from `first` to `last`, in the order of contract tables."""
    known: dict[tuple[date, str], ListedSeries] = {}
    # A date that is an expiration for several reasons has one series, listed for the one that lists it first.
    for one in _index_candidates(first, last, sessions):
        slot = one.key[:2]
        if slot not in known or one.listed_from < known[slot].listed_from:
            known[slot] = one
    return tuple(known[slot] for slot in sorted(known))


def share_series(root: str, first: date, last: date, sessions: SessionTable) -> tuple[ListedSeries, ...]:
    """Series of a fund (root `MODEL_FUND`) or of a stock: monthlies and Friday weeklies."""
    ladder = _FUND if root == MODEL_FUND else _STOCK
    found: list[ListedSeries] = []
    for friday in _weekdays(first, last + timedelta(days=_MONTHLY.days), _FRIDAY):
        monthly = _is_third(friday)
        symbol_date = _monthly_symbol_date(friday, sessions) if monthly else _session_before(friday, sessions)
        days = _MONTHLY.days if monthly else _WEEKLY.days
        found.append(_listed(root, root, symbol_date, _Class(days, ladder), sessions))
    return tuple(sorted(_alive(found, first, last), key=lambda one: one.key))


def _index_candidates(first: date, last: date, sessions: SessionTable) -> list[ListedSeries]:
    found: list[ListedSeries] = []
    horizon = last + timedelta(days=_MONTHLY.days)
    for friday in _weekdays(first, horizon, _FRIDAY):
        expires_on = _session_before(friday, sessions)
        if _is_third(friday):
            found.append(_listed("SPX", "SPX", _monthly_symbol_date(friday, sessions), _MONTHLY, sessions))
            found.append(_listed("SPX", "SPXW", expires_on, _PM_MONTHLY, sessions, _PM_MONTHLIES_FROM))
        else:
            found.append(_listed("SPX", "SPXW", expires_on, _WEEKLY, sessions))
    for wednesday in _weekdays(first, horizon, 2):
        expires_on = _session_before(wednesday, sessions)
        found.append(_listed("SPX", "SPXW", expires_on, _MIDWEEK, sessions, _WEDNESDAYS_FROM))
    for monday in _weekdays(first, horizon, 0):
        found.append(_listed("SPX", "SPXW", _session_after(monday, sessions), _MIDWEEK, sessions, _MONDAYS_FROM))
    for month_end in _month_ends(first, horizon):
        found.append(_listed("SPX", "SPXW", _session_before(month_end, sessions), _MONTH_END, sessions))
    return _alive(found, first, last)


def _listed(
    underlying: str, root: str, symbol_date: date, kind: _Class, sessions: SessionTable, since: date = date.min
) -> ListedSeries:
    series = option_series(underlying, root, symbol_date, sessions)
    return ListedSeries(
        key=SeriesKey(series.expires_on, root, symbol_date),
        listed_from=max(since, series.expires_on - timedelta(days=kind.days)),
        settles_at=series.settles_at,
        style=series.style,
        ticks=series.ticks,
        ladder=kind.ladder,
        refined=kind.refined,
    )


def _alive(found: list[ListedSeries], first: date, last: date) -> list[ListedSeries]:
    return [one for one in found if one.listed_from <= min(last, one.key.expires_on) and one.key.expires_on >= first]


def _weekdays(first: date, last: date, weekday: int) -> Iterator[date]:
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _is_third(friday: date) -> bool:
    return 15 <= friday.day <= 21


def _month_ends(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        month = (month + timedelta(days=32)).replace(day=1)
        yield month - timedelta(days=1)


def _monthly_symbol_date(third_friday: date, sessions: SessionTable) -> date:
    if third_friday < _SATURDAY_SYMBOLS_UNTIL:
        return third_friday + timedelta(days=1)
    return _session_before(third_friday, sessions)


def _session_before(day: date, sessions: SessionTable) -> date:
    """The day, or the last session before it: how Fridays and Wednesdays give way to holidays (RULES 2.1, 2.2)."""
    session = sessions.last_at_or_before(day)
    return day if session is None else session.on


def _session_after(day: date, sessions: SessionTable) -> date:
    """The day, or the first session after it: how Mondays give way (RULES 2.4)."""
    session = sessions.first_at_or_after(day)
    return day if session is None else session.on
