"""Drawdown protection: refuses, shrinks and closes when the account or a position has lost too much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import floor, gcd
from typing import Final

from engine.bus import Publish
from engine.events import (
    BarArrived,
    CashMoved,
    OrderCancelRequested,
    OrderRequested,
    PortfolioMarked,
    ProtectionLifted,
    ProtectionTriggered,
)
from engine.execution.closing import closing_order
from engine.execution.desk import OrderDesk
from engine.instants import Instant
from engine.market import Market
from engine.model import Intent, Order, Position, Refusal, TimeInForce
from engine.money import Micros
from engine.portfolio import PortfolioManager
from engine.risk_config import ProtectionConfig, TradeStop
from engine.risk_rules.drawdown import AccountWatch, DailyLossWatch, DrawdownWatch, reached_bound
from engine.risk_rules.figures import number
from engine.risk_rules.position_limits import is_leftover, opens_position
from engine.risk_rules.trade import Trade

TRADE_STOP: Final = "trade_stop"
PROTECTION_TAGS: Final = frozenset({"drawdown", "daily_loss", TRADE_STOP})
"""Tags of the closing orders of protection: the rule that asked for them."""


class DrawdownProtection:
    """Watches over the account, and a stop for every position.

    Every value of the account is looked at. What is closed is closed by ordinary orders at the market, which rest until
    they fill as any order does. A strategy's own closing order that rests makes way.
    """

    def __init__(
        self, config: ProtectionConfig, portfolio: PortfolioManager, market: Market, desk: OrderDesk, publish: Publish
    ) -> None:
        start = portfolio.ledger.initial_cash
        self._watches: list[AccountWatch] = [DrawdownWatch(step, start) for step in config.drawdown]
        if config.daily_loss is not None:
            self._watches.append(DailyLossWatch(config.daily_loss, start))
        self._stop = config.trade_stop
        self._stopped: set[int] = set()
        self._requested: dict[int, tuple[int, Instant]] = {}
        """Order that closes a position whole, and when it was requested: until then the desk does not know it."""
        self._portfolio = portfolio
        self._market = market
        self._desk = desk
        self._publish = publish

    @property
    def active(self) -> bool:
        """Whether there is anything to watch."""
        return bool(self._watches) or self._stop is not None

    # --- what the risk manager asks --------------------------------------------------------------------------------

    def check(self, trade: Trade) -> Refusal | None:
        """Refuse new positions while they are halted; what changes one that is open passes."""
        if not opens_position(trade):
            return None
        for watch in self._watches:
            if watch.breach is not None and watch.action != "reduce":
                value, limit, unit = watch.breach
                loss = watch.rule.replace("_", " ")
                reason = f"no position is opened after a {loss} of {number(value)} {unit}, limit {number(limit)} {unit}"
                return Refusal(f"{watch.rule}_halt", reason, value, limit)
        return None

    def size_factor(self) -> float:
        """What sizes of new positions are multiplied by now: the least of those in force; 1 where none are opened."""
        least = 1.0
        for one in self._watches:
            if one.breach is not None:
                if one.action != "reduce":
                    return 1.0
                least = min(least, one.size_factor)
        return least

    # --- what the run tells ----------------------------------------------------------------------------------------

    def on_marked(self, event: PortfolioMarked) -> None:
        """Look at a value of the account, and act."""
        self._look()

    def on_bar(self, event: BarArrived) -> None:
        """Shares may have moved without a mark being published."""
        self._look()

    def on_cash_moved(self, event: CashMoved) -> None:
        """A deposit or a withdrawal is neither gain nor loss."""
        for watch in self._watches:
            watch.moved(event.amount)

    def on_session_end(self) -> None:
        """A daily loss ends with its session."""
        for watch in self._watches:
            limit = watch.breach.limit if watch.breach is not None else 0.0
            if watch.session_ended(self._equity):
                self._publish(ProtectionLifted(self._market.now, watch.rule, limit))

    # --- inside ----------------------------------------------------------------------------------------------------

    @property
    def _equity(self) -> Micros:
        return self._portfolio.ledger.cash + self._portfolio.market_value

    def _look(self) -> None:
        equity, today = self._equity, self._market.sessions.date_of(self._market.now)
        begun = [watch for watch in self._watches if self._changed(watch, equity, today)]
        flattening = next((one.rule for one in self._watches if one.breach and one.action == "flatten"), None)
        if flattening is not None:
            self._close(self._open_positions(), flattening)
        else:
            for watch in begun:
                self._close_parts(watch)
        if self._stop is not None:
            self._stop_trades(self._stop, equity)

    def _changed(self, watch: AccountWatch, equity: Micros, today: date) -> bool:
        """Let a watch look, and say what it says; whether it began."""
        before, now = watch.breach, self._market.now
        if not watch.look(equity, today, self._market.sessions):
            return False
        if before is not None:
            self._publish(ProtectionLifted(now, watch.rule, before.limit))
        if watch.breach is None:
            return False
        self._publish(ProtectionTriggered(now, watch.rule, watch.action, *watch.breach))
        return True

    def _stop_trades(self, stop: TradeStop, equity: Micros) -> None:
        """Close positions whose loss, on marks that can be trusted, has reached the bound (T17)."""
        now = self._market.now
        self._stopped &= self._portfolio.positions.keys()
        for position in self._open_positions():
            value = self._portfolio.value_of(position)
            if position.position_id in self._stopped or not value.trusted:
                continue
            breach = reached_bound(-value.profit, equity, stop.percent, stop.usd)
            if breach is not None:
                self._stopped.add(position.position_id)
                self._publish(ProtectionTriggered(now, TRADE_STOP, "close", *breach, position.position_id))
        self._close([one for one in self._open_positions() if one.position_id in self._stopped], TRADE_STOP)

    # --- closing ---------------------------------------------------------------------------------------------------

    def _close(self, positions: Iterable[Position], tag: str) -> None:
        """Request that positions are closed whole, unless that is under way."""
        now = self._market.now
        for position in positions:
            pending = self._closing_orders(position)
            order_id, requested_at = self._requested.get(position.position_id, (0, 0))
            if requested_at == now or any(order.order_id == order_id for order in pending):
                continue
            for order in pending:
                self._publish(OrderCancelRequested(now, order.order_id, f"{tag} protection closes"))
            closing = self._order(position, tag)
            self._requested[position.position_id] = (closing.order_id, now)
            self._publish(OrderRequested(now, closing))

    def _close_parts(self, watch: AccountWatch) -> None:
        """Request that a part of every position is closed that is not being closed already."""
        for position in self._open_positions() if watch.action == "reduce" else ():
            packages = gcd(*(leg.quantity for leg in position.legs))
            part = floor(packages * watch.close_percent / 100.0)
            if part and not self._closing_orders(position):
                order = replace(self._order(position, watch.rule), quantity=part)
                self._publish(OrderRequested(self._market.now, order))

    def _order(self, position: Position, tag: str) -> Order:
        approved = closing_order(position, self._desk.next_order_id(), tag, self._market.now)
        return replace(approved.order, time_in_force=TimeInForce.GTC)

    def _open_positions(self) -> Sequence[Position]:
        return [position for position in self._portfolio.positions.values() if not is_leftover(position)]

    def _closing_orders(self, position: Position) -> list[Order]:
        """Orders that close or adjust a position and have not ended."""
        return [
            order
            for order in self._desk.pending_of(position.strategy)
            if order.intent is not Intent.OPEN and order.position_id == position.position_id
        ]
