"""What came of the trades. A figure that is not defined, e.g. an average of nothing, is null; losses are negative."""

from __future__ import annotations

from schemas.sections.base import Count, Fraction, Number, Section, Usd


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
    """Gross profit divided by gross loss; null: no loss."""
    payoff_ratio: Number | None
    """Average win by the size of the average loss; null: no win, or no loss."""
    expectancy_usd: Number | None
    """Average profit per trade."""
    expectancy_r: Number | None
    """Average profit per trade by the size of the average loss; null: no loss."""
    kelly_fraction: Number | None
    """Win rate less (1 - win rate) by the payoff ratio; negative: no edge."""
    average_win_usd: Number | None
    average_loss_usd: Number | None
    largest_win_usd: Number | None
    largest_loss_usd: Number | None
    longest_winning_streak: Count
    """Most winners in a row, in the order of their ends; a break-even ends a streak."""
    longest_losing_streak: Count
    average_days_in_trade: Number | None
    premium_collected_usd: Number | None
    """Credits at entry; debits do not count against it."""
    by_exit_reason: dict[str, ExitReason]
    left_open_legs: tuple[str, ...]
    """Symbols of long legs that found no bid when the rest of their package was closed."""
    fills: Count
    """Packages that filled."""
