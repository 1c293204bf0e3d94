"""Predicates on the calendar and the clock of the exchange."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from engine.instants import NANOS_PER_SECOND
from engine.model import OptionContract, SessionTable
from engine.strategies.event_dates import EventDates
from engine.strategies.spec.triggers import (
    WEEKDAYS,
    BeforeEvent,
    DaysHeld,
    DaysToExpiration,
    OnWeekday,
    SessionsHeld,
    TimeOfDay,
)
from engine.strategies.triggers.holding import Holding, Moment
from engine.strategies.triggers.money import Predicate

_NANOS_PER_MINUTE = 60 * NANOS_PER_SECOND


def days_to_expiration(trigger: DaysToExpiration) -> Predicate:
    """Whether the nearest expiration, or that of one leg, is so near."""
    name = trigger.leg

    def of_leg(holding: Holding) -> bool:
        contract = holding.named.get(name or "")
        if not isinstance(contract, OptionContract):
            return False
        return (contract.series.expires_on - holding.moment.today).days <= trigger.days

    def nearest(holding: Holding) -> bool:
        part = holding.of(trigger.legs)
        days = None if part is None else part.days_to_expiration
        return days is not None and days <= trigger.days

    return nearest if name is None else of_leg


def days_held(trigger: DaysHeld) -> Predicate:
    """Whether so many exchange dates have passed since the opening."""
    return lambda holding: (holding.moment.today - holding.opened_on).days >= trigger.days


def sessions_held(trigger: SessionsHeld) -> Predicate:
    """Whether so many sessions have begun since that of the opening."""
    return lambda holding: holding.moment.sessions_since(holding.opened_on) >= trigger.sessions


def time_of_day(trigger: TimeOfDay) -> Predicate:
    """Whether it is so late in the session, on one of the days that are meant."""
    days = frozenset(WEEKDAYS.index(day) for day in trigger.weekdays)

    def holds(holding: Holding) -> bool:
        moment = holding.moment
        if not _is_late(moment, trigger) or (days and moment.today.weekday() not in days):
            return False
        if not trigger.on_last_trading_day:
            return True
        part = holding.of(trigger.legs)
        return part is not None and part.last_trades_on == moment.today

    return holds


def _is_late(moment: Moment, trigger: TimeOfDay) -> bool:
    if trigger.at is not None:
        return moment.exchange_time.time() >= trigger.at
    session = moment.session
    if session is None:
        return False
    if trigger.minutes_before_close is not None:
        return moment.now >= session.closes_at - trigger.minutes_before_close * _NANOS_PER_MINUTE
    return moment.now >= session.opens_at + (trigger.minutes_after_open or 0) * _NANOS_PER_MINUTE


def on_weekday(trigger: OnWeekday) -> Predicate:
    """Whether it is one of the days, or the last session before one that has none."""
    wanted = frozenset(WEEKDAYS.index(day) for day in trigger.weekdays)
    return lambda holding: not wanted.isdisjoint(_days_of(holding.moment))


def _days_of(moment: Moment) -> set[int]:
    """Weekdays from today up to the next session, which is not included."""
    tomorrow = moment.today + timedelta(days=1)
    following = moment.context.market.sessions.first_at_or_after(tomorrow)
    days = 1 if following is None else (following.on - moment.today).days
    return {(moment.today.weekday() + after) % 7 for after in range(days)}


def before_event(trigger: BeforeEvent, events: EventDates) -> Predicate:
    """Whether the next event is at most so many sessions away.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """
    dates = sorted(trigger.dates or ()) if trigger.event is None else events.of(trigger.event)

    def holds(holding: Holding) -> bool:
        today = holding.moment.today
        if trigger.sessions == 0:
            return today in dates
        following = bisect_right(dates, today)
        if following == len(dates):
            return False
        left = sessions_before(holding.moment.context.market.sessions, today, dates[following])
        return left is not None and left <= trigger.sessions

    return holds


def sessions_before(sessions: SessionTable, today: date, event: date) -> int | None:
    """Sessions from today, included, to an event, excluded; None where the table of sessions does not reach it."""
    if sessions.first_at_or_after(event) is None:
        return None
    return len(sessions.between(today, event - timedelta(days=1)))
