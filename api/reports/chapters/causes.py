"""Where the profit came from, what trading cost, and what other fills would have made of the same decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

from api.reports.blocks import Chapter, Column, Part, Table
from api.reports.figure_tables import figure_table, in_groups, label, meaning
from api.reports.pictures import Gallery
from api.reports.words import count, percent, signed_usd, usd
from schemas.sections.attribution import Causes
from schemas.sections.fills import FillSensitivity
from schemas.sections.risk import StrategyResult
from schemas.summary import Summary

_COST_CAUSES = ("spread_cost_usd", "fees_usd", "dividends_usd", "financing_usd", "assignment_usd", "unexplained_usd")


def causes_chapter(summary: Summary, gallery: Gallery) -> Chapter:
    """The profit, taken apart."""
    attribution = summary.attribution
    return Chapter(
        "causes",
        "Where the profit came from",
        (
            Part("Causes", (*gallery.take("attribution-over-time", "attribution-totals"), _causes(attribution.causes))),
            Part("By structure", _groups("structure", attribution.by_structure)),
            Part("By exit reason", _groups("exit reason", attribution.by_exit_reason)),
            Part("How much is explained", _explained(summary)),
            Part("By strategy", (_strategies(summary.strategies), *_groups("strategy", attribution.by_strategy))),
            Part("Costs", (figure_table("What trading cost", summary.costs),)),
            Part("Other fills", (*gallery.take("fill-sensitivity"), *_other_fills(summary.fill_sensitivity))),
        ),
    )


def _causes(causes: Causes) -> Table:
    names = Causes.model_fields
    rows = [(label(name), signed_usd(getattr(causes, name)), meaning(Causes, name)) for name in names]
    profit = fsum(getattr(causes, name) for name in names)
    total = ("Profit of the run", signed_usd(profit), "The sum of all causes")
    columns = (Column("Cause"), Column("Profit", numeric=True), Column("What it is", wide=True))
    return Table("Profit by cause", columns, (*rows, total))


def _groups(name: str, found: Mapping[str, Causes]) -> tuple[Table, ...]:
    """Nothing where one group is the whole run."""
    return in_groups(f"Profit by cause and {name}", found) if len(found) > 1 else ()


def _other_fills(fills: FillSensitivity) -> Iterable[Table]:
    yield figure_table("The same trades at other prices", fills)
    for name, found in (("strategy", fills.by_strategy), ("structure", fills.by_structure)):
        if len(found) > 1:
            yield from in_groups(f"Other prices by {name}", found)
    yield figure_table("What more money would have met", fills.capacity)


def _explained(summary: Summary) -> tuple[Table, ...]:
    attribution = summary.attribution
    return (
        figure_table("Days after an evening with trustworthy marks", attribution.daily),
        figure_table("Days after a gap", attribution.after_gaps),
    )


def _strategies(strategies: Mapping[str, StrategyResult]) -> Table:
    titles = ("Trades", "Profit", "Fees", "Dividends", "Highest margin", "Share of margin")
    columns = (Column("Strategy"), *(Column(title, numeric=True) for title in titles))
    rows = tuple(
        (name, count(one.trades), signed_usd(one.profit_usd), usd(one.fees_usd), signed_usd(one.dividends_usd),
         usd(one.max_margin_usd), percent(one.margin_share))
        for name, one in strategies.items()
    )  # fmt: skip
    return Table("What each strategy made of the account", columns, rows)
