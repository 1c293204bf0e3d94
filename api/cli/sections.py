"""Parts of a summary as tables for people, each under the name by which it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.cli import overview
from api.cli.display import day, figure_table, number, pair_table, percent, plain_table, share, signed, usd
from api.cli.section_names import SectionName
from api.runs import StoredRun
from schemas.sections.curve import PeriodReturn
from schemas.sections.performance import Funnel
from schemas.sections.trades import Group as TradeGroup
from schemas.summary import Summary

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Section(NamedTuple):
    """A part of what a run has to say.

    Attributes:
        fields: of the summary, which say the same to programs.
    """

    draw: Callable[[StoredRun], RenderableType]
    fields: tuple[str, ...]


def _months(summary: Summary) -> Table:
    table = plain_table("Returns by month, percent")
    table.padding = (0, 1, 0, 0)
    table.add_column("")
    for name in (*_MONTHS, "year"):
        table.add_column(name, justify="right", no_wrap=True)
    months = {(one.year, one.month): one for one in summary.periods.months}
    for year in summary.periods.years:
        of_year = (months.get((year.year, month)) for month in range(1, 13))
        table.add_row(str(year.year), *map(_period, of_year), _period(year))
    return table


def _period(one: PeriodReturn | None) -> str:
    return "" if one is None else "-" if one.total is None else f"{100 * one.total:+.1f}"


def _drawdowns(summary: Summary) -> Group:
    section = summary.drawdown
    table = figure_table("Deepest drawdowns", ("peak", "trough", "recovered"), ("depth", "days"))
    for one in section.deepest:
        table.add_row(day(one.start), day(one.trough), day(one.recovered), percent(one.depth), str(one.days))
    rest = (
        ("drawdowns", f"{section.count:,}, {percent(section.average)} deep on average"),
        ("longest", f"{section.longest_days:,} days"),
        ("of closed trades only", percent(section.closed_trades)),
        ("recovery factor", number(section.recovery_factor)),
    )
    return Group(table, pair_table("", rest))


def _groups(summary: Summary) -> Group:
    groups = summary.trades.groups
    return Group(*(_group_table(name, getattr(groups, name)) for name in type(groups).model_fields))


def _group_table(name: str, groups: Iterable[TradeGroup]) -> Table:
    figures = ("trades", "profit USD", "win rate", "factor", "average", "days")
    table = figure_table(f"Trades by {name.replace('_', ' ')}", ("",), figures)
    for one in groups:
        days = "-" if one.average_days_in_trade is None else f"{one.average_days_in_trade:.1f}"
        table.add_row(
            one.name, f"{one.count:,}", signed(one.profit_usd), share(one.win_rate), number(one.profit_factor),
            signed(one.average_usd), days,
        )  # fmt: skip
    return table


def _costs(summary: Summary) -> Table:
    costs, fills = summary.costs, summary.fill_sensitivity
    rows = (
        ("fees", f"{usd(costs.fees_usd)} USD"),
        ("spread", f"{usd(costs.spread_usd)} USD"),
        ("financing and borrow", f"{usd(costs.financing_usd)} USD"),
        ("interest earned", f"{usd(costs.interest_earned_usd)} USD"),
        ("profit at mid", f"{signed(fills.mid_usd)} USD"),
        ("profit at the fill model", f"{signed(fills.model_usd)} USD"),
        ("profit at touch", f"{signed(fills.touch_usd)} USD"),
        ("break-even spread fraction", number(fills.breakeven_spread_fraction)),
    )
    return pair_table("Costs", rows)


def _attribution(summary: Summary) -> Group:
    section = summary.attribution
    table = figure_table("Where the profit came from", ("",), ("USD",))
    for name, amount in section.causes:
        table.add_row(name.removesuffix("_usd").replace("_", " "), signed(amount))
    table.add_row("profit", signed(summary.capital.profit_usd), style="bold")
    explained = (
        ("unexplained, days with marks before", share(section.daily.unexplained_fraction)),
        ("unexplained, after gaps", share(section.after_gaps.unexplained_fraction)),
        ("higher order", share(section.daily.higher_order_fraction)),
    )
    return Group(table, pair_table("Of all amounts", explained))


def _funnel(summary: Summary) -> Group:
    tables: list[RenderableType] = [_funnel_table(name, one) for name, one in summary.funnel.items()]
    refused = figure_table("Orders refused", ("rule", "first reason"), ("count",))
    for rule, one in summary.refusals.items():
        refused.add_row(rule, one.first_reason, f"{one.count:,}")
    return Group(*tables, refused if summary.refusals else Text("Orders refused: none"))


def _funnel_table(strategy: str, funnel: Funnel) -> Table:
    table = figure_table(f"Entries of {strategy}: {funnel.opened:,} opened", ("stage", "declined"), ("passed", "count"))
    for stage in funnel.stages:
        reasons = list(stage.declined.items()) or [("-", 0)]
        for index, (reason, count) in enumerate(reasons):
            passed = f"{stage.passed:,}" if index == 0 else ""
            table.add_row(stage.stage if index == 0 else "", reason, passed, f"{count:,}")
    return table


def _data(summary: Summary) -> Table:
    return pair_table("Data", _data_rows(summary))


def _data_rows(summary: Summary) -> Iterator[tuple[str, str]]:
    data, quality = summary.data, summary.data.quality
    yield "prices", data.prices
    yield "underlyings", f"{', '.join(data.underlyings)} ({data.resolution})"
    yield "range", f"{data.start} to {data.end}, {data.snapshots:,} chains"
    yield "sessions", f"{data.sessions.present} of {data.sessions.expected}, {len(data.sessions.stale)} stale"
    counts = ((name, getattr(quality, name)) for name in type(quality).model_fields if name != "rows")
    yield "quotes", f"{quality.rows:,}"
    yield "of them", ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts if count) or "all good"
    yield "files", f"{len(data.files)} ({', '.join(data.vendors)})" if data.files else "none"
    yield "content hash", data.content_hash


def _of_summary(draw: Callable[[Summary], RenderableType], *fields: str) -> Section:
    return Section(lambda run: draw(run.summary), fields)


SECTIONS: Final[dict[SectionName, Section]] = {
    SectionName.WARNINGS: _of_summary(overview.warnings, "warnings"),
    SectionName.ASSUMPTIONS: _of_summary(overview.assumptions, "assumptions"),
    SectionName.RESULT: _of_summary(overview.key_figures, "capital", "returns", "fill_sensitivity"),
    SectionName.MONTHS: _of_summary(_months, "periods"),
    SectionName.DRAWDOWNS: _of_summary(_drawdowns, "drawdown"),
    SectionName.TRADES: Section(overview.trades, ("trades",)),
    SectionName.GROUPS: _of_summary(_groups, "trades"),
    SectionName.COSTS: _of_summary(_costs, "costs", "fill_sensitivity"),
    SectionName.ATTRIBUTION: _of_summary(_attribution, "attribution"),
    SectionName.FUNNEL: _of_summary(_funnel, "funnel", "refusals"),
    SectionName.DATA: _of_summary(_data, "data"),
}
"""By name; `all` stands for every one of them."""
