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
        worst, best: lowest and highest exact profit at any mark, before fees; 0 at its opening.
        position: None when it is over.
        settled: profit without the present value of its legs.
        options: contract with its mark, and the shares that the leg stands for; empty where there are shares among the
            legs.
    """

    worst: Micros = 0
    best: Micros = 0
    position: Position | None = None
    settled: Micros = 0
    options: tuple[tuple[HeldContract, int], ...] = ()

    def look_at(self, position: Position, portfolio: PortfolioManager) -> None:
        """Take the position apart."""
        options, settled = [], position.realised
        for leg in position.legs:
            instrument = leg.instrument
            settled -= leg.cost_basis
            if isinstance(instrument, OptionContract):
                options.append((portfolio.held(instrument), leg.quantity * instrument.multiplier))
        self.position, self.settled = position, settled
        self.options = tuple(options) if len(options) == len(position.legs) else ()


class Excursions:
    """Looks at every open position at every mark of the account: as little as possible is done for each."""

    def __init__(self, portfolio: PortfolioManager) -> None:
        self._portfolio = portfolio
        self._open: dict[int, Excursion] = {}
        self._changed: dict[int, Excursion] = {}
        """Positions to be taken apart anew at the next mark."""

    def change(self, position_id: int, reached: Excursion) -> None:
        """A position was opened, has changed, or is over."""
        self._changed[position_id] = reached

    def observe(self) -> None:
        """The account was marked."""
        if self._changed:
            self._take_apart()
        for reached in self._open.values():
            profit = reached.settled
            for held, shares in reached.options:
                profit += shares * held.price
            if not reached.options and reached.position is not None:
                profit = self._portfolio.value_of(reached.position).profit
            if profit < reached.worst:
                reached.worst = profit
            elif profit > reached.best:
                reached.best = profit

    def _take_apart(self) -> None:
        for position_id, reached in self._changed.items():
            position = self._portfolio.positions.get(position_id)
            if position is not None:
                reached.look_at(position, self._portfolio)
                self._open[position_id] = reached
            elif reached.position is not None:
                del self._open[position_id]
                reached.position, reached.options = None, ()
        self._changed.clear()
