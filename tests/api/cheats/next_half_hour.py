"""Knows at every half hour where the price will be in the next one."""

from api.data_access import MODEL_FOLDER
from api.settings import Settings
from data.model_store import model_folder
from data.parquet_store import ParquetStore
from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        store = ParquetStore(model_folder(Settings().store.parent / MODEL_FOLDER, seed=0))
        chains = store.read(snapshot.underlying, "half_hour", context.today, context.today).load()
        later = [chain.info.underlying_price for chain in chains if chain.info.at > snapshot.at]
        return later[0] - snapshot.underlying_price if later else 0.0
