"""What a chain implies: its volatility at the money, of one expiration and at a constant maturity."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import inf, sqrt
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
    if iv_of is at_the_money_iv and years_between is calendar_years:
        between = _between_neighbours(snapshot, wanted)
        if between is not None:
            return between
    ordered = by_settlement(snapshot.contracts, snapshot.underlying)
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
    return _in_between(before, after, years)


def _in_between(before: tuple[float, float], after: tuple[float, float], years: float) -> float:
    """Volatility where total variance is linear between two points of (years, volatility)."""
    (near, near_iv), (far, far_iv) = before, after
    weight = (years - near) / (far - near)
    variance = near_iv**2 * near * (1.0 - weight) + far_iv**2 * far * weight
    return sqrt(variance / years)


def _between_neighbours(snapshot: ChainSnapshot, wanted: Instant) -> float | None:
    """The volatility at the money where the nearest strikes of the nearest expirations are all usable; else None.

    It is what the search finds then, at a third of its cost: a run looks once a session, whatever it trades.
    """
    at, (settlements, positions) = snapshot.at, _settlements(snapshot.contracts, snapshot.underlying)
    later = bisect_right(settlements, wanted)
    if not 0 < later < len(settlements) or settlements[later - 1] <= at:
        return None
    near_iv = _between_strikes(snapshot, positions[later - 1])
    far_iv = None if near_iv is None else _between_strikes(snapshot, positions[later])
    if near_iv is None or far_iv is None:
        return None
    near, years = calendar_years(at, settlements[later - 1]), calendar_years(at, wanted)
    if near == years:
        return near_iv
    return _in_between((near, near_iv), (calendar_years(at, settlements[later]), far_iv), years)


def _between_strikes(snapshot: ChainSnapshot, series: int) -> float | None:
    """Mean of puts and calls, each between the listed strikes around the price; None where one is not usable."""
    price, (sides, strikes) = snapshot.underlying_price, _sides(snapshot.contracts, series)
    above = bisect_right(strikes, price)
    if not 0 < above < len(strikes):
        return None
    weight = (price - strikes[above - 1]) / (strikes[above] - strikes[above - 1])
    ids, flags, volatility = snapshot.ids, snapshot.entries.flags, snapshot.entries.implied_volatility
    both, low, known, count = 0.0, 0, 0, len(snapshot.ids)
    for first in sides:
        below = first + above - 1
        # Ids ascend: one that is higher by so many stands at most so many rows further on.
        high = low + below - known
        low = bisect_left(ids, below, low, high if high < count else count)
        known = below
        # Contracts of a side stand in a row; the next one is the strike above, unless it is not quoted.
        high = low + 1
        if high >= count or ids[low] != below or ids[high] != below + 1 or flags[low] or flags[high]:
            return None
        low_iv, high_iv = volatility[low], volatility[high]
        if not (0.0 < low_iv < inf and 0.0 < high_iv < inf):
            return None
        both += low_iv * (1.0 - weight) + high_iv * weight
    return both / 2


# A chain is asked for two series at a time.
@lru_cache(maxsize=32)
def _sides(table: ContractTable, series: int) -> tuple[tuple[int, int], list[float]]:
    """First put and first call of a series, and the strikes of both, ascending; none where these differ."""
    puts, calls, end = table.side_start[2 * series : 2 * series + 3].tolist()
    strikes: list[float] = table.strike[puts:calls].tolist()
    return (puts, calls), strikes if strikes == table.strike[calls:end].tolist() else []


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
def _settlements(table: ContractTable, underlying: str) -> tuple[list[Instant], list[int]]:
    """`by_settlement` column by column, to be searched."""
    ordered = by_settlement(table, underlying)
    return [settles_at for settles_at, _ in ordered], [position for _, position in ordered]


@lru_cache(maxsize=8)
def by_settlement(table: ContractTable, underlying: str) -> tuple[tuple[Instant, int], ...]:
    """Settlement instant and position of every series of an underlying, earliest first."""
    return tuple(
        sorted((one.settles_at, position) for position, one in enumerate(table.series) if one.underlying == underlying)
    )
