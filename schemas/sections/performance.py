"""What came of the money, which orders were refused, and what trading cost. What cannot be computed is null."""

from __future__ import annotations

from schemas.sections.base import Count, Fraction, Moment, Number, Ratio, Return, Section, Usd


class Capital(Section):
    """Net liquidation and what bound it.

    Source: the account at every mark, `equity.csv`; fills and trades for turnover and time in the market.
    """

    start_usd: Usd
    """Cash at the start."""
    end_usd: Usd
    """Net liquidation at the end."""
    profit_usd: Usd
    """End less start less external flows."""
    min_net_liquidation_usd: Usd
    """Lowest net liquidation at any mark."""
    max_margin_usd: Usd | None
    """Highest margin requirement at any mark; null: at some mark no amount would have been enough."""
    max_net_liquidation_usd: Usd
    """Highest net liquidation at any mark."""
    lowest_buying_power_usd: Usd | None
    """Least net liquidation less requirement at any mark; null: as `max_margin_usd`."""
    max_margin_fraction: Return | None
    """Highest requirement by net liquidation at any mark; null: as `max_margin_usd`."""
    average_margin_fraction: Return | None
    """Mean of requirement by net liquidation at the ends of sessions; null: as `max_margin_usd`, or nothing left."""
    return_on_max_margin: Return | None
    """Profit by `max_margin_usd`: return on the capital that was needed; null: none was needed, or without bound."""
    turnover_per_year: Ratio | None
    """Sum of the sizes of the cash of all fills by the mean net liquidation at the ends of sessions, by years of 365.25
    days; null: less than a day."""
    time_in_market: Fraction
    """Sessions in which a trade was open, by all sessions."""


class Refusals(Section):
    """Orders that one rule of risk or margin refused, at approval or when they were about to fill.

    Source: answers of the risk manager.
    """

    count: Count
    """How many."""
    first_at: Moment
    """Instant of the first of them."""
    first_reason: str
    """One sentence with the numbers of the first of them."""


class FunnelStage(Section):
    """One step on the way to a trade."""

    stage: str
    """Name of the step, e.g. `signal` or `expiration`."""
    passed: Count
    """Times that an entry got through."""
    declined: dict[str, Count]
    """Times that it ended here, by reason."""


class Funnel(Section):
    """Where the entries of one strategy ended. Refusals by risk and margin stand in `refusals`.

    Source: every entry that was due, `funnel.csv`.
    """

    stages: tuple[FunnelStage, ...]
    """In the order in which entries meet them."""
    opened: Count
    """Positions that were opened."""


class Costs(Section):
    """What trading cost.

    Source: the ledger of the account; `fill_sensitivity` for the spread.
    """

    fees_usd: Usd
    """Commissions, exchange and regulatory fees, positive."""
    financing_usd: Usd
    """Interest on debits and fees of borrowed shares, positive."""
    debit_interest_usd: Usd
    """The part of `financing_usd` that is interest on debits."""
    borrow_usd: Usd
    """The part of `financing_usd` that is fees of borrowed shares."""
    interest_earned_usd: Usd
    """Interest on cash."""
    spread_usd: Number | None
    """Profit at mid less profit at the fill model: what crossing the spread cost; null: not finite."""
