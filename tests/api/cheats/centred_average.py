"""Compares the price with the moving average that is centred on today."""

from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking, stored_prices


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        prices = stored_prices()
        middle = list(prices).index(context.today)
        near = list(prices.values())[max(middle - 3, 0) : middle + 4]
        return sum(near) / len(near) - snapshot.underlying_price
