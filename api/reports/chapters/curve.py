"""The account's curve: equity, drawdowns, returns by calendar, rolling figures, and the benchmark."""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Iterable

from api.reports.blocks import Block, Chapter, Column, Part, Table, Text
from api.reports.figure_tables import figure_table, label, side_by_side, written
from api.reports.pictures import Gallery
from api.reports.words import DASH, count, day, exchange_day, number, percent, signed_percent
from schemas.sections.comparison import Regime
from schemas.sections.curve import Fall, PeriodReturn, Trailing, Window
from schemas.sections.robustness import Robustness, Spread
from schemas.summary import Summary


def curve_chapter(summary: Summary, gallery: Gallery) -> Chapter:
    """How the account came to its result."""
    return Chapter(
        "curve",
        "Equity and returns",
        (
            Part("Equity", (*gallery.take("equity", "underwater"), figure_table("Capital", summary.capital))),
            Part("Returns", (figure_table("Returns of the account, by day", summary.returns),)),
            Part("By calendar", (*gallery.take("monthly-returns"), *_calendar(summary))),
            Part("Drawdowns", tuple(_drawdowns(summary))),
            Part("Rolling figures", (*gallery.take("rolling"), *_rolling(summary.rolling))),
            Part("How much may be chance", tuple(_chance(summary.robustness))),
        ),
    )


def benchmark_chapter(summary: Summary) -> Chapter:
    """The curve beside a market."""
    if summary.benchmark is None:
        nothing = Text("There is no benchmark with two values.")
        return Chapter("benchmark", "Benchmark", (Part("", (nothing,)),))
    title = f"The account beside {summary.benchmark.name}"
    table = figure_table(title, summary.benchmark, without=("name", "sha256"))
    regimes = (Part("Regimes", (_regimes(summary.regimes),)),) if summary.regimes else ()
    return Chapter("benchmark", "Benchmark", (Part("", (table,)), *regimes))


def _calendar(summary: Summary) -> Iterable[Block]:
    periods = summary.periods
    if periods.years:
        yield _monthly_table(periods.months, periods.years)
    yield figure_table("Months and years", periods)
    lengths = {"Months": periods.monthly, "Quarters": periods.quarterly, "Years": periods.yearly}
    yield side_by_side("Periods of one length", lengths)
    names = Trailing.model_fields
    cells = [(label(name), written(Trailing, name, getattr(periods.trailing, name))) for name in names]
    yield Table("Return up to the end", (Column("Period"), Column("Return", numeric=True)), tuple(cells))


def _monthly_table(months: Iterable[PeriodReturn], years: Iterable[PeriodReturn]) -> Table:
    by_month = {(one.year, one.month): signed_percent(one.total) for one in months}
    rows = tuple(
        (
            str(year.year),
            *(by_month.get((year.year, month), "") for month in range(1, 13)),
            signed_percent(year.total),
        )
        for year in years
    )
    columns = (Column("Year"), *(Column(month_abbr[month], numeric=True) for month in range(1, 13)))
    return Table("Return by month", (*columns, Column("Year's total", numeric=True)), rows, small=True)


def _drawdowns(summary: Summary) -> Iterable[Block]:
    zone = summary.data.timezone
    if not summary.drawdown.deepest:
        yield figure_table("Falls from a peak", summary.drawdown, without=("start", "trough", "recovered"))
        return
    yield figure_table("Falls from a peak", summary.drawdown)
    columns = (
        Column("Depth", numeric=True),
        *(Column(title) for title in ("Peak", "Trough", "Recovered")),
        Column("Days", numeric=True),
    )
    rows = tuple(_fall(one, zone) for one in summary.drawdown.deepest)
    yield Table(
        "The deepest falls", columns, rows, note="Days from the peak to the recovery, or to the end of the run."
    )


def _fall(one: Fall, zone: str) -> tuple[str, ...]:
    recovered = "not yet" if one.recovered is None else exchange_day(one.recovered, zone)
    dates = (exchange_day(one.start, zone), exchange_day(one.trough, zone), recovered)
    return (percent(one.depth), *dates, count(one.days))


def _rolling(windows: tuple[Window, ...]) -> tuple[Block, ...]:
    """The windows of each length at the ends of years, and of the run."""
    if not windows:
        return (Text("The run is shorter than the shortest window (63 sessions)."),)
    ends = sorted({one.ends_on for one in windows})
    shown = {end for end, after in zip(ends, [*ends[1:], None], strict=True) if after is None or after.year != end.year}
    rows = tuple(
        (day(one.ends_on), count(one.sessions), signed_percent(one.total), percent(one.volatility), number(one.sharpe),
         percent(one.max_drawdown))
        for one in windows
        if one.ends_on in shown
    )  # fmt: skip
    titles = ("Sessions", "Return", "Volatility", "Sharpe ratio", "Drawdown")
    columns = (Column("Up to"), *(Column(title, numeric=True) for title in titles))
    return (Table("Windows up to the end of each year", columns, rows, note="Every month's are in summary.json."),)


def _chance(robustness: Robustness | None) -> Iterable[Block]:
    if robustness is None:
        yield Text("The run has too few daily returns to draw them again.")
        return
    spreads = {"Growth a year": robustness.cagr, "Deepest fall": robustness.max_drawdown}
    columns = (Column("Of the paths"), *(Column(title, numeric=True) for title in ("5%", "Half", "95%")))
    rows = tuple((name, *_spread(one)) for name, one in spreads.items())
    yield Table("The run's days in other orders", columns, rows)
    yield figure_table("What became of the paths", robustness, without=("method",))


def _spread(one: Spread | None) -> tuple[str, ...]:
    return (DASH,) * 3 if one is None else tuple(map(signed_percent, (one.low, one.median, one.high)))


def _regimes(regimes: Iterable[Regime]) -> Table:
    titles = ("Days", "Return", "Mean day", "Volatility", "Sharpe ratio", "Worst day")
    columns = (Column("Market"), *(Column(title, numeric=True) for title in titles))
    rows = tuple(
        (f"{one.kind}: {one.name}", count(one.days), signed_percent(one.total), signed_percent(one.mean_daily),
         percent(one.volatility), number(one.sharpe), signed_percent(one.worst_day) if one.days else DASH)
        for one in regimes
    )  # fmt: skip
    return Table("The account in different markets", columns, rows)
