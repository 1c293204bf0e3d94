"""The margin watch: keeps the requirement on the book up to date and says when cash no longer covers it."""

from __future__ import annotations

from engine.bus import Publish
from engine.events import MarginCalled, PortfolioMarked
from engine.margin.model import MarginLeg, MarginModel
from engine.portfolio import Portfolio


class MarginWatch:
    """Computes the requirement whenever the book has changed since the last mark."""

    def __init__(self, model: MarginModel, portfolio: Portfolio, publish: Publish) -> None:
        self._model = model
        self._portfolio = portfolio
        self._publish = publish
        self._revision = 0

    def on_marked(self, event: PortfolioMarked) -> None:
        """Bring the requirement up to date."""
        if self._revision == self._portfolio.revision:
            return
        self._revision = self._portfolio.revision
        book = [MarginLeg(instrument, net) for instrument, net in self._portfolio.net_legs() if net]
        requirement = self._model.requirement(book).maintenance
        self._portfolio.requirement = requirement
        if requirement is None or requirement > event.cash:
            self._publish(MarginCalled(event.at, requirement, event.cash))
