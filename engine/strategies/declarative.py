"""The strategy that is built from a specification."""

from __future__ import annotations

from typing import ClassVar, Final

from engine.model import ChainSnapshot, Fill, Leg, TimeInForce
from engine.strategies.adjustments import Adjuster, Words
from engine.strategies.entries import EntryGate
from engine.strategies.entries.gate import NO_EVENTS
from engine.strategies.event_dates import EventDates
from engine.strategies.exits import Exits
from engine.strategies.hedging import Hedger
from engine.strategies.limits import limit_within_spread
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import LegSelector, NoMatch, held_contracts, select_expirations
from engine.strategies.spec import DeclarativeStrategy
from engine.strategies.spec.selection import LegSpec, expirations_needed
from engine.strategy import Strategy, StrategyContext
from engine.structures import geometry_fault, structure_named

STAGES: Final = ("entry_instant", "signal", "pace", "max_open", "expiration", "legs", "geometry")
"""What an entry passes, in this order; risk, margin and the fill come after the order is requested."""


class SpecifiedStrategy(Strategy):
    """Does what a `DeclarativeStrategy` says: exits, adjustments, hedge and entry, at every chain of its underlying.

    Every entry that was due and did not happen is declined with its stage and reason; every stage that it got through
    is counted, so that the two together say where entries end.
    """

    Parameters: ClassVar[type] = DeclarativeStrategy

    def __init__(self, spec: DeclarativeStrategy, events: EventDates = NO_EVENTS) -> None:
        super().__init__(spec.name, spec)
        self.spec, self.events = spec, events
        self._gate = EntryGate(spec.entry, events)
        self._structure = structure_named(spec.structure)
        self._entry_life = TimeInForce(spec.entry.time_in_force)
        self.named_legs = NamedLegs()
        self._exits = Exits(spec.exit, self.named_legs, events)
        words = Words.of(spec.legs, spec.expirations, spec.liquidity)
        self._adjuster = Adjuster(spec.adjustments, words, self.named_legs, events) if spec.adjustments else None
        self._hedger = None if spec.hedge is None else Hedger(spec.hedge, words)
        self._expirations = expirations_needed(spec.legs, spec.expirations)
        # Others only say when these are; no position has a leg there.
        self._of_legs = tuple(dict.fromkeys(leg.expiration for leg in spec.legs if isinstance(leg, LegSpec)))
        self._leg_names = tuple(leg.name for leg in spec.legs)
        self._legs = LegSelector(spec.legs, spec.liquidity, spec.same_strike)

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        if snapshot.underlying != self.spec.underlying:
            return
        left = self._exits.act(context, snapshot)
        touched = left.touched
        if self._adjuster is not None:
            touched |= self._adjuster.act(context, snapshot, touched)
        if self._hedger is not None:
            self._hedger.act(context, snapshot, touched)
        legs = self._gate.shut(context) or self._chosen_legs(context, snapshot)
        if isinstance(legs, NoMatch):
            context.decline(legs.stage, legs.reason)
            return
        for position in self._gate.room_to_make(context, left.whole):
            self._exits.leave(context, position, "room_for_entry")
        terms = limit_within_spread(legs, context.market, self.spec.entry.limit_spread_fraction)
        order_id = context.open(legs, structure=self.spec.structure, time_in_force=self._entry_life, terms=terms)
        self._gate.entered(context, order_id)
        self._remember(context, order_id, legs)

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        if self._adjuster is not None:
            self._adjuster.on_fill(context, fill)

    def _remember(self, context: StrategyContext, order_id: int, legs: tuple[Leg, ...]) -> None:
        """Keep the names of an order's legs; from time to time forget all but those of what is open or under way."""
        if self.named_legs.crowded:
            alive = {one.position_id for one in context.positions} | {one.target_position for one in context.pending}
            self.named_legs.keep_only(alive)
        named = {}
        for number, name in enumerate(self._leg_names):
            named[name] = legs[number].instrument
        self.named_legs.opened(order_id, named)

    def _chosen_legs(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        expirations = select_expirations(snapshot, context.today, self._expirations, context.market.sessions)
        if isinstance(expirations, NoMatch):
            return expirations
        if self._gate.minds_expirations:
            series = snapshot.contracts.series
            unfit = self._gate.unfit(context, {name: series[expirations[name]].expires_on for name in self._of_legs})
            if unfit is not None:
                return unfit
        context.passed("expiration")
        legs = self._legs.select(snapshot, expirations, held_contracts(context, self.spec.same_strike))
        if isinstance(legs, NoMatch):
            return legs
        context.passed("legs")
        fault = geometry_fault(self._structure, legs)
        if fault is not None:
            return NoMatch("geometry", fault)
        context.passed("geometry")
        return legs
