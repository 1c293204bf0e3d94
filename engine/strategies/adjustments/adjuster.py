"""Carries out the adjustments of one strategy, and remembers how often and when each was made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.model import ChainSnapshot, Fill, Intent, TimeInForce
from engine.strategies.adjustments.changes import Change
from engine.strategies.adjustments.planning import NOTHING_TO_DO, STAGE, planned
from engine.strategies.adjustments.scene import Scene, Words
from engine.strategies.adjustments.terms import terms_within
from engine.strategies.entries.gate import NO_EVENTS
from engine.strategies.event_dates import EventDates
from engine.strategies.hedge_positions import is_hedge
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch
from engine.strategies.spec.adjustments import Adjustment
from engine.strategies.triggers import Holding, Predicate, Watch, predicate
from engine.strategy import StrategyContext


@dataclass(slots=True)
class _Record:
    """How often an adjustment was made on a position, and on which exchange date last."""

    times: int
    last: date


@dataclass(slots=True)
class _Rule:
    """An adjustment with its triggers compiled, and its records by position."""

    said: Adjustment
    triggers: tuple[Predicate, ...]
    life: TimeInForce
    made: dict[int, _Record] = field(default_factory=dict)

    def is_due(self, holding: Holding) -> bool:
        """Whether it may be made on a position, and all its triggers hold."""
        record = self.made.get(holding.position.position_id)
        if record is not None:
            used_up = self.said.at_most is not None and record.times >= self.said.at_most
            if used_up or holding.moment.sessions_since(record.last) < self.said.cool_down_sessions:
                return False
        return all(holds(holding) for holds in self.triggers)


@dataclass(slots=True)
class _Request:
    """An adjustment whose order is under way."""

    rule: _Rule
    change: Change
    has_filled: bool = False


class Adjuster:
    """Asks every open position of a strategy on every chain; the first adjustment that can be made is requested.

    A position is left alone while an order on it is under way, and where only worthless legs of it are left.

    Args:
        named: memory of the legs' names, shared with whoever opens positions; fills of adjustments change it.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """

    def __init__(
        self, adjustments: Sequence[Adjustment], words: Words, named: NamedLegs, events: EventDates = NO_EVENTS
    ) -> None:
        self._rules = tuple(
            _Rule(one, tuple(predicate(trigger, events) for trigger in one.when), TimeInForce(one.time_in_force))
            for one in adjustments
        )
        self._watch = Watch([trigger for one in adjustments for trigger in one.when], named)
        self._words = words
        self._named = named
        self._requested: dict[int, _Request] = {}

    def act(self, context: StrategyContext, snapshot: ChainSnapshot, leaving: Collection[int] = ()) -> frozenset[int]:
        """Request what is due on this chain.

        Args:
            leaving: positions that an exit closes on this chain.

        Returns:
            Positions that it changes.
        """
        holdings = self._watch.holdings(context, snapshot)
        if not holdings:
            return frozenset()
        busy = set(leaving)
        if pending := context.pending:
            busy.update(order.target_position for order in pending)
        if self._requested:
            alive = {order.order_id for order in pending}
            self._requested = {number: one for number, one in self._requested.items() if number in alive}
        changed: set[int] = set()
        for holding in holdings:
            position = holding.position
            if position.position_id in busy or position.closing or is_hedge(position):
                continue
            if any(rule.is_due(holding) and self._request(context, holding, rule) for rule in self._rules):
                changed.add(position.position_id)
        return frozenset(changed)

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        """Remember what was made, and which leg is which now; an order that fills in parts counts once."""
        requested = self._requested.get(fill.order_id)
        if fill.intent is not Intent.ADJUST or requested is None:
            return
        for name, instrument in requested.change.named.items():
            self._named.replaced(fill.position_id, name, instrument)
        made = requested.rule.made
        before = made.get(fill.position_id)
        times = 0 if before is None else before.times
        made[fill.position_id] = _Record(times + (not requested.has_filled), context.today)
        requested.has_filled = True

    # --- inside ----------------------------------------------------------------------------------------------------

    def _request(self, context: StrategyContext, holding: Holding, rule: _Rule) -> bool:
        said = rule.said
        scene = Scene.of(context, holding.moment.snapshot, holding.position, holding.named, self._words)
        change = planned(scene, said.action)
        if isinstance(change, NoMatch):
            if change.reason not in NOTHING_TO_DO:
                context.decline(STAGE, f"{said.name}:{change.reason}")
            return False
        terms = terms_within(change.legs, context.market, said.maximum_debit_usd, said.limit_spread_fraction)
        if isinstance(terms, NoMatch):
            context.decline(STAGE, f"{said.name}:{terms.reason}")
            return False
        context.passed(STAGE)
        number = context.adjust(
            holding.position,
            change.legs,
            tag=said.name,
            structure=change.structure,
            time_in_force=rule.life,
            terms=terms,
        )
        self._requested[number] = _Request(rule, change)
        return True
