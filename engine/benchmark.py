"""What the curve of a run is compared with: the price of one of its own markets, or a series from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.market import Market
from engine.shapes import FORBID_UNKNOWN, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkConfig:
    """What the curve is compared with; it decides nothing in the run.

    Attributes:
        symbol: one of the underlyings or of the bars; left out, with `file` too: the first underlying.
        file: CSV file `date,value` of a series from outside, which goes before; relative to the configuration file.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    symbol: Name | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A series beside a curve.

    Attributes:
        values: one per exchange date of the run; None where it has none.
    """

    name: str
    values: Sequence[float | None]


class PriceLevels:
    """Prices at the ends of sessions, in the unit of the first: a split moves a price, and not its level.

    Dividends do move it.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._sessions = 0
        self._bases: dict[str, float] = {}
        self._levels: dict[str, list[float | None]] = {}

    def restate(self) -> None:
        """Remember the last prices as they are now: the run begins, or they went over to another unit overnight."""
        self._bases = self._market.last_prices()

    def end_session(self) -> None:
        """Note where every price stands."""
        bases, self._bases = self._bases, self._market.last_prices()
        for symbol, price in self._bases.items():
            levels = self._levels.get(symbol)
            if levels is None:
                levels = self._levels[symbol] = [None] * self._sessions
            before, base = levels[-1] if levels else None, bases.get(symbol)
            levels.append(before * price / base if before is not None and base else price)
        self._sessions += 1

    def by_symbol(self) -> dict[str, tuple[float | None, ...]]:
        """Levels by symbol, one per session; None before its first price."""
        return {symbol: tuple(levels) for symbol, levels in sorted(self._levels.items())}
