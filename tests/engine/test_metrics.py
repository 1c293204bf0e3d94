"""Statistics, held to the reference values, and the trades' own arithmetic."""

import json
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from engine.metrics.distribution import expected_shortfall, standardised_moment, value_at_risk
from engine.metrics.table import (
    annual_volatility,
    deepest_drawdown,
    growth_rate,
    mean,
    profit_factor,
    sharpe_ratio,
    simple_returns,
    sortino_ratio,
)
from tests.reference import find_reference_data

REFERENCE = find_reference_data()


def _cases(prefix: str) -> list[Any]:
    if REFERENCE is None:
        return []
    cases = json.loads((REFERENCE / "oracle" / "metrics_cases.json").read_text())["cases"]
    return [pytest.param(case, id=case["id"]) for case in cases if case["id"].startswith(prefix)]


def _series(folder: Path, case: dict[str, Any]) -> "pd.Series[float]":
    name = case["series"].split("_")[0]
    file = "series_vix.csv" if name == "vix" else f"series_{name}_adjclose.csv"
    frame = pd.read_csv(folder / "oracle" / file, index_col=0, parse_dates=True)
    return frame.iloc[:, 0].loc[case["start"] : case["end"]]


@pytest.mark.parametrize("case", _cases("MT_"))
def test_curve_statistics_equal_the_reference(case: dict[str, Any], reference_data: Path) -> None:
    prices = _series(reference_data, case)
    values, expected = prices.tolist(), case["reference"]
    returns = simple_returns(values)
    daily = (1 + case["rf_annual"]) ** (1 / 252) - 1
    drawdown = deepest_drawdown(values)
    days = (prices.index[-1] - prices.index[0]).days
    measured = {
        "total_return": values[-1] / values[0] - 1,
        "cagr_calendar": growth_rate(values[0], values[-1], days),
        "vol_annual": annual_volatility(returns),
        "sharpe": sharpe_ratio(returns, daily),
        "sortino": sortino_ratio(returns, daily),
        "max_drawdown": drawdown.depth,
        "var95_historical": value_at_risk(returns),
        "cvar95_historical": expected_shortfall(returns),
        "skew_biased": standardised_moment(returns, 3),
        "kurtosis_raw": standardised_moment(returns, 4),
    }
    for name, value in measured.items():
        assert value is not None
        assert isclose(value, expected[name], rel_tol=1e-9), name
    dates = [day.date() for day in prices.index]
    assert dates[drawdown.trough] == date.fromisoformat(expected["max_dd_trough_date"])
    recovery = expected["max_dd_recovery_date"]
    assert (drawdown.recovered is None) == (recovery is None)
    if drawdown.recovered is not None:
        assert dates[drawdown.recovered] == date.fromisoformat(recovery)


@pytest.mark.parametrize("case", _cases("TR_"))
def test_trade_statistics_equal_the_reference(case: dict[str, Any]) -> None:
    profits, expected = case["trades"], case["reference"]
    if expected.get("profit_factor") is not None:
        assert profit_factor(profits) == pytest.approx(expected["profit_factor"], rel=1e-9)
    assert mean(profits) == pytest.approx(expected["expectancy"], rel=1e-9)


@pytest.mark.parametrize("case", _cases("ED_"))
def test_edge_series_equal_the_reference(case: dict[str, Any]) -> None:
    values = [1.0]
    for value in case["returns"]:
        values.append(values[-1] * (1 + value))
    assert deepest_drawdown(values).depth == pytest.approx(case["reference"]["max_drawdown"], rel=1e-9)


def test_what_is_not_defined_is_none_and_not_zero() -> None:
    assert sharpe_ratio([0.01]) is None
    assert sharpe_ratio([0.0, 0.0]) is None
    assert sortino_ratio([0.01, 0.02]) is None
    assert profit_factor([1.0, 2.0]) is None
    assert growth_rate(1.0, 2.0, 0) is None
    assert mean([]) is None
    assert value_at_risk([]) is None
    assert expected_shortfall([]) is None
    assert standardised_moment([0.0, 0.0], 3) is None
