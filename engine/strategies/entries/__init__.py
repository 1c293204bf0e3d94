"""Entry rules: schedule, conditions, cool-down and room, each answering with nothing or with the reason why not.

`EntryGate` puts together what an `EntryRules` says; `SpecifiedStrategy` asks it, and so may a Python strategy, with the
same orders and the same funnel.
"""

from engine.strategies.entries.conditions import Known, compiled, unmet_condition
from engine.strategies.entries.gate import EntryGate
from engine.strategies.entries.pace import EntryPace
from engine.strategies.entries.room import full_expiration, is_leftover, open_or_opening, room_to_make
from engine.strategies.entries.schedule import Schedule

__all__ = [
    "EntryGate",
    "EntryPace",
    "Known",
    "Schedule",
    "compiled",
    "full_expiration",
    "is_leftover",
    "open_or_opening",
    "room_to_make",
    "unmet_condition",
]
