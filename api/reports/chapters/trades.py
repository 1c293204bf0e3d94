"""The trades: what they were like together, and in groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from api.reports.blocks import Block, Chapter, Column, Part, Table, Text
from api.reports.chapters.trade_list import trade_list
from api.reports.figure_tables import figure_table
from api.reports.pictures import Gallery
from api.reports.words import count, in_words, number, percent, quantity, signed_usd, spelled
from schemas.sections.trades import Group, Groups, Trades

if TYPE_CHECKING:
    from api.runs import StoredRun


def trades_chapter(run: StoredRun, gallery: Gallery) -> Chapter:
    """Every trade that was opened."""
    trades = run.summary.trades
    if not trades.count:
        nothing = Text("No trade was opened. Entries and orders, below, say where entries ended.")
        return Chapter("trades", "Trades", (Part("", (nothing,)),))
    return Chapter(
        "trades",
        "Trades",
        (
            Part(
                "Profit and loss",
                (*gallery.take("profit-distribution", "trade-timeline", "excursions"), *_statistics(trades)),
            ),
            Part("A typical trade", gallery.take("typical-payoff")),
            Part("Groups", tuple(_groups(trades.groups))),
            Part("One by one", tuple(trade_list(run))),
        ),
    )


def _statistics(trades: Trades) -> tuple[Table, ...]:
    return (
        figure_table("Statistics of trades", trades),
        figure_table("Times", trades.times),
        figure_table("By the package", trades.per_package),
        figure_table("How unlike each other trades are", trades.dispersion),
        figure_table("How near trades came to their bounds", trades.bounds),
    )


def _groups(groups: Groups) -> Iterable[Block]:
    yield Text("Every trade stands once in each table; rates and averages are of closed trades.")
    for name in Groups.model_fields:
        members: tuple[Group, ...] = getattr(groups, name)
        if [one.name for one in members] not in ([], ["unknown"]):
            yield _group_table(name, members)


def _group_table(name: str, members: Iterable[Group]) -> Table:
    titles = ("Trades", "Profit", "Win rate", "Profit factor", "Average", "Days", "Profit, R", "On margin")
    rows = tuple(
        (_member(name, one.name), count(one.count), signed_usd(one.profit_usd), percent(one.win_rate),
         number(one.profit_factor), signed_usd(one.average_usd), quantity(one.average_days_in_trade),
         number(one.average_profit_r), percent(one.average_return_on_margin))
        for one in members
    )  # fmt: skip
    columns = (Column(spelled(name)), *(Column(title, numeric=True) for title in titles))
    return Table(f"By {in_words(name)}", columns, rows, small=True)


def _member(group: str, name: str) -> str:
    """Structures and reasons are our words, everything else is the user's."""
    return (spelled(name) if group in {"structure", "exit_reason"} else name) or "(none)"
