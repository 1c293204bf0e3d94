"""Where the profit came from, what trading cost, and what other fills would have made of the same decisions."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from api.reports.blocks import Chapter, Column, Part, Table
from api.reports.figure_tables import figure_table, label, meaning
from api.reports.pictures import Gallery
from api.reports.words import count, percent, signed_usd, spelled, usd
from schemas.sections.attribution import Causes
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
            Part("By structure", _by_structure(attribution.by_structure)),
            Part("How much is explained", _explained(summary)),
            Part("By strategy", (_strategies(summary.strategies),)),
            Part("Costs", (figure_table("What trading cost", summary.costs),)),
            Part("Other fills", (*gallery.take("fill-sensitivity"), _other_fills(summary))),
        ),
    )


def _causes(causes: Causes) -> Table:
    names = Causes.model_fields
    rows = [(label(name), signed_usd(getattr(causes, name)), meaning(Causes, name)) for name in names]
    profit = fsum(getattr(causes, name) for name in names)
    total = ("Profit of the run", signed_usd(profit), "The sum of all causes")
    columns = (Column("Cause"), Column("Profit", numeric=True), Column("What it is", wide=True))
    return Table("Profit by cause", columns, (*rows, total))


def _by_structure(found: Mapping[str, Causes]) -> tuple[Table, ...]:
    """A column per structure, so that any number of causes fits."""
    if not found:
        return ()
    columns = (Column("Cause"), *(Column(spelled(name), numeric=True) for name in found))
    rows = tuple(
        (label(cause), *(signed_usd(getattr(causes, cause)) for causes in found.values()))
        for cause in Causes.model_fields
    )
    return (Table("Profit by cause and structure", columns, rows, small=len(found) > 3),)


def _other_fills(summary: Summary) -> Table:
    return figure_table("The same trades at other prices", summary.fill_sensitivity)


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
