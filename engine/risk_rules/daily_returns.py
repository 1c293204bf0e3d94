"""Daily returns of the underlyings as the run has seen them, for betas and correlations; nothing of today or later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum, log, sqrt

from engine.events import BarArrived, SnapshotArrived
from engine.instants import Instant
from engine.market import Market


class DailyReturns:
    """Logarithmic returns from the last price of one session to that of the next, by underlying.

    It must see market events before the market does: the price of the day before is then the market's last one, already
    in the unit of today where there was a split. Dividends are not added back.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._returns: dict[str, dict[date, float]] = {}
        self._bases: dict[str, tuple[date, float | None]] = {}

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Take the price beside a chain."""
        self._take(event.at, event.snapshot.underlying, event.snapshot.underlying_price)

    def on_bar(self, event: BarArrived) -> None:
        """Take the close of a bar."""
        self._take(event.at, event.bar.symbol, event.bar.close)

    def correlation(self, first: str, second: str, sessions: int) -> float | None:
        """Correlation over the last common sessions before today; None with fewer, or where a price stood still."""
        pair = self._common(first, second, sessions)
        if pair is None:
            return None
        one, other = pair
        deviation = sqrt(_covariance(one, one) * _covariance(other, other))
        return _covariance(one, other) / deviation if deviation > 0.0 else None

    def beta(self, underlying: str, index: str, sessions: int) -> float | None:
        """Beta over the last common sessions before today; None with fewer, or where the index stood still."""
        pair = self._common(underlying, index, sessions)
        if pair is None:
            return None
        one, of_index = pair
        variance = _covariance(of_index, of_index)
        return _covariance(one, of_index) / variance if variance > 0.0 else None

    # --- inside ----------------------------------------------------------------------------------------------------

    def _take(self, at: Instant, symbol: str, price: float) -> None:
        day = self._market.sessions.date_of(at)
        base = self._bases.get(symbol)
        if base is None or base[0] != day:
            known = self._market.last_price(symbol)
            base = self._bases[symbol] = (day, None if known is None else known[0])
        if base[1] is not None and base[1] > 0.0 and price > 0.0:
            self._returns.setdefault(symbol, {})[day] = log(price / base[1])

    def _common(self, first: str, second: str, sessions: int) -> tuple[list[float], list[float]] | None:
        one, other = self._returns.get(first, {}), self._returns.get(second, {})
        today = self._market.sessions.date_of(self._market.now)
        days = [day for day in one if day in other and day < today][-sessions:]
        if len(days) < sessions:
            return None
        return [one[day] for day in days], [other[day] for day in days]


def _covariance(one: Sequence[float], other: Sequence[float]) -> float:
    """Sum of products of deviations; the number of observations cancels out where it is used."""
    mean, other_mean = fsum(one) / len(one), fsum(other) / len(other)
    return fsum((x - mean) * (y - other_mean) for x, y in zip(one, other, strict=True))
