"""The figures by which runs are compared, each by its place in the summary."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, NamedTuple

from schemas.summary import Summary


class Form(StrEnum):
    """How a figure is written."""

    USD = "USD"
    PERCENT = "percent"
    RATIO = "ratio"
    COUNT = "count"


class Figure(NamedTuple):
    """One figure of a summary."""

    path: str
    title: str
    form: Form

    def of(self, summary: Summary) -> float | None:
        """Its value; None where it is not defined."""
        found: Any = summary
        for name in self.path.split("."):
            found = getattr(found, name)
        return None if found is None else float(found)


HEADLINE: Final = (
    Figure("capital.profit_usd", "profit", Form.USD),
    Figure("returns.total", "total return", Form.PERCENT),
    Figure("returns.cagr", "cagr", Form.PERCENT),
    Figure("returns.volatility", "volatility", Form.PERCENT),
    Figure("returns.sharpe", "sharpe", Form.RATIO),
    Figure("returns.sortino", "sortino", Form.RATIO),
    Figure("returns.calmar", "calmar", Form.RATIO),
    Figure("drawdown.max", "max drawdown", Form.PERCENT),
    Figure("drawdown.longest_days", "longest drawdown, days", Form.COUNT),
    Figure("trades.count", "trades", Form.COUNT),
    Figure("trades.win_rate", "win rate", Form.PERCENT),
    Figure("trades.profit_factor", "profit factor", Form.RATIO),
    Figure("trades.expectancy_usd", "expectancy", Form.USD),
    Figure("trades.average_days_in_trade", "days in a trade", Form.RATIO),
    Figure("trades.return_on_margin", "return on margin", Form.PERCENT),
    Figure("capital.max_margin_usd", "highest margin", Form.USD),
    Figure("costs.fees_usd", "fees", Form.USD),
    Figure("costs.spread_usd", "cost of spreads", Form.USD),
    Figure("fill_sensitivity.mid_usd", "profit at mid", Form.USD),
    Figure("fill_sensitivity.touch_usd", "profit at touch", Form.USD),
    Figure("fill_sensitivity.breakeven_spread_fraction", "break-even spread fraction", Form.RATIO),
)
