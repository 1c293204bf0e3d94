"""How much margin each of the strategies of an account needs, as if its positions stood alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.events import PortfolioMarked
from engine.instants import Instant
from engine.margin.model import MarginModel
from engine.market import Market
from engine.model import NetLegs
from engine.money import Micros
from engine.portfolio import PortfolioManager


@dataclass(slots=True)
class _Account:
    """What one strategy needed so far.

    Attributes:
        model: its own, so that what it remembers of a book is of this strategy's.
        integral: exact requirement x nanoseconds up to the last change of the book.
    """

    model: MarginModel
    requirement: Micros | None = 0
    maximum: Micros | None = 0
    integral: int = 0

    def pass_time(self, elapsed: int) -> None:
        """Let time pass at the present requirement; without bound it counts nothing."""
        self.integral += (self.requirement or 0) * elapsed

    def change(self, requirement: Micros | None) -> None:
        """Take a new requirement."""
        self.requirement = requirement
        if self.maximum is not None:
            self.maximum = None if requirement is None else max(self.maximum, requirement)


@dataclass(frozen=True, slots=True)
class MarginShare:
    """Margin of one strategy.

    Attributes:
        maximum: highest exact maintenance requirement after a change of the book; None: without bound.
        share: of the requirements of all strategies, averaged over time; None where there never was any.
    """

    maximum: Micros | None
    share: float | None


class MarginShares:
    """Measures at the first mark after every change of the book; a sole strategy has what the margin watch found."""

    def __init__(
        self, strategies: Sequence[str], model: MarginModel, portfolio: PortfolioManager, market: Market
    ) -> None:
        self._accounts = {name: _Account(model.on(market)) for name in strategies}
        self._portfolio = portfolio
        self._revision = 0
        self._at: Instant = 0

    def on_marked(self, event: PortfolioMarked) -> None:
        """Measure anew where the book has changed."""
        portfolio = self._portfolio
        if self._revision == portfolio.revision:
            return
        self._revision = portfolio.revision
        self._pass_time(event.at)
        if len(self._accounts) == 1:
            (sole,) = self._accounts.values()
            sole.change(portfolio.requirement)
            return
        for name, account in self._accounts.items():
            book = NetLegs.of(leg for position in portfolio.positions_of(name) for leg in position.legs)
            account.change(account.model.requirement(book).maintenance)

    def shares(self, until: Instant) -> Mapping[str, MarginShare]:
        """What each strategy needed up to an instant."""
        self._pass_time(until)
        total = sum(account.integral for account in self._accounts.values())
        return {
            name: MarginShare(account.maximum, account.integral / total if total else None)
            for name, account in self._accounts.items()
        }

    def _pass_time(self, at: Instant) -> None:
        for account in self._accounts.values():
            account.pass_time(at - self._at)
        self._at = at
