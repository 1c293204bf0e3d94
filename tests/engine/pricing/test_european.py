"""Properties that hold for every European option."""

import subprocess
import sys

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.pricing import IvStatus, greeks, implied_volatility, price
from engine.pricing.blocks import pricing_threads
from tests.reference import REPOSITORY

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


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_volatility_is_exact_to_the_resolution_of_price_and_volatility(seed: int) -> None:
    draws, size = np.random.default_rng(seed), 20_000
    right, years = draws.choice([1.0, -1.0], size), np.exp(draws.uniform(-6.0, 1.5, size))
    sigma = np.exp(draws.uniform(-3.5, 0.7, size))
    strike = 100.0 * np.exp(draws.uniform(-3.0, 3.0, size) * sigma * np.sqrt(years))
    terms = (right, 100.0, strike, years, draws.uniform(-0.02, 0.1, size), draws.uniform(0.0, 0.06, size))
    exact = greeks(*terms, sigma, higher_order=False)
    found, status = implied_volatility(exact.price, *terms)
    # Half of the eight is the price's own rounding; in the money the intrinsic value decides what can be found.
    forward = 100.0 * np.exp((terms[4] - terms[5]) * years)
    out = right * (forward - strike) <= 0.0
    resolution = 8.0 * (np.spacing(exact.price) / exact.vega + np.spacing(sigma))
    rounding = np.where(out, 0.0, 8.0 * np.spacing(100.0 + strike) / exact.vega)
    assert np.all(status[out] == IvStatus.OK)
    solved = status == IvStatus.OK
    assert np.all((np.abs(found - sigma) <= resolution + rounding)[solved])


def test_prices_come_back_from_their_volatility_within_a_few_units_in_the_last_place() -> None:
    draws, size = np.random.default_rng(5), 20_000
    sigma, years = draws.uniform(0.05, 1.0, size), draws.uniform(0.002, 2.0, size)
    strike = 100.0 * np.exp(draws.uniform(0.0, 3.0, size) * sigma * np.sqrt(years))
    values = price(1, 100.0, strike, years, 0.0, 0.0, sigma)
    found, status = implied_volatility(values, 1, 100.0, strike, years, 0.0, 0.0)
    again = greeks(1, 100.0, strike, years, 0.0, 0.0, found, higher_order=False)
    assert np.all(status == IvStatus.OK)
    units = np.abs(again.price - values) / (np.spacing(values) + again.vega * np.spacing(sigma))
    assert np.max(units) <= 8.0
    assert np.mean(units <= 4.0) >= 0.995


@pytest.mark.parametrize("size", [1, 7, 128, 129, 256, 257, 264, 1000])
def test_an_element_has_the_same_bits_wherever_it_stands(size: int) -> None:
    draws = np.random.default_rng(9)
    strike, sigma = draws.uniform(60.0, 160.0, size), draws.uniform(0.05, 2.5, size)
    together = greeks(1, 100.0, strike, 0.7, 0.03, 0.01, sigma)
    alone = [greeks(1, 100.0, k, 0.7, 0.03, 0.01, s) for k, s in zip(strike, sigma, strict=True)]
    for name in ("price", "delta", "charm"):
        assert np.array_equal(getattr(together, name), [getattr(one, name) for one in alone])


@pytest.mark.parametrize(
    "odd", [(1.0, 120.0, 9.0, 0.08), (1.0, 1e4, 0.01, 0.0), (1.0, 300.0, 2.0, 0.0), (0.0, 100.0, 1.0, 0.0)]
)
def test_an_element_has_the_same_bits_whatever_stands_beside_it(odd: tuple[float, ...]) -> None:
    """A long, a worthless, a far and a wrong contract take another way; their neighbours keep theirs."""
    draws, size = np.random.default_rng(10), 100
    ranges = (1.0, 1.0), (60.0, 160.0), (0.1, 3.0), (0.0, 0.1)
    rows = np.array([draws.uniform(low, high, size) for low, high in ranges])

    def found(terms: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        right, strike, years, rate = terms
        return np.array(greeks(right, 100.0, strike, years, rate, 0.01, 0.25))

    together = np.delete(found(np.insert(rows, 5, odd, axis=1)), 5, axis=1)
    assert np.array_equal(together, found(rows))


DIGEST = """
import hashlib
import numpy as np
from engine.pricing import greeks, implied_volatility
strike, sigma = np.linspace(60.0, 160.0, 500), np.linspace(0.05, 2.5, 500)
found = greeks(1, 100.0, strike, 0.7, 0.03, 0.01, sigma)
american = greeks(-1, 100.0, strike, 0.7, 0.03, 0.01, sigma, style="american")
volatility, _ = implied_volatility(found.price, 1, 100.0, strike, 0.7, 0.03, 0.01)
print(hashlib.sha256(np.concatenate([*found, *american, volatility]).tobytes()).hexdigest())
"""


def test_every_process_computes_the_same_bits() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", DIGEST], cwd=REPOSITORY, check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    ]
    assert outputs[0] == outputs[1] != ""


@pytest.mark.parametrize("size", [100_000, 150_001, 1_000_003])
def test_threads_change_no_bit(size: int) -> None:
    strike = np.random.default_rng(9).uniform(60.0, 160.0, size)
    single = price(1, 100.0, strike, 0.7, 0.03, 0.01, 0.2)
    with pricing_threads(2):
        assert np.array_equal(price(1, 100.0, strike, 0.7, 0.03, 0.01, 0.2), single)
    with pytest.raises(EngineError, match="threads"), pricing_threads(0):
        pass


FORKED = """
import os
import numpy as np
from engine.pricing import price
from engine.pricing.blocks import pricing_threads
strike = np.linspace(60.0, 160.0, 150_000)
with pricing_threads(2):
    price(1, 100.0, strike, 0.7, 0.03, 0.01, 0.2)
    child = os.fork()
    price(1, 100.0, strike, 0.7, 0.03, 0.01, 0.2)
if child == 0:
    os._exit(0)
print(os.waitpid(child, 0)[1])
"""


def test_a_forked_process_prices_in_threads_of_its_own() -> None:
    run = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKED]
    assert subprocess.run(run, cwd=REPOSITORY, check=True, capture_output=True, text=True, timeout=60).stdout == "0\n"


def test_kernels_see_which_inputs_they_can_take_as_they_are() -> None:
    class Marked(np.ndarray):
        """An array of a type of its own."""

    strike = np.arange(60.0, 160.0, 2.0)
    expected = price(1, 100.0, strike, 0.7, 0.03, 0.01, 0.2)
    one = np.array([100.0])
    for same in (strike.astype(">f8"), strike.view(Marked), strike[::-1].copy()[::-1], list(strike), strike.copy()):
        assert np.array_equal(price(1.0, 100.0, same, 0.7, 0.03, 0.01, 0.2), expected)
        assert np.array_equal(price(1.0, one, same, 0.7, 0.03, 0.01, np.full(strike.size, 0.2)), expected)
        assert np.array_equal(price(np.float64(1.0), np.array(100.0), same, 0.7, 0.03, 0.01, 0.2), expected)
    with pytest.raises(EngineError):
        price(1.0, np.full(3, 100.0), strike, 0.7, 0.03, 0.01, 0.2)
    with pytest.raises(EngineError):
        price(1.0, 100.0, strike, 0.7, 0.03, 0.01, "much")


def test_inputs_of_other_types_and_layouts() -> None:
    strike = np.arange(60, 160, 2)
    fixed = strike.astype(float)
    fixed.flags.writeable = False
    expected = price(1, 100.0, strike.astype(float), 0.7, 0.03, 0.01, 0.2)
    assert np.array_equal(price(1, 100.0, strike, 0.7, 0.03, 0.01, 0.2), expected)
    assert np.array_equal(price(1, 100.0, fixed, 0.7, 0.03, 0.01, 0.2), expected)
    assert np.array_equal(price(1, 100, np.repeat(fixed, 2)[::2], 0.7, 0.03, 0.01, 0.2), expected)
    assert price(1, 100.0, np.empty(0), 0.7, 0.03, 0.01, 0.2).shape == (0,)


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


@pytest.mark.parametrize("place", range(7))
def test_a_nan_anywhere_leaves_no_number(place: int) -> None:
    terms = [np.full(9, value) for value in (1.0, 100.0, 105.0, 0.5, 0.02, 0.01, 0.2)]
    terms[place][4] = np.nan
    right, spot, strike, years, rate, carry, volatility = terms
    value = price(right, spot, strike, years, rate, carry, volatility)
    rows = np.array([value, *greeks(right, spot, strike, years, rate, carry, volatility)])
    assert np.flatnonzero(np.isnan(rows).all(axis=0)).tolist() == [4]
    assert np.flatnonzero(np.isnan(rows).any(axis=0)).tolist() == [4]


def test_first_order_sensitivities_alone() -> None:
    values = greeks(1, 100.0, 100.0, 0.5, 0.02, 0.0, 0.2, higher_order=False)
    assert values.vanna is None
    assert values.charm is None


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(EngineError, match="broadcast"):
        price(1, [100.0, 101.0], [90.0, 100.0, 110.0], 0.5, 0.02, 0.0, 0.2)
