"""The daily market that comes with the product: S&P 500, VIX and a short rate, 2014-01-03 to 2018-12-31."""

from __future__ import annotations

import csv
import hashlib
import io
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.errors import NotCovered
from engine.pricing.elementwise import log1p

FILE: Final = "sp500_vix_2014_2018.csv"
DIVIDEND_YIELD: Final = 0.018
"""Of the S&P 500, per year, continuously compounded: what the forwards of the 2019 chains imply (docs/data.md)."""

Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedMarket:
    """One entry per session, ascending.

    Attributes:
        open: first level of the index; high, low and close likewise, in index points.
        vix: close of the VIX, a decimal (0.1376 for 13.76).
        rate: of one-month Treasury bills in the month, per year, continuously compounded.
        sha256: hash of the file.
    """

    days: tuple[date, ...]
    open: Series
    high: Series
    low: Series
    close: Series
    vix: Series
    rate: Series
    sha256: str

    @property
    def first(self) -> date:
        """First session."""
        return self.days[0]

    @property
    def last(self) -> date:
        """Last session."""
        return self.days[-1]

    def position(self, day: date) -> int:
        """Position of the last session at or before a date.

        Raises:
            NotCovered: for a date outside the range.
        """
        if not self.first <= day <= self.last:
            raise NotCovered(f"{day}: the embedded market covers {self.first} to {self.last}; choose a date in it")
        return bisect_right(self.days, day) - 1


@lru_cache(maxsize=1)
def embedded_market() -> EmbeddedMarket:
    """Read it (once)."""
    data = resources.files("data.embedded").joinpath(FILE).read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))

    def column(name: str) -> Series:
        return np.array([float(row[name]) for row in rows])

    return EmbeddedMarket(
        days=tuple(date.fromisoformat(row["date"]) for row in rows),
        open=column("open"),
        high=column("high"),
        low=column("low"),
        close=column("close"),
        vix=column("vix") / 100.0,
        rate=np.round(12.0 * log1p(column("rate_percent_per_month") / 100.0), 6),
        sha256=hashlib.sha256(data).hexdigest(),
    )
