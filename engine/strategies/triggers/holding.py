"""A position as triggers see it now, and what must be remembered of it from chain to chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from math import gcd
from typing import TypeAlias

from engine.instants import Instant
from engine.model import ChainSnapshot, Instrument, OptionContract, Position, PositionValue, Session
from engine.money import Micros
from engine.strategies.expressions import expression
from engine.strategies.named_legs import NamedLegs
from engine.strategies.previous_values import PreviousValues
from engine.strategies.spec.conditions import ExpressionCondition, parts_of
from engine.strategies.spec.triggers import BreakEvenStop, SignalTrigger, TrailingStop
from engine.strategies.triggers.extremes import most_earned, most_lost
from engine.strategy import StrategyContext

Scope: TypeAlias = tuple[int, tuple[str, ...]]
"""A position by its number, and the names of the legs that are judged; without names: all of it."""


class Moment:
    """One chain and the instant it came, on the exchange's calendar; what is asked for is computed once."""

    def __init__(self, context: StrategyContext, snapshot: ChainSnapshot, previous: PreviousValues) -> None:
        self.context = context
        self.snapshot = snapshot
        self.previous = previous
        self._today: date | None = None

    @property
    def now(self) -> Instant:
        """The instant."""
        return self.context.now

    @cached_property
    def exchange_time(self) -> datetime:
        """The instant on the exchange's clock."""
        return self.context.market.sessions.exchange_time(self.context.now)

    @property
    def today(self) -> date:
        """The exchange date (T28)."""
        if self._today is None:  # asked by most rules of most positions: `cached_property` would lock
            self._today = self.context.today
        return self._today

    @cached_property
    def session(self) -> Session | None:
        """The session of the exchange date."""
        return self.context.market.sessions.on(self.today)

    def sessions_since(self, day: date) -> int:
        """Sessions that have begun after an exchange date."""
        return len(self.context.market.sessions.between(day, self.today)) - (
            self.context.market.sessions.on(day) is not None
        )


class Holding:
    """A position, or some of its legs, as triggers see it now; what is asked for is computed once.

    Args:
        position: what is judged. Of some legs (`of`) it holds these only: their premium is its `entry_cash`.
        peaks: highest profit so far by scope, as `Watch` keeps it.
    """

    def __init__(
        self,
        moment: Moment,
        position: Position,
        names: NamedLegs,
        peaks: Mapping[Scope, Micros],
        legs: tuple[str, ...] = (),
    ) -> None:
        self.moment = moment
        self.position = position
        self.legs = legs
        self._names = names
        self._peaks = peaks
        self._parts: dict[tuple[str, ...], Holding | None] | None = None
        self._value: PositionValue | None = None

    def of(self, legs: tuple[str, ...]) -> Holding | None:
        """The legs of these names on their own; all of it without names, None when none of them is held (any more)."""
        if not legs:
            return self
        if self._parts is None:
            self._parts = {}
        if legs not in self._parts:
            self._parts[legs] = self._part(legs)
        return self._parts[legs]

    def _part(self, legs: tuple[str, ...]) -> Holding | None:
        wanted = {self.named[name] for name in legs if name in self.named}
        held = tuple(leg for leg in self.position.legs if leg.instrument in wanted)
        if not held:
            return None
        cash = -sum(leg.cost_basis for leg in held)
        part = replace(self.position, legs=held, entry_cash=cash, realised=0)
        return Holding(self.moment, part, self._names, self._peaks, legs)

    @cached_property
    def named(self) -> Mapping[str, Instrument]:
        """What is held of the whole position under each name of the specification."""
        return self._names.contracts(self.position)

    @property
    def value(self) -> PositionValue:
        """Profit since entry, and whether the marks can be trusted."""
        if self._value is None:  # as `Moment.today`
            self._value = self.moment.context.value_of(self.position)
        return self._value

    @property
    def premium(self) -> Micros:
        """Exact premium received or paid at entry, positive."""
        return abs(self.position.entry_cash)

    @property
    def peak_profit(self) -> Micros | None:
        """Highest exact profit on marks that could be trusted, as far as somebody watched it."""
        return self._peaks.get((self.position.position_id, self.legs))

    @property
    def closing_cost(self) -> Micros:
        """Exact money that closing all of it costs at the marks, negative where it brings some."""
        return self.position.realised - self.value.profit - sum(leg.cost_basis for leg in self.position.legs)

    @property
    def shares(self) -> int:
        """What a net price per share is multiplied by: packages in lowest terms times the largest multiplier."""
        held = self.position.legs
        multipliers = [leg.instrument.multiplier for leg in held if isinstance(leg.instrument, OptionContract)]
        return gcd(*(leg.quantity for leg in held)) * max(multipliers, default=1)

    @property
    def maximum_loss(self) -> Micros | None:
        """Exact most that it can lose at expiration, what it has realised included; None: nobody knows, or no bound."""
        return most_lost(self.position.legs, self.position.realised)

    @property
    def maximum_profit(self) -> Micros | None:
        """Exact most that it can earn at expiration, realised included; None without a bound or a common expiration."""
        return most_earned(self.position.legs, self.position.realised)

    @property
    def days_to_expiration(self) -> int | None:
        """Exchange dates to the nearest expiration; None without option legs (T28)."""
        nearest: date | None = None
        for leg in self.position.legs:  # asked on every chain: a generator would cost as much again
            contract = leg.instrument
            if isinstance(contract, OptionContract) and (nearest is None or contract.series.expires_on < nearest):
                nearest = contract.series.expires_on
        return None if nearest is None else (nearest - self.moment.today).days

    @property
    def opened_on(self) -> date:
        """Exchange date of the fill that opened the position."""
        return self.moment.context.market.sessions.date_of(self.position.opened_at)

    @property
    def last_trades_on(self) -> date | None:
        """Exchange date on which the first of its options stops trading; None without option legs."""
        instants = [contract.series.last_trades_at for contract in _contracts(self.position)]
        return self.moment.context.market.sessions.date_of(min(instants)) if instants else None


class Watch:
    """The positions of one strategy from chain to chain: what must be remembered of them for some triggers.

    Args:
        triggers: those that will be asked; what none of them needs is not kept.
    """

    def __init__(self, triggers: Iterable[object], names: NamedLegs) -> None:
        asked = tuple(triggers)
        self.names = names
        self._watched = tuple(dict.fromkeys(one.legs for one in asked if isinstance(one, TrailingStop | BreakEvenStop)))
        self._peaks: dict[Scope, Micros] = {}
        conditions = [part for one in asked if isinstance(one, SignalTrigger) for _, part in parts_of(one.conditions)]
        texts = [part.when for part in conditions if isinstance(part, ExpressionCondition)]
        self._previous = PreviousValues(map(expression, texts))

    def holdings(self, context: StrategyContext, snapshot: ChainSnapshot) -> list[Holding]:
        """Every open position of the strategy in the order of opening; ask on every chain, once."""
        self._previous.turn(context.signal)
        positions = context.positions
        if not positions:
            self._peaks.clear()
            return []
        moment = Moment(context, snapshot, self._previous)
        found = [Holding(moment, one, self.names, self._peaks) for one in positions]
        if self._watched:
            self._remember(found)
        return found

    def _remember(self, holdings: Sequence[Holding]) -> None:
        """Keep the highest profit on marks that could be trusted, that of now included."""
        peaks: dict[Scope, Micros] = {}
        for holding in holdings:
            for legs in self._watched:
                part = holding.of(legs)
                if part is None:
                    continue
                now = (part.value.profit,) if part.value.trusted else ()
                before = () if part.peak_profit is None else (part.peak_profit,)
                if now or before:
                    peaks[holding.position.position_id, legs] = max(now + before)
        self._peaks.clear()
        self._peaks.update(peaks)


def _contracts(position: Position) -> list[OptionContract]:
    return [leg.instrument for leg in position.legs if isinstance(leg.instrument, OptionContract)]
