"""The gate that an entry passes before strikes are chosen, and once more when its expirations are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Final, TypeAlias

from engine.model import Position
from engine.strategies.entries.conditions import Known, compiled
from engine.strategies.entries.pace import EntryPace
from engine.strategies.entries.room import full_expiration, open_or_opening, room_to_make
from engine.strategies.entries.schedule import Schedule
from engine.strategies.event_dates import EventDates
from engine.strategies.expressions import expression
from engine.strategies.previous_values import PreviousValues
from engine.strategies.selectors import NoMatch
from engine.strategies.spec.conditions import ExpressionCondition, parts_of
from engine.strategies.spec.entry import EntryRules
from engine.strategies.spec.schedule import EntrySchedule
from engine.strategy import StrategyContext

NO_EVENTS: Final = EventDates()
_ExpirationRule: TypeAlias = Callable[[StrategyContext, Mapping[str, date]], str | None]
"""Says what is wrong with expirations, if anything is."""


class EntryGate:
    """`EntryRules` at work for one strategy of one run; what is not said costs nothing.

    Ask `shut` on every chain of the strategy's underlying; where it is open, choose expirations, ask `unfit`, and after
    the entry was requested say so with `entered`. Stages that were passed are counted in the strategy's funnel.

    Attributes:
        minds_expirations: whether `unfit` can have anything to say.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """

    def __init__(self, rules: EntryRules, events: EventDates = NO_EVENTS) -> None:
        self._rules = rules
        self._schedule = None if rules.schedule == EntrySchedule() else Schedule(rules.schedule)
        self._checks = [compiled(one, events) for one in rules.conditions]
        said = [part.when for _, part in parts_of(rules.conditions) if isinstance(part, ExpressionCondition)]
        self._before = PreviousValues(map(expression, said))
        paced = rules.cool_down or rules.max_entries_per_day or rules.max_entries_per_week
        self._of_expirations = _expiration_rules(rules, self._schedule)
        self.minds_expirations = bool(self._of_expirations)
        self._pace = EntryPace(rules) if paced else None

    def shut(self, context: StrategyContext) -> NoMatch | None:
        """Stage and reason that keep an entry from being made now; None when it may be."""
        self._before.turn(context.signal)
        if self._pace is not None:
            self._pace.look(context)
        if self._schedule is not None:
            reason = self._schedule.not_due(context.now, context.market.sessions)
            if reason is not None:
                return NoMatch("entry_instant", reason)
        context.passed("entry_instant")
        unmet = self._unmet(context) if self._checks else None
        if unmet is not None:
            return NoMatch("signal", unmet)
        context.passed("signal")
        if self._pace is not None:
            reason = self._pace.too_soon(context)
            if reason is not None:
                return NoMatch("pace", reason)
            context.passed("pace")
        if not self._has_room(context):
            return NoMatch("max_open", "reached")
        context.passed("max_open")
        return None

    def unfit(self, context: StrategyContext, expirations: Mapping[str, date]) -> NoMatch | None:
        """Stage and reason that keep an entry from being made in these expirations; None when it may be."""
        for rule in self._of_expirations:
            reason = rule(context, expirations)
            if reason is not None:
                return NoMatch("expiration", reason)
        return None

    def room_to_make(self, context: StrategyContext, leaving: Collection[int] = ()) -> tuple[Position, ...]:
        """Positions to close for an entry that is made now; none unless `when_full` says so.

        Args:
            leaving: ids of positions that the strategy closes in this very moment anyway.
        """
        if self._rules.when_full == "do_not_enter":
            return ()
        return room_to_make(context.positions, context.pending, self._rules.max_open_positions, leaving) or ()

    def entered(self, context: StrategyContext, order_id: int) -> None:
        """An entry was requested."""
        if self._pace is not None:
            self._pace.entered(order_id, context.today)

    def _unmet(self, context: StrategyContext) -> str | None:
        known = Known(context.signal, self._before.value_of, context.today, context.market.sessions)
        for check in self._checks:
            unmet = check(known)
            if unmet is not None:
                return unmet.reason
        return None

    def _has_room(self, context: StrategyContext) -> bool:
        most = self._rules.max_open_positions
        if self._rules.when_full == "close_oldest":
            return room_to_make(context.positions, context.pending, most) is not None
        pending = context.pending
        if len(context.book.positions) + len(pending) < most:
            return True  # all strategies together have fewer
        positions = context.positions
        return len(positions) + len(pending) < most or open_or_opening(positions, pending) < most


def _expiration_rules(rules: EntryRules, schedule: Schedule | None) -> list[_ExpirationRule]:
    """What an entry's expirations have to pass, in this order."""
    said: list[_ExpirationRule] = []
    if schedule is not None:
        said.append(partial(_other_dte, schedule))
    if rules.max_open_per_expiration is not None:
        said.append(partial(_full, rules.max_open_per_expiration))
    return said


def _other_dte(schedule: Schedule, context: StrategyContext, expirations: Mapping[str, date]) -> str | None:
    name = schedule.unfit_expiration(expirations)
    return None if name is None else f"{name}:other_dte"


def _full(most: int, context: StrategyContext, expirations: Mapping[str, date]) -> str | None:
    name = full_expiration(expirations, context.positions, context.pending, most)
    return None if name is None else f"{name}:max_open_reached"
