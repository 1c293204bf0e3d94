"""Rates by the date they were set, out of LEAN's interest-rate file: CSV `DATE,PCREDIT8`, percent per year.

A rate is known from the open of the first session after its date: whether that is the date of the decision or of the
announcement is not in the file, and the session after is late enough for both. It is taken as compounded once a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.calendar import session_table
from data.errors import BadFile
from data.providers.delimited import DelimitedTable, Layout
from data.providers.files import read_text_bytes
from engine.instants import Instant
from engine.pricing.curves import RateCurve, RateHistory
from engine.pricing.elementwise import log1p

_LAYOUT: Final = Layout(numbers=("PCREDIT8",), optional_numbers=(), texts=("DATE",))


class KnownRates(NamedTuple):
    """Rates by the instant from which each is known.

    Attributes:
        at: int64 instants, strictly ascending.
        rate: per year, continuously compounded decimals.
    """

    at: NDArray[np.int64]
    rate: NDArray[np.float64]

    def known_at(self, now: Instant) -> float | None:
        """The rate that is known at an instant; None before the first."""
        place = int(np.searchsorted(self.at, now, side="right"))
        return float(self.rate[place - 1]) if place else None


def read_rate_history(path: Path) -> RateHistory:
    """Flat curves, each known from the open of the first session after its date, continuously compounded.

    Raises:
        UnreadableFile, BadFile, CalendarError: naming file, line, column and remedy.
    """
    return rate_history(path.name, read_rates(path))


def rate_history(name: str, rates: Sequence[tuple[date, float]]) -> RateHistory:
    """History of rates, percent per year, by the date on which each was set, as `read_rate_history` has it.

    Args:
        name: of the file, for messages.
    """
    known = known_rates(name, rates)
    return RateHistory(
        tuple((at, RateCurve.flat(rate)) for at, rate in zip(known.at.tolist(), known.rate.tolist(), strict=True))
    )


def known_rates(name: str, rates: Sequence[tuple[date, float]]) -> KnownRates:
    """The same history as plain arrays, for who needs no curve.

    Args:
        name: of the file or store, for messages.
        rates: percent per year by the date on which each was set, ascending, at least one.

    Raises:
        BadFile: for a date after the last session that is known.
    """
    days = np.array([day for day, _ in rates], "datetime64[D]")
    sessions = session_table(rates[0][0], rates[-1][0]).sessions
    places = np.searchsorted(np.array([one.on for one in sessions], "datetime64[D]"), days, side="right")
    if places[-1] == len(sessions):
        raise BadFile(f"{name}: no session after {rates[-1][0]}; correct the date")
    # Of two rates before one session the later one replaces the earlier.
    last = np.append(places[1:] != places[:-1], True)
    at = np.array([sessions[place].opens_at for place in places[last].tolist()], np.int64)
    return KnownRates(at, log1p(np.array([percent for _, percent in rates])[last] / 100))


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
