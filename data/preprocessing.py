"""What signals and charts need of bars besides raw prices: prices in one unit over splits and dividends, and features.

Chains, fills, marks and settlement are raw, because options are struck on raw prices; nothing here reaches them.

A split or a dividend divides the past, seen from its ex-date on: prices of before are read times the factor of a
`PriceStep`. Nothing changes earlier than that, so that whoever looks at the past at t sees it in the unit of t, by
steps that had been taken at t, and a split of tomorrow shows nowhere today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import inf, log, sqrt
from typing import Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.errors import NotRunnable
from data.underlying_records import BAR_COLUMNS, Bars
from data.underlying_rows import CorporateEvent
from engine.instants import Instant, instant
from engine.pricing import elementwise

Adjustment: TypeAlias = Literal["none", "splits", "splits_and_dividends"]

SESSIONS_PER_YEAR: Final = 252
_PRICES: Final = BAR_COLUMNS[:4]
_VOLUME: Final = BAR_COLUMNS[4]


class PriceStep(NamedTuple):
    """A change of the unit of prices.

    Attributes:
        at: midnight at the beginning of the ex-date: bars that end later are in the new unit.
        day: the ex-date.
        factor: prices of before times this are in the new unit.
        shares: shares after for one share before; volumes of before times this are in the new unit.
    """

    at: Instant
    day: date
    factor: float
    shares: float


@dataclass(frozen=True, slots=True)
class FeatureRequest:
    """Columns that are wanted beside the bars.

    Attributes:
        log_return: of the close to the close before, dividends included where the steps have them.
        realised_volatility: windows, in bars: root of the mean squared log return of the window, per year.
        bars_per_year: that a year has.
    """

    log_return: bool = True
    realised_volatility: tuple[int, ...] = ()
    bars_per_year: float = SESSIONS_PER_YEAR


def price_steps(
    bars: Bars, events: Sequence[CorporateEvent], adjust: Adjustment, timezone: str
) -> tuple[PriceStep, ...]:
    """Steps of the unit of prices within some bars, ascending.

    A dividend takes the factor 1 - dividend / last close before the ex-date; a split the number of shares that one
    becomes. A dividend before the first bar has nothing to adjust.

    Args:
        events: those of the symbol of the bars.
        timezone: of exchange dates.

    Raises:
        NotRunnable: for a dividend as large as the price.
    """
    steps = []
    for event in sorted(events) if adjust != "none" else ():
        at = instant(datetime.combine(event.ex_date, time(), ZoneInfo(timezone)))
        before = int(np.searchsorted(bars.ends_at, at, side="right"))
        close = float(bars.columns["close"][before - 1]) if before else inf
        dividend = event.dividend_usd if adjust == "splits_and_dividends" else 0.0
        if dividend >= close:
            raise NotRunnable(
                f"{bars.symbol}: the dividend of {event.ex_date}, {dividend:g} USD, is not below the close before it, "
                f"{close:g} USD; correct one of them, or adjust for splits only"
            )
        step = PriceStep(at, event.ex_date, (1 - dividend / close) / event.shares, event.shares)
        if (step.factor, step.shares) != (1.0, 1.0):
            steps.append(step)
    return tuple(steps)


def adjusted_bars(bars: Bars, steps: Sequence[PriceStep], as_of: Instant) -> Bars:
    """Bars that ended up to an instant, in the unit of that instant; steps after it have not happened."""
    known = bars.ends_at <= as_of
    factors, shares = _factors(bars.ends_at, steps, as_of)
    columns = {name: (bars.columns[name] * factors)[known] for name in _PRICES}
    columns[_VOLUME] = (bars.columns[_VOLUME] * shares)[known]
    return Bars(bars.symbol, bars.resolution, bars.ends_at[known], columns)


def features(bars: Bars, steps: Sequence[PriceStep], wanted: FeatureRequest) -> pd.DataFrame:
    """Columns by the ends of bars (UTC); each row says what was known at the end of its bar.

    Returns:
        `log_return`, and `realised_volatility_<window>` per window, as wanted; NaN while there are too few bars.
    """
    ends = pd.DatetimeIndex(pd.to_datetime(bars.ends_at, utc=True), name="ends_at")
    # A step changes the one return that spans it, so that no return knows of the steps to come.
    jumps = np.zeros(len(ends))
    for step in steps:
        jumps[np.searchsorted(bars.ends_at, step.at, side="right") :][:1] += log(step.factor)
    returns = pd.Series(elementwise.log(bars.columns["close"]), ends).diff() - jumps
    found: dict[str, pd.Series] = {"log_return": returns} if wanted.log_return else {}
    for window in wanted.realised_volatility:
        mean_square = (returns**2).rolling(window).mean()
        found[f"realised_volatility_{window}"] = np.sqrt(mean_square) * sqrt(wanted.bars_per_year)
    return pd.DataFrame(found, index=ends)


def _factors(
    ends_at: NDArray[np.int64], steps: Sequence[PriceStep], as_of: Instant
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By which prices and volumes of bars are multiplied to be in the unit of an instant."""
    factors, shares = np.ones(len(ends_at)), np.ones(len(ends_at))
    for step in steps:
        if step.at <= as_of:
            before = ends_at <= step.at
            factors[before] *= step.factor
            shares[before] *= step.shares
    return factors, shares
