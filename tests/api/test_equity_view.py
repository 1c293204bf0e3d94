"""The curve that the page draws: deposits and withdrawals are neither profit nor drawdown."""

import numpy as np

from api.backtest_views import equity_view
from data.results.records import EquityColumns

EQUITY = EquityColumns(
    at=np.array([1, 2, 3, 4]) * 10**18,
    net_liquidation=np.array([100, 90, 190, 199], np.int64) * 10**6,
    margin_requirement=np.zeros(4, np.int64),
    external_flows=np.array([0, 0, 100, 100], np.int64) * 10**6,
    growth=np.array([100.0, 90.0, 90.0, 90.0 * 199 / 190]),
    starting_capital=100 * 10**6,
)


def test_a_deposit_is_neither_profit_nor_return_nor_the_end_of_a_drawdown() -> None:
    points = equity_view(EQUITY, 10).points
    assert [point.profit_usd for point in points] == [0.0, -10.0, -10.0, -1.0]
    assert [round(point.total_return, 9) for point in points] == [0.0, -0.1, -0.1, round(0.9 * 199 / 190 - 1, 9)]
    assert [round(point.drawdown, 9) for point in points] == [0.0, -0.1, -0.1, round(0.9 * 199 / 190 - 1, 9)]
