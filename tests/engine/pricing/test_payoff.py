"""Payoff measures where no table has them: several expiries, touch, degenerate positions."""

import numpy as np
import pytest
from scipy.special import ndtri

from engine.errors import EngineError
from engine.pricing import price
from engine.pricing.lognormal import Lognormal
from engine.pricing.payoff import PayoffLeg, PayoffProfile, analyse
from engine.pricing.payoff_curve import shape
from engine.pricing.payoff_legs import Market

CONDOR = (
    PayoffLeg("put", 1, 0.55, strike=90.0),
    PayoffLeg("put", -1, 1.25, strike=95.0),
    PayoffLeg("call", -1, 1.6, strike=105.0),
    PayoffLeg("call", 1, 0.6, strike=110.0),
)


def calendar() -> PayoffProfile:
    legs = (
        PayoffLeg("call", -1, 2.8, strike=100.0, years=0.08),
        PayoffLeg("call", 1, 4.1, strike=100.0, years=0.16, volatility=0.22),
    )
    return analyse(legs, spot=100.0, rate=0.03, dividend_yield=0.0, volatility=0.24, years=0.08)


def test_a_calendar_gains_most_at_its_strike() -> None:
    found = calendar()
    remaining = price(1, 100.0, 100.0, 0.08, 0.03, 0.0, 0.22)
    assert found.max_profit == pytest.approx(100.0 * (float(remaining) - 1.3), abs=1e-7)
    assert found.min_pnl == pytest.approx(-130.0, abs=1e-6)
    assert found.value_at(list(found.breakevens), 0.08) == pytest.approx([0.0, 0.0], abs=1e-9)


def test_a_calendar_has_the_probabilities_of_a_simulation() -> None:
    found = calendar()
    scores = (np.arange(200_000) + 0.5) / 200_000
    deviation = 0.24 * np.sqrt(0.08)
    spots = 100.0 * np.exp(0.03 * 0.08 + deviation * (ndtri(scores) - 0.5 * deviation))
    outcome = found.value_at(spots, 0.08)
    assert found.probability_of_profit == pytest.approx(np.mean(outcome > 0.0), abs=1e-4)
    assert found.expected_value == pytest.approx(np.mean(outcome), abs=2e-3)


def test_the_numerical_way_agrees_with_the_exact_one() -> None:
    exact = analyse(CONDOR, spot=100.0, rate=0.04, dividend_yield=0.0, volatility=0.25, years=0.1)
    market, outlook = Market(0.04, 0.0, 0.25, 0.1), Lognormal(100.0, 0.04, 0.25, 0.1)
    found = shape(CONDOR, market, outlook, exact.net_debit)
    assert found.zeros == pytest.approx(exact.breakevens, abs=1e-9)
    assert found.highest == pytest.approx(exact.max_profit, abs=1e-9)
    assert found.lowest == pytest.approx(exact.min_pnl, abs=1e-9)
    assert found.probability_of_profit == pytest.approx(exact.probability_of_profit, abs=1e-12)
    assert found.profit_part == pytest.approx(exact.expected_profit_part, abs=1e-9)
    assert found.loss_part == pytest.approx(exact.expected_loss_part, abs=1e-9)


def test_touch_is_at_least_as_likely_as_ending_beyond() -> None:
    outlook = Lognormal(100.0, 0.03, 0.25, 0.5)
    assert outlook.touch(120.0) >= outlook.probability(120.0, np.inf)
    assert outlook.touch(80.0) >= outlook.probability(0.0, 80.0)
    assert outlook.touch(100.0) == 1.0


def test_a_level_that_is_nothing_beside_the_spot_is_never_reached() -> None:
    outlook = Lognormal(1e7, 0.0, 0.2, 1.0)
    assert outlook.score(5e-324) == -np.inf
    assert outlook.touch(5e-324) == 0.0


def test_touch_without_drift_of_the_logarithm_is_twice_the_tail() -> None:
    outlook = Lognormal(100.0, 0.5 * 0.25**2, 0.25, 0.5)
    assert outlook.touch(120.0) == pytest.approx(2.0 * outlook.probability(120.0, np.inf), rel=1e-12)


def test_cash_and_stock_alone() -> None:
    found = analyse(
        [PayoffLeg("stock", 10, 100.0), PayoffLeg("cash", 500, 1.0)],
        spot=100.0,
        rate=0.0,
        dividend_yield=0.0,
        volatility=0.2,
        years=1.0,
    )
    assert found.breakevens == (100.0,)
    assert found.max_profit is None
    assert found.max_loss == -1000.0
    assert found.expected_value == pytest.approx(0.0, abs=1e-9)


def test_value_today_is_the_model_price() -> None:
    found = analyse(CONDOR, spot=100.0, rate=0.04, dividend_yield=0.0, volatility=0.25, years=0.1)
    puts = price(-1, 100.0, [90.0, 95.0], 0.1, 0.04, 0.0, 0.25)
    calls = price(1, 100.0, [105.0, 110.0], 0.1, 0.04, 0.0, 0.25)
    worth = 100.0 * (puts[0] - puts[1] - calls[0] + calls[1])
    assert found.value_at(100.0, 0.0) == pytest.approx(worth - found.net_debit, abs=1e-10)


def test_a_european_calendar_on_a_yield_loses_without_bound() -> None:
    legs = (PayoffLeg("call", -1, 2.8, strike=100.0), PayoffLeg("call", 1, 4.1, strike=100.0, years=0.16))
    found = analyse(legs, spot=100.0, rate=0.03, dividend_yield=0.02, volatility=0.24, years=0.08)
    assert found.max_loss_unlimited


@pytest.mark.parametrize("kind", ["call", "put"])
def test_an_option_needs_a_strike(kind: str) -> None:
    with pytest.raises(EngineError, match="strike"):
        PayoffLeg(kind, 1, 1.0)  # type: ignore[arg-type]  # parametrised strings are not literals


def test_an_empty_position_is_refused() -> None:
    with pytest.raises(EngineError, match="leg"):
        analyse([], spot=100.0, rate=0.0, dividend_yield=0.0, volatility=0.2, years=1.0)
