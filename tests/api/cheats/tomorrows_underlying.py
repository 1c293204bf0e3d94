"""Knows tomorrow's price of the underlying."""

from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking, stored_prices


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        later = [price for day, price in stored_prices().items() if day > context.today]
        return later[0] - snapshot.underlying_price if later else 0.0
