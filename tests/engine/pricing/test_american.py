"""Properties of American options and of options on cash dividends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.pricing import IvStatus, greeks, implied_volatility, price

STRIKES = np.linspace(60.0, 150.0, 31)


@settings(max_examples=20)
@given(
    st.floats(0.01, 2.0),
    st.floats(-0.02, 0.12),
    st.floats(0.0, 0.1),
    st.floats(0.08, 0.9),
    st.sampled_from([1.0, -1.0]),
)
def test_american_is_worth_at_least_european_and_intrinsic(
    years: float, rate: float, carry: float, sigma: float, right: float
) -> None:
    american = price(right, 100.0, STRIKES, years, rate, carry, sigma, style="american")
    european = price(right, 100.0, STRIKES, years, rate, carry, sigma)
    assert np.all(american >= european - 1e-12)
    assert np.all(european >= 0.0)
    assert np.all(american >= right * (100.0 - STRIKES))
    assert np.all(np.diff(american) * -right >= -1e-3)


def test_calls_without_yield_are_never_exercised() -> None:
    american = price(1, 100.0, STRIKES, 1.0, 0.05, 0.0, 0.3, style="american")
    assert np.array_equal(american, price(1, 100.0, STRIKES, 1.0, 0.05, 0.0, 0.3))


def test_calls_are_mirrored_puts() -> None:
    calls = price(1, 100.0, STRIKES, 1.0, 0.02, 0.05, 0.3, style="american", method="accurate")
    puts = price(-1, STRIKES, 100.0, 1.0, 0.05, 0.02, 0.3, style="american", method="accurate")
    assert calls == pytest.approx(puts, abs=1e-12)


@pytest.mark.parametrize("right", [1.0, -1.0])
def test_a_chain_has_the_prices_of_its_contracts(right: float) -> None:
    smile = 0.2 + 0.001 * np.abs(STRIKES - 100.0)
    chain = price(right, 100.0, STRIKES, 0.5, 0.05, 0.04, smile, style="american")
    alone = [price(right, 100.0, k, 0.5, 0.05, 0.04, s, style="american") for k, s in zip(STRIKES, smile, strict=True)]
    assert chain == pytest.approx(np.array(alone), abs=5e-4)
    exact = price(right, 100.0, STRIKES, 0.5, 0.05, 0.04, smile, style="american", method="converged")
    assert chain == pytest.approx(exact, abs=1e-3)


@pytest.mark.parametrize("right", [1.0, -1.0])
def test_two_boundaries_are_worth_no_less_than_waiting(right: float) -> None:
    rate, carry = (-0.01, -0.03) if right < 0.0 else (-0.03, -0.01)
    value = price(right, 100.0, 105.0, 1.0, rate, carry, 0.12, style="american")
    assert value > price(right, 100.0, 105.0, 1.0, rate, carry, 0.12)


def test_sensitivities_are_slopes_of_the_price() -> None:
    terms = (105.0, 0.7, 0.06, 0.02, 0.3)
    found = greeks(-1, 100.0, *terms, style="american", method="accurate")
    up, down = price(-1, [100.1, 99.9], *terms, style="american", method="accurate")
    assert found.delta == pytest.approx((up - down) / 0.2, abs=1e-5)
    shorter, longer = price(-1, 100.0, 105.0, [0.699, 0.701], 0.06, 0.02, 0.3, style="american", method="accurate")
    assert found.theta == pytest.approx((shorter - longer) / 0.002, abs=2e-3)
    deltas = greeks(-1, 100.0, 105.0, [0.699, 0.701], 0.06, 0.02, 0.3, style="american", method="accurate").delta
    assert found.charm == pytest.approx((deltas[0] - deltas[1]) / 0.002, abs=2e-3)


def test_european_sensitivities_by_difference_agree_with_the_formulas() -> None:
    # A yield of zero: the American call is the European one.
    exact = greeks(1, 100.0, STRIKES, 0.5, 0.04, 0.0, 0.25)
    found = greeks(1, 100.0, STRIKES, 0.5, 0.04, 0.0, 0.25, style="american")
    for name in ("delta", "gamma", "vega", "theta", "rho", "vanna", "volga", "charm"):
        limit = 5e-4 * (1.0 + np.max(np.abs(getattr(exact, name))))
        assert getattr(found, name) == pytest.approx(getattr(exact, name), abs=limit), name


def test_exercised_options_have_delta_one_and_no_theta() -> None:
    found = greeks(-1, 50.0, 100.0, 0.5, 0.06, 0.0, 0.2, style="american")
    assert found.delta == pytest.approx(-1.0, abs=1e-12)
    assert found.theta == 0.0


@pytest.mark.parametrize("method", ["fast", "accurate"])
def test_american_volatility_survives_the_round_trip(method: str) -> None:
    right = np.where(STRIKES < 100.0, -1.0, 1.0)
    smile = 0.2 + 0.001 * np.abs(STRIKES - 100.0)
    terms = (right, 100.0, STRIKES, 0.5, 0.05, 0.02)
    values = price(*terms, smile, style="american", method=method)  # type: ignore[arg-type]  # parametrised strings
    found, status = implied_volatility(values, *terms, style="american", method=method)  # type: ignore[arg-type]  # as above
    assert np.all(status == IvStatus.OK)
    assert found == pytest.approx(smile, abs=2e-6)


def test_the_volatility_of_one_contract_reproduces_its_price() -> None:
    terms = (-1, 100.0, 105.0, 0.7, 0.05, 0.01)
    value = price(*terms, 0.31, style="american")
    found, _ = implied_volatility(value, *terms, style="american")
    assert price(*terms, found, style="american") == pytest.approx(value, abs=2e-7)


def test_american_prices_without_a_volatility_get_a_status() -> None:
    quotes = [4.9, 5.0, 105.0, np.nan, 8.0]
    years = [0.5, 0.5, 0.5, 0.5, 0.0]
    volatility, status = implied_volatility(quotes, -1, 100.0, 105.0, years, 0.05, 0.0, style="american")
    assert list(status) == [
        IvStatus.BELOW_INTRINSIC,
        IvStatus.UNRECOVERABLE,
        IvStatus.AT_OR_ABOVE_MAXIMUM,
        IvStatus.INVALID_INPUT,
        IvStatus.EXPIRED,
    ]
    assert np.all(np.isnan(volatility))


def test_dividends_after_expiry_do_not_matter_and_those_at_it_do() -> None:
    plain = price(1, 100.0, 100.0, 0.5, 0.03, 0.0, 0.25)
    assert price(1, 100.0, 100.0, 0.5, 0.03, 0.0, 0.25, dividends=[(0.6, 2.0)]) == pytest.approx(plain, abs=1e-4)
    at_expiry = price(1, 100.0, 100.0, 0.5, 0.03, 0.0, 0.25, dividends=[(0.5, 2.0)])
    assert at_expiry == pytest.approx(price(1, 100.0, 102.0, 0.5, 0.03, 0.0, 0.25), abs=1e-4)
    american = price(1, 100.0, 100.0, 0.5, 0.03, 0.0, 0.25, style="american", dividends=[(0.5, 2.0)])
    assert american == pytest.approx(plain, abs=1e-3)


def test_parity_with_dividends() -> None:
    schedule = [(0.2, 1.5), (0.45, 1.5)]
    call, put = price([1, -1], 100.0, STRIKES[:, None], 0.5, 0.04, 0.0, 0.3, dividends=schedule).T
    paid = sum(amount * np.exp(-0.04 * years) for years, amount in schedule)
    assert call - put == pytest.approx(100.0 - paid - STRIKES * np.exp(-0.04 * 0.5), abs=1e-4)


def test_volatility_with_dividends() -> None:
    terms = (1, 100.0, 105.0, 0.5, 0.04, 0.0)
    schedule = [(0.2, 1.5)]
    for style in ("european", "american"):
        value = price(*terms, 0.3, style=style, dividends=schedule)
        found, status = implied_volatility(value, *terms, style=style, dividends=schedule)
        assert status == IvStatus.OK
        assert found == pytest.approx(0.3, abs=1e-6)


def test_without_volatility_an_american_holder_takes_the_best_time() -> None:
    assert price(1, 100.0, 95.0, 2.0, 0.02, 0.06, 0.0, style="american") == pytest.approx(5.0)
    before = price(1, 100.0, 95.0, 1.0, 0.05, 0.0, 0.0, style="american", dividends=[(0.5, 3.0)])
    assert before == pytest.approx(100.0 - 95.0 * np.exp(-0.05 * 0.5), abs=1e-9)


@pytest.mark.parametrize("sigma", [1e-6, 1e-4, 1e-3])
def test_with_little_volatility_the_value_is_nearly_that_without(sigma: float) -> None:
    terms = (1, 100.0, [38.86, 95.0, 130.0], 3.77, 0.25, 0.053)
    still = price(*terms, 0.0, style="american")
    assert price(*terms, sigma, style="american") == pytest.approx(still, abs=100.0 * sigma)


@pytest.mark.parametrize("schedule", [[(0.5,)], [(np.nan, 1.0)], [(0.5, -1.0)], "ab"])
def test_what_is_not_a_schedule_is_refused(schedule: object) -> None:
    with pytest.raises(EngineError, match="dividends"):
        price(1, 100.0, 100.0, 1.0, 0.0, 0.0, 0.2, dividends=schedule)  # type: ignore[arg-type]  # wrong on purpose


def test_unknown_styles_and_methods_are_refused() -> None:
    with pytest.raises(EngineError, match="style"):
        price(1, 100.0, 100.0, 1.0, 0.0, 0.0, 0.2, style="asian")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(EngineError, match="method"):
        price(1, 100.0, 100.0, 1.0, 0.0, 0.0, 0.2, method="best")  # type: ignore[arg-type]  # wrong on purpose
