"""Returns by calendar month and year, and over the last months and years of a curve."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from engine.metrics.distribution import standardised_moment
from engine.metrics.outcomes import losses_of, profit_factor, win_rate, wins_of
from engine.metrics.returns import mean, standard_deviation

TRAILING_MONTHS: Final[Mapping[str, int]] = {
    "three_months": 3,
    "six_months": 6,
    "one_year": 12,
    "three_years": 36,
    "five_years": 60,
    "ten_years": 120,
}


@dataclass(frozen=True, slots=True)
class PeriodReturn:
    """Return over a calendar month, a quarter (by its first month), or a year (month None).

    Attributes:
        sessions: sessions of it that the curve has.
        total: None where it began with nothing.
    """

    year: int
    month: int | None
    sessions: int
    total: float | None


def monthly_returns(values: Sequence[float], dates: Sequence[date]) -> list[PeriodReturn]:
    """Return of every calendar month, the first and the last as far as the curve reaches.

    Args:
        values: shape (1 + sessions,): the starting capital, and the value at the end of each session.
        dates: shape (sessions,), ascending.
    """
    return _by_period(values, [(day.year, day.month) for day in dates])


def yearly_returns(values: Sequence[float], dates: Sequence[date]) -> list[PeriodReturn]:
    """Return of every calendar year; arguments as of `monthly_returns`."""
    return _by_period(values, [(day.year, None) for day in dates])


def quarterly_returns(values: Sequence[float], dates: Sequence[date]) -> list[PeriodReturn]:
    """Return of every calendar quarter, named by its first month; arguments as of `monthly_returns`."""
    return _by_period(values, [(day.year, (day.month - 1) // 3 * 3 + 1) for day in dates])


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What periods of one length were like; one that began with nothing is left out.

    Attributes:
        deviation: sample standard deviation (ddof 1), as of one period.
        profit_factor: sum of gains by the size of the sum of losses.
    """

    count: int
    mean: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    average_gain: float | None
    average_loss: float | None
    win_rate: float | None
    profit_factor: float | None


def period_figures(periods: Sequence[PeriodReturn]) -> PeriodFigures:
    """Figures over the returns of periods."""
    totals = [period.total for period in periods if period.total is not None]
    return PeriodFigures(
        count=len(totals),
        mean=mean(totals),
        deviation=standard_deviation(totals),
        skewness=standardised_moment(totals, 3),
        kurtosis=standardised_moment(totals, 4),
        average_gain=mean(wins_of(totals)),
        average_loss=mean(losses_of(totals)),
        win_rate=win_rate(totals),
        profit_factor=profit_factor(totals),
    )


def trailing_returns(values: Sequence[float], dates: Sequence[date]) -> dict[str, float | None]:
    """Returns to the end since the month and the year began (or the curve, if later), and over `TRAILING_MONTHS`.

    The latter begin with the last value at or before the same day so many months ago; None for a shorter curve.
    Arguments as of `monthly_returns`.
    """
    last = dates[-1]
    starts = {"month_to_date": last.replace(day=1), "year_to_date": last.replace(month=1, day=1)}
    to_date = {name: _since(values, dates, start - timedelta(days=1)) for name, start in starts.items()}
    cuts = {name: _months_before(last, months) for name, months in TRAILING_MONTHS.items()}
    return to_date | {name: _since(values, dates, cut) if cut >= dates[0] else None for name, cut in cuts.items()}


def _by_period(values: Sequence[float], keys: Sequence[tuple[int, int | None]]) -> list[PeriodReturn]:
    periods: list[PeriodReturn] = []
    begin = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] != keys[begin]:
            base = values[begin]
            total = values[end] / base - 1.0 if base > 0 else None
            periods.append(PeriodReturn(*keys[begin], end - begin, total))
            begin = end
    return periods


def _since(values: Sequence[float], dates: Sequence[date], cut: date) -> float | None:
    base = values[bisect_right(dates, cut)]
    return values[-1] / base - 1.0 if base > 0 else None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
