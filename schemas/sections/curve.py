"""What the account's curve was like. A figure that is not defined, e.g. a ratio of nothing, is null.

The curve is the growth of the starting capital at the ends of sessions: deposits and withdrawals are left out, and the
starting capital counts as its first value. Returns are daily and simple; the risk-free rate is 0; a year has 252
sessions. After a total loss there are no more returns.
"""

from __future__ import annotations

from datetime import date

from schemas.sections.base import Count, Fraction, Moment, Number, Section, Usd


class Returns(Section):
    """Returns on net liquidation, as decimals: 0.01 is one percent."""

    total: Number | None
    cagr: Number | None
    """Compound annual growth rate, on calendar days / 365.25; -1 after a total loss; null: less than a day."""
    mean_daily: Number | None
    """Arithmetic mean of the daily returns."""
    volatility: Number | None
    """Standard deviation of daily returns (ddof 1) times the root of 252; null: fewer than two."""
    downside_deviation: Number | None
    """Root of the mean square of the negative daily returns, over all of them, times the root of 252."""
    sharpe: Number | None
    """Mean of daily returns by their standard deviation, times the root of 252; risk-free rate 0."""
    probabilistic_sharpe: Fraction | None
    """Probability that the true Sharpe ratio is above 0, given length, skewness and kurtosis of the returns."""
    sortino: Number | None
    """Mean of daily returns times 252 by the downside deviation; null: no daily loss."""
    calmar: Number | None
    """`cagr` by the size of the deepest drawdown; also called MAR; null: no drawdown."""
    omega: Number | None
    """Sum of daily gains by sum of daily losses; null: no daily loss."""
    tail_ratio: Number | None
    """Size of the 95th percentile of daily returns by that of the 5th; null: that is 0."""
    ulcer_index: Number | None
    """Root of the mean square of the drawdowns at the ends of sessions, positive."""
    ulcer_performance_index: Number | None
    """`cagr` by the ulcer index; null: no drawdown."""
    var95: Number | None
    """5th percentile of daily returns, interpolated linearly; negative for a loss."""
    var99: Number | None
    """1st percentile of daily returns."""
    var95_gaussian: Number | None
    """5th percentile of a normal distribution with their mean and standard deviation."""
    cvar95: Number | None
    """Mean of the daily returns at or below `var95`."""
    skewness: Number | None
    """Of daily returns, biased; null: they are all the same."""
    kurtosis: Number | None
    """Of daily returns, biased and raw: 3 for a normal distribution."""
    best_day: Number | None
    worst_day: Number | None
    win_rate_daily: Fraction | None
    """Days with a gain by all days."""
    profit_factor_daily: Number | None
    """Sum of daily gains by the size of the sum of daily losses."""
    payoff_ratio_daily: Number | None
    """Average daily gain by the size of the average daily loss."""
    average_gain_daily: Number | None
    """Mean of the daily returns above 0, as a decimal; null: no such day."""
    average_loss_daily: Number | None
    """Mean of the daily returns below 0, negative; null: no such day."""
    autocorrelation: Number | None
    """Of daily returns with those of the day before: sum of the products of neighbours' deviations from the mean by the
    sum of its squares; null: fewer than two, or all the same. Far from 0, `volatility` and `sharpe` deceive."""
    deflated_sharpe_10: Fraction | None
    """Probability that the true Sharpe ratio is above the best that 10 worthless trials are expected to show on as many
    days: were ten variants tried, believe this and not `probabilistic_sharpe` (Bailey and Lopez de Prado, 2014; ratios
    of independent trials vary by 1 over the days); null: as `sharpe`."""
    deflated_sharpe_100: Fraction | None
    """The same of 100 trials; null: as `sharpe`."""
    deflated_sharpe_1000: Fraction | None
    """The same of 1,000 trials; null: as `sharpe`."""


class PeriodReturn(Section):
    """Return over a calendar month or year, the first and the last as far as the run reaches."""

    year: int
    month: int | None
    """1 to 12; null: the year."""
    sessions: Count
    """Sessions of it in the run."""
    total: Number | None
    """As a decimal; null: it began with nothing."""


class Trailing(Section):
    """Returns up to the last session of the run; null: the run is shorter."""

    month_to_date: Number | None
    """Since the calendar month began, or the run if later."""
    year_to_date: Number | None
    """Since the calendar year began, or the run if later."""
    three_months: Number | None
    """Since the last session at or before the same day three months ago."""
    six_months: Number | None
    one_year: Number | None
    three_years: Number | None
    five_years: Number | None
    ten_years: Number | None


class PeriodFigures(Section):
    """Periods of one length, the first and the last included; one that began with nothing is left out."""

    count: Count
    """Periods."""
    mean: Number | None
    """Arithmetic mean of their returns, as a decimal; null: no period."""
    deviation: Number | None
    """Sample standard deviation (ddof 1) of their returns; null: fewer than two."""
    skewness: Number | None
    """Biased; null: they are all the same."""
    kurtosis: Number | None
    """Biased and raw, 3 for a normal distribution; null: they are all the same."""
    average_gain: Number | None
    """Mean of the returns above 0; null: there is none."""
    average_loss: Number | None
    """Mean of the returns below 0, negative; null: there is none."""
    win_rate: Fraction | None
    """Periods with a gain by all periods; null: no period."""
    profit_factor: Number | None
    """Sum of gains by the size of the sum of losses; null: no loss."""


class Periods(Section):
    """Returns by calendar."""

    months: tuple[PeriodReturn, ...]
    years: tuple[PeriodReturn, ...]
    best_month: Number | None
    worst_month: Number | None
    best_year: Number | None
    worst_year: Number | None
    win_rate_monthly: Fraction | None
    """Months with a gain by all months."""
    monthly: PeriodFigures
    quarterly: PeriodFigures
    yearly: PeriodFigures
    trailing: Trailing


class Window(Section):
    """Figures of so many sessions up to the end of a month; conventions as of the whole run."""

    ends_on: date
    sessions: Count
    total: Number | None
    volatility: Number | None
    sharpe: Number | None
    max_drawdown: Number | None


class Fall(Section):
    """One fall from a peak."""

    depth: Number
    """As a decimal of the peak, negative."""
    start: Moment
    """Instant of the peak."""
    trough: Moment
    recovered: Moment | None
    """Instant at which the peak was reached again; null: not yet."""
    days: Count
    """Calendar days from the peak to the recovery, or to the end of the run."""
    recovery_days: Count | None
    """Calendar days from the trough to the recovery; null: not yet."""


class Drawdown(Section):
    """Falls from a peak of the curve."""

    max: Number | None
    """The deepest, as a decimal of the peak, negative."""
    start: Moment | None
    """Instant of its peak."""
    trough: Moment | None
    recovered: Moment | None
    """Instant at which the peak was reached again; null: not yet."""
    count: Count
    """Falls from a peak, of any depth."""
    average: Number | None
    """Mean depth over all falls."""
    longest_days: Count
    """Most calendar days from a peak to its recovery, or to the end of the run."""
    average_days: Number | None
    """Mean of these days over all falls."""
    longest_recovery_days: Count | None
    """Most calendar days from a trough to the recovery; null: no fall recovered."""
    recovery_factor: Number | None
    """Total return by the size of the deepest fall."""
    intraday: Number | None
    """The deepest fall between any two marks of the account, not only the ends of sessions; as a decimal, negative."""
    closed_trades: Number | None
    """The deepest fall of a curve that moves only when a trade ends, which hides what happens in between."""
    closed_trades_usd: Usd
    """The largest fall of that curve in money, negative."""
    deepest: tuple[Fall, ...]
    """At most ten, the deepest first."""
