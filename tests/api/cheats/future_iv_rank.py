"""Ranks today's volatility among those of the whole run."""

import numpy as np

from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking, stored_chains


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        levels = [float(np.nanmedian(chain.columns["implied_volatility"])) for chain in stored_chains()]
        now = float(np.nanmedian(snapshot.implied_volatility))
        return (now - min(levels)) / (max(levels) - min(levels)) - 0.5 if len(levels) > 1 else 0.0
