"""The signals that come with the product."""

from __future__ import annotations

from typing import Final

from signals.base import CombinedSignal, MarketSignal
from signals.calendar_events import DaysToEvent
from signals.combination import Cross, Debounce, WeightedSum
from signals.conditions import AllHold, AnyHolds, Threshold
from signals.indicators import Indicator
from signals.iv_standing import IvPercentile, IvRank
from signals.market import Gap, Level, OpenInterest, PutCallRatio
from signals.published import Published
from signals.realised import RealisedVolatility, VarianceRiskPremium
from signals.registry import SignalKind, SignalRegistry
from signals.technical import MovingAverageTrend
from signals.volatility import AtTheMoneyIv, ExpectedMove, Skew, TermSlope

OF_MARKETS: Final[tuple[type[MarketSignal], ...]] = (
    MovingAverageTrend,
    Indicator,
    AtTheMoneyIv,
    IvRank,
    IvPercentile,
    TermSlope,
    Skew,
    ExpectedMove,
    RealisedVolatility,
    VarianceRiskPremium,
    Level,
    Gap,
    PutCallRatio,
    OpenInterest,
    DaysToEvent,
    Published,
)
OF_SIGNALS: Final[tuple[type[CombinedSignal], ...]] = (AllHold, AnyHolds, WeightedSum, Threshold, Debounce, Cross)


def default_registry() -> SignalRegistry:
    """A fresh registry that holds them; add your own with `register`."""
    return SignalRegistry([*map(SignalKind.of, OF_MARKETS), *map(SignalKind.of, OF_SIGNALS)])
