"""A market of known size: five years of sessions, 2,150 index options a day, in Cboe's table, a file a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from data.calendar import session_table
from data.symbols import osi_symbols
from engine.pricing import greeks

FIRST, LAST = date(2014, 1, 2), date(2018, 12, 31)
EXPIRATIONS, STRIKES = 25, 43
"""25 Fridays of 43 strikes, each with a call and a put: 2,150 contracts."""
_RATE, _YIELD, _VOLATILITY, _STEP = 0.02, 0.015, 0.18, 25.0


def write_months(folder: Path) -> list[Path]:
    """Write the files; returns them in order."""
    days = [session.on for session in session_table(FIRST, LAST).between(FIRST, LAST)]
    prices = 2_000.0 + 300.0 * np.sin(np.arange(len(days)) / 60.0) + np.arange(len(days)) * 0.4
    paths = []
    for (year, month), group in groupby(zip(days, prices.tolist(), strict=True), lambda one: one[0].timetuple()[:2]):
        path = folder / f"SPX_{year}{month:02d}.csv"
        pyarrow.csv.write_csv(pa.concat_tables(_chain(day, price) for day, price in group), path)
        paths.append(path)
    return paths


def _fridays(day: date) -> Iterator[date]:
    first = day + timedelta(days=(4 - day.weekday()) % 7 or 7)
    for week in range(EXPIRATIONS):
        yield first + timedelta(weeks=week)


def _chain(day: date, price: float) -> pa.Table:
    centre = round(price / _STEP) * _STEP
    ladder = centre + _STEP * (np.arange(STRIKES) - STRIKES // 2)
    expirations = np.repeat(np.array(list(_fridays(day)), "datetime64[D]"), 2 * STRIKES)
    right = np.tile(np.repeat(np.array([-1, 1], np.int8), STRIKES), EXPIRATIONS)
    strike = np.tile(ladder, 2 * EXPIRATIONS)
    years = (expirations - np.datetime64(day)).astype(np.int64) / 365
    values = greeks(right, price, strike, years, _RATE, _YIELD, _VOLATILITY, higher_order=False)
    half = np.maximum(0.05, np.round(0.01 * values.price, 2))
    symbols = osi_symbols(np.full(len(strike), b"SPXW"), expirations, right, strike)
    count = len(strike)
    columns = {
        "underlying": np.full(count, "SPX"),
        "underlying_last": np.full(count, round(price, 2)),
        "exchange": np.full(count, "CBOE"),
        "optionroot": symbols.astype(np.str_),
        "type": np.where(right > 0, "call", "put"),
        "expiration": _american(expirations),
        "quotedate": np.full(count, f"{day:%m/%d/%Y}"),
        "strike": strike,
        "last": np.round(values.price, 2),
        "net": np.zeros(count),
        "bid": np.round(np.maximum(values.price - half, 0.0), 2),
        "ask": np.round(values.price + half, 2),
        "volume": np.arange(count) % 97,
        "openinterest": np.arange(count) % 1_009,
        "impliedvol": np.full(count, _VOLATILITY),
        "delta": np.round(values.delta, 4),
        "gamma": np.round(values.gamma, 6),
    }
    return pa.table(columns)


def _american(days: np.ndarray) -> np.ndarray:
    distinct, codes = np.unique(days, return_inverse=True)
    return np.array([f"{one.astype(date):%m/%d/%Y}" for one in distinct])[codes]
