"""The equity curve of a run as columns, deposits and withdrawals told apart."""

from __future__ import annotations

import numpy as np

from data.results.records import EquityColumns
from engine.events import CashMoved
from engine.metrics import growth_of_capital
from engine.money import MICROS_PER_USD
from engine.result import BacktestResult


def equity_columns(result: BacktestResult) -> EquityColumns:
    """One row per value of the account."""
    points = list(result.equity)
    flows = [(event.at, event.amount) for event in result.event_log if isinstance(event, CashMoved)]
    at = np.array([point.at for point in points], np.int64)
    values = np.array([point.cash + point.market_value for point in points], np.int64)
    margins = [-1 if point.margin_requirement is None else point.margin_requirement for point in points]
    moved = np.searchsorted([at for at, _ in flows], at, side="right")
    growth = np.array(growth_of_capital(result, points)[1:], np.float64) if flows else values / MICROS_PER_USD
    return EquityColumns(
        at=at,
        net_liquidation=values,
        margin_requirement=np.array(margins, np.int64),
        external_flows=np.cumsum([0, *(amount for _, amount in flows)], dtype=np.int64)[moved],
        growth=growth,
        starting_capital=result.totals.initial_cash,
    )
