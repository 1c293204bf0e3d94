"""What the market showed beside a fill: flags, contracts at the side that was taken, and how many changed hands."""

from __future__ import annotations

from math import nan
from typing import Final

from engine.market import Market
from engine.model import Fill, OptionContract
from engine.records import record


@record
class LegDepth:
    """What a chain says beside one leg of a fill; NaN where the data do not say, and of shares.

    Attributes:
        size: contracts shown at the side that the leg takes.
        volume: contracts traded so far on this day.
        flags: of the quote as it was, bits of `QuoteFlag`; orders that trade on crossed quotes look at one side alone.
    """

    size: float
    volume: float
    flags: int


_UNKNOWN: Final = LegDepth(nan, nan, 0)


class DepthGauge:
    """Reads the depth of the chains that orders fill on."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def of(self, fill: Fill) -> tuple[LegDepth, ...]:
        """Depth beside every leg of a fill that happens now."""
        depths = []
        for leg in fill.legs:
            contract, depth = leg.instrument, _UNKNOWN
            if isinstance(contract, OptionContract):
                snapshot = self._market.snapshots.get(contract.underlying)
                if snapshot is not None and (row := snapshot.row(contract.contract_id)) is not None:
                    sizes = snapshot.ask_size if leg.quantity > 0 else snapshot.bid_size
                    depth = LegDepth(sizes.item(row), snapshot.volume.item(row), snapshot.entries.flags[row])
            depths.append(depth)
        return tuple(depths)
