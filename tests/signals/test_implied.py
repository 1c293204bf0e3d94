"""At-the-money volatility and constant maturity on chains whose volatility is known."""

from dataclasses import replace
from math import nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import OptionContract, QuoteFlag, Right
from signals.implied import at_the_money_iv, constant_maturity_iv
from tests.builders import Quote, chain, contract_table
from tests.signals.smiles import AT, STRIKES, after, smile

MONTH = after(30)


# --- at the money -----------------------------------------------------------------------------------------------


def test_between_two_strikes_volatility_is_interpolated() -> None:
    snapshot = smile(lambda contract: {2900.0: 0.16, 2925.0: 0.12}.get(contract.strike, 0.9), 2910.0, MONTH)
    assert at_the_money_iv(snapshot, 0) == pytest.approx(0.16 - 0.04 * 10 / 25)


def test_on_a_strike_volatility_is_that_strikes() -> None:
    snapshot = smile(lambda contract: {2900.0: 0.16}.get(contract.strike, 0.9), 2900.0, MONTH)
    assert at_the_money_iv(snapshot, 0) == pytest.approx(0.16)


def test_calls_and_puts_are_averaged_and_one_of_them_is_enough() -> None:
    both = smile(lambda contract: 0.20 if contract.right is Right.PUT else 0.10, 2910.0, MONTH)
    assert at_the_money_iv(both, 0) == pytest.approx(0.15)
    puts = smile(lambda contract: 0.20 if contract.right is Right.PUT else nan, 2910.0, MONTH)
    assert at_the_money_iv(puts, 0) == pytest.approx(0.20)


@pytest.mark.parametrize("unusable", [0.0, -0.1, nan, float("inf")])
def test_volatility_that_is_not_finite_and_positive_is_passed_over(unusable: float) -> None:
    snapshot = smile(
        lambda contract: {2900.0: unusable, 2875.0: 0.16, 2925.0: 0.16}.get(contract.strike, 0.9), 2910.0, MONTH
    )
    assert at_the_money_iv(snapshot, 0) == pytest.approx(0.16)


@pytest.mark.parametrize("flag", list(QuoteFlag))
def test_t17_t18_flagged_quotes_are_passed_over(flag: QuoteFlag) -> None:
    def quote(contract: OptionContract) -> Quote:
        good = Quote(implied_volatility=0.16)
        return replace(good, implied_volatility=0.9, flags=flag) if contract.strike == 2900.0 else good

    snapshot = chain(contract_table({MONTH: STRIKES}), AT, 2910.0, quotes=quote)
    assert at_the_money_iv(snapshot, 0) == pytest.approx(0.16)


@pytest.mark.parametrize("price", [2700.0, 3100.0])
def test_price_outside_the_strikes_has_no_volatility(price: float) -> None:
    assert at_the_money_iv(smile(lambda contract: 0.16, price, MONTH), 0) is None


def test_far_strikes_do_not_stand_in_for_strikes_at_the_money() -> None:
    table = contract_table({MONTH: range(2500, 3300, 25)})
    near = set(range(2750, 3050, 25))
    snapshot = chain(
        table,
        AT,
        2900.0,
        quotes=lambda contract: Quote(implied_volatility=nan if contract.strike in near else 0.3),
    )
    assert at_the_money_iv(snapshot, 0) is None


# --- constant maturity ------------------------------------------------------------------------------------------


def test_total_variance_is_interpolated_between_the_neighbours() -> None:
    near, far = after(20), after(50)
    snapshot = smile(lambda contract: 0.20 if contract.series == near else 0.10, 2910.0, near, far)
    variance = (0.20**2 * 20 * (50 - 30) + 0.10**2 * 50 * (30 - 20)) / (50 - 20)
    assert constant_maturity_iv(snapshot, 30) == pytest.approx(sqrt(variance / 30))


def test_expiration_at_the_maturity_is_enough() -> None:
    assert constant_maturity_iv(smile(lambda contract: 0.16, 2910.0, MONTH), 30) == pytest.approx(0.16)


@pytest.mark.parametrize("days", [(40, 60), (10, 20)])
def test_nothing_is_extrapolated(days: tuple[int, int]) -> None:
    assert constant_maturity_iv(smile(lambda contract: 0.16, 2910.0, *map(after, days)), 30) is None


def test_neighbour_without_volatility_is_passed_over_for_the_next() -> None:
    ivs = {10: 0.12, 25: nan, 40: nan, 50: 0.18}
    each = {after(days): iv for days, iv in ivs.items()}
    snapshot = smile(lambda contract: each[contract.series], 2910.0, *each)
    variance = (0.12**2 * 10 * 20 + 0.18**2 * 50 * 20) / 40
    assert constant_maturity_iv(snapshot, 30) == pytest.approx(sqrt(variance / 30))


def test_t21_series_without_quotes_has_no_say() -> None:
    near, unborn, far = after(20), after(30), after(50)
    table = contract_table(dict.fromkeys((near, unborn, far), STRIKES))
    snapshot = chain(
        table,
        AT,
        2910.0,
        quotes=lambda contract: None if contract.series == unborn else Quote(implied_volatility=0.16),
    )
    assert constant_maturity_iv(snapshot, 30) == pytest.approx(0.16)


@given(st.floats(0.05, 2.0), st.integers(5, 29), st.integers(31, 90), st.floats(2801.0, 2974.0))
def test_flat_volatility_is_found_again(volatility: float, near: int, far: int, price: float) -> None:
    snapshot = smile(lambda contract: volatility, price, after(near), after(far))
    assert constant_maturity_iv(snapshot, 30) == pytest.approx(volatility)
