"""Sells into the highest price of the whole run."""

from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking, stored_prices


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        return -1.0 if snapshot.underlying_price >= 0.995 * max(stored_prices().values()) else 0.0
