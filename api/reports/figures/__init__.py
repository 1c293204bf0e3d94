"""Pictures of a run, for a notebook and for both reports.

from api.reports.figures import FIGURES, svg
drawings = {figure.name: svg(figure, run) for figure in FIGURES if figure.applies(run)}

from matplotlib.pyplot import subplots          # in a notebook: any axes will do
from api.reports.figures import equity
equity(run, subplots()[1])
"""

from __future__ import annotations

from typing import Final

from api.reports.figures.account import EQUITY, MARGIN, UNDERWATER, equity, margin, underwater
from api.reports.figures.causes import (
    ATTRIBUTION_OVER_TIME,
    ATTRIBUTION_TOTALS,
    FILL_SENSITIVITY,
    attribution_over_time,
    attribution_totals,
    fill_sensitivity,
)
from api.reports.figures.entries import ENTRIES, entries
from api.reports.figures.figure import Figure
from api.reports.figures.payoffs import TYPICAL_PAYOFF, typical_payoff
from api.reports.figures.periods import MONTHLY_RETURNS, ROLLING, monthly_returns, rolling
from api.reports.figures.risk import EXPOSURE, GREEKS, STRESS, exposure, greeks_over_time, stress
from api.reports.figures.svg import svg
from api.reports.figures.trades import (
    EXCURSIONS,
    EXIT_REASONS,
    PROFIT_DISTRIBUTION,
    TRADE_TIMELINE,
    excursions,
    exit_reasons,
    profit_distribution,
    trade_timeline,
)

__all__ = [
    "FIGURES",
    "Figure",
    "attribution_over_time",
    "attribution_totals",
    "entries",
    "equity",
    "excursions",
    "exit_reasons",
    "exposure",
    "fill_sensitivity",
    "greeks_over_time",
    "margin",
    "monthly_returns",
    "profit_distribution",
    "rolling",
    "stress",
    "svg",
    "trade_timeline",
    "typical_payoff",
    "underwater",
]

FIGURES: Final[tuple[Figure, ...]] = (
    EQUITY,
    UNDERWATER,
    MONTHLY_RETURNS,
    ROLLING,
    PROFIT_DISTRIBUTION,
    TRADE_TIMELINE,
    EXCURSIONS,
    EXIT_REASONS,
    TYPICAL_PAYOFF,
    FILL_SENSITIVITY,
    ATTRIBUTION_OVER_TIME,
    ATTRIBUTION_TOTALS,
    GREEKS,
    EXPOSURE,
    STRESS,
    MARGIN,
    ENTRIES,
)
"""In the order of a report."""
