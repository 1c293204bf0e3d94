"""What a margin call closes: whole structures, largest requirement first, at the touch of the next chain or bar."""

from __future__ import annotations

from collections.abc import Set
from math import inf
from typing import Final

from engine.bus import Publish
from engine.costs.deal import DealtLeg
from engine.costs.fees import FeeModel, charged
from engine.events import BarArrived, LiquidationOrdered, OrderFilled, SnapshotArrived
from engine.execution.broker import dealt_at_touch
from engine.execution.closing import Closed, closing_fill, closing_order, stopped_trading
from engine.execution.desk import OrderDesk
from engine.execution.quotes import quote_of
from engine.instants import Instant
from engine.margin.model import MarginModel
from engine.market import Market
from engine.model import Bar, Intent, Leg, NetLegs, Position, Stock
from engine.money import Micros, to_micros
from engine.portfolio import PortfolioManager

LIQUIDATION_TAG: Final = "margin_call"


def worst_structures(
    model: MarginModel, portfolio: PortfolioManager, covering: Micros, ordered: Set[int], raises_cash: bool
) -> list[tuple[int, Micros | None]]:
    """Positions to close until the rest is covered, with the requirement of each on its own.

    Those that require nothing come last, the most valuable first: they can only raise cash.

    Args:
        covering: what has to cover the requirement now.
        ordered: positions whose closing was ordered before.
        raises_cash: closing a position adds its value to what covers.
    """
    held = {position.position_id: position for position in portfolio.positions.values()}
    alone = {number: model.requirement(_book([position])).maintenance for number, position in held.items()}
    worth = {number: _market_value(portfolio, position) for number, position in held.items()}

    def rank(number: int) -> tuple[float, Micros, int]:
        requirement = alone[number]
        return (-inf if requirement is None else -requirement, -worth[number], number)

    left = {number for number in held if number not in ordered}
    chosen: list[tuple[int, Micros | None]] = []
    for number in sorted(left, key=rank):
        after = covering + sum(worth[gone] for gone in held.keys() - left) if raises_cash else covering
        required = model.requirement(_book([held[one] for one in held if one in left])).maintenance
        if required is not None and required <= after:
            break
        if alone[number] == 0 and worth[number] <= 0:
            continue
        chosen.append((number, alone[number]))
        left.remove(number)
    return chosen


class Liquidation:
    """Closes what was ordered to be closed, all legs at once, at the touch.

    A long leg without a bid stays open, as with any closing package; any other leg that cannot trade makes the
    structure wait for the next chain.
    """

    def __init__(
        self, portfolio: PortfolioManager, market: Market, desk: OrderDesk, fees: FeeModel, share_half_spread: Micros,
        publish: Publish,
    ) -> None:  # fmt: skip
        self._portfolio = portfolio
        self._market = market
        self._desk = desk
        self._fees = fees
        self._share_half_spread = share_half_spread
        self._publish = publish
        self._ordered: dict[int, Instant] = {}

    def on_ordered(self, event: LiquidationOrdered) -> None:
        """Remember what is to be closed."""
        self._ordered[event.position_id] = event.at

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Close what trades on this chain."""
        if not self._ordered:
            return
        for position, decided_at in self._due(event.at):
            if any(leg.instrument.underlying == event.snapshot.underlying for leg in position.legs):
                self._close(position, decided_at, *self._touch(position))

    def on_bar(self, event: BarArrived) -> None:
        """Close positions of nothing but the bar's shares, at its open and half the spread."""
        if not self._ordered:
            return
        for position, decided_at in self._due(event.at):
            if all(leg.instrument == Stock(event.bar.symbol) for leg in position.legs):
                self._close(position, decided_at, [self._shares(-leg.quantity, event.bar) for leg in position.legs], [])

    # --- inside ----------------------------------------------------------------------------------------------------

    def _due(self, at: Instant) -> list[tuple[Position, Instant]]:
        open_ = self._portfolio.positions
        self._ordered = {number: decided for number, decided in self._ordered.items() if number in open_}
        return [(open_[number], decided) for number, decided in self._ordered.items() if decided < at]

    def _touch(self, position: Position) -> tuple[list[DealtLeg], list[str]]:
        """What trades of all legs and symbols of those left open; nothing trades while one has to wait."""
        legs: list[DealtLeg] = []
        left_open: list[str] = []
        for leg in position.legs:
            snapshot = self._market.snapshots.get(leg.instrument.underlying)
            if snapshot is None or snapshot.at != self._market.now or stopped_trading(leg.instrument, snapshot.at):
                return [], []
            dealt = dealt_at_touch(
                leg.instrument, -leg.quantity, quote_of(Leg(leg.instrument, -leg.quantity), self._market)
            )
            if dealt is None:
                return [], []
            if dealt.given_up:
                left_open.append(leg.instrument.symbol)
            else:
                legs.append(dealt)
        return legs, left_open

    def _shares(self, quantity: int, bar: Bar) -> DealtLeg:
        half_spread = self._share_half_spread if quantity > 0 else -self._share_half_spread
        return DealtLeg(Stock(bar.symbol), quantity, to_micros(bar.open) + half_spread, False, bar.open, bar.open)

    def _close(self, position: Position, decided_at: Instant, legs: list[DealtLeg], left_open: list[str]) -> None:
        if not legs:
            return
        del self._ordered[position.position_id]
        now = self._market.now
        order = closing_order(position, self._desk.next_order_id(), LIQUIDATION_TAG, decided_at)
        closed = Closed(charged(self._fees, legs, Intent.CLOSE), tuple(left_open))
        self._desk.place(order)
        self._publish(OrderFilled(now, closing_fill(order, closed, now)))


def _book(positions: list[Position]) -> NetLegs:
    """Net legs of some positions."""
    return NetLegs.of(leg for position in positions for leg in position.legs)


def _market_value(portfolio: PortfolioManager, position: Position) -> Micros:
    """Exact value of a position's legs at their marks."""
    unrealised = portfolio.value_of(position).profit - position.realised
    return unrealised + sum(leg.cost_basis for leg in position.legs)
