"""How much of a package the shown sizes can take, with what earlier orders took from the same quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import floor, isnan
from typing import Final

from engine.execution.leg_quotes import LegQuote
from engine.instants import Instant
from engine.model import OptionContract

SIZE_UNKNOWN: Final = "size_unknown"
SIZE_TOO_SMALL: Final = "size_too_small"


class ShownSizes:
    """Contracts that can still be had at the bids and asks of the present instant.

    Args:
        percent: so much of the shown size can be had.
    """

    def __init__(self, percent: float) -> None:
        self._share = percent / 100.0
        self._at: Instant | None = None
        self._taken: Counter[tuple[str, bool]] = Counter()

    def packages(self, quotes: Sequence[LegQuote]) -> int | str:
        """Whole packages that fit into the sizes of every option leg, or `size_unknown`; shares have no size here."""
        options = [quote for quote in quotes if isinstance(quote.leg.instrument, OptionContract)]
        if any(isnan(quote.size) for quote in options):
            return SIZE_UNKNOWN
        return min((self._fitting(quote) for quote in options), default=_NO_BOUND)

    def take(self, quotes: Sequence[LegQuote], packages: int) -> None:
        """Note what an order took; it is gone until the next chain."""
        for quote in quotes:
            self._forget(quote.at)
            self._taken[quote.leg.instrument.symbol, quote.buys] += abs(quote.leg.ratio) * packages

    def _fitting(self, quote: LegQuote) -> int:
        self._forget(quote.at)
        left = floor(quote.size * self._share) - self._taken[quote.leg.instrument.symbol, quote.buys]
        return max(left, 0) // abs(quote.leg.ratio)

    def _forget(self, at: Instant) -> None:
        if at != self._at:
            self._at = at
            self._taken.clear()


_NO_BOUND: Final = 2**62
