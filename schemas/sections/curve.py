"""What the account's curve was like. A figure that is not defined, e.g. a ratio of nothing, is null."""

from __future__ import annotations

from datetime import date

from schemas.sections.base import Count, Days, Fraction, Moment, Ratio, Return, Section, Usd


class Returns(Section):
    """Returns on net liquidation.

    The curve is the growth of the starting capital at the ends of sessions, as if no cash had been deposited or
    withdrawn; the starting capital counts as its first value, and as a peak. Returns are daily and simple; the
    risk-free rate is 0; a year has 252 sessions. After a total loss there are no more returns. Percentiles are linear
    between ranks.

    Were so many variants of a strategy tried, believe its deflated Sharpe ratio and not `probabilistic_sharpe`: it
    takes the trials for independent and as long as the run, so that their daily ratios vary by 1 over the days.

    Source: the account at the last mark of every session, `equity.csv`.
    """

    total: Return | None
    """Last value of the curve by the first, less 1; null: not finite."""
    cagr: Return | None
    """Compound annual growth rate, (last / first) ^ (365.25 / calendar days) - 1; -1 after a total loss; null: the
    run is shorter than a day."""
    mean_daily: Return | None
    """Arithmetic mean of the daily returns; null: no returns."""
    volatility: Return | None
    """Standard deviation of daily returns (ddof 1) times the root of 252; null: fewer than two returns."""
    downside_deviation: Return | None
    """Root of the mean square of the negative daily returns, over all of them, times the root of 252; null: no
    returns."""
    sharpe: Ratio | None
    """Mean of daily returns by their standard deviation (ddof 1), times the root of 252; null: fewer than two
    returns, or no spread."""
    probabilistic_sharpe: Fraction | None
    """Probability that the true Sharpe ratio is above 0, given length, biased skewness and raw kurtosis of the returns
    (Bailey and Lopez de Prado, 2012); null: as `sharpe`."""
    sortino: Ratio | None
    """Mean of daily returns times 252 by the downside deviation; null: no day lost."""
    calmar: Ratio | None
    """`cagr` by the size of the deepest drawdown; also called MAR; null: the curve never fell."""
    omega: Ratio | None
    """Sum of daily gains by sum of daily losses; null: no day lost."""
    tail_ratio: Ratio | None
    """Size of the 95th percentile of daily returns by that of the 5th; null: the 5th is 0, or there are no returns."""
    ulcer_index: Return | None
    """Root of the mean square of the drawdowns at the ends of sessions, positive; null: not finite."""
    ulcer_performance_index: Ratio | None
    """`cagr` by the ulcer index; null: the curve never fell."""
    var95: Return | None
    """5th percentile of daily returns; negative for a loss; null: no returns."""
    var99: Return | None
    """1st percentile of daily returns; null: no returns."""
    var95_gaussian: Return | None
    """5th percentile of a normal distribution with their mean and standard deviation; null: fewer than two returns."""
    cvar95: Return | None
    """Mean of the daily returns at or below `var95`; null: no returns."""
    skewness: Ratio | None
    """Third standardised moment of daily returns, biased; null: they are all the same."""
    kurtosis: Ratio | None
    """Fourth standardised moment of daily returns, biased and raw: 3 for a normal distribution; null: they are all the
    same."""
    best_day: Return | None
    """Highest daily return; null: no returns."""
    worst_day: Return | None
    """Lowest daily return; null: no returns."""
    win_rate_daily: Fraction | None
    """Days with a gain by all days; null: no returns."""
    profit_factor_daily: Ratio | None
    """Sum of daily gains by the size of the sum of daily losses; null: no day lost."""
    payoff_ratio_daily: Ratio | None
    """Average daily gain by the size of the average daily loss; null: no day won, or none lost."""
    average_gain_daily: Return | None
    """Mean of the daily returns above 0; null: no such day."""
    average_loss_daily: Return | None
    """Mean of the daily returns below 0, negative; null: no such day."""
    autocorrelation: Ratio | None
    """Of daily returns with those of the day before: sum of the products of neighbours' deviations from the mean by the
    sum of its squares; far from 0, `sharpe` deceives; null: fewer than two, or all the same."""
    deflated_sharpe_10: Fraction | None
    """Probability that the true Sharpe ratio is above the best that 10 worthless trials are expected to show (Bailey
    and Lopez de Prado, 2014); null: as `sharpe`."""
    deflated_sharpe_100: Fraction | None
    """The same of 100 trials; null: as `sharpe`."""
    deflated_sharpe_1000: Fraction | None
    """The same of 1,000 trials; null: as `sharpe`."""


class PeriodReturn(Section):
    """Return over a calendar month or year, the first and the last as far as the run reaches."""

    year: int
    """Calendar year of the exchange dates."""
    month: int | None
    """1 to 12; null: the whole year."""
    sessions: Count
    """Sessions of it in the run."""
    total: Return | None
    """Value at its end by that at the end of the period before, less 1; null: it began with nothing."""


class Trailing(Section):
    """Returns up to the last session of the run: its value by an earlier one, less 1."""

    month_to_date: Return | None
    """Since the calendar month began, or the run if later; null: it began with nothing."""
    year_to_date: Return | None
    """Since the calendar year began, or the run if later; null: it began with nothing."""
    three_months: Return | None
    """Since the last session at or before the same day three months ago; null: the run is shorter."""
    six_months: Return | None
    """The same of six months; null: the run is shorter."""
    one_year: Return | None
    """The same of twelve months; null: the run is shorter."""
    three_years: Return | None
    """The same of three years, not per year; null: the run is shorter."""
    five_years: Return | None
    """The same of five years, not per year; null: the run is shorter."""
    ten_years: Return | None
    """The same of ten years, not per year; null: the run is shorter."""


class PeriodFigures(Section):
    """Periods of one length, the first and the last included; one that began with nothing is left out."""

    count: Count
    """Periods."""
    mean: Return | None
    """Arithmetic mean of their returns; null: no period."""
    deviation: Return | None
    """Sample standard deviation (ddof 1) of their returns; null: fewer than two."""
    skewness: Ratio | None
    """Third standardised moment of their returns, biased; null: they are all the same."""
    kurtosis: Ratio | None
    """Fourth standardised moment, biased and raw: 3 for a normal distribution; null: they are all the same."""
    average_gain: Return | None
    """Mean of the returns above 0; null: there is none."""
    average_loss: Return | None
    """Mean of the returns below 0, negative; null: there is none."""
    win_rate: Fraction | None
    """Periods with a gain by all periods; null: no period."""
    profit_factor: Ratio | None
    """Sum of gains by the size of the sum of losses; null: no loss."""


class Periods(Section):
    """Returns by calendar, of the curve that `returns` describes.

    Source: the account at the last mark of every session, `equity.csv`.
    """

    months: tuple[PeriodReturn, ...]
    """Every calendar month of the run, in order."""
    years: tuple[PeriodReturn, ...]
    """Every calendar year of the run, in order."""
    best_month: Return | None
    """Highest of the months; null: none has a return."""
    worst_month: Return | None
    """Lowest of the months; null: none has a return."""
    best_year: Return | None
    """Highest of the years; null: none has a return."""
    worst_year: Return | None
    """Lowest of the years; null: none has a return."""
    win_rate_monthly: Fraction | None
    """Months with a gain by all months; null: none has a return."""
    monthly: PeriodFigures
    """Of the calendar months."""
    quarterly: PeriodFigures
    """Of the calendar quarters."""
    yearly: PeriodFigures
    """Of the calendar years."""
    trailing: Trailing


class Window(Section):
    """Figures of so many sessions up to the end of a month; conventions as of `returns`.

    Source: the account at the last mark of every session, `equity.csv`.
    """

    ends_on: date
    """Exchange date of its last session."""
    sessions: Count
    """Its length: 63 or 252."""
    total: Return | None
    """As `returns.total`; null: not finite."""
    volatility: Return | None
    """As `returns.volatility`; null: fewer than two returns."""
    sharpe: Ratio | None
    """As `returns.sharpe`; null: fewer than two returns, or no spread."""
    max_drawdown: Return | None
    """Deepest fall from a peak inside of the window, negative; null: not finite."""


class Fall(Section):
    """One fall from a peak."""

    depth: Return
    """Lowest value by the peak, less 1: negative."""
    start: Moment
    """Instant of the peak."""
    trough: Moment
    """Instant of the lowest value."""
    recovered: Moment | None
    """Instant at which the peak was reached again; null: not yet."""
    days: Count
    """Calendar days from the peak to the recovery, or to the end of the run."""
    recovery_days: Count | None
    """Calendar days from the trough to the recovery; null: not yet."""


class Drawdown(Section):
    """Falls from a peak of the curve that `returns` describes, negative.

    Source: the account at the last mark of every session, `equity.csv`; the trades for `closed_trades`.
    """

    max: Return | None
    """The deepest, as a decimal of the peak; 0 for a curve that never fell; null: not finite."""
    start: Moment | None
    """Instant of its peak; null: the curve never fell."""
    trough: Moment | None
    """Instant of its lowest value; null: the curve never fell."""
    recovered: Moment | None
    """Instant at which the peak was reached again; null: not yet, or the curve never fell."""
    count: Count
    """Falls from a peak, of any depth."""
    average: Return | None
    """Mean depth over all falls; null: the curve never fell."""
    longest_days: Count
    """Most calendar days from a peak to its recovery, or to the end of the run."""
    average_days: Days | None
    """Mean of these days over all falls; null: the curve never fell."""
    longest_recovery_days: Count | None
    """Most calendar days from a trough to the recovery; null: no fall recovered."""
    recovery_factor: Ratio | None
    """Total return by the size of the deepest fall; null: the curve never fell."""
    intraday: Return | None
    """The deepest fall between any two marks of the account, not only the ends of sessions, negative; null: not
    finite."""
    closed_trades: Return | None
    """The deepest fall of a curve that moves only when a trade ends, which hides what happens in between; null: not
    finite."""
    closed_trades_usd: Usd
    """The largest fall of that curve in money, negative."""
    deepest: tuple[Fall, ...]
    """At most ten, the deepest first."""
