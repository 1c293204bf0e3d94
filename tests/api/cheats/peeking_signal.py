"""A signal that says today what the price will do until tomorrow, and a strategy that believes every signal."""

from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from signals.base import MarketSignal
from tests.api.cheats.peeking import Peeking, stored_prices


class Cheat(MarketSignal):
    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        today = self.sessions.date_of(snapshot.at)
        later = [price for day, price in stored_prices().items() if day > today]
        return later[0] / snapshot.underlying_price - 1.0 if later else None


class Believer(Peeking):
    """Peeks at nothing itself."""

    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        return context.signal("outlook") or 0.0
