"""What must hold before an entry: conditions as functions of what is known now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TypeAlias

from engine.model import SessionTable
from engine.strategies.event_dates import EventDates, EventDistance
from engine.strategies.expressions import Unmet, ValueOf, expression
from engine.strategies.spec.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventCondition,
    ExpressionCondition,
    NoneOf,
    SignalCondition,
)


@dataclass(slots=True)
class Known:
    """What conditions are asked on.

    Attributes:
        value_of: signals now.
        previous_of: signals on the chain before.
        today: exchange date.
    """

    value_of: ValueOf
    previous_of: ValueOf
    today: date
    sessions: SessionTable


Check: TypeAlias = Callable[[Known], Unmet | None]
"""Why a condition does not hold; None when it holds."""


def unmet_condition(conditions: Iterable[SignalCondition], value_of: ValueOf) -> str | None:
    """Why the first condition that does not hold does not; None when all hold.

    A signal without a value is no reason to trade: an undefined signal meets no condition.

    Returns:
        `signal_undefined:<name>`, `signal_not_above:<name>` or `signal_not_below:<name>`.
    """
    for condition in conditions:
        unmet = _unmet_signal(condition, value_of)
        if unmet is not None:
            return unmet.reason
    return None


def compiled(said: Condition, events: EventDates) -> Check:
    """The check of a condition.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """
    match said:
        case SignalCondition():
            return lambda known: _unmet_signal(said, known.value_of)
        case ExpressionCondition(when=text):
            unmet = expression(text).unmet
            return lambda known: unmet(known.value_of, known.previous_of)
        case EventCondition():
            return _event(said, events)
        case AllOf(all_of=inner):
            return _all_of([compiled(one, events) for one in inner])
        case AnyOf(any_of=inner):
            return _any_of([compiled(one, events) for one in inner])
        case NoneOf(none_of=inner):
            return _none_of([(label_of(one), compiled(one, events)) for one in inner])


def label_of(said: Condition) -> str:
    """A condition in few words, for reasons."""
    match said:
        case SignalCondition(signal=name, above=above, below=below):
            bounds = (("above", above), ("below", below))
            return " ".join([name, *(f"{word} {bound:g}" for word, bound in bounds if bound is not None)])
        case ExpressionCondition(when=text):
            return expression(text).text
        case EventCondition(event=event, from_sessions=first, to_sessions=last):
            return f"{event} {first} to {last}"
        case AllOf(all_of=inner):
            return f"({' and '.join(map(label_of, inner))})"
        case AnyOf(any_of=inner):
            return f"({' or '.join(map(label_of, inner))})"
        case NoneOf(none_of=inner):
            return f"not ({' or '.join(map(label_of, inner))})"


def _unmet_signal(condition: SignalCondition, value_of: ValueOf) -> Unmet | None:
    value = value_of(condition.signal)
    if value is None or isnan(value):
        return Unmet(f"signal_undefined:{condition.signal}", undefined=True)
    if condition.above is not None and not value > condition.above:
        return Unmet(f"signal_not_above:{condition.signal}")
    if condition.below is not None and not value < condition.below:
        return Unmet(f"signal_not_below:{condition.signal}")
    return None


def _event(said: EventCondition, events: EventDates) -> Check:
    distance = EventDistance(events.of(said.event))
    far = Unmet(f"event_not_near:{label_of(said)}")

    def check(known: Known) -> Unmet | None:
        near = distance.within(known.today, said.from_sessions, said.to_sessions, known.sessions)
        return None if near else far

    return check


def _all_of(checks: Sequence[Check]) -> Check:
    def check(known: Known) -> Unmet | None:
        unmet = [one for one in (check(known) for check in checks) if one is not None]
        # One that is known not to hold decides, whatever the undefined ones would say.
        return min(unmet, key=lambda one: one.undefined, default=None)

    return check


def _any_of(checks: Sequence[Check]) -> Check:
    def check(known: Known) -> Unmet | None:
        unmet = []
        for one in checks:
            why = one(known)
            if why is None:
                return None
            unmet.append(why)
        return Unmet(f"none_of({'; '.join(one.reason for one in unmet)})", any(one.undefined for one in unmet))

    return check


def _none_of(checks: Sequence[tuple[str, Check]]) -> Check:
    held = [Unmet(f"holds:{label}") for label, _ in checks]

    def check(known: Known) -> Unmet | None:
        undefined = None
        for holds, (_, one) in zip(held, checks, strict=True):
            why = one(known)
            if why is None:
                return holds
            undefined = undefined or (why if why.undefined else None)
        return undefined

    return check
