"""What came of the money. A figure that cannot be computed, e.g. a ratio of nothing, is null."""

from __future__ import annotations

from schemas.sections.base import Count, Fraction, Moment, Number, Section, Usd


class Capital(Section):
    """Net liquidation and what bound it."""

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


class Returns(Section):
    """Returns on net liquidation, as decimals: 0.01 is one percent."""

    total: Number | None
    cagr: Number | None
    """Compound annual growth rate, on calendar days / 365.25."""
    volatility: Number | None
    """Standard deviation of daily returns (ddof 1) times the root of 252."""
    sharpe: Number | None
    """Mean of daily returns by their standard deviation, times the root of 252; risk-free rate 0."""
    sortino: Number | None
    """The same with the downside deviation of all returns."""


class Drawdown(Section):
    """The deepest fall from a peak of net liquidation at the ends of sessions; the starting capital is a peak."""

    max: Number | None
    """As a decimal of the peak, negative."""
    start: Moment | None
    """Instant of the peak."""
    trough: Moment | None
    recovered: Moment | None
    """Instant at which the peak was reached again; null: not yet."""
    closed_trades: Number | None
    """The deepest fall of a curve that moves only when a trade ends, which hides what happens in between."""


class ExitReason(Section):
    """Trades that ended for one reason."""

    count: Count
    profit_usd: Usd
    """Their profit after fees."""


class Trades(Section):
    """Statistics over structures, from opening to end; profit is after fees."""

    count: Count
    """Trades that were opened, those still open included."""
    open_at_end: Count
    """Those open at the end of the run, valued at their last mark."""
    winners: Count
    """Winners, losers, break-evens and all averages are of closed trades."""
    losers: Count
    breakeven: Count
    win_rate: Fraction | None
    """Winners by closed trades."""
    profit_factor: Number | None
    """Gross profit divided by gross loss."""
    expectancy_usd: Number | None
    """Average profit per trade."""
    average_win_usd: Number | None
    average_loss_usd: Number | None
    largest_win_usd: Number | None
    largest_loss_usd: Number | None
    average_days_in_trade: Number | None
    premium_collected_usd: Number | None
    """Credits at entry; debits do not count against it."""
    by_exit_reason: dict[str, ExitReason]
    left_open_legs: tuple[str, ...]
    """Symbols of long legs that found no bid when the rest of their package was closed."""
    fills: Count
    """Packages that filled."""


class Refusals(Section):
    """Orders that one rule of risk or margin refused, at approval or when they were about to fill."""

    count: Count
    first_at: Moment
    first_reason: str
    """One sentence with the numbers of the first of them."""


class FunnelStage(Section):
    """One step on the way to a trade."""

    stage: str
    passed: Count
    """Times that an entry got through."""
    declined: dict[str, Count]
    """Times that it ended here, by reason."""


class Funnel(Section):
    """Where the entries of one strategy ended. Refusals by risk and margin stand in `refusals`."""

    stages: tuple[FunnelStage, ...]
    """In the order in which entries meet them."""
    opened: Count
    """Positions that were opened."""


class FillSensitivity(Section):
    """The same trades at other prices."""

    mid_usd: Number | None
    """Profit had every leg filled at mid."""
    model_usd: Number | None
    """Profit at the fill model of the run."""
    touch_usd: Number | None
    """Profit had every leg filled at the touch."""
    breakeven_spread_fraction: Number | None
    """Fraction of the spread (0.5 mid, 1 touch) at which the profit is zero; null: no leg had a spread."""


class Costs(Section):
    """What trading cost."""

    fees_usd: Usd
    """Commissions, exchange and regulatory fees, positive."""
    financing_usd: Usd
    """Interest on debits and fees of borrowed shares, positive."""
    interest_earned_usd: Usd
    """Interest on cash."""
    spread_usd: Number | None
    """Profit at mid less profit at the fill model: what crossing the spread cost."""
