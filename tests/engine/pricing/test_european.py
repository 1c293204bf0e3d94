"""Properties that hold for every European option."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.pricing import IvStatus, greeks, implied_volatility, price

SPOT = st.floats(1.0, 1000.0)
MONEYNESS = st.floats(0.5, 2.0)
YEARS = st.floats(0.001, 5.0)
RATE = st.floats(-0.05, 0.15)
VOLATILITY = st.floats(0.02, 2.0)


@given(SPOT, MONEYNESS, YEARS, RATE, RATE, VOLATILITY)
def test_put_call_parity(spot: float, moneyness: float, years: float, rate: float, carry: float, vol: float) -> None:
    strike = spot * moneyness
    call, put = price([1, -1], spot, strike, years, rate, carry, vol)
    forward = spot * np.exp(-carry * years) - strike * np.exp(-rate * years)
    assert call - put == pytest.approx(forward, abs=1e-13 * (spot + strike))


@given(SPOT, MONEYNESS, YEARS, RATE, RATE, VOLATILITY)
def test_prices_keep_their_bounds(
    spot: float, moneyness: float, years: float, rate: float, carry: float, vol: float
) -> None:
    strike = spot * moneyness
    call, put = price([1, -1], spot, strike, years, rate, carry, vol)
    spot_leg, strike_leg = spot * np.exp(-carry * years), strike * np.exp(-rate * years)
    slack = 1e-14 * (spot + strike)
    assert max(spot_leg - strike_leg, 0.0) - slack <= call <= spot_leg + slack
    assert max(strike_leg - spot_leg, 0.0) - slack <= put <= strike_leg + slack


@given(SPOT, MONEYNESS, YEARS, RATE, RATE, VOLATILITY)
def test_price_rises_with_volatility(
    spot: float, moneyness: float, years: float, rate: float, carry: float, vol: float
) -> None:
    low, high = price(1, spot, spot * moneyness, years, rate, carry, [vol, vol * 1.01])
    assert high >= low


@given(SPOT, MONEYNESS, YEARS, RATE, RATE, VOLATILITY)
def test_volatility_survives_the_round_trip(
    spot: float, moneyness: float, years: float, rate: float, carry: float, vol: float
) -> None:
    strike = spot * moneyness
    values = price([1, -1], spot, strike, years, rate, carry, vol)
    found, status = implied_volatility(values, [1, -1], spot, strike, years, rate, carry)
    again = price([1, -1], spot, strike, years, rate, carry, found)
    assert np.all(np.isnan(found) == (status != IvStatus.OK))
    assert np.all((np.abs(again - values) <= 1e-12 * values + 1e-14 * spot) | np.isnan(found))


def test_delta_is_the_slope_of_the_price() -> None:
    up, down = price(1, [100.01, 99.99], 105.0, 0.4, 0.03, 0.01, 0.25)
    assert greeks(1, 100.0, 105.0, 0.4, 0.03, 0.01, 0.25).delta == pytest.approx((up - down) / 0.02, rel=1e-6)


def test_shapes_broadcast_and_scalars_give_zero_dimensions() -> None:
    assert price([[1], [-1]], 100.0, [90.0, 100.0, 110.0], 0.5, 0.02, 0.0, 0.2).shape == (2, 3)
    assert price(1, 100.0, 100.0, 0.5, 0.02, 0.0, 0.2).shape == ()


@pytest.mark.parametrize("bad", [(0, 100.0, 0.2), (1, -1.0, 0.2), (1, np.nan, 0.2), (1, 100.0, -0.2), (1, np.inf, 0.2)])
def test_elements_without_a_price_are_nan(bad: tuple[int, float, float]) -> None:
    right, spot, volatility = bad
    assert np.isnan(price(right, spot, 100.0, 0.5, 0.02, 0.0, volatility))


def test_first_order_sensitivities_alone() -> None:
    values = greeks(1, 100.0, 100.0, 0.5, 0.02, 0.0, 0.2, higher_order=False)
    assert values.vanna is None
    assert values.charm is None


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(EngineError, match="broadcast"):
        price(1, [100.0, 101.0], [90.0, 100.0, 110.0], 0.5, 0.02, 0.0, 0.2)
