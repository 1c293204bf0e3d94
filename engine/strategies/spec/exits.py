"""How a specification says when to close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Gt, Interval

from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRules:
    """When to close, first match in this order; a rule left out never closes.

    Attributes:
        stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
        profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
        dte: close when the nearest leg has this many days to expiration, or fewer.
        limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    stop_loss_percent: Annotated[float, Gt(0)] | None = None
    profit_target_percent: Annotated[float, Gt(0)] | None = None
    dte: Annotated[int, Ge(0)] | None = None
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None

    @property
    def can_close(self) -> bool:
        """Whether some rule can close."""
        return (self.stop_loss_percent, self.profit_target_percent, self.dte) != (None, None, None)
