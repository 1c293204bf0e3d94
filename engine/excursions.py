"""How far every open position has gone: its lowest and its highest profit at any mark."""

from __future__ import annotations

from dataclasses import dataclass

from engine.holdings import HeldContract
from engine.model import OptionContract, Position
from engine.money import Micros
from engine.portfolio import PortfolioManager


@dataclass(slots=True, eq=False)
class Excursion:
    """How far one position has gone, and the position as it was taken apart when it last changed.

    Attributes:
        worst, best: lowest and highest exact profit, before fees; 0 at its opening.
        settled: profit without the present value of its legs.
        options: contract with its mark, and the shares that the leg stands for; empty where there are shares among the
            legs.
    """

    position: Position
    worst: Micros = 0
    best: Micros = 0
    settled: Micros = 0
    options: tuple[tuple[HeldContract, int], ...] = ()

    def look_at(self, position: Position, portfolio: PortfolioManager) -> None:
        """Take the position apart."""
        options, settled = [], position.realised
        for instrument, quantity, cost_basis in position.legs:
            settled -= cost_basis
            if isinstance(instrument, OptionContract):
                options.append((portfolio.held(instrument), quantity * instrument.multiplier))
        self.position, self.settled = position, settled
        self.options = tuple(options) if len(options) == len(position.legs) else ()


class Excursions:
    """Looks at every open position at every mark of the account: as little as possible is done for each."""

    def __init__(self, portfolio: PortfolioManager) -> None:
        self._portfolio = portfolio
        self._open: dict[int, Excursion] = {}
        self._ended: dict[int, tuple[Micros, Micros]] = {}
        self._changed: set[int] = set()
        """Positions to be taken apart anew at the next mark."""

    def range_of(self, position_id: int) -> tuple[Micros, Micros]:
        """Lowest and highest profit of a position at any mark."""
        reached = self._open.get(position_id)
        return self._ended.get(position_id, (0, 0)) if reached is None else (reached.worst, reached.best)

    def observe(self) -> None:
        """The account was marked."""
        for position_id in self._changed:
            self._follow(position_id)
        self._changed.clear()
        for reached in self._open.values():
            profit = reached.settled
            for held, shares in reached.options:
                profit += shares * held.price
            if not reached.options:
                profit = self._portfolio.value_of(reached.position).profit
            if profit < reached.worst:
                reached.worst = profit
            elif profit > reached.best:
                reached.best = profit

    def change(self, position_id: int) -> None:
        """A position was opened, has changed, or is over."""
        self._changed.add(position_id)

    def _follow(self, position_id: int) -> None:
        position = self._portfolio.positions.get(position_id)
        if position is None:
            self._ended[position_id] = self.range_of(position_id)
            self._open.pop(position_id, None)
            return
        reached = self._open.get(position_id)
        if reached is None:
            reached = self._open[position_id] = Excursion(position, *self.range_of(position_id))
        reached.look_at(position, self._portfolio)
