"""What has to be so for a position to be left, or adjusted: triggers, each of which holds now or does not.

Each names the `legs` it is about: they are judged on their own and closed on their own, and the rest of the position
stays. Without `legs` it is about the whole position.
"""

from __future__ import annotations

from typing import TypeAlias

from engine.strategies.spec.conditions import EventCondition, parts_of
from engine.strategies.spec.triggers.calendar import (
    WEEKDAYS,
    BeforeEvent,
    DaysHeld,
    DaysToExpiration,
    OnWeekday,
    SessionsHeld,
    TimeOfDay,
    Weekday,
)
from engine.strategies.spec.triggers.market import DeltaBreach, PriceBreach, SignalTrigger
from engine.strategies.spec.triggers.money import BreakEvenStop, ProfitTarget, StopLoss, TrailingStop

__all__ = [
    "WEEKDAYS",
    "BeforeEvent",
    "BreakEvenStop",
    "DaysHeld",
    "DaysToExpiration",
    "DeltaBreach",
    "OnWeekday",
    "PriceBreach",
    "ProfitTarget",
    "SessionsHeld",
    "SignalTrigger",
    "StopLoss",
    "TimeOfDay",
    "TrailingStop",
    "Trigger",
    "Weekday",
    "events_of",
]

Trigger: TypeAlias = (
    ProfitTarget
    | StopLoss
    | TrailingStop
    | BreakEvenStop
    | DaysToExpiration
    | DaysHeld
    | SessionsHeld
    | TimeOfDay
    | OnWeekday
    | BeforeEvent
    | DeltaBreach
    | PriceBreach
    | SignalTrigger
)


def events_of(trigger: Trigger) -> tuple[str, ...]:
    """Names of the events whose dates a trigger asks for."""
    if isinstance(trigger, BeforeEvent):
        return () if trigger.event is None else (trigger.event,)
    if isinstance(trigger, SignalTrigger):
        return tuple(part.event for _, part in parts_of(trigger.conditions) if isinstance(part, EventCondition))
    return ()
