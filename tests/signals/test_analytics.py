"""What signals were worth, on arrays whose answers are known by hand."""

from math import isnan, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from signals.analytics import HitRate, decay, forward_returns, hit_rate, pearson, rank_correlation


def array(*values: float) -> NDArray[np.float64]:
    return np.array(values)


def test_a_forward_return_is_the_one_to_the_price_so_many_observations_later() -> None:
    np.testing.assert_allclose(forward_returns(array(100.0, 110.0, 99.0, 99.0), 2), [-0.01, -0.1, nan, nan])


def test_a_horizon_beyond_the_end_has_no_return() -> None:
    assert np.isnan(forward_returns(array(100.0, 110.0), 5)).all()


def test_a_horizon_looks_ahead() -> None:
    with pytest.raises(ValueError, match="horizon 0: a return needs at least one observation ahead"):
        forward_returns(array(1.0, 2.0), 0)


def test_hits_are_pairs_of_one_sign_and_zeros_are_not_counted() -> None:
    assert hit_rate(array(1.0, -2.0, 3.0, 0.0, nan, 5.0), array(0.1, -0.1, -0.1, 0.1, 0.1, 0.0)) == HitRate(2 / 3, 3)


def test_without_pairs_there_is_no_rate() -> None:
    rate = hit_rate(array(0.0, nan), array(0.1, 0.1))
    assert isnan(rate.rate)
    assert rate.count == 0


def test_correlations_of_a_curve_that_only_ranks_see_as_a_line() -> None:
    values, returns = array(1.0, 2.0, 3.0, 4.0), array(1.0, 4.0, 9.0, 16.0)
    assert rank_correlation(values, returns) == pytest.approx(1.0)
    # Deviations (-1.5, -0.5, 0.5, 1.5) and (-6.5, -3.5, 1.5, 8.5): 25 / sqrt(5 * 129).
    assert pearson(values, returns) == pytest.approx(25.0 / sqrt(5.0 * 129.0))


def test_ties_have_their_mean_rank() -> None:
    # Ranks (1.5, 1.5, 3) against (1, 2, 3): 1.5 / sqrt(1.5 * 2).
    assert rank_correlation(array(7.0, 7.0, 9.0), array(1.0, 2.0, 3.0)) == pytest.approx(1.5 / sqrt(3.0))


@pytest.mark.parametrize("correlation", [pearson, rank_correlation])
def test_two_pairs_and_what_does_not_vary_have_no_correlation(correlation: Any) -> None:
    assert isnan(correlation(array(1.0, 2.0, nan), array(1.0, 2.0, 3.0)))
    assert isnan(correlation(array(1.0, 1.0, 1.0), array(1.0, 2.0, 3.0)))
    assert isnan(correlation(array(1.0, 2.0, 3.0), array(1.0, 1.0, 1.0)))


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="2 values for 3 returns"):
        pearson(array(1.0, 2.0), array(1.0, 2.0, 3.0))


def test_decay_finds_the_horizon_at_which_a_signal_knows() -> None:
    """The signal is the return over two observations; over one and over four it knows less."""
    random = np.random.default_rng(1)
    prices = 100.0 * np.exp(np.cumsum(random.normal(0.0, 0.01, 400)))
    scores = decay(np.nan_to_num(forward_returns(prices, 2), nan=nan), prices, (1, 2, 4))
    assert [one.horizon for one in scores] == [1, 2, 4]
    assert [one.count for one in scores] == [398, 398, 396]
    assert scores[1].pearson == pytest.approx(1.0)
    assert scores[1].rank == pytest.approx(1.0)
    assert scores[1].hit_rate == HitRate(1.0, 398)
    assert 0.4 < scores[0].pearson < 0.9
    assert 0.4 < scores[2].pearson < 0.9


FLOATS = arrays(np.float64, 20, elements=st.floats(-1e3, 1e3))


@given(FLOATS, FLOATS)
def test_every_correlation_lies_between_minus_one_and_one_and_turns_with_the_sign(
    values: NDArray[np.float64], returns: NDArray[np.float64]
) -> None:
    for correlation in (pearson, rank_correlation):
        found = correlation(values, returns)
        if not isnan(found):
            assert -1.0 - 1e-9 <= found <= 1.0 + 1e-9
            assert correlation(-values, returns) == pytest.approx(-found, abs=1e-6)
