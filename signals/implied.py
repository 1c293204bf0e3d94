"""What a chain implies: volatility at the money and at a delta, at a constant maturity, and the price of a straddle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from math import inf, nan, sqrt
from typing import Final, NamedTuple, TypeAlias

from engine.instants import NANOS_PER_DAY, Instant
from engine.instants import years_between as calendar_years
from engine.model import ChainSnapshot, ContractTable, Right

IvOfSeries: TypeAlias = Callable[[ChainSnapshot, int], float | None]
"""A volatility of the series at a position in the snapshot's contract table, or None where it has none."""

YearsBetween: TypeAlias = Callable[[Instant, Instant], float]

STRIKES_ASIDE: Final = 5
"""At the money means: between usable strikes among the five listed ones on either side of the price."""

# --- at-the-money volatility ------------------------------------------------------------------------------------


def at_the_money_iv(snapshot: ChainSnapshot, series: int) -> float | None:
    """Implied volatility of one series at the underlying's price; None where the chain does not say.

    Each right's volatility is interpolated linearly in strike between the nearest usable strikes around the price;
    the mean of both rights, or the one there is. Usable: finite, above 0, and the quote carries no flag at all.

    Args:
        series: position of the series in `snapshot.contracts.series`.
    """
    found = [one for right in (Right.PUT, Right.CALL) if (one := _iv_of_right(snapshot, series, right)) is not None]
    return sum(found) / len(found) if found else None


def _iv_of_right(snapshot: ChainSnapshot, series: int, right: Right) -> float | None:
    rows = snapshot.rows_of_series(series, right)
    strikes = snapshot.contracts.strike[snapshot.contract_id[rows]]
    price = snapshot.underlying_price
    # The first row above the price. A walk over a few rows costs less than one array operation on them all.
    above = rows.start + int(strikes.searchsorted(price, side="right"))
    lower = _first_usable_row(snapshot, range(above - 1, max(above - STRIKES_ASIDE, rows.start) - 1, -1))
    if lower is None:
        return None
    low_strike, low_iv = float(strikes[lower - rows.start]), float(snapshot.implied_volatility[lower])
    if low_strike == price:
        return low_iv
    upper = _first_usable_row(snapshot, range(above, min(above + STRIKES_ASIDE, rows.stop)))
    if upper is None:
        return None
    weight = (price - low_strike) / (float(strikes[upper - rows.start]) - low_strike)
    return low_iv * (1.0 - weight) + float(snapshot.implied_volatility[upper]) * weight


def _first_usable_row(snapshot: ChainSnapshot, rows: range) -> int | None:
    for row in rows:
        if snapshot.flags[row] == 0 and 0.0 < snapshot.implied_volatility[row] < inf:
            return row
    return None


# --- at a delta -------------------------------------------------------------------------------------------------


def iv_at_delta(snapshot: ChainSnapshot, series: int, right: Right, delta: float) -> float | None:
    """Implied volatility of one series where the absolute delta of a right is `delta`; None where it is not bracketed.

    Interpolated linearly in delta between the nearest usable quotes on either side; usable as in `at_the_money_iv`,
    with a delta that is not 0.
    """
    rows = snapshot.rows_of_series(series, right)
    low, low_iv, high, high_iv = 0.0, nan, inf, nan
    columns = (snapshot.delta, snapshot.implied_volatility, snapshot.flags)
    for signed, iv, flags in zip(*(column[rows].tolist() for column in columns), strict=True):
        quoted = abs(signed)
        if flags or not 0.0 < iv < inf:
            continue
        if low < quoted <= delta:
            low, low_iv = quoted, iv
        if delta <= quoted < high:
            high, high_iv = quoted, iv
    if low == 0.0 or high == inf:
        return None
    weight = (delta - low) / (high - low) if high > low else 0.0
    return low_iv * (1.0 - weight) + high_iv * weight


# --- at a constant maturity -------------------------------------------------------------------------------------


def constant_maturity_iv(
    snapshot: ChainSnapshot,
    days: int,
    iv_of: IvOfSeries = at_the_money_iv,
    years_between: YearsBetween = calendar_years,
) -> float | None:
    """Volatility for a maturity of so many calendar days from now; None where it is not bracketed.

    Total variance (the quoted volatility squared times the calendar years that it was computed with) is interpolated
    linearly in time to settlement between the nearest usable expirations, one at or before the maturity, one after it.
    Nothing is extrapolated.

    Args:
        iv_of: which volatility of a series.
        years_between: how time is measured for the interpolation and for the year that the volatility is of: calendar
            years, or `TradingTime.years_between`.
    """
    wanted = snapshot.at + days * NANOS_PER_DAY
    ordered = _by_settlement(snapshot.contracts, snapshot.underlying)
    usable = _FirstUsable(snapshot, iv_of, years_between)
    before = usable.of(one for one in reversed(ordered) if snapshot.at < one[0] <= wanted)
    if before is None:
        return None
    years = years_between(snapshot.at, wanted)
    if before[0] == years:
        return before[1]
    after = usable.of(one for one in ordered if one[0] > wanted)
    if after is None:
        return None
    (near, near_iv), (far, far_iv) = before, after
    weight = (years - near) / (far - near)
    variance = near_iv**2 * near * (1.0 - weight) + far_iv**2 * far * weight
    return sqrt(variance / years)


class _FirstUsable(NamedTuple):
    """Looks for a series that has a volatility."""

    snapshot: ChainSnapshot
    iv_of: IvOfSeries
    years_between: YearsBetween

    def of(self, candidates: Iterable[tuple[Instant, int]]) -> tuple[float, float] | None:
        """Years to settlement and volatility, per such a year, of the first that has one."""
        at = self.snapshot.at
        for settles_at, series in candidates:
            volatility = self.iv_of(self.snapshot, series)
            if volatility is None:
                continue
            years = self.years_between(at, settles_at)
            if self.years_between is calendar_years:
                return years, volatility
            if years > 0.0:
                return years, volatility * sqrt(calendar_years(at, settles_at) / years)
        return None


# A run has one table; the few kept here are those of the last runs.
@lru_cache(maxsize=8)
def _by_settlement(table: ContractTable, underlying: str) -> tuple[tuple[Instant, int], ...]:
    """Settlement instant and position of every series of an underlying, earliest first."""
    return tuple(
        sorted((one.settles_at, position) for position, one in enumerate(table.series) if one.underlying == underlying)
    )


# --- straddle ---------------------------------------------------------------------------------------------------


def straddle(snapshot: ChainSnapshot, days: int) -> tuple[float, Instant] | None:
    """Price per share of the straddle nearest to the money, and when it settles; None where there is none.

    Of the first expiration at least so many calendar days away that has one: call and put of one strike, both at the
    middle of quotes without a flag, within `STRIKES_ASIDE` listed strikes on either side of the price.
    """
    wanted = snapshot.at + days * NANOS_PER_DAY
    for settles_at, series in _by_settlement(snapshot.contracts, snapshot.underlying):
        if settles_at >= wanted and settles_at > snapshot.at:
            price = _straddle_of(snapshot, series)
            if price is not None:
                return price, settles_at
    return None


def _straddle_of(snapshot: ChainSnapshot, series: int) -> float | None:
    puts = _middles(snapshot, series, Right.PUT)
    calls = _middles(snapshot, series, Right.CALL)
    both = puts.keys() & calls.keys()
    if not both:
        return None
    strike = min(both, key=lambda one: (abs(one - snapshot.underlying_price), one))
    return puts[strike] + calls[strike]


def _middles(snapshot: ChainSnapshot, series: int, right: Right) -> dict[float, float]:
    """Middle of the quotes near the money, by strike."""
    rows = snapshot.rows_of_series(series, right)
    strikes = snapshot.contracts.strike[snapshot.contract_id[rows]]
    above = rows.start + int(strikes.searchsorted(snapshot.underlying_price))
    near = range(max(above - STRIKES_ASIDE, rows.start), min(above + STRIKES_ASIDE, rows.stop))
    return {
        float(strikes[row - rows.start]): float(snapshot.bid[row] + snapshot.ask[row]) / 2.0
        for row in near
        if snapshot.flags[row] == 0
    }
