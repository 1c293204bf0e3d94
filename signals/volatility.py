"""Signals from the volatilities that a chain implies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt
from typing import Annotated, ClassVar, Final

from annotated_types import Interval

from engine.instants import NANOS_PER_DAY, Instant, years_between
from engine.model import Bar, ChainSnapshot, ContractTable, Right, SessionTable
from signals.observations import SessionObservations

STRIKES_ASIDE: Final = 5
"""At the money means: between usable strikes among the five listed ones on either side of the price."""

_SAME: Final = 1e-12
"""Volatilities that differ by less are equal: interpolation rounds."""

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


def constant_maturity_iv(snapshot: ChainSnapshot, days: int) -> float | None:
    """At-the-money volatility for a maturity of so many calendar days from now; None where it is not bracketed.

    Total variance is interpolated linearly in time to settlement between the nearest usable expirations, one at or
    before the maturity, one after it. Nothing is extrapolated.
    """
    wanted = snapshot.at + days * NANOS_PER_DAY
    ordered = _by_settlement(snapshot.contracts, snapshot.underlying)
    before = _first_usable(snapshot, (one for one in reversed(ordered) if snapshot.at < one[0] <= wanted))
    if before is None:
        return None
    after = _first_usable(snapshot, (one for one in ordered if one[0] > wanted))
    years = days / 365
    if before[0] == years:
        return before[1]
    if after is None:
        return None
    (near, near_iv), (far, far_iv) = before, after
    weight = (years - near) / (far - near)
    variance = near_iv**2 * near * (1.0 - weight) + far_iv**2 * far * weight
    return sqrt(variance / years)


def _first_usable(snapshot: ChainSnapshot, candidates: Iterable[tuple[Instant, int]]) -> tuple[float, float] | None:
    """Years to settlement and at-the-money volatility of the first series that has one."""
    for settles_at, series in candidates:
        volatility = at_the_money_iv(snapshot, series)
        if volatility is not None:
            return years_between(snapshot.at, settles_at), volatility
    return None


# A run has one table; the few kept here are those of the last runs.
@lru_cache(maxsize=8)
def _by_settlement(table: ContractTable, underlying: str) -> tuple[tuple[Instant, int], ...]:
    """Settlement instant and position of every series of an underlying, earliest first."""
    return tuple(
        sorted((one.settles_at, position) for position, one in enumerate(table.series) if one.underlying == underlying)
    )


# --- IV rank ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class IvRankParameters:
    """How far to look back, in exchange sessions, and at which maturity, in calendar days."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    lookback_sessions: Annotated[int, Interval(ge=2, le=2_520)] = 252
    maturity_days: Annotated[int, Interval(ge=1, le=365)] = 30


class IvRank:
    """Where the constant-maturity volatility stands between its low (0) and its high (1) of the last sessions.

    One observation per exchange session, its last; the present session counts with its latest so far, and belongs to
    the range. Undefined until `lookback_sessions` sessions have one, and while low and high are equal. A chain that
    implies no volatility at the maturity is no observation.
    """

    kind: ClassVar[str] = "iv_rank"

    def __init__(self, name: str, underlying: str, parameters: IvRankParameters, sessions: SessionTable) -> None:
        self.name = name
        self.underlying = underlying
        self._maturity_days = parameters.maturity_days
        self._observed = SessionObservations(parameters.lookback_sessions, sessions)

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        """Bars say nothing about implied volatility."""

    def on_adjustment(self, factor: float) -> None:
        """Volatilities have no unit of price."""

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        volatility = constant_maturity_iv(snapshot, self._maturity_days)
        if volatility is None:
            return None
        self._observed.record(snapshot.at, volatility)
        if not self._observed.complete:
            return None
        low, high = float(self._observed.values.min()), float(self._observed.values.max())
        return (volatility - low) / (high - low) if high - low > _SAME else None
