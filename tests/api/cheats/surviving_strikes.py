"""Trades only while enough of today's contracts are still quoted two weeks later."""

from datetime import timedelta

import numpy as np

from data.repository import StoredChain
from engine.model import ChainSnapshot
from engine.strategy import StrategyContext
from tests.api.cheats.peeking import Peeking, stored_chains


class Cheat(Peeking):
    def outlook(self, context: StrategyContext, snapshot: ChainSnapshot) -> float:
        chains = {chain.info.day: chain for chain in stored_chains()}
        later = [chain for day, chain in chains.items() if day >= context.today + timedelta(days=14)]
        return _survival(chains[context.today], later[0]) - 0.25 if later else 0.0


def _survival(now: StoredChain, later: StoredChain) -> float:
    return float(np.isin(now.contract, later.contract).mean())
