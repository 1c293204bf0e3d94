"""How orders become fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Interval

from engine.config.fees import FeeConfig, PerContractFeesConfig
from engine.config.fills import FillConfig, SpreadFractionFills
from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionConfig:
    """How orders become fills (DESIGN section 5).

    Attributes:
        fill_timing: `same_snapshot` lets an order fill on the quotes it was decided on; it is declared in the summary.
        net_rounding: the net price of a package is rounded to its tick against the trader, or not at all.
        worthless_long: a long leg without a bid stays open when its package closes, or is given up for nothing.
        crossed_quotes: a bid above the ask makes orders wait; or each side trades as if the other were not there.
        share_half_spread_usd: half the spread that shares pay when they fill on a bar.
        shown_size: whether an order minds the contracts shown at bid and ask: not at all, waits until all of it fits
            (`all_or_none`), or trades what fits in whole packages and rests with the others (`partial`).
        size_percent: so much of the shown size can be had.
        max_quote_age_s: an order waits where the quote of one of its legs is older; null: no limit.
        latency_s: an order sees the first chain, or bar that begins, at or after its decision and so many seconds.
        market_on_close_minutes: an order on the close fills on the first chain in the last minutes of the session,
            since nobody knows in advance which chain is the last.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    fills: FillConfig = SpreadFractionFills()
    fees: FeeConfig = PerContractFeesConfig()
    fill_timing: Literal["next_snapshot", "same_snapshot"] = "next_snapshot"
    net_rounding: Literal["against_trader", "none"] = "against_trader"
    worthless_long: Literal["keep", "give_up"] = "keep"
    crossed_quotes: Literal["wait", "trade"] = "wait"
    share_half_spread_usd: Annotated[float, Ge(0)] = 0.005
    shown_size: Literal["ignore", "all_or_none", "partial"] = "ignore"
    size_percent: Annotated[float, Interval(gt=0, le=100)] = 100.0
    max_quote_age_s: Annotated[float, Ge(0)] | None = None
    latency_s: Annotated[float, Ge(0)] = 0.0
    market_on_close_minutes: Annotated[int, Interval(ge=0, le=1440)] = 15
