"""Knows the value on which the next expiration will settle."""

from api.settings import Settings
from data.parquet_store import ParquetStore
from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        with ParquetStore(Settings().store).underlyings() as records:
            values = records.settlements() if records is not None else ()
        later = [value.price for value in values if value.expires_on > context.today]
        return later[0] - snapshot.underlying_price if later else 0.0
