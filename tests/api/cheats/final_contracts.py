"""Counts expirations that will be listed later only (T21)."""

from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        last = max(series.expires_on for series in snapshot.contracts.series)
        return (last - context.today).days - 30.5
