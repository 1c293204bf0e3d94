"""The returns of a run drawn again: what must come out whatever is drawn, and what theory says of much of it."""

from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from engine.metrics.robustness import LEAST_RETURNS, PATHS, Robustness, Spread, _draws, robustness

YEAR = 365


def drawn(returns: list[float], days: int = YEAR, seed: int = 7) -> Robustness:
    found = robustness(returns, days, seed)
    assert found is not None
    return found


def normal(mean: float, deviation: float, count: int = 1_000) -> list[float]:
    values = np.random.default_rng(3).normal(0.0, deviation, count)
    centred: list[float] = (values - values.mean() + mean).tolist()
    return centred


def test_where_every_day_is_alike_so_is_every_path() -> None:
    found = drawn([0.001] * 100)
    assert found.cagr is not None
    rate = 1.001 ** (100 * 365.25 / YEAR) - 1
    assert (found.cagr.low, found.cagr.median, found.cagr.high) == pytest.approx((rate, rate, rate))
    assert found.max_drawdown == Spread(0.0, 0.0, 0.0)
    assert (found.probability_of_loss, found.probability_of_halving) == (0.0, 0.0)
    assert found.p_value == 1 / (1 + PATHS)


def test_independent_days_spread_as_their_variance_says() -> None:
    mean, deviation, count = 0.0004, 0.01, 1_000
    found = drawn(normal(mean, deviation, count), days=round(count * 365.25 / 252))
    assert found.cagr is not None
    years, log_mean, log_deviation = count / 252, mean - deviation**2 / 2, deviation
    for share, rate in ((0.05, found.cagr.low), (0.5, found.cagr.median), (0.95, found.cagr.high)):
        total = NormalDist(count * log_mean, sqrt(count) * log_deviation).inv_cdf(share)
        assert rate == pytest.approx(np.expm1(total / years), abs=0.025)
    below = NormalDist(count * log_mean, sqrt(count) * log_deviation).cdf(0.0)
    assert found.probability_of_loss == pytest.approx(below, abs=0.05)
    assert found.p_value == pytest.approx(1 - NormalDist().cdf(mean / deviation * sqrt(count)), abs=0.04)


def test_a_gain_without_luck_is_told_from_one_that_may_be_chance() -> None:
    assert drawn(normal(0.002, 0.01)).p_value == 1 / (1 + PATHS)
    assert drawn(normal(0.0, 0.01)).p_value == pytest.approx(0.5, abs=0.1)
    assert drawn(normal(-0.002, 0.01)).p_value == 1.0


def test_good_and_bad_times_stay_together() -> None:
    """Losses in a row fall deeper than the same losses here and there."""
    together = [-0.01] * 30 + [0.005] * 90
    apart = [-0.01, 0.005, 0.005, 0.005] * 30
    assert drawn(together).max_drawdown.median < 2 * drawn(apart).max_drawdown.median < 0


def test_paths_go_on_for_as_many_sessions_as_is_said() -> None:
    length, block = 500, 8
    places = _draws(length, block, np.random.default_rng(0))
    assert places.shape == (PATHS, length)
    assert (places.min(), places.max()) == (0, length - 1)
    goes_on = (places[:, 1:] - places[:, :-1]) % length == 1
    assert goes_on.mean() == pytest.approx(1 - (1 - 1 / length) / block, abs=0.002)


def test_what_is_lost_stays_lost() -> None:
    found = drawn([0.01] * 99 + [-1.5])
    assert found.cagr is not None
    assert found.max_drawdown.low == -1.0
    assert found.cagr.low == -1.0
    assert found.probability_of_halving == found.probability_of_loss > 0.5


def test_a_seed_draws_the_same_paths_and_another_one_others() -> None:
    returns = normal(0.0004, 0.01, 200)
    assert drawn(returns, seed=1) == drawn(returns, seed=1)
    assert drawn(returns, seed=1) != drawn(returns, seed=2)


def test_too_few_days_say_nothing() -> None:
    assert robustness([0.001] * (LEAST_RETURNS - 1), YEAR, 0) is None
    assert drawn([0.001] * LEAST_RETURNS, days=0).cagr is None
