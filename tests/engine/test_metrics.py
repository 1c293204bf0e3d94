"""Every number of the reference cases by its conventions, and what is not defined."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import accumulate
from math import isclose, sqrt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from engine.benchmark import Benchmark
from engine.metrics.comparison import (
    alpha,
    beta,
    capture,
    compare,
    compounded_alpha,
    correlation,
    information_ratio,
    tracking_error,
    treynor_ratio,
)
from engine.metrics.distribution import (
    expected_shortfall,
    gaussian_value_at_risk,
    standardised_moment,
    tail_ratio,
    value_at_risk,
)
from engine.metrics.drawdowns import Drawdown, deepest_drawdown, drawdowns, longest_drawdown_days, ulcer_index
from engine.metrics.outcomes import (
    expectancy_r,
    kelly_fraction,
    longest_streak,
    losses_of,
    payoff_ratio,
    profit_factor,
    win_rate,
    wins_of,
)
from engine.metrics.ratios import (
    calmar_ratio,
    deflated_sharpe_ratio,
    omega_ratio,
    probabilistic_sharpe_ratio,
    sharpe_ratio,
    sortino_ratio,
    ulcer_performance_index,
)
from engine.metrics.returns import (
    annual_volatility,
    downside_deviation,
    growth_rate,
    growth_rate_by_periods,
    mean,
    rate_per_period,
    simple_returns,
    total_return,
)
from tests.reference import find_reference_data

REFERENCE = find_reference_data()


def _cases(prefix: str) -> list[Any]:
    if REFERENCE is None:
        return []
    cases = json.loads((REFERENCE / "oracle" / "metrics_cases.json").read_text())["cases"]
    return [pytest.param(case, id=case["id"]) for case in cases if case["id"].startswith(prefix)]


def _series(folder: Path, name: str, case: dict[str, Any]) -> "pd.Series[float]":
    file = "series_vix.csv" if name == "vix" else f"series_{name}_adjclose.csv"
    frame = pd.read_csv(folder / "oracle" / file, index_col=0, parse_dates=True)
    return frame.iloc[:, 0].loc[case["start"] : case["end"]]


def _of_the_curve(values: list[float], dates: list[date], risk_free: float) -> dict[str, Any]:
    returns = simple_returns(values)
    fall = deepest_drawdown(values)
    cagr = growth_rate(values[0], values[-1], (dates[-1] - dates[0]).days)
    return {
        "n_returns": len(returns),
        "total_return": total_return(values),
        "cagr_calendar": cagr,
        "cagr_252": growth_rate_by_periods(values[0], values[-1], len(returns)),
        "mean_daily": mean(returns),
        "vol_annual": annual_volatility(returns),
        "sharpe": sharpe_ratio(returns, risk_free),
        "sortino": sortino_ratio(returns, risk_free),
        "downside_deviation_annual": downside_deviation(returns, risk_free),
        "max_drawdown": fall.depth,
        "calmar": calmar_ratio(cagr, fall.depth),
        "max_dd_peak_date": dates[fall.peak].isoformat(),
        "max_dd_trough_date": dates[fall.trough].isoformat(),
        "max_dd_recovery_date": None if fall.recovered is None else dates[fall.recovered].isoformat(),
        "longest_drawdown_days": longest_drawdown_days(values, dates),
        "ulcer_index": ulcer_index(values),
        "var95_historical": value_at_risk(returns),
        "cvar95_historical": expected_shortfall(returns),
        "var95_gaussian": gaussian_value_at_risk(returns),
        "tail_ratio": tail_ratio(returns),
        "omega_0": omega_ratio(returns, risk_free),
        "skew_biased": standardised_moment(returns, 3),
        "kurtosis_raw": standardised_moment(returns, 4),
        "psr_0": probabilistic_sharpe_ratio(returns, risk_free),
        "profit_factor_daily": profit_factor(returns),
        "win_rate_daily": win_rate(returns),
        "payoff_ratio_daily": payoff_ratio(returns),
        "dsr_20_trials_var_1_over_n": deflated_sharpe_ratio(returns, 20, 1.0 / len(returns), risk_free),
    }


def _beside_a_benchmark(own: "pd.Series[float]", other: "pd.Series[float]", risk_free: float) -> dict[str, Any]:
    both = pd.concat([own.pct_change(), other.pct_change()], axis=1, join="inner").dropna()
    returns, benchmark = both.iloc[:, 0].tolist(), both.iloc[:, 1].tolist()
    per_day = information_ratio(returns, benchmark)
    assert per_day is not None
    return {
        "bench_overlap": len(returns),
        "beta": beta(returns, benchmark),
        "alpha_annual_arithmetic": alpha(returns, benchmark, risk_free),
        "alpha_annual_compounded": compounded_alpha(returns, benchmark, risk_free),
        "tracking_error_annual": tracking_error(returns, benchmark),
        "information_ratio_annual": per_day * sqrt(252),
        "information_ratio_per_period": per_day,
    }


def _differing(measured: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Names of numbers that are not the same to 1e-9, or that only one of the two has."""

    def same(one: Any, other: Any) -> bool:
        if isinstance(one, float) and isinstance(other, float | int):
            return isclose(one, other, rel_tol=1e-9)
        return bool(one == other)

    missing = object()
    return [
        name
        for name in sorted({*measured, *expected})
        if not same(measured.get(name, missing), expected.get(name, missing))
    ]


@pytest.mark.parametrize("case", _cases("MT_"))
def test_every_number_of_a_curve_equals_the_reference(case: dict[str, Any], reference_data: Path) -> None:
    prices = _series(reference_data, case["series"].split("_")[0], case)
    risk_free = rate_per_period(case["rf_annual"])
    measured = _of_the_curve(prices.tolist(), [day.date() for day in prices.index], risk_free)
    measured |= _beside_a_benchmark(prices, _series(reference_data, case["benchmark"], case), risk_free)
    assert _differing(measured, case["reference"]) == []


@pytest.mark.parametrize("case", _cases("TR_"))
def test_every_number_of_trades_equals_the_reference(case: dict[str, Any]) -> None:
    """The reference writes losses as sizes; here they are negative."""
    profits = [float(profit) for profit in case["trades"]]
    wins, losses = wins_of(profits), losses_of(profits)
    average_loss = mean(losses)
    assert average_loss is not None
    measured = {
        "n": len(profits),
        "net": sum(profits),
        "gross_profit": sum(wins),
        "gross_loss": -sum(losses),
        "profit_factor": profit_factor(profits),
        "profit_factor_infinite": profit_factor(profits) is None,
        "win_rate": win_rate(profits),
        "avg_win": mean(wins),
        "avg_loss": -average_loss,
        "payoff_ratio": payoff_ratio(profits),
        "expectancy": mean(profits),
        "expectancy_r": expectancy_r(profits),
        "kelly": kelly_fraction(profits),
        "max_consecutive_losses": longest_streak(profits, lambda profit: profit < 0),
    }
    assert _differing(measured, case["reference"]) == []


@pytest.mark.parametrize("case", _cases("ED_"))
def test_edge_series_equal_the_reference(case: dict[str, Any]) -> None:
    values = list(accumulate(case["returns"], lambda value, change: value * (1.0 + change), initial=1.0))
    measured = {"max_drawdown": deepest_drawdown(values).depth, "total_return": total_return(values)}
    assert _differing(measured, case["reference"]) == []


# --- what is not defined ----------------------------------------------------------------------------------------


def test_what_is_not_defined_is_none_and_not_zero() -> None:
    flat, rising, other = [0.0, 0.0], [0.01, 0.02], [0.01]
    undefined = {
        "sharpe ratio": sharpe_ratio(other),
        "sharpe ratio 2": sharpe_ratio(flat),
        "probabilistic sharpe ratio": probabilistic_sharpe_ratio(other),
        "sortino ratio": sortino_ratio(rising),
        "sortino ratio 2": sortino_ratio([]),
        "calmar ratio": calmar_ratio(0.1, 0.0),
        "calmar ratio 2": calmar_ratio(None, -0.1),
        "ulcer performance index": ulcer_performance_index(0.1, 0.0),
        "omega ratio": omega_ratio(other),
        "growth rate": growth_rate(1.0, 2.0, 0),
        "growth rate by periods": growth_rate_by_periods(1.0, 2.0, 0),
        "mean": mean([]),
        "downside deviation": downside_deviation([]),
        "value at risk": value_at_risk([]),
        "gaussian value at risk": gaussian_value_at_risk(other),
        "expected shortfall": expected_shortfall([]),
        "tail ratio": tail_ratio(flat),
        "standardised moment": standardised_moment(flat, 3),
        "profit factor": profit_factor([1.0, 2.0]),
        "win rate": win_rate([]),
        "payoff ratio": payoff_ratio([1.0]),
        "expectancy r": expectancy_r([1.0]),
        "kelly fraction": kelly_fraction([-1.0]),
        "beta": beta(rising, flat),
        "alpha": alpha(rising, flat),
        "correlation": correlation(flat, rising),
        "tracking error": tracking_error(other, other),
        "information ratio": information_ratio(rising, rising),
        "treynor ratio": treynor_ratio(rising, flat),
        "capture": capture(other, other, -1),
        "compare": compare(Benchmark("SPX", [1.0, None]), [1.0, 1.0, 1.0]),
    }
    assert undefined == dict.fromkeys(undefined)


def test_after_a_total_loss_there_are_no_returns() -> None:
    assert simple_returns([1.0, 1.1, 0.0, 0.0]) == [pytest.approx(0.1), -1.0]
    assert growth_rate(1.0, -0.2, 365) == -1.0


# --- drawdowns --------------------------------------------------------------------------------------------------


def test_every_fall_has_its_peak_its_trough_and_its_recovery() -> None:
    falls = drawdowns([100.0, 90.0, 100.0, 120.0, 60.0, 90.0])
    assert [(fall.peak, fall.trough, fall.recovered) for fall in falls] == [(0, 1, 2), (3, 4, None)]
    assert [fall.depth for fall in falls] == pytest.approx([-0.1, -0.5])
    dates = [date(2019, 1, day) for day in (1, 2, 3, 4, 7, 11)]
    assert [fall.days(dates) for fall in falls] == [2, 7]


def test_of_two_equal_peaks_a_fall_begins_at_the_later() -> None:
    assert drawdowns([1.0, 1.0, 0.5]) == [Drawdown(-0.5, 1, 2, None)]


# --- a benchmark ------------------------------------------------------------------------------------------------


def test_a_curve_that_is_its_benchmark_has_neither_alpha_nor_error() -> None:
    same = compare(Benchmark("SPX", [10.0, 11.0, None, 10.5, 12.0]), [0.9, 1.0, 1.1, 7.0, 1.05, 1.2])
    assert same is not None
    assert (same.name, same.days) == ("SPX", 3)
    assert same.total_return == pytest.approx(0.2)
    assert (same.alpha, same.tracking_error) == pytest.approx((0.0, 0.0), abs=1e-12)
    assert (same.beta, same.r_squared, same.up_capture, same.down_capture) == pytest.approx((1.0, 1.0, 1.0, 1.0))


def test_half_a_benchmark_captures_half_of_its_rises_and_falls() -> None:
    other = [0.02, -0.01, 0.03, -0.04]
    own = [value / 2 for value in other]
    assert capture(own, other, 1) == capture(own, other, -1) == pytest.approx(0.5)
    assert capture([*own, 0.07], [*other, 0.0], 1) == pytest.approx(0.5)
    assert correlation(own, other) == pytest.approx(1.0)
    assert correlation([-value for value in own], other) == pytest.approx(-1.0)
