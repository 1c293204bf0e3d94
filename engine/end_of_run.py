"""What happens to positions that are open after the last event: marked, closed at the touch, or settled."""

from __future__ import annotations

from typing import Literal

from engine.bus import Publish
from engine.costs.fees import FeeModel, charged
from engine.events import OrderFilled
from engine.execution.broker import dealt_at_touch
from engine.execution.closing import Closed, closing_fill, closing_order, stopped_trading
from engine.execution.desk import OrderDesk
from engine.execution.quotes import quote_of
from engine.market import Market
from engine.model import Intent, Leg, Position
from engine.portfolio import PortfolioManager
from engine.settlement import Settlement

OpenAtEnd = Literal["mark", "close_at_touch", "settle"]
END_TAG = "open_at_end"


class EndOfRun:
    """Carries out `open_at_end`."""

    def __init__(
        self, portfolio: PortfolioManager, market: Market, desk: OrderDesk, fees: FeeModel, publish: Publish
    ) -> None:
        self._portfolio = portfolio
        self._market = market
        self._desk = desk
        self._fees = fees
        self._publish = publish

    def carry_out(self, policy: OpenAtEnd, settlement: Settlement) -> None:
        """Publish what the policy does to every open position; `mark` leaves them as they are."""
        if policy == "settle":
            settlement.settle_everything()
        elif policy == "close_at_touch":
            for position in tuple(self._portfolio.positions.values()):
                self._close_at_touch(position)

    def _close_at_touch(self, position: Position) -> None:
        """Close what the last chain allows; a leg whose side is blocked there stays open, at its mark."""
        order_id, now = self._desk.next_order_id(), self._market.now
        legs, left_open = [], []
        for leg in position.legs:
            if leg.instrument.underlying not in self._market.snapshots:
                left_open.append(leg.instrument.symbol)
                continue
            quote = quote_of(Leg(leg.instrument, -leg.quantity), self._market)
            dealt = dealt_at_touch(leg.instrument, -leg.quantity, quote)
            if dealt is None or stopped_trading(leg.instrument, now):
                left_open.append(leg.instrument.symbol)
            else:
                legs.append(dealt)
        if legs:
            closed = Closed(charged(self._fees, legs, Intent.CLOSE), tuple(left_open))
            order = closing_order(position, order_id, END_TAG, now)
            self._desk.place(order)
            self._publish(OrderFilled(now, closing_fill(order, closed, now)))
