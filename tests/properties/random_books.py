"""A strategy that opens structures and closes positions at random, the same ones for the same seed."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

import numpy as np

from engine.model import ChainSnapshot, Leg
from engine.strategy import Strategy, StrategyContext
from engine.structures import STRUCTURES, Structure, build

OPTIONS_ONLY: Final = tuple(one for one in STRUCTURES.values() if one.legs and not one.shares)
_ATTEMPTS: Final = 200


class RandomBook(Strategy):
    """Opens so many structures on every chain, and closes each open position with a chance."""

    def __init__(self, seed: int, *, opened_a_chain: int, closing_chance: float) -> None:
        super().__init__("random", None)
        self._random = np.random.default_rng(seed)
        self._opened_a_chain, self._closing_chance = opened_a_chain, closing_chance

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        for position in context.positions:
            if not position.closing and self._random.random() < self._closing_chance:
                context.close(position, tag="at_random")
        for _ in range(self._opened_a_chain):
            structure, legs = self._structure(snapshot)
            context.open(legs, structure=structure.name, quantity=int(self._random.integers(1, 6)))

    def _structure(self, snapshot: ChainSnapshot) -> tuple[Structure, tuple[Leg, ...]]:
        """A structure of the table on strikes that are listed near the money, whether they can trade or not."""
        table = snapshot.contracts
        quoted = np.unique(table.series_index[snapshot.contract_id])
        for _ in range(_ATTEMPTS):
            structure = OPTIONS_ONLY[self._random.integers(len(OPTIONS_ONLY))]
            chosen = np.sort(self._random.choice(quoted, structure.expirations, replace=False)).tolist()
            strikes = self._strikes(structure, snapshot.underlying_price)
            series = [table.series[position] for position in chosen]
            dates = [one.expires_on for one in series]
            if len(set(dates)) == len(dates) and _listed(snapshot, chosen, strikes):
                return structure, build(structure.name, table, series, strikes)
        raise AssertionError(f"the chain at {snapshot.at} has no room for structures")

    def _strikes(self, structure: Structure, price: float) -> list[float]:
        gaps = (5 * self._random.integers(1, 20, structure.strikes)).tolist()
        if structure.widths == "equal":
            gaps[2] = gaps[1]
        elif structure.widths == "unequal" and gaps[2] == gaps[1]:
            gaps[2] += 5
        first = round(price * self._random.uniform(0.88, 1.02) / 5) * 5
        return [float(first + above) for above in accumulate(gaps)]


def _listed(snapshot: ChainSnapshot, series: list[int], strikes: list[float]) -> bool:
    table = snapshot.contracts
    sides = [table.side(position, right) for position in series for right in (-1, 1)]
    return all(np.isin(strikes, table.strike[low:high]).all() for low, high in sides)
