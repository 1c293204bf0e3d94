"""Collects curves and trades while a run goes on; `metrics.py` computes from what it collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine.depth import DepthGauge, LegDepth
from engine.equity import EquityCurve
from engine.events import (
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    CorporateActionApplied,
    OrderFilled,
    PortfolioMarked,
    SettlementSource,
)
from engine.excursions import Excursion, Excursions
from engine.instants import Instant
from engine.ledger import EntryKind
from engine.marked_moves import MoveTally
from engine.model import Fill, Intent, LegFill
from engine.money import Micros, to_micros
from engine.portfolio import PortfolioManager
from engine.result import MarkSource, Trade, TradeEntry, TradeLeg
from engine.structures import name_of
from engine.trade_entry import TradeEntries

_OPEN: Final = Intent.OPEN
_CLOSE: Final = Intent.CLOSE
_ADJUST: Final = Intent.ADJUST
_OFFICIAL: Final = SettlementSource.OFFICIAL
_EXTERNAL: Final = EntryKind.EXTERNAL


@dataclass(slots=True)
class _LegStory:
    """One instrument of a trade under way."""

    quantity: int = 0
    entry_cash: Micros = 0
    exit_cash: Micros = 0
    fees: Micros = 0
    exit_kind: str = "open"


@dataclass(slots=True)
class _TradeStory:
    """A trade under way."""

    opening: Fill
    entry: TradeEntry
    quantity: int
    reached: Excursion = field(default_factory=Excursion)
    legs: dict[str, _LegStory] = field(default_factory=dict)
    exit_reason: str | None = None
    closed_at: Instant | None = None
    proxy_settled: bool = False
    left_open: list[str] = field(default_factory=list)


class PerformanceTracker:
    """Equity curve, fills and trades of one run.

    Attributes:
        fills: every fill, in order.
        depths: what the market showed beside each of them.
        moves: of the account, from mark to mark.
    """

    def __init__(
        self, portfolio: PortfolioManager, entries: TradeEntries, depth: DepthGauge, curve: EquityCurve
    ) -> None:
        self.curve = curve
        self.fills: list[Fill] = []
        self.depths: list[tuple[LegDepth, ...]] = []
        self.moves = MoveTally()
        self._portfolio, self._entries, self._depth = portfolio, entries, depth
        self._excursions = Excursions(portfolio)
        self._stories: dict[int, _TradeStory] = {}

    def on_marked(self, event: PortfolioMarked) -> None:
        """Add a point to the equity curve, and see how far every open trade has gone."""
        self.curve.add(event.at, event.cash, event.market_value, self._portfolio.requirement)
        external = self._portfolio.ledger.total(_EXTERNAL)
        self.moves.take(event.cash + event.market_value - external, event.unquoted_legs > 0)
        self._excursions.observe()

    def on_filled(self, event: OrderFilled) -> None:
        """Tell the trade's story on."""
        fill = event.fill
        self.fills.append(fill)
        self.depths.append(self._depth.of(fill))
        story = self._stories.get(fill.position_id)
        if story is None:
            story = self._stories[fill.position_id] = _TradeStory(fill, self._entry(fill), fill.quantity)
        elif fill.opens_packages:
            story.quantity += fill.quantity
            story.entry = self._entry(fill)
        self._excursions.change(fill.position_id, story.reached)
        adjusts, opens = fill.intent is _ADJUST, fill.intent is _OPEN
        for leg in fill.legs:
            told = story.legs.setdefault(leg.instrument.symbol, _LegStory())
            if adjusts:
                self._tell_adjusted(told, leg, fill.position_id)
            else:
                self._tell(told, leg, opens)
        if fill.left_open:
            story.left_open.extend([symbol for symbol in fill.left_open if symbol not in story.left_open])
        if fill.intent is _CLOSE or fill.position_id not in self._portfolio.positions:
            self._exit(story, fill.position_id, fill.tag, event.at)

    def on_expired(self, event: ContractExpired) -> None:
        """A leg ended by settlement."""
        story = self._changed(event.position_id)
        leg = story.legs[event.contract.symbol]
        leg.exit_cash += event.cash
        leg.fees += event.fee
        leg.exit_kind = "settled"
        story.proxy_settled |= event.source is not _OFFICIAL
        self._exit(story, event.position_id, "expiration", event.at)

    def on_delivered(self, event: ContractExercised | ContractAssigned) -> None:
        """A leg became shares, at the price of the moment; they stay part of the trade until they are gone."""
        story = self._changed(event.position_id)
        value = event.shares * to_micros(event.price)
        option = story.legs[event.contract.symbol]
        option.exit_cash += event.cash + value
        option.fees += event.fee
        option.exit_kind = "exercised" if event.quantity > 0 else "assigned"
        shares = story.legs.setdefault(event.contract.series.underlying, _LegStory(exit_kind="closed"))
        shares.exit_cash -= value
        story.proxy_settled |= event.source is not _OFFICIAL
        self._exit(story, event.position_id, event.reason.value, event.at)

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """A leg goes on as what a corporate action made of it."""
        story = self._changed(event.position_id)
        leg = story.legs[event.after.symbol] = story.legs.pop(event.before.symbol)
        leg.quantity = leg.quantity * event.quantity_after // event.quantity_before
        leg.exit_cash += event.cash
        if not event.quantity_after:
            self._exit(story, event.position_id, event.reason.value, event.at)

    def trades(self) -> tuple[Trade, ...]:
        """Every trade in the order of opening; open ones at their present marks."""
        return tuple([self._trade(position_id, story) for position_id, story in self._stories.items()])

    def _changed(self, position_id: int) -> _TradeStory:
        """The story of a position that is no longer what it was."""
        story = self._stories[position_id]
        self._excursions.change(position_id, story.reached)
        return story

    def _entry(self, fill: Fill) -> TradeEntry:
        return self._entries.note(fill, self._portfolio.positions[fill.position_id])

    @staticmethod
    def _tell(leg: _LegStory, filled: LegFill, opens: bool) -> None:
        leg.fees += filled.fee
        if opens:
            leg.quantity += filled.quantity
            leg.entry_cash += filled.cash
            return
        leg.exit_cash += filled.cash
        leg.exit_kind = "given_up" if filled.given_up else "closed"

    def _tell_adjusted(self, story: _LegStory, filled: LegFill, position_id: int) -> None:
        """An adjustment closes what is held of an instrument first, and opens what is left; the fill is in the book."""
        position, traded = self._portfolio.positions.get(position_id), filled.quantity
        legs = () if position is None else position.legs
        after = sum(leg.quantity for leg in legs if leg.instrument == filled.instrument)
        before = after - traded
        closed = min(abs(traded), abs(before)) if before * traded < 0 else 0
        exit_cash = filled.cash * closed // abs(traded)
        story.fees += filled.fee
        story.exit_cash += exit_cash
        story.entry_cash += filled.cash - exit_cash
        story.quantity += traded - (closed if traded > 0 else -closed)
        if closed:
            story.exit_kind = "closed"

    def _exit(self, story: _TradeStory, position_id: int, reason: str, at: Instant) -> None:
        """The first exit names the reason; the trade is over when its position is gone."""
        story.exit_reason = story.exit_reason or reason
        if position_id not in self._portfolio.positions:
            story.closed_at = at

    def _trade(self, position_id: int, story: _TradeStory) -> Trade:
        opening, reached, position = story.opening, story.reached, self._portfolio.positions.get(position_id)
        legs: list[TradeLeg] = []
        entry_cash = exit_cash = fees = 0
        for symbol, leg in story.legs.items():
            legs.append(TradeLeg(symbol, leg.quantity, leg.entry_cash, leg.exit_cash, leg.fees, leg.exit_kind))
            entry_cash += leg.entry_cash
            exit_cash += leg.exit_cash
            fees += leg.fees
        gross, exit_reason = entry_cash + exit_cash, story.exit_reason or ""
        last_marks: tuple[MarkSource, ...] = ()
        if position is not None:
            gross = self._portfolio.value_of(position).profit
            last_marks = tuple([self._portfolio.mark_of(leg.instrument).source for leg in position.legs])
            # A position of which only wings without a bid are left was left for its reason.
            if any(leg.instrument.symbol not in story.left_open for leg in position.legs):
                exit_reason = "open_at_end"
        # In the order of its fields: so many names would be gathered in a dictionary first, for every trade of a run.
        return Trade(
            position_id,
            opening.strategy,
            name_of([(one.instrument, one.quantity) for one in opening.legs]),
            story.quantity,
            opening.filled_at,
            story.closed_at,
            opening.tag,
            exit_reason,
            entry_cash,
            exit_cash,
            fees,
            gross - fees,
            tuple(legs),
            story.proxy_settled,
            tuple(story.left_open),
            story.entry,
            gross if gross < reached.worst else reached.worst,
            gross if gross > reached.best else reached.best,
            last_marks,
        )
