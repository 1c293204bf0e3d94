"""What the market showed beside a fill: contracts at the side that was taken, and how many changed hands."""

from __future__ import annotations

from math import nan
from typing import Final, NamedTuple

from engine.market import Market
from engine.model import Fill, LegFill, OptionContract


class LegDepth(NamedTuple):
    """Depth beside one leg of a fill, in contracts; NaN where the data do not say, and of shares.

    Attributes:
        size: shown at the side that the leg takes.
        volume: traded so far on this day.
    """

    size: float
    volume: float


_UNKNOWN: Final = LegDepth(nan, nan)


class DepthGauge:
    """Reads the depth of the chains that orders fill on."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def of(self, fill: Fill) -> tuple[LegDepth, ...]:
        """Depth beside every leg of a fill that happens now."""
        return tuple(map(self._depth, fill.legs))

    def _depth(self, leg: LegFill) -> LegDepth:
        contract = leg.instrument
        if not isinstance(contract, OptionContract):
            return _UNKNOWN
        snapshot = self._market.snapshots.get(contract.series.underlying)
        row = None if snapshot is None else snapshot.row(contract.contract_id)
        if snapshot is None or row is None:
            return _UNKNOWN
        sizes = snapshot.ask_size if leg.quantity > 0 else snapshot.bid_size
        return LegDepth(float(sizes[row]), float(snapshot.volume[row]))
