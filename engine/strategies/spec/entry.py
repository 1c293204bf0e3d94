"""How a specification says when to open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Interval

from engine.shapes import FORBID_UNKNOWN
from engine.strategies.spec.conditions import Condition
from engine.strategies.spec.schedule import EntrySchedule


@dataclass(frozen=True, slots=True, kw_only=True)
class CoolDown:
    """No entry for some sessions after a position was closed.

    Attributes:
        after: `close`: whatever it brought; `loss`: where it lost money, fees counted.
        in_a_row: only the last of so many closings in a row, or losses without another closing between them; the count
            begins anew after it.
        sessions: so many, that of the closing being the first: 1 rests for what is left of it.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    after: Literal["close", "loss"]
    sessions: Annotated[int, Ge(1)] = 1
    in_a_row: Annotated[int, Ge(1)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRules:
    """When to open: it is due, all conditions hold, nothing cools down, and the strategy has room for one more.

    Attributes:
        cool_down: rests after closings; each holds by itself.
        max_open_positions: positions of this strategy that are open or resting.
        max_open_per_expiration: the same for each expiration date that a leg of the entry has.
        max_entries_per_day: entries decided on one exchange date, those that came to nothing not counted.
        max_entries_per_week: the same from Monday to Sunday.
        when_full: with `max_open_positions` open, do not enter, or close the oldest in the same moment.
        limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
            decides; left out: at the market.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    schedule: EntrySchedule = EntrySchedule()
    conditions: tuple[Condition, ...] = ()
    cool_down: tuple[CoolDown, ...] = ()
    max_open_positions: Annotated[int, Ge(1)] = 1
    max_open_per_expiration: Annotated[int, Ge(1)] | None = None
    max_entries_per_day: Annotated[int, Ge(1)] | None = None
    max_entries_per_week: Annotated[int, Ge(1)] | None = None
    when_full: Literal["do_not_enter", "close_oldest"] = "do_not_enter"
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None
