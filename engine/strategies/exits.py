"""Exits: which positions, or legs of them, must close now, by which rule, and how their orders reach the market.

`SpecifiedStrategy` uses `Exits`, and so may a Python strategy:

    self.names = NamedLegs()
    self.exits = Exits(ExitRules(stop_loss_percent=200, dte=7), self.names)
    ...
    self.exits.act(context, snapshot)    # on every chain of the underlying, before anything is opened
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from engine.model import AT_MARKET, ChainSnapshot, Intent, Leg, Limit, Order, Position, PositionLeg, TimeInForce
from engine.strategies.entries import is_leftover
from engine.strategies.entries.gate import NO_EVENTS
from engine.strategies.event_dates import EventDates
from engine.strategies.hedge_positions import is_hedge
from engine.strategies.limits import limit_within_spread
from engine.strategies.named_legs import NamedLegs
from engine.strategies.spec.exits import ExitRule, ExitRules, Hold, legs_of_rule
from engine.strategies.spec.triggers import DaysToExpiration, Trigger
from engine.strategies.triggers import Holding, Moment, Predicate, Watch, predicate
from engine.strategy import StrategyContext

_TAGS: Final = {"dte": "dte_exit"}
"""Kinds whose exits are called otherwise."""


def tag_of(rule: Trigger) -> str:
    """Exit reason of a rule: its kind, and the legs that it names, e.g. `delta_breach:short_put`."""
    return ":".join([_TAGS.get(rule.kind, rule.kind), *dict.fromkeys(legs_of_rule(rule))])


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule at work.

    Attributes:
        tag: exit reason; None: it keeps the position, and no rule below it is asked.
        legs: names of the legs that it closes; empty: all.
    """

    holds: Predicate
    tag: str | None
    legs: tuple[str, ...]
    at_market: bool


def _at_work(rule: ExitRule, rules: ExitRules, events: EventDates) -> _Rule:
    if not isinstance(rule, Hold):
        return _Rule(predicate(rule, events), tag_of(rule), rule.legs, rule.kind in rules.at_market)
    if rule.dte is None:
        return _Rule(lambda holding: True, None, (), True)
    return _Rule(predicate(DaysToExpiration(kind="dte", days=rule.dte)), None, (), True)


class Left(NamedTuple):
    """Numbers of the positions that exits ask to close on a chain.

    Attributes:
        whole: nothing of them was asked to stay.
        touched: some of their legs were, or all.
    """

    whole: tuple[int, ...] = ()
    touched: frozenset[int] = frozenset()


NOTHING_LEFT: Final = Left()


class Exits:
    """The exits of one strategy; keeps highest profits and the age of limits from chain to chain.

    Rules are asked in their order, and the first that holds closes what it is about, as one package (T23): all legs
    share the chain they leave on. Legs that an order is under way for already are not asked about again, with two
    exceptions: a rule withdraws an adjustment of its legs, and the resting limit of a rule below it.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """

    def __init__(self, rules: ExitRules, names: NamedLegs, events: EventDates = NO_EVENTS) -> None:
        self._spread_fraction = rules.limit_spread_fraction
        self._time_in_force = TimeInForce(rules.time_in_force)
        self._rules = tuple(_at_work(rule, rules, events) for rule in rules.in_order)
        self._watch = Watch(rules.in_order, names)
        self._patience = Patience(rules.market_after_snapshots, rules.market_after_sessions)
        self._ranked = tuple(enumerate(self._rules))
        tags = [rule.tag for rule in self._rules]
        self._rank = {tag: tags.index(tag) for tag in tags if tag is not None}

    def act(self, context: StrategyContext, snapshot: ChainSnapshot) -> Left:
        """Request every close that is due on this chain, and send limits to the market that have waited long enough."""
        if not self._rules:
            return NOTHING_LEFT
        whole: list[int] = []
        touched: set[int] = set()
        holdings = self._watch.holdings(context, snapshot)
        pending = context.pending if holdings else ()
        for holding in holdings:
            if is_leftover(holding.position) or is_hedge(holding.position):
                continue
            number = holding.position.position_id
            orders = pending and [one for one in pending if one.position_id == number and one.intent is not Intent.OPEN]
            due = self._due(holding)
            if not due and not orders:
                continue
            taken = self._ask(holding, due, orders)
            if taken:
                touched.add(number)
            if len(taken) == len(holding.position.legs):
                whole.append(number)
        self._patience.turn()
        return Left(tuple(whole), frozenset(touched)) if touched else NOTHING_LEFT

    def leave(self, context: StrategyContext, position: Position, tag: str) -> None:
        """Request to close all of a position for a reason of one's own, and withdraw what else is under way for it."""
        for order in context.pending:
            if order.position_id == position.position_id and order.intent is not Intent.OPEN:
                context.cancel(order.order_id, tag)
        self._request(context, position, tag, self._spread_fraction)

    def _due(self, holding: Holding) -> list[tuple[int, str, _Rule]]:
        """Rules that hold, with their rank and tag, up to one that keeps the position."""
        due: list[tuple[int, str, _Rule]] = []
        for rank, rule in self._ranked:
            if rule.holds(holding):
                if rule.tag is None:
                    break
                due.append((rank, rule.tag, rule))
        return due

    def _ask(self, holding: Holding, due: Sequence[tuple[int, str, _Rule]], orders: Sequence[Order]) -> set[str]:
        """Close what rules say of one position, of which orders may be under way; the symbols that are to leave."""
        under_way = list(orders)
        taken: set[str] = set()
        for rank, tag, rule in due:
            part = holding.of(rule.legs)
            lesser = [order for order in under_way if self._yields(order, rank)]
            kept = {symbol for order in under_way if order not in lesser for symbol in _symbols(order)} | taken
            held = () if part is None else part.position.legs
            legs = tuple(leg for leg in held if leg.instrument.symbol not in kept)
            if not legs:
                continue
            symbols = {leg.instrument.symbol for leg in legs}
            for order in lesser:
                if not rule.legs or not symbols.isdisjoint(_symbols(order)):
                    holding.moment.context.cancel(order.order_id, tag)
                    under_way.remove(order)
            self._close(holding, legs, rule, tag)
            taken |= symbols
        self._escalate(holding, under_way)
        return taken

    def _yields(self, order: Order, rank: int) -> bool:
        """Whether a rule of this rank may withdraw an order."""
        if order.intent is Intent.CLOSE:
            return isinstance(order.terms, Limit) and self._rank.get(order.tag, -1) > rank
        return True

    def _close(self, holding: Holding, legs: tuple[PositionLeg, ...], rule: _Rule, tag: str) -> None:
        position = replace(holding.position, legs=legs)
        waited = self._patience.over(holding.moment, (position.position_id, tag))
        fraction = None if rule.at_market or waited else self._spread_fraction
        self._request(holding.moment.context, position, tag, fraction)

    def _request(self, context: StrategyContext, position: Position, tag: str, fraction: float | None) -> None:
        closing = [Leg(leg.instrument, -leg.quantity) for leg in position.legs]
        terms = limit_within_spread(closing, context.market, fraction)
        context.close(position, tag=tag, time_in_force=self._time_in_force, terms=terms)

    def _escalate(self, holding: Holding, under_way: Sequence[Order]) -> None:
        for order in under_way:
            if order.tag not in self._rank:
                continue
            waited = self._patience.over(holding.moment, (holding.position.position_id, order.tag))
            if waited and isinstance(order.terms, Limit):
                holding.moment.context.replace(order, terms=AT_MARKET)


def _symbols(order: Order) -> set[str]:
    return {leg.instrument.symbol for leg in order.legs}


_Key: TypeAlias = tuple[int, str]
"""A position, and the reason of an exit from it."""


@dataclass(slots=True)
class _Wait:
    since: date
    chains: int = 0


class Patience:
    """How long exits have been under way, over all the orders that were tried for one reason.

    Args:
        chains: patience is over after so many; None: never.
        sessions: patience is over when so many have begun since; None: never.
    """

    def __init__(self, chains: int | None, sessions: int | None) -> None:
        self._chains, self._sessions = chains, sessions
        self._waits: dict[_Key, _Wait] = {}
        self._seen: dict[_Key, _Wait] = {}

    def over(self, moment: Moment, key: _Key) -> bool:
        """Whether an exit has waited long enough; ask on every chain while it is under way."""
        if self._chains is None and self._sessions is None:
            return False
        wait = self._waits.get(key)
        if wait is None:
            self._seen[key] = _Wait(moment.today)
            return False
        if key not in self._seen:
            wait.chains += 1
        self._seen[key] = wait
        if self._chains is not None and wait.chains >= self._chains:
            return True
        return self._sessions is not None and moment.sessions_since(wait.since) >= self._sessions

    def turn(self) -> None:
        """The chain is dealt with; what was not asked about is not under way any more."""
        self._waits, self._seen = self._seen, {}
