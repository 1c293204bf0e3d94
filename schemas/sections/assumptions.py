"""What the run assumed: read this before the figures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.sections.base import UNIT, Section


class Assumptions(Section):
    """Choices that move the result and are no data: read them before the figures.

    Source: the configuration, its defaults, and what the store says of its data.
    """

    quotes: str
    """Where bids and asks come from: a vendor's record, or a model."""
    fill_model: str
    """How a package is priced against bid and ask, with its parameters."""
    fill_timing: Literal["next_snapshot", "same_snapshot"]
    """`same_snapshot` fills on the very quotes the decision was made on."""
    net_rounding: Literal["against_trader", "none"]
    """How the net price of a package is rounded to its tick."""
    worthless_long: Literal["keep", "give_up"]
    """What happens to a long leg without a bid when the rest of its package closes."""
    crossed_quotes: Literal["wait", "trade"]
    """Whether a bid above the ask keeps an order waiting."""
    shown_size: Literal["ignore", "all_or_none", "partial"]
    """Whether an order minds the contracts shown at bid and ask."""
    size_percent: Annotated[float, Field(gt=0, le=100, json_schema_extra={UNIT: "%"})]
    """Share of the shown size that can be had, where it matters."""
    max_quote_age_s: Annotated[float, Field(ge=0, json_schema_extra={UNIT: "seconds"})] | None
    """Age beyond which a quote keeps an order waiting; null: no limit."""
    latency_s: Annotated[float, Field(ge=0, json_schema_extra={UNIT: "seconds"})]
    """Time from a decision to the first market that its order can see."""
    market_on_close_minutes: Annotated[int, Field(ge=0, json_schema_extra={UNIT: "minutes"})]
    """Orders on the close fill on the first chain in the last so many minutes of the session."""
    share_half_spread_usd: Annotated[float, Field(ge=0, json_schema_extra={UNIT: "USD"})]
    """Half the spread that shares pay when they fill on a bar, per share."""
    commission_schedule: str
    """Fees, with their parameters."""
    margin_model: str
    """What binds capital."""
    mark_policy: str
    """How a leg without a trustworthy two-sided quote is valued, in order."""
    settlement_source: str
    """Where settlement prices come from, in order."""
    assignment_model: str
    """Which exercises and assignments happen."""
    delivered_shares: Literal["liquidate", "keep"]
    """What becomes of shares that exercise or assignment left in a position."""
    pricing_model: str
    """What computes Greeks that the data does not bring."""
    rates_source: str
    """Interest rate of that model."""
    dividend_source: str
    """Dividend yield of that model."""
    interest_on_cash: str
    """What idle cash earns and a debit costs."""
    stock_borrow: str
    """What borrowed shares cost."""
    margin_calls: str
    """When the requirement is checked, and what is closed when it is not covered."""
    sizing: dict[str, str]
    """How each strategy chooses its size, by strategy."""
    open_at_end: Literal["mark", "close_at_touch", "settle"]
    """What happens to positions that are open after the last event."""
    time_assumed: bool
    """The data brings dates without a time of day; the importer assumed one."""
    quote_time: str
    """Time of day of the quotes, as the data states it or the importer assumed it."""
