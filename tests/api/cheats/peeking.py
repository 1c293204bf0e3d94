"""What the cheats share: one option a day, a call or a put, by something that they cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from api.settings import Settings
from data.parquet_store import ParquetStore
from data.repository import StoredChain
from data.selection import ReadOptions
from engine.model import ChainSnapshot, Leg, Right
from engine.strategies.selectors import NoMatch, select_expiration, select_strike
from engine.strategies.spec import DeltaTarget, ExpirationSpec
from engine.strategy import Strategy, StrategyContext

EXPIRATION = ExpirationSpec(target_dte=10, min_dte=4, max_dte=25)


class Peeking(Strategy):
    """Buys a call where `outlook` is positive, a put where it is negative, nothing where it is 0."""

    delta = DeltaTarget(target=0.4, minimum=0.2, maximum=0.6)

    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        """What the strategy expects."""
        raise NotImplementedError

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        outlook = self.outlook(context, snapshot)
        if outlook:
            self.buy(context, snapshot, Right.CALL if outlook > 0 else Right.PUT)

    def buy(self, context: StrategyContext, snapshot: ChainSnapshot, right: Right) -> None:
        series = select_expiration(snapshot, context.today, EXPIRATION)
        if not isinstance(series, NoMatch):
            found = select_strike(snapshot, series, right, "buy", self.delta)
            if not isinstance(found, NoMatch):
                context.open([Leg(found, 1)], quantity=1)


def stored_chains() -> Iterator[StoredChain]:
    """Every chain of the store, past and future."""
    store = ParquetStore(Settings().store)
    yield from store.read("SPX", "eod", date.min, date.max, ReadOptions(greeks="vendor")).load()


def stored_prices() -> dict[date, float]:
    """Prices of the underlying by day, past and future."""
    return {chain.info.day: chain.info.underlying_price for chain in stored_chains()}
