"""When quotes are from, where a file tells only when it was downloaded, or a date that may be no session."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.calendar import session_table
from data.errors import CalendarError
from engine.instants import Instant, utc_datetime


def download_moment(name: str, downloaded: Instant, count: int) -> dict[str, NDArray[Any]]:
    """Columns of `RawRows`: `at` for a download within a session, else `quote_date` of the session that closed last.

    Raises:
        CalendarError: naming the file, for a date that no calendar covers.
    """
    roughly = utc_datetime(downloaded).date()
    try:
        sessions = session_table(roughly, roughly)
    except CalendarError as error:
        raise CalendarError(f"{name}: {error}") from None
    today = sessions.date_of(downloaded)
    session = sessions.on(today)
    if session is not None and session.opens_at <= downloaded <= session.closes_at:
        return {"at": np.full(count, downloaded, np.int64)}
    closed_today = session is not None and downloaded > session.closes_at
    last = sessions.last_at_or_before(today if closed_today else today - timedelta(days=1))
    day = today if last is None else last.on
    return {"quote_date": np.full(count, np.datetime64(day, "D"))}


def last_session(day: date) -> date:
    """The date itself if it is a session, else the last session before it.

    Raises:
        ValueError: for a date that no calendar covers; `DelimitedTable.coded` says in which line it stands.
    """
    try:
        session = session_table(day, day).last_at_or_before(day)
    except CalendarError as error:
        raise ValueError(str(error)) from None
    return day if session is None else session.on
