"""How far every open position has gone: its lowest and its highest profit at any mark."""

from __future__ import annotations

from dataclasses import dataclass

from engine.holdings import HeldContract
from engine.model import OptionContract, Position
from engine.money import Micros
from engine.portfolio import PortfolioManager


@dataclass(slots=True)
class Excursion:
    """Lowest and highest exact profit of one position, before fees; 0 at its opening."""

    worst: Micros = 0
    best: Micros = 0


@dataclass(frozen=True, slots=True)
class _Course:
    """A position, taken apart when it has changed.

    Attributes:
        settled: profit without the present value of its legs.
        options: contract with its mark, and the shares that the leg stands for; empty where there are shares among the
            legs.
    """

    position: Position
    reached: Excursion
    settled: Micros
    options: tuple[tuple[HeldContract, int], ...]


class Excursions:
    """Looks at every open position at every mark of the account: as little as possible is done for each."""

    def __init__(self, portfolio: PortfolioManager) -> None:
        self._portfolio = portfolio
        self._courses: dict[int, _Course] = {}
        self._reached: dict[int, Excursion] = {}
        self._changed: set[int] = set()
        """Positions to be taken apart anew at the next mark."""

    def of(self, position_id: int) -> Excursion:
        """How far a position has gone."""
        reached = self._reached.get(position_id)
        if reached is None:
            reached = self._reached[position_id] = Excursion()
        return reached

    def observe(self) -> None:
        """The account was marked."""
        for position_id in self._changed:
            position = self._portfolio.positions.get(position_id)
            if position is None:
                self._courses.pop(position_id, None)
            else:
                self._courses[position_id] = self._course(position)
        self._changed.clear()
        for course in self._courses.values():
            reached, profit = course.reached, course.settled
            for held, shares in course.options:
                profit += shares * held.price
            if not course.options:
                profit = self._portfolio.value_of(course.position).profit
            if profit < reached.worst:
                reached.worst = profit
            elif profit > reached.best:
                reached.best = profit

    def change(self, position_id: int) -> None:
        """A position was opened, has changed, or is over."""
        self._changed.add(position_id)

    def _course(self, position: Position) -> _Course:
        settled = position.realised - sum([leg.cost_basis for leg in position.legs])
        options = [
            (self._portfolio.held(leg.instrument), leg.quantity * leg.instrument.multiplier)
            for leg in position.legs
            if isinstance(leg.instrument, OptionContract)
        ]
        whole = len(options) == len(position.legs)
        return _Course(position, self.of(position.position_id), settled, tuple(options) if whole else ())
