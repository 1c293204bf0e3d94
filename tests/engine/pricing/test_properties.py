"""What no-arbitrage and calculus say about every price and sensitivity, European and American."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.pricing import greeks, price

Column = npt.NDArray[np.float64]
STRIKES = np.linspace(60.0, 150.0, 31)


class Market(NamedTuple):
    years: float
    rate: float
    carry: float
    sigma: float


RIGHTS = st.sampled_from([1.0, -1.0])
MARKETS = st.builds(Market, st.floats(0.01, 3.0), st.floats(-0.02, 0.12), st.floats(-0.02, 0.1), st.floats(0.05, 1.0))
# One exercise boundary, and no dividend yield below zero: what the quick American methods are made for.
AMERICAN_MARKETS = st.builds(
    Market, st.floats(0.02, 2.0), st.floats(0.0, 0.12), st.floats(0.0, 0.1), st.floats(0.08, 0.9)
)
# Where differences of prices have digits to spare: not worthless, not certain to be exercised.
SMOOTH_MARKETS = st.builds(
    Market, st.floats(0.1, 2.0), st.floats(-0.02, 0.1), st.floats(0.0, 0.06), st.floats(0.15, 0.8)
)


@given(RIGHTS, MARKETS)
def test_prices_move_with_the_strike_by_less_than_its_present_value(right: float, market: Market) -> None:
    values = price(right, 100.0, STRIKES, *market)
    slopes = -right * np.diff(values) / np.diff(STRIKES)
    assert np.all(slopes >= -1e-13)
    assert np.all(slopes <= np.exp(-market.rate * market.years) + 1e-13)


@given(RIGHTS, MARKETS)
def test_prices_are_convex_in_the_strike(right: float, market: Market) -> None:
    assert np.all(np.diff(price(right, 100.0, STRIKES, *market), 2) >= -1e-12)


@given(RIGHTS, MARKETS, st.floats(1e-3, 1e5))
def test_prices_scale_with_the_currency(right: float, market: Market, unit: float) -> None:
    values = price(right, 100.0 * unit, STRIKES * unit, *market)
    assert values == pytest.approx(price(right, 100.0, STRIKES, *market) * unit, rel=1e-10, abs=1e-12 * unit)


@given(RIGHTS, MARKETS)
def test_prices_rise_with_volatility_at_every_strike(right: float, market: Market) -> None:
    sigmas = market.sigma * np.array([[1.0], [1.05], [1.5]])
    values = price(right, 100.0, STRIKES, *market[:3], sigmas)
    assert np.all(np.diff(values, axis=0) >= -1e-13)


@given(MARKETS)
def test_the_sensitivities_of_call_and_put_differ_by_those_of_the_forward(market: Market) -> None:
    years, rate, carry, _ = market
    call, put = (greeks(right, 100.0, STRIKES, *market) for right in (1.0, -1.0))
    shares, owed = np.exp(-carry * years), STRIKES * np.exp(-rate * years)
    expected = {
        "price": 100.0 * shares - owed,
        "delta": shares,
        "gamma": 0.0,
        "vega": 0.0,
        "theta": carry * 100.0 * shares - rate * owed,
        "rho": years * owed,
        "dividend_rho": -years * 100.0 * shares,
        "vanna": 0.0,
        "volga": 0.0,
        "charm": carry * shares,
    }
    for name, difference in expected.items():
        found = getattr(call, name) - getattr(put, name)
        assert found == pytest.approx(np.broadcast_to(difference, STRIKES.size), rel=1e-11, abs=1e-10), name


@given(RIGHTS, SMOOTH_MARKETS)
def test_sensitivities_are_differences_of_prices(right: float, market: Market) -> None:
    """Each one against the central difference of what it is the derivative of."""
    years, rate, carry, sigma = market
    spot, strikes = 100.0, np.linspace(80.0, 125.0, 10)
    found = greeks(right, spot, strikes, *market)

    def slope(of: str, at: tuple[float, ...], place: int, step: float) -> Column:
        """Fourth-order central difference along one of (spot, years, rate, yield, sigma)."""

        def moved(times: float) -> Column:
            point = list(at)
            point[place] += times * step
            return np.asarray(getattr(greeks(right, point[0], strikes, *point[1:]), of))

        return np.asarray((8.0 * (moved(1.0) - moved(-1.0)) - (moved(2.0) - moved(-2.0))) / (12.0 * step))

    at = (spot, years, rate, carry, sigma)
    expected = {
        "delta": slope("price", at, 0, 0.05),
        "gamma": slope("delta", at, 0, 0.05),
        "vega": slope("price", at, 4, 1e-3),
        "theta": -slope("price", at, 1, 1e-3),
        "rho": slope("price", at, 2, 1e-3),
        "dividend_rho": slope("price", at, 3, 1e-3),
        "vanna": slope("delta", at, 4, 1e-3),
        "volga": slope("vega", at, 4, 1e-3),
        "charm": -slope("delta", at, 1, 1e-3),
    }
    for name, difference in expected.items():
        scale = 1.0 + np.max(np.abs(difference))
        assert getattr(found, name) == pytest.approx(difference, abs=2e-7 * scale), name


@settings(max_examples=20)
@given(RIGHTS, AMERICAN_MARKETS)
def test_american_values_keep_their_bounds(right: float, market: Market) -> None:
    american = price(right, 100.0, STRIKES, *market, style="american")
    assert np.all(american >= price(right, 100.0, STRIKES, *market))
    assert np.all(american >= np.maximum(right * (100.0 - STRIKES), 0.0))
    assert np.all(american <= (100.0 if right > 0.0 else STRIKES))


@settings(max_examples=20)
@given(AMERICAN_MARKETS)
def test_american_calls_and_puts_differ_by_no_more_than_early_exercise_allows(market: Market) -> None:
    """The inequality that is left of parity: S exp(-q T) - K <= C - P <= S - K exp(-r T)."""
    years, rate, carry, _ = market
    call, put = (price(right, 100.0, STRIKES, *market, style="american") for right in (1.0, -1.0))
    slack = 1e-4 * STRIKES
    assert np.all(100.0 * np.exp(-carry * years) - STRIKES - slack <= call - put)
    assert np.all(call - put <= 100.0 - STRIKES * np.exp(-rate * years) + slack)


@settings(max_examples=20)
@given(RIGHTS, AMERICAN_MARKETS)
def test_american_values_rise_with_time_volatility_and_moneyness(right: float, market: Market) -> None:
    years, rate, carry, sigma = market
    terms = (100.0, STRIKES, years, rate, carry, sigma)
    values = price(right, *terms, style="american", method="accurate")
    longer = price(right, 100.0, STRIKES, 1.2 * years, rate, carry, sigma, style="american", method="accurate")
    wilder = price(right, 100.0, STRIKES, years, rate, carry, 1.2 * sigma, style="american", method="accurate")
    slack = 1e-5 * STRIKES
    assert np.all(longer >= values - slack)
    assert np.all(wilder >= values - slack)
    slopes = -right * np.diff(values)
    assert np.all(slopes >= -slack[1:])
    assert np.all(slopes <= np.diff(STRIKES) + slack[1:])
