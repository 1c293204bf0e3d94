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
from api.reports.words import DASH, count, day, in_words, number, percent, quantity, spelled, usd
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
    "deflated_sharpe_10": "Deflated Sharpe, 10 trials",
    "deflated_sharpe_100": "Deflated Sharpe, 100 trials",
    "deflated_sharpe_1000": "Deflated Sharpe, 1,000 trials",
    "var95": "Value at risk, 95%",
    "var99": "Value at risk, 99%",
    "var95_gaussian": "Value at risk, 95%, Gaussian",
    "cvar95": "Expected shortfall, 95%",
    "r_squared": "R²",
    "max": "Deepest drawdown",
    "closed_trades_usd": "Closed trades, money",
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
    "sharpe", "autocorrelation", "spread_fraction_paid", "win_concentration", "loss_concentration",
    "sortino", "calmar", "omega", "tail_ratio", "ulcer_performance_index", "skewness",
    "kurtosis", "beta", "correlation", "r_squared", "information_ratio", "treynor", "profit_factor", "payoff_ratio",
    "profit_factor_daily", "payoff_ratio_daily", "recovery_factor", "expectancy_r", "average_profit_r",
    "breakeven_spread_fraction", "up_capture", "down_capture",
})  # fmt: skip
_NULL: Final = re.compile(r"\bnull(?::| when| where| if) ([^.;]+)", re.IGNORECASE)
_PARTS: Final = (tuple, dict, Section)
_MOST_EXPLAINED: Final = 3
_MOST_COLUMNS: Final = 6
_CODE: Final = re.compile(r"`([^`]*)`")
_ASIDE: Final = re.compile(r"\s*\([^()]*;[^()]*\)")
"""Brackets that would end a sentence inside."""
_SENTENCE: Final = re.compile(r"\.$|\.\s(?=[A-Z])|;\s")


def figure_table(caption: str, section: Section, without: Collection[str] = ()) -> Table:
    """All scalars of a section but those that are left out."""
    return side_by_side(caption, {"Value": section}, without)


def side_by_side(caption: str, sections: Mapping[str, Section], without: Collection[str] = ()) -> Table:
    """All scalars of sections of one model: a row for each, a column for each section; more than a few unexplained."""
    first, many = next(iter(sections.values())), len(sections) > _MOST_EXPLAINED
    model, names = type(first), [name for name in scalars_of(first) if name not in without]
    rows = [(label(name), *(written(model, name, getattr(one, name)) for one in sections.values())) for name in names]
    columns = (Column("Figure"), *(Column(title, numeric=True) for title in sections))
    meanings = [meaning(model, name) for name in names]
    if many or not any(meanings):
        return Table(caption, columns, tuple(rows), small=many)
    explained = tuple((*row, said) for row, said in zip(rows, meanings, strict=True))
    return Table(caption, (*columns, Column("What it is", wide=True)), explained)


def in_groups(caption: str, sections: Mapping[str, Section]) -> tuple[Table, ...]:
    """The same of any number of sections, in as many tables as these need."""
    names = list(sections)
    parts = [names[start : start + _MOST_COLUMNS] for start in range(0, len(names), _MOST_COLUMNS)]
    return tuple(
        side_by_side(f"{caption} ({number} of {len(parts)})" if len(parts) > 1 else caption, {
            spelled(name): sections[name] for name in part
        })
        for number, part in enumerate(parts, 1)
    )  # fmt: skip


def scalars_of(section: Section) -> list[str]:
    """Names of the fields that are single values, in the order of the model."""
    return [name for name in type(section).model_fields if not isinstance(getattr(section, name), _PARTS)]


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
    first = _SENTENCE.split(_ASIDE.sub("", _description(model, name)), maxsplit=1)[0]
    return "" if first.lower().startswith("null") else first[:1].upper() + first[1:]


def why_null(model: type[Section], name: str) -> str:
    """Why a field can be null, as its model says; empty where it does not say."""
    said = _NULL.search(_description(model, name))
    return said.group(1) if said else ""


def written(model: type[Section], name: str, value: Any) -> str:
    """The value of a field in the format of its name; of null a dash, with the reason where the model gives one."""
    if value is None:
        reason = why_null(model, name)
        return f"{DASH} ({reason})" if reason else DASH
    return _format(name, value)(value)


def _description(model: type[Section], name: str) -> str:
    """What a model says about a field, in one line, other fields in words."""
    said = " ".join((model.model_fields[name].description or "").split())
    return _CODE.sub(lambda code: in_words(code[1].removesuffix("_usd")), said)


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
