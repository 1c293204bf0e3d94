"""What came of the trades. A figure that is not defined, e.g. an average of nothing, is null; losses are negative."""

from __future__ import annotations

from schemas.sections.base import Count, Days, Fraction, Moment, Number, Ratio, Return, Section, Usd


class ExitReason(Section):
    """Trades that ended for one reason."""

    count: Count
    """How many."""
    profit_usd: Usd
    """Their profit after fees."""


class Group(Section):
    """Trades that have something in common; rates and averages are of closed ones."""

    name: str
    """What they have in common."""
    count: Count
    """Trades, those still open at the end included."""
    profit_usd: Usd
    """Their profit after fees; of open ones at their last mark."""
    win_rate: Fraction | None
    """Winners by closed trades; null: none is closed."""
    profit_factor: Ratio | None
    """Gross profit by gross loss; null: no loss."""
    average_usd: Number | None
    """Average profit; null: none is closed."""
    average_days_in_trade: Days | None
    """Average days of 24 hours from the opening to the end; null: none is closed."""
    average_profit_r: Ratio | None
    """Average of profit by what the trade could lose at expiration; null: of none is that bounded."""
    average_return_on_margin: Ratio | None
    """Average of profit by initial margin of the position on its own; null: none required margin."""


class Groups(Section):
    """The same trades by several questions: every trade once in each of them."""

    strategy: tuple[Group, ...]
    """By the name of the strategy."""
    structure: tuple[Group, ...]
    """By the canonical name of the legs that were opened."""
    underlying: tuple[Group, ...]
    """By the symbol of the underlying."""
    days_to_expiration: tuple[Group, ...]
    """Calendar days from the opening to the first expiration."""
    delta: tuple[Group, ...]
    """Largest size of a delta among the options sold at entry, or bought where none was sold."""
    iv_rank: tuple[Group, ...]
    """Place of the underlying's 30-day volatility at the money at the opening between the low (0) and the high (1) of
    the last 252 sessions that the run saw, warm-up included; unknown before the 60th."""
    vix: tuple[Group, ...]
    """Last price of VIX at the opening; unknown where the run reads no market of that symbol."""
    trend_regime: tuple[Group, ...]
    """What was known of the benchmark on the evening before the opening, as in `regimes`."""
    volatility_regime: tuple[Group, ...]
    """As `trend_regime`."""
    weekday: tuple[Group, ...]
    """Of the opening, in the exchange's time."""
    entry_tag: tuple[Group, ...]
    """By what the strategy called the entry."""
    exit_reason: tuple[Group, ...]
    """By what ended them."""


class HoldingTimes(Section):
    """How long trades lasted, in days of 24 hours from opening to end; open trades count only where it is said."""

    first_opened: Moment | None
    """Opening of the first of all trades; null: there is none."""
    last_closed: Moment | None
    """End of the last that ended; null: no trade ended."""
    average_days_of_winners: Days | None
    """Mean over the winners; null: there is no winner."""
    median_days_of_winners: Days | None
    """Median over the winners; null: there is no winner."""
    average_days_of_losers: Days | None
    """Mean over the losers; null: there is no loser."""
    median_days_of_losers: Days | None
    """Median over the losers; null: there is no loser."""
    longest_days: Days | None
    """The longest of those that ended; null: no trade ended."""
    most_open_at_once: Count
    """Most trades at one time, those still open at the end of the run included."""
    profit_per_day_usd: Number | None
    """Profit of closed trades by the sum of their days; null: they took no time."""


class PerPackage(Section):
    """Averages over closed trades of each one's profit by its packages: of ten condors, a tenth."""

    average_usd: Number | None
    """Of all of them; null: no trade ended."""
    average_win_usd: Number | None
    """Of the winners; null: there is no winner."""
    average_loss_usd: Number | None
    """Of the losers, negative; null: there is no loser."""


class Dispersion(Section):
    """How unlike each other closed trades are, and how much hangs on a few.

    The risk of ruin takes the account for a diffusion with the trades' mean and variance (Cox and Miller, 1965).
    """

    deviation_usd: Number | None
    """Sample standard deviation (ddof 1) of their profits; null: fewer than two."""
    downside_deviation_usd: Number | None
    """Root of the mean square of the losses over all closed trades; null: no trade ended."""
    smallest_win_usd: Number | None
    """Lowest profit of a winner; null: there is no winner."""
    smallest_loss_usd: Number | None
    """Highest profit of a loser, negative; null: there is no loser."""
    average_win_of_capital: Return | None
    """Mean over winners of profit by the capital that the trades before left; null: there is none."""
    average_loss_of_capital: Return | None
    """The same over losers, negative; null: there is none."""
    win_concentration: Ratio | None
    """Sum of the squares of the wins' shares of all wins (Herfindahl): 1 where one trade won it all, 1 / winners where
    all won alike; null: there is no winner."""
    loss_concentration: Ratio | None
    """The same of the losses; null: there is no loser."""
    risk_of_ruin: Fraction | None
    """Probability that all that the account has at the end is ever lost if trades go on like this: exp(-2 x mean x
    capital / variance); 1 where the mean is not above 0; null: fewer than two trades ended, or all with one profit."""


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
    """Statistics over structures, from opening to end; profit is after fees.

    Winners, losers, break-evens and all averages are of closed trades. A profit of exactly 0 is neither a win nor a
    loss.

    Source: the trades of the run, `trades.csv`.
    """

    count: Count
    """Trades that were opened, those still open included."""
    open_at_end: Count
    """Those open at the end of the run, valued at their last mark."""
    winners: Count
    """Closed trades with a profit above 0."""
    losers: Count
    """Closed trades with a profit below 0."""
    breakeven: Count
    """Closed trades with a profit of exactly 0."""
    win_rate: Fraction | None
    """Winners by closed trades; null: none is closed."""
    profit_factor: Ratio | None
    """Gross profit divided by gross loss; null: no loss."""
    payoff_ratio: Ratio | None
    """Average win by the size of the average loss; null: no win, or no loss."""
    expectancy_usd: Number | None
    """Average profit per trade; null: none is closed."""
    expectancy_r: Ratio | None
    """Average profit per trade by the size of the average loss; null: no loss."""
    kelly_fraction: Ratio | None
    """Win rate less (1 - win rate) by the payoff ratio; negative: no edge; null: no win, or no loss."""
    average_win_usd: Number | None
    """Average profit of the winners; null: no winner."""
    average_loss_usd: Number | None
    """Average profit of the losers, negative; null: no loser."""
    largest_win_usd: Number | None
    """Highest profit of a trade; null: no winner."""
    largest_loss_usd: Number | None
    """Lowest profit of a trade, negative; null: no loser."""
    longest_winning_streak: Count
    """Most winners in a row, in the order of their ends; a break-even ends a streak."""
    longest_losing_streak: Count
    """Most losers in a row, in the order of their ends."""
    average_days_in_trade: Days | None
    """Average days of 24 hours from the opening to the end; null: none is closed."""
    median_days_in_trade: Days | None
    """Median of them; null: none is closed."""
    median_usd: Number | None
    """Median profit of a trade; null: none is closed."""
    average_profit_r: Ratio | None
    """Average of profit by what each trade could lose at expiration when it was opened, its R, fees apart; null: of
    none is that bounded."""
    average_worst_usd: Number | None
    """Average of the lowest profit of each trade at any mark, before fees: its maximum adverse excursion, 0 at the
    opening; null: none is closed."""
    largest_worst_usd: Number | None
    """The lowest of them; null: none is closed."""
    average_best_usd: Number | None
    """Average of the highest profit of each trade at any mark, before fees: its maximum favourable excursion; null:
    none is closed."""
    largest_best_usd: Number | None
    """The highest of them; null: none is closed."""
    average_given_back_usd: Number | None
    """Average of the highest profit less the final one, both before fees: the end-of-trade drawdown; null: none is
    closed."""
    largest_given_back_usd: Number | None
    """The largest of them; null: none is closed."""
    premium_collected_usd: Number | None
    """Credits at entry; debits do not count against it; null: not finite."""
    premium_paid_usd: Number | None
    """Debits at entry, positive; null: not finite."""
    premium_capture: Ratio | None
    """Profit of the trades that began with a credit by the sum of these credits; null: none began with one."""
    return_on_margin: Ratio | None
    """Profit by the sum of the initial margins of the positions, each on its own at its opening, by the run's margin
    model; null: no margin was required."""
    profit_per_margin_day: Ratio | None
    """Profit by the sum of margin times days in the trade: return on margin per day; null: no margin was required."""
    times: HoldingTimes
    per_package: PerPackage
    dispersion: Dispersion
    bounds: Bounds
    groups: Groups
    by_exit_reason: dict[str, ExitReason]
    """Trades by what ended them."""
    left_open_legs: tuple[str, ...]
    """Symbols of long legs that found no bid when the rest of their package was closed."""
    fills: Count
    """Packages that filled."""
