"""Whether decisions know the future: they are compared between a run and runs whose future was taken away or changed.

A decision is known by the number of market events that had arrived when it was made. That orders decisions of one
instant, and those of the night after it, better than the clock does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, ClassVar, Literal

import numpy as np

from engine.bus import Handler, Publish
from engine.canonical_text import canonical_text
from engine.errors import RunInterrupted
from engine.events import (
    BarArrived,
    CashMoved,
    Event,
    ExerciseRequested,
    ExerciseWaived,
    OrderApproved,
    OrderCancelRequested,
    OrderFilled,
    OrderRefused,
    OrderReplaceRequested,
    OrderRequested,
    SnapshotArrived,
)
from engine.instants import Instant
from engine.model import AtMarket, ContractTable, Order, SessionTable, TimeInForce, Underlying
from engine.research.perturbation import perturbed_bar, perturbed_snapshot
from engine.sources import EventSource

# --- decisions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decision:
    """What a strategy asked for, and what became of its size.

    Attributes:
        number: market events that had arrived, this one included.
        strategy: who decided; empty for cash that the configuration moves.
        said: all of it in words; two decisions are the same when their words are.
    """

    number: int
    at: Instant
    strategy: str
    said: str


@dataclass(frozen=True, slots=True)
class Change:
    """The first decision that came out differently.

    Attributes:
        was: the decision with the true future, None where there was none.
        became: the decision with another future; or why the run could not go on.
    """

    at: Instant
    strategy: str
    was: str | None
    became: str | None


class DecisionLog:
    """Listens to a run and writes down its decisions until the source says that the horizon is reached.

    Attributes:
        arrived: instants of the market events so far.
    """

    slot: ClassVar[Literal["observers"]] = "observers"

    def __init__(self) -> None:
        self.arrived: list[Instant] = []
        self._closed = False
        self._made: list[tuple[int, Any]] = []
        self._sizes: dict[int, str] = {}
        self._orders: dict[int, tuple[int, str]] = {}
        self._fills: list[tuple[int, int]] = []

    def handlers(self, publish: Publish) -> Mapping[type[Any], Handler]:
        kinds = (OrderCancelRequested, OrderReplaceRequested, ExerciseRequested, ExerciseWaived, CashMoved)
        return {
            OrderRequested: self._on_requested,
            OrderApproved: lambda event: self._size(event.approved.order, f"{event.approved.quantity} packages"),
            OrderRefused: lambda event: self._size(event.order, f"refused by {event.refusal.rule}"),
            OrderFilled: self._on_filled,
            **dict.fromkeys(kinds, self._note),
        }

    def close(self) -> None:
        """Nothing counts from now on: what follows is the end of the run."""
        self._closed = True

    def decisions(self) -> tuple[Decision, ...]:
        """Everything decided before the horizon, in order."""
        return tuple(
            Decision(number, event.at, self._strategy(event), self._said(event)) for number, event in self._made
        )

    def filled_at_once(self) -> list[int]:
        """Numbers of the orders that filled before another market event arrived, in the order of their fills."""
        asked = {order_id: number for order_id, (number, _) in self._orders.items()}
        return [order_id for order_id, number in self._fills if asked.get(order_id) == number]

    def decision_of(self, order_id: int) -> Decision:
        """The decision for an order."""
        return next(
            one
            for one, (_, event) in zip(self.decisions(), self._made, strict=True)
            if isinstance(event, OrderRequested) and event.order.order_id == order_id
        )

    # --- inside ----------------------------------------------------------------------------------------------------

    def _on_requested(self, event: OrderRequested) -> None:
        self._orders[event.order.order_id] = (len(self.arrived), event.order.strategy)
        self._note(event)

    def _on_filled(self, event: OrderFilled) -> None:
        if not self._closed:
            self._fills.append((event.fill.order_id, len(self.arrived)))

    def _note(self, event: Event) -> None:
        if not self._closed:
            self._made.append((len(self.arrived), event))

    def _size(self, order: Order, size: str) -> None:
        # The first answer counts: a refusal at the fill depends on the price of a later event.
        self._sizes.setdefault(order.order_id, size)

    def _strategy(self, event: Any) -> str:
        if isinstance(event, OrderRequested):
            return event.order.strategy
        number = event.position_id if isinstance(event, ExerciseRequested | ExerciseWaived) else None
        number = getattr(event, "order_id", number)
        return "" if number is None else self._orders.get(number, (0, ""))[1]

    def _said(self, event: Any) -> str:
        if isinstance(event, OrderRequested):
            return f"{described(event.order)}: {self._sizes.get(event.order.order_id, 'no answer')}"
        if isinstance(event, OrderReplaceRequested):
            return f"replace order {event.order_id} by {described(event.replacement)}"
        if isinstance(event, OrderCancelRequested):
            return f"cancel order {event.order_id} ({event.reason})"
        if isinstance(event, ExerciseRequested):
            return f"exercise {event.quantity} {event.contract.symbol} of position {event.position_id}"
        if isinstance(event, ExerciseWaived):
            return f"do not exercise {event.contract.symbol} of position {event.position_id}"
        return canonical_text(event)


def described(order: Order) -> str:
    """An order in words, with everything that it says."""
    legs = ", ".join(f"{leg.ratio:+d} {leg.instrument.symbol}" for leg in order.legs)
    terms = "" if isinstance(order.terms, AtMarket) else f", {canonical_text(order.terms)}"
    lasts = order.time_in_force if order.good_until is None else f"until {order.good_until}"
    life = "" if order.time_in_force is TimeInForce.DAY else f", {lasts}"
    of = "" if order.position_id is None else f" of position {order.position_id}"
    size = "" if order.quantity is None else f" x {order.quantity}"
    return f"order {order.order_id}, {order.intent} {order.structure}{of} ({order.tag}), {legs}{size}{terms}{life}"


def first_change(true: Sequence[Decision], other: Sequence[Decision], until: int) -> Change | None:
    """The first decision among those of the first `until` market events that differs; None where all are the same."""
    known, changed = ([one for one in made if one.number <= until] for made in (true, other))
    for was, became in zip_longest(known, changed):
        if was != became:
            at, strategy = min((one.at, one.strategy) for one in (was, became) if one is not None)
            return Change(at, strategy, None if was is None else was.said, None if became is None else became.said)
    return None


# --- instants ---------------------------------------------------------------------------------------------------


def audit_instants(log: DecisionLog, since: Instant, count: int, seed: int) -> list[Instant]:
    """Instants at which the future begins, ascending: the first decision of every strategy, then by chance.

    Of those by chance, half are instants of decisions, which a look at the future has to change, and half any others,
    at which it may bring decisions that were not there.

    Args:
        since: beginning of the run; events before it are its warm-up.
    """
    draw = np.random.default_rng(seed)
    market = sorted({at for at in log.arrived if at >= since})
    decided: dict[str, list[Instant]] = {}
    for one in log.decisions():
        if one.number:
            decided.setdefault(one.strategy, []).append(log.arrived[one.number - 1])
    chosen = dict.fromkeys(instants[0] for instants in decided.values() if instants[0] >= since)
    some = {at for instants in decided.values() for at in instants if at >= since}
    for pool, wanted in ((sorted(some), (count + len(chosen)) // 2), (market, count)):
        free = [at for at in pool if at not in chosen and at < market[-1]]
        for index in draw.permutation(len(free))[: max(wanted - len(chosen), 0)]:
            chosen[free[index]] = None
    return sorted(chosen)[: max(count, 1)]


# --- sources ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HorizonSource:
    """Passes a source on up to an instant, tells the log of every event, and ends the run there.

    Attributes:
        until: last instant that arrives; None: all do.
        calendar: sessions, where those of the inner source reach less far than a run with a future would know them.
        change: what becomes of each event on its way.
    """

    source: EventSource
    log: DecisionLog
    until: Instant | None = None
    calendar: SessionTable | None = None
    change: Callable[[Event], Event] = field(default=lambda event: event)

    @property
    def contracts(self) -> ContractTable:
        """Contracts of the inner source."""
        return self.source.contracts

    @property
    def sessions(self) -> SessionTable:
        """Sessions of the inner source, or the calendar."""
        return self.calendar or self.source.sessions

    @property
    def underlyings(self) -> dict[str, Underlying]:
        """Underlyings of the inner source."""
        return self.source.underlyings

    def __iter__(self) -> Iterator[Event]:
        for event in self.source:
            if self.until is not None and event.at > self.until:
                break
            self.log.arrived.append(event.at)
            yield self.change(event)
        self.log.close()
        if self.until is not None:
            raise RunInterrupted("the horizon is reached")


def other_quotes(at: Instant, seed: int) -> Callable[[Event], Event]:
    """A change of the chains and bars of one instant, and of no other event."""

    def change(event: Event) -> Event:
        draw = np.random.default_rng([seed, at])
        if event.at != at:
            return event
        if isinstance(event, SnapshotArrived):
            return SnapshotArrived(at, perturbed_snapshot(event.snapshot, draw))
        if isinstance(event, BarArrived):
            return BarArrived(at, perturbed_bar(event.bar, event.bar.close, draw))
        return event

    return change


def events_until(arrived: Sequence[Instant], at: Instant) -> int:
    """Number of market events up to and including an instant."""
    return bisect_right(arrived, at)
