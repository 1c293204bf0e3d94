"""Realised volatility on bars whose variance is known by hand."""

from collections.abc import Sequence
from datetime import date
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Bar
from signals.realised import (
    ESTIMATORS,
    EstimatorName,
    RealisedVolatility,
    RealisedVolatilityParameters,
    VarianceRiskPremium,
    VarianceRiskPremiumParameters,
)
from tests.builders import chain, contract_table, new_york, series, session_table, weekdays
from tests.signals.smiles import flat

SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))
DAYS = weekdays(date(2019, 1, 1), date(2019, 12, 31))
BARS = [(100, 102, 99, 101), (101, 103, 100, 102), (103, 104, 98, 99), (99, 101, 97, 100)]


def volatility(estimator: EstimatorName, lookback: int) -> RealisedVolatility:
    parameters = RealisedVolatilityParameters(estimator=estimator, lookback_sessions=lookback)
    return RealisedVolatility("rv", "SPX", parameters, SESSIONS)


def values(signal: RealisedVolatility, bars: Sequence[tuple[float, float, float, float]]) -> list[float | None]:
    days = zip(DAYS, bars, strict=False)
    return [signal.on_bar(new_york(day), Bar("SPX", *one, 0.0)) for day, one in days]


def test_close_to_close_is_the_sample_deviation_of_log_returns_per_year() -> None:
    closes = [100.0, 100.0 * exp(0.01), 100.0 * exp(0.01) * exp(-0.02)]
    found = values(volatility("close_to_close", 2), [(one, one, one, one) for one in closes])
    # Returns 0.01 and -0.02: deviations 0.015 either way, squared and summed over one degree of freedom.
    assert found == [None, None, pytest.approx(sqrt(252 * 2 * 0.015**2))]


def test_with_a_mean_of_zero_returns_are_squared_as_they_are() -> None:
    closes = [100.0, 100.0 * exp(0.01), 100.0 * exp(0.01) * exp(-0.02)]
    found = values(volatility("close_to_close_zero_mean", 2), [(one, one, one, one) for one in closes])
    assert found[-1] == pytest.approx(sqrt(252 * (0.01**2 + 0.02**2) / 2))


def test_parkinson_is_the_squared_log_range_over_four_log_two() -> None:
    bars = [(100.0, 100.0 * exp(0.01), 100.0, 100.0), (100.0, 100.0 * exp(0.03), 100.0, 100.0)]
    found = values(volatility("parkinson", 2), bars)
    assert found == [None, pytest.approx(sqrt(252 * (0.01**2 + 0.03**2) / 2 / (4 * log(2))))]


def test_garman_klass_takes_the_body_out_of_the_range() -> None:
    found = values(volatility("garman_klass", 2), [(100.0, 100.0 * exp(0.02), 100.0, 100.0 * exp(0.01))] * 2)
    assert found[-1] == pytest.approx(sqrt(252 * (0.5 * 0.02**2 - (2 * log(2) - 1) * 0.01**2)))


def test_rogers_satchell_of_a_pure_trend_is_zero() -> None:
    found = values(volatility("rogers_satchell", 2), [(100.0, 110.0, 100.0, 110.0)] * 2)
    assert found[-1] == pytest.approx(0.0, abs=1e-12)


def test_yang_zhang_of_pure_nights_is_the_variance_of_the_nights() -> None:
    opens = [100.0, 101.0, 99.0]
    found = values(volatility("yang_zhang", 2), [(one, one, one, one) for one in opens])
    assert found[:2] == [None, None]
    assert found[2] == pytest.approx(sqrt(252 * float(np.var([log(1.01), log(99 / 101)], ddof=1))))


def test_estimators_that_do_not_know_the_night_need_one_session_less() -> None:
    defined = {name: [value is not None for value in values(volatility(name, 3), BARS)] for name in ESTIMATORS}
    early, late = [False, False, True, True], [False, False, False, True]
    assert defined == {
        "close_to_close": late,
        "close_to_close_zero_mean": late,
        "parkinson": early,
        "garman_klass": early,
        "rogers_satchell": early,
        "yang_zhang": late,
    }


def test_only_the_lookback_counts() -> None:
    calm = [(100.0, 101.0, 99.0, 100.0)] * 4
    for name in ESTIMATORS:
        wild_before = values(volatility(name, 2), [(50.0, 90.0, 20.0, 30.0), *calm])[-1]
        assert wild_before == pytest.approx(values(volatility(name, 2), calm)[-1])


def test_a_price_that_is_not_positive_has_no_logarithm() -> None:
    assert values(volatility("parkinson", 2), [(1.0, 1.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0)]) == [None, None]


def test_a_split_does_not_move_prices() -> None:
    signal = volatility("close_to_close", 2)
    values(signal, [(100, 100, 100, 100), (101, 101, 101, 101)])
    signal.on_adjustment(0.5)
    after = signal.on_bar(new_york(DAYS[2]), Bar("SPX", 50.5, 50.5, 50.5, 50.5, 0.0))
    assert after == pytest.approx(sqrt(252 * np.var([log(1.01), 0.0], ddof=1)))


PRICES = st.lists(st.tuples(*[st.floats(50.0, 150.0)] * 4), min_size=5, max_size=12)


@given(PRICES, st.sampled_from(sorted(ESTIMATORS)))
def test_t22_volatility_is_never_negative_and_does_not_know_the_future(
    prices: list[tuple[float, float, float, float]], name: EstimatorName
) -> None:
    bars = [(one[0], max(one), min(one), one[3]) for one in prices]
    all_of_them = values(volatility(name, 3), bars)
    assert values(volatility(name, 3), bars[:4]) == all_of_them[:4]
    assert all(value is None or value >= 0.0 for value in all_of_them)


# --- variance risk premium --------------------------------------------------------------------------------------


def premium(**parameters: object) -> VarianceRiskPremium:
    chosen = VarianceRiskPremiumParameters(lookback_sessions=2, **parameters)  # type: ignore[arg-type]
    return VarianceRiskPremium("vrp", "SPX", chosen, SESSIONS)


@pytest.mark.parametrize(("measure", "expected"), [("variance", 0.2**2 - 0.01), ("volatility", 0.2 - 0.1)])
def test_premium_is_implied_less_realised(measure: str, expected: float) -> None:
    signal = premium(measure=measure)
    step = 0.1 / sqrt(252 * 2)
    table = contract_table({series(date(2019, 1, 25)): [2900], series(date(2019, 3, 15)): [2900]})
    closes = [2900.0, 2900.0 * exp(step), 2900.0]
    for day, close in zip(DAYS[:3], closes, strict=True):
        assert signal.on_bar(new_york(day, "15:59"), Bar("SPX", close, close, close, close, 0.0)) is None
    shown = signal.on_snapshot(chain(table, new_york(DAYS[2]), 2900.0, quotes=flat(0.2)))
    assert shown == pytest.approx(expected)
