"""The strategy that is built from a specification."""

from __future__ import annotations

from typing import ClassVar, Final

from engine.model import ChainSnapshot, Leg, TimeInForce
from engine.strategies.entries import open_or_opening, unmet_condition
from engine.strategies.exits import due_exits
from engine.strategies.limits import limit_within_spread
from engine.strategies.selectors import LegSelector, NoMatch, held_contracts, select_expirations
from engine.strategies.spec import DeclarativeStrategy
from engine.strategies.spec.selection import expirations_needed
from engine.strategy import Strategy, StrategyContext
from engine.structures import geometry_fault, structure_named

STAGES: Final = ("entry_instant", "signal", "max_open", "expiration", "legs", "geometry")
"""What an entry passes, in this order; risk, margin and the fill come after the order is requested."""


class SpecifiedStrategy(Strategy):
    """Does what a `DeclarativeStrategy` says: at every chain of its underlying first the exits, then the entry.

    Every entry that was due and did not happen is declined with its stage and reason; every stage that it got through
    is counted, so that the two together say where entries end.
    """

    Parameters: ClassVar[type] = DeclarativeStrategy

    def __init__(self, spec: DeclarativeStrategy) -> None:
        super().__init__(spec.name, spec)
        self.spec = spec
        self._structure = structure_named(spec.structure)
        self._entry_life = TimeInForce(spec.entry.time_in_force)
        self._exit_life = TimeInForce(spec.exit.time_in_force)
        self._expirations = expirations_needed(spec.legs, spec.expirations)
        self._legs = LegSelector(spec.legs, spec.liquidity, spec.same_strike)

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        if snapshot.underlying != self.spec.underlying:
            return
        for position, tag in due_exits(context, self.spec.exit):
            closing = [Leg(leg.instrument, -leg.quantity) for leg in position.legs]
            terms = limit_within_spread(closing, context.market, self.spec.exit.limit_spread_fraction)
            context.close(position, tag=tag, time_in_force=self._exit_life, terms=terms)
        context.passed("entry_instant")
        legs = self._entry_legs(context, snapshot)
        if isinstance(legs, NoMatch):
            context.decline(legs.stage, legs.reason)
            return
        terms = limit_within_spread(legs, context.market, self.spec.entry.limit_spread_fraction)
        context.open(legs, structure=self.spec.structure, time_in_force=self._entry_life, terms=terms)

    def _entry_legs(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        unmet = unmet_condition(self.spec.entry.conditions, context.signal)
        if unmet is not None:
            return NoMatch("signal", unmet)
        context.passed("signal")
        if open_or_opening(context.positions, context.pending) >= self.spec.entry.max_open_positions:
            return NoMatch("max_open", "reached")
        context.passed("max_open")
        return self._chosen_legs(context, snapshot)

    def _chosen_legs(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        expirations = select_expirations(snapshot, context.today, self._expirations, context.market.sessions)
        if isinstance(expirations, NoMatch):
            return expirations
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
