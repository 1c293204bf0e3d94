"""What a chain implies besides its volatility at the money: volatility at a delta, and the price of a straddle."""

from __future__ import annotations

from math import inf, nan

from engine.implied import STRIKES_ASIDE, by_settlement
from engine.instants import NANOS_PER_DAY, Instant
from engine.model import ChainSnapshot, Right

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


# --- straddle ---------------------------------------------------------------------------------------------------


def straddle(snapshot: ChainSnapshot, days: int) -> tuple[float, Instant] | None:
    """Price per share of the straddle nearest to the money, and when it settles; None where there is none.

    Of the first expiration at least so many calendar days away that has one: call and put of one strike, both at the
    middle of quotes without a flag, within `STRIKES_ASIDE` listed strikes on either side of the price.
    """
    wanted = snapshot.at + days * NANOS_PER_DAY
    for settles_at, series in by_settlement(snapshot.contracts, snapshot.underlying):
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
