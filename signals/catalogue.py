"""The signals that come with the product."""

from __future__ import annotations

from signals.registry import SignalKind, SignalRegistry
from signals.technical import MovingAverageTrend, MovingAverageTrendParameters
from signals.volatility import IvRank, IvRankParameters


def default_registry() -> SignalRegistry:
    """A fresh registry that holds them; add your own with `register`."""
    return SignalRegistry(
        [
            SignalKind(MovingAverageTrend.kind, MovingAverageTrendParameters, MovingAverageTrend),
            SignalKind(IvRank.kind, IvRankParameters, IvRank),
        ]
    )
