"""Dates of daily files to instants: what a day brought is known when its session closes."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.calendar import session_table
from data.errors import CalendarError
from data.markets import US, Market
from engine.instants import Instant, instant


def day_ends(name: str, days: NDArray[np.datetime64], market: Market = US) -> NDArray[np.int64]:
    """Closes of sessions; noon of a date that is none, which the normaliser leaves out and counts.

    Args:
        name: of the file, for messages.
        days: datetime64[D], exchange dates in any order.

    Raises:
        CalendarError: for dates outside the calendars.
    """
    found, code = np.unique(days, return_inverse=True)
    try:
        sessions = session_table(found[0].astype(date), found[-1].astype(date), market)
    except CalendarError as error:
        raise CalendarError(f"{name}: {error}") from None

    def end(day: date) -> Instant:
        session = sessions.on(day)
        noon = datetime.combine(day, time(12), ZoneInfo(market.timezone))
        return instant(noon) if session is None else session.closes_at

    return np.array([end(day) for day in found.tolist()], np.int64)[code]
