"""Rates by the date they were set, out of LEAN's interest-rate file: CSV `DATE,PCREDIT8`, percent per year."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from data.calendar import session_table
from data.errors import BadFile
from data.providers.delimited import DelimitedTable, Layout
from data.providers.files import read_text_bytes
from engine.pricing.curves import RateCurve, RateHistory

_LAYOUT: Final = Layout(numbers=("PCREDIT8",), optional_numbers=(), texts=("DATE",))


def read_rate_history(path: Path) -> RateHistory:
    """Flat curves, each known from the open of the first session after its date, continuously compounded.

    Whether a date is that of the decision or of the announcement is not in the file: the session after is late enough
    for both. A rate is taken as compounded once a year.

    Raises:
        UnreadableFile, BadFile, CalendarError: naming file, line, column and remedy.
    """
    return rate_history(path.name, read_rates(path))


def rate_history(name: str, rates: Iterable[tuple[date, float]]) -> RateHistory:
    """History of rates, percent per year, by the date on which each was set, as `read_rate_history` has it.

    Args:
        name: of the file, for messages.
    """
    curves: dict[int, RateCurve] = {}
    for day, percent in rates:
        # Of two rates before one session the later one replaces the earlier.
        curves[_known_at(name, day)] = RateCurve.flat(math.log1p(percent / 100))
    return RateHistory(tuple(curves.items()))


def read_rates(path: Path) -> tuple[tuple[date, float], ...]:
    """Dates, ascending, and rates that were set on them, percent per year.

    Raises:
        UnreadableFile, BadFile: naming file, line, column and remedy.
    """
    table = DelimitedTable(path.name, read_text_bytes(path).data, _LAYOUT)
    days = table.dates("DATE", "%Y-%m-%d", "YYYY-MM-DD")
    percents = table.numbers("PCREDIT8")
    backwards = np.diff(days).astype(np.int64) <= 0
    if backwards.any():
        raise table.bad_row(
            int(np.flatnonzero(backwards)[0]) + 1, "DATE", "the date does not come after the one before"
        )
    if (percents <= -100).any():
        raise table.bad_row(int(np.flatnonzero(percents <= -100)[0]), "PCREDIT8", "the rate is not above -100 percent")
    return tuple(zip(days.astype(object).tolist(), percents.tolist(), strict=True))


def _known_at(name: str, day: date) -> int:
    sessions = session_table(day, day)
    session = next((one for one in sessions.sessions if one.on > day), None)
    if session is None:
        raise BadFile(f"{name}: no session after {day}; correct the date")
    return session.opens_at
