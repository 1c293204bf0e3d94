"""The margin watch: keeps the requirement on the book up to date and says when the account no longer covers it."""

from __future__ import annotations

from datetime import date
from typing import Final

from engine.bus import Publish
from engine.events import LiquidationOrdered, MarginCalled, MarginCallMet, PortfolioMarked
from engine.instants import Instant
from engine.margin.liquidation import worst_structures
from engine.margin.model import MarginModel
from engine.market import Market
from engine.money import Micros
from engine.portfolio import PortfolioManager
from engine.risk_config import MarginCallConfig

_MINUTES_PER_HOUR: Final = 60


class MarginWatch:
    """Computes the requirement when the book has changed since the last mark, or at each mark where prices move it.

    A call is published at the first check that finds the account short, and again where the book has changed since the
    check before and left it so. When the grace is over, structures are ordered to be closed, largest requirement first.
    """

    def __init__(
        self, terms: MarginCallConfig, model: MarginModel, portfolio: PortfolioManager, market: Market, publish: Publish
    ) -> None:
        self._terms = terms
        self._model = model
        self._portfolio = portfolio
        self._market = market
        self._publish = publish
        self._revision = 0
        self._checked_revision = 0
        self._interval: tuple[date, int] | None = None
        self._called_on: date | None = None
        self._ordered: set[int] = set()

    def on_marked(self, event: PortfolioMarked) -> None:
        """Bring the requirement up to date, and check it where that is due."""
        self._update()
        if self._terms.check == "every_mark" or (self._terms.check == "interval" and self._interval_begins(event.at)):
            self._check()

    def on_session_end(self) -> None:
        """The day is over."""
        if self._terms.check == "session_end":
            self._update()
            self._check()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _update(self) -> None:
        portfolio = self._portfolio
        if self._revision != portfolio.revision:
            self._revision = portfolio.revision
        elif not self._model.follows_prices:
            return
        portfolio.requirement = self._model.requirement(portfolio.book()).maintenance

    def _interval_begins(self, at: Instant) -> bool:
        """Whether this is the first mark of an interval, counted from midnight of the exchange."""
        clock = self._market.sessions.exchange_time(at)
        minute = clock.hour * _MINUTES_PER_HOUR + clock.minute
        interval = (clock.date(), minute // self._terms.interval_minutes)
        begins, self._interval = interval != self._interval, interval
        return begins

    def _check(self) -> None:
        portfolio = self._portfolio
        requirement, covering = portfolio.requirement, self._covering()
        changed, self._checked_revision = self._checked_revision != portfolio.revision, portfolio.revision
        now = self._market.now
        if requirement is not None and requirement <= covering:
            if self._called_on is not None:
                self._publish(MarginCallMet(now, requirement, covering))
            self._called_on = None
            return
        if changed or self._called_on is None:
            self._publish(MarginCalled(now, requirement, covering))
        today = self._market.sessions.date_of(now)
        self._called_on = self._called_on or today
        sessions_since = len(self._market.sessions.between(self._called_on, today)) - 1
        if self._terms.liquidation == "worst_structure" and sessions_since >= self._terms.grace_sessions:
            self._order_liquidation(covering)

    def _covering(self) -> Micros:
        cash = self._portfolio.ledger.cash
        return cash if self._terms.measure == "cash" else cash + self._portfolio.market_value

    def _order_liquidation(self, covering: Micros) -> None:
        self._ordered &= self._portfolio.positions.keys()
        raises_cash = self._terms.measure == "cash"
        for position_id, requirement in worst_structures(
            self._model, self._portfolio, covering, self._ordered, raises_cash
        ):
            self._ordered.add(position_id)
            self._publish(LiquidationOrdered(self._market.now, position_id, requirement))
