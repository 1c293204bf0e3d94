"""How a specification says when to open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Interval

from engine.shapes import FORBID_UNKNOWN, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCondition:
    """Holds when the signal has a value and it lies strictly above and strictly below what is given."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    signal: Name
    above: float | None = None
    below: float | None = None

    def __post_init__(self) -> None:
        if self.above is None and self.below is None:
            raise ValueError(f"the condition on signal {self.signal!r} needs `above`, `below`, or both")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise ValueError(f"signal {self.signal!r} cannot be above {self.above} and below {self.below}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRules:
    """When to open: all conditions hold and fewer than `max_open_positions` of this strategy are open or resting.

    Attributes:
        limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
            decides; left out: at the market.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    conditions: tuple[SignalCondition, ...] = ()
    max_open_positions: Annotated[int, Ge(1)] = 1
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None
