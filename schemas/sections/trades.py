"""What came of the trades. A figure that is not defined, e.g. an average of nothing, is null; losses are negative."""

from __future__ import annotations

from schemas.sections.base import Count, Fraction, Moment, Number, Section, Usd


class ExitReason(Section):
    """Trades that ended for one reason."""

    count: Count
    profit_usd: Usd
    """Their profit after fees."""


class Group(Section):
    """Trades that have something in common."""

    name: str
    count: Count
    """Trades, those still open at the end included."""
    profit_usd: Usd
    """Their profit after fees; of open ones at their last mark."""
    win_rate: Fraction | None
    """Rates and averages are of closed trades."""
    profit_factor: Number | None
    average_usd: Number | None
    average_days_in_trade: Number | None
    average_profit_r: Number | None
    average_return_on_margin: Number | None


class Groups(Section):
    """Every trade once in each of these."""

    strategy: tuple[Group, ...]
    structure: tuple[Group, ...]
    """By the canonical name of the legs that were opened."""
    underlying: tuple[Group, ...]
    days_to_expiration: tuple[Group, ...]
    """Calendar days from the opening to the first expiration."""
    delta: tuple[Group, ...]
    """Largest size of a delta among the options sold at entry, or bought where none was sold."""
    iv_rank: tuple[Group, ...]
    """Where the underlying's volatility at the money for 30 days stood at the opening between its low (0) and its high
    (1) of the last 252 sessions that the run saw, the warm-up's too; unknown before the 60th."""
    vix: tuple[Group, ...]
    """Last price of VIX at the opening; unknown where the run reads no market of that symbol."""
    trend_regime: tuple[Group, ...]
    """What was known of the benchmark on the evening before the opening, as in `regimes`."""
    volatility_regime: tuple[Group, ...]
    """As `trend_regime`."""
    weekday: tuple[Group, ...]
    """Of the opening, in the exchange's time."""
    entry_tag: tuple[Group, ...]
    exit_reason: tuple[Group, ...]


class HoldingTimes(Section):
    """How long trades lasted, in days of 24 hours from opening to end; open trades count only where it is said."""

    first_opened: Moment | None
    """Of all trades; null: there is none."""
    last_closed: Moment | None
    """Null: no trade ended."""
    average_days_of_winners: Number | None
    """Null: there is no winner."""
    median_days_of_winners: Number | None
    """Null: there is no winner."""
    average_days_of_losers: Number | None
    """Null: there is no loser."""
    median_days_of_losers: Number | None
    """Null: there is no loser."""
    longest_days: Number | None
    """Null: no trade ended."""
    most_open_at_once: Count
    """Trades, those still open at the end of the run included."""
    profit_per_day_usd: Number | None
    """Profit of closed trades by the sum of their days; null: they took no time."""


class PerPackage(Section):
    """Averages over closed trades of each one's profit by its packages: of ten condors, a tenth."""

    average_usd: Number | None
    """Null: no trade ended."""
    average_win_usd: Number | None
    """Null: there is no winner."""
    average_loss_usd: Number | None
    """Negative; null: there is no loser."""


class Dispersion(Section):
    """How unlike each other closed trades are, and how much hangs on a few."""

    deviation_usd: Number | None
    """Sample standard deviation (ddof 1) of their profits; null: fewer than two."""
    downside_deviation_usd: Number | None
    """Root of the mean square of the losses over all closed trades; null: no trade ended."""
    smallest_win_usd: Number | None
    """Null: there is no winner."""
    smallest_loss_usd: Number | None
    """Negative; null: there is no loser."""
    average_win_of_capital: Number | None
    """Mean over winners of profit by the capital that the trades before left, as a decimal; null: there is none."""
    average_loss_of_capital: Number | None
    """The same over losers, negative; null: there is none."""
    win_concentration: Number | None
    """Sum of the squares of the wins' shares of all wins (Herfindahl): 1 where one trade won it all, 1 / winners where
    all won alike; null: there is no winner."""
    loss_concentration: Number | None
    """The same of the losses; null: there is no loser."""
    risk_of_ruin: Fraction | None
    """Probability that what the account has at the end is ever lost if trades go on with their mean and deviation:
    exp(-2 x mean x capital / variance), a diffusion (Cox and Miller, 1965); 1 where the mean is not above 0; null:
    fewer than two trades ended, or all with one profit."""


class Bounds(Section):
    """How near trades came to what they could make or lose at expiration, as it was known at their openings."""

    opened_for_credit: Count
    """Trades that brought cash when they were opened."""
    maximum_profit_hit: Fraction | None
    """Closed trades that made 99 % of what they could, before fees, or more, by those that had such a bound (one
    settlement, no open end); null: there is none."""
    maximum_loss_hit: Fraction | None
    """Closed trades that lost 99 % of what they could, before fees, or more, by those that had such a bound; null:
    there is none."""
    largest_maximum_loss_usd: Usd | None
    """Most that one trade could lose, positive; null: none had a bound."""


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
    median_days_in_trade: Number | None
    median_usd: Number | None
    """Median profit of a trade."""
    average_profit_r: Number | None
    """Average profit by what each trade could lose at expiration; trades without a bound are left out."""
    average_worst_usd: Number | None
    """Average of the lowest profit of each trade at any mark, before fees: its maximum adverse excursion."""
    largest_worst_usd: Number | None
    """The lowest of them."""
    average_best_usd: Number | None
    """Average of the highest profit of each trade at any mark, before fees: its maximum favourable excursion."""
    largest_best_usd: Number | None
    average_given_back_usd: Number | None
    """Average of the highest profit less the final one, both before fees: the end-of-trade drawdown."""
    largest_given_back_usd: Number | None
    """The largest of them; null: no trade ended."""
    premium_collected_usd: Number | None
    """Credits at entry; debits do not count against it."""
    premium_paid_usd: Number | None
    """Debits at entry, positive."""
    premium_capture: Number | None
    """Profit of the trades that began with a credit by the sum of these credits; null: there is none."""
    return_on_margin: Number | None
    """Profit by the sum of the initial margins of the positions, each on its own; null: no margin was required."""
    profit_per_margin_day: Number | None
    """Profit by the sum of margin times days in the trade: return on margin per day."""
    times: HoldingTimes
    per_package: PerPackage
    dispersion: Dispersion
    bounds: Bounds
    groups: Groups
    by_exit_reason: dict[str, ExitReason]
    left_open_legs: tuple[str, ...]
    """Symbols of long legs that found no bid when the rest of their package was closed."""
    fills: Count
    """Packages that filled."""
