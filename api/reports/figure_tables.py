"""Tables of key figures from the models of the summary: label, value, and the sentence that the model says about it.

Every scalar of a section is shown, in the order of its model, so that a new figure is in the report as soon as it is in
the summary. What is null says why, in the words of the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from api.reports.blocks import Column, Table
from api.reports.words import DASH, count, day, number, percent, quantity, spelled, usd
from schemas.sections.base import Section

_LABELS: Final[Mapping[str, str]] = {
    "cagr": "CAGR",
    "total": "Total return",
    "calmar": "Calmar ratio (MAR)",
    "mean_daily": "Mean day",
    "win_rate_daily": "Days won",
    "win_rate_monthly": "Months won",
    "profit_factor_daily": "Profit factor of days",
    "payoff_ratio_daily": "Payoff ratio of days",
    "omega": "Omega ratio",
    "sharpe": "Sharpe ratio",
    "sortino": "Sortino ratio",
    "probabilistic_sharpe": "Probabilistic Sharpe ratio",
    "deflated_sharpe": "Deflated Sharpe ratio",
    "var95": "Value at risk, 95%",
    "var99": "Value at risk, 99%",
    "var95_gaussian": "Value at risk, 95%, Gaussian",
    "cvar95": "Expected shortfall, 95%",
    "r_squared": "R²",
    "max": "Deepest drawdown",
    "count": "Number",
    "breakeven": "Break-even",
    "average_profit_r": "Average profit, R",
    "expectancy_r": "Expectancy, R",
    "breakeven_spread_fraction": "Break-even spread fraction",
    "mid_usd": "Profit at mid",
    "model_usd": "Profit at the fill model",
    "touch_usd": "Profit at the touch",
    "average_worst_usd": "Average worst (MAE)",
    "average_best_usd": "Average best (MFE)",
}
_UNITS: Final = (
    ("_usd_per_point", ", $ per point"),
    ("_usd_per_day", ", $ per day"),
    ("_shares_per_point", ", shares per point"),
    ("_shares", ", shares"),
    ("_usd", ""),
)
"""Ends of names that say a unit, and how labels say it."""
_RATIOS: Final = frozenset({
    "sharpe", "deflated_sharpe", "sortino", "calmar", "omega", "tail_ratio", "ulcer_performance_index", "skewness",
    "kurtosis", "beta", "correlation", "r_squared", "information_ratio", "treynor", "profit_factor", "payoff_ratio",
    "profit_factor_daily", "payoff_ratio_daily", "recovery_factor", "expectancy_r", "average_profit_r",
    "breakeven_spread_fraction", "up_capture", "down_capture",
})  # fmt: skip
_NULL: Final = re.compile(r"\bnull(?::| when| where| if) ([^.;]+)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"\.$|\.\s(?=[A-Z])|;\s")


def figure_table(caption: str, section: Section, without: Collection[str] = ()) -> Table:
    """All scalars of a section but those that are left out."""
    names = [name for name in type(section).model_fields if name not in without]
    rows = [_row(section, name) for name in names if not isinstance(getattr(section, name), (tuple, dict, Section))]
    columns = (Column("Figure"), Column("Value", numeric=True), Column("What it is", wide=True))
    explained = 3 if any(said for _, _, said in rows) else 2
    return Table(caption, columns[:explained], tuple(row[:explained] for row in rows))


def label(name: str) -> str:
    """How a field is called in a report."""
    if name in _LABELS:
        return _LABELS[name]
    for end, unit in _UNITS:
        if name.endswith(end):
            return spelled(name.removesuffix(end)) + unit
    return spelled(name)


def meaning(model: type[Section], name: str) -> str:
    """The first sentence that a model says about a field, the words on nulls left out; empty where it says nothing."""
    said = model.model_fields[name].description or ""
    first = _SENTENCE.split(" ".join(said.split()).replace("`", ""), maxsplit=1)[0]
    return "" if first.lower().startswith("null") else first[:1].upper() + first[1:]


def why_null(model: type[Section], name: str) -> str:
    """Why a field can be null, as its model says; empty where it does not say."""
    said = _NULL.search(" ".join((model.model_fields[name].description or "").split()).replace("`", ""))
    return said.group(1) if said else ""


def written(model: type[Section], name: str, value: Any) -> str:
    """The value of a field in the format of its name; of null a dash, with the reason where the model gives one."""
    if value is None:
        reason = why_null(model, name)
        return f"{DASH} ({reason})" if reason else DASH
    return _format(name, value)(value)


def _row(section: Section, name: str) -> tuple[str, str, str]:
    model = type(section)
    return label(name), written(model, name, getattr(section, name)), meaning(model, name)


def _format(name: str, value: Any) -> Callable[[Any], str]:
    by_type: tuple[tuple[type, Callable[[Any], str]], ...] = (
        (bool, lambda one: "yes" if one else "no"),
        (str, str),
        (int, count),
        (datetime, lambda one: day(one.date())),
        (date, day),
    )
    for kind, write in by_type:
        if isinstance(value, kind):
            return write
    return _of_number(name)


def _of_number(name: str) -> Callable[[float | None], str]:
    if name in _RATIOS:
        return number
    if name.endswith("_usd"):
        return usd
    return quantity if re.search(r"days|_per_|shares", name) and "margin" not in name else percent
