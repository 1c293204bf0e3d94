"""Triggers at work: from what a specification says to a predicate over a position as it stands now.

holds = predicate(StopLoss(kind="stop_loss", percent_of_premium=200))
watch = Watch([...], NamedLegs())
for holding in watch.holdings(context, snapshot):    # on every chain
    if holds(holding): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.strategies.entries.gate import NO_EVENTS
from engine.strategies.event_dates import EventDates
from engine.strategies.spec.triggers import (
    BeforeEvent,
    BreakEvenStop,
    DaysHeld,
    DaysToExpiration,
    DeltaBreach,
    OnWeekday,
    PriceBreach,
    ProfitTarget,
    SessionsHeld,
    SignalTrigger,
    StopLoss,
    TimeOfDay,
    TrailingStop,
    Trigger,
)
from engine.strategies.triggers.calendar import (
    before_event,
    days_held,
    days_to_expiration,
    on_weekday,
    sessions_held,
    time_of_day,
)
from engine.strategies.triggers.holding import Holding, Moment, Watch
from engine.strategies.triggers.market import delta_breach, price_breach, signal
from engine.strategies.triggers.money import Predicate, break_even_stop, profit_target, stop_loss, trailing_stop

__all__ = ["Holding", "Moment", "Predicate", "Watch", "predicate"]

_PREDICATES: Final[Mapping[type, Callable[[Any], Predicate]]] = {
    ProfitTarget: profit_target,
    StopLoss: stop_loss,
    TrailingStop: trailing_stop,
    BreakEvenStop: break_even_stop,
    DaysToExpiration: days_to_expiration,
    DaysHeld: days_held,
    SessionsHeld: sessions_held,
    TimeOfDay: time_of_day,
    OnWeekday: on_weekday,
    DeltaBreach: delta_breach,
    PriceBreach: price_breach,
}


def predicate(trigger: Trigger, events: EventDates = NO_EVENTS) -> Predicate:
    """What a trigger says, compiled once; it keeps nothing, so that one predicate serves all positions.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """
    if isinstance(trigger, BeforeEvent):
        return before_event(trigger, events)
    if isinstance(trigger, SignalTrigger):
        return signal(trigger, events)
    return _PREDICATES[type(trigger)](trigger)
