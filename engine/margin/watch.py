"""The margin watch: keeps the requirement on the book up to date and says when cash no longer covers it."""

from __future__ import annotations

from engine.bus import Publish
from engine.events import MarginCalled, PortfolioMarked
from engine.margin.model import MarginLeg, MarginModel
from engine.portfolio import PortfolioManager


class MarginWatch:
    """Computes the requirement when the book has changed since the last mark, or at each mark where prices move it.

    A call is published when cash stops to be enough, and again at every change of the book that leaves it so.
    """

    def __init__(self, model: MarginModel, portfolio: PortfolioManager, publish: Publish) -> None:
        self._model = model
        self._portfolio = portfolio
        self._publish = publish
        self._revision = 0
        self._called = False

    def on_marked(self, event: PortfolioMarked) -> None:
        """Bring the requirement up to date."""
        changed = self._revision != self._portfolio.revision
        if not changed and not self._model.follows_prices:
            return
        self._revision = self._portfolio.revision
        book = [MarginLeg(instrument, net) for instrument, net in self._portfolio.net_legs() if net]
        requirement = self._model.requirement(book).maintenance
        self._portfolio.requirement = requirement
        short = requirement is None or requirement > event.cash
        if short and (changed or not self._called):
            self._publish(MarginCalled(event.at, requirement, event.cash))
        self._called = short
