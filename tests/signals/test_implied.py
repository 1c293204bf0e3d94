"""At-the-money volatility and constant maturity on chains whose volatility is known."""

from dataclasses import replace
from math import nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.implied import at_the_money_iv, constant_maturity_iv
from engine.instants import NANOS_PER_DAY
from engine.model import ChainSnapshot, OptionContract, QuoteFlag, Right
from signals.implied import iv_at_delta, straddle
from tests.builders import Quote, call, chain, contract_table
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


# --- at a delta -------------------------------------------------------------------------------------------------

PUT_DELTAS = {2800.0: -0.10, 2825.0: -0.20, 2850.0: -0.30, 2875.0: -0.40}


def wing(unusable: float | None = None) -> ChainSnapshot:
    """Puts of known deltas, whose volatility falls by a point a strike from 20 % on."""

    def quote(contract: OptionContract) -> Quote | None:
        if contract.right is Right.CALL or contract.strike not in PUT_DELTAS:
            return None
        iv = 0.20 - 0.01 * (contract.strike - 2800.0) / 25.0
        if contract.strike == unusable:
            return Quote(delta=PUT_DELTAS[contract.strike], implied_volatility=0.9, flags=QuoteFlag.CROSSED)
        return Quote(delta=PUT_DELTAS[contract.strike], implied_volatility=iv)

    return chain(contract_table({MONTH: STRIKES}), AT, 2910.0, quotes=quote)


def test_volatility_at_a_delta_is_interpolated_between_its_neighbours() -> None:
    assert iv_at_delta(wing(), 0, Right.PUT, 0.25) == pytest.approx(0.185)
    assert iv_at_delta(wing(), 0, Right.PUT, 0.30) == pytest.approx(0.18)


def test_a_flagged_neighbour_gives_way_to_the_next() -> None:
    assert iv_at_delta(wing(unusable=2850.0), 0, Right.PUT, 0.25) == pytest.approx(0.19 - 0.02 * 0.25)


@pytest.mark.parametrize("delta", [0.05, 0.45])
def test_a_delta_beyond_the_quotes_has_no_volatility(delta: float) -> None:
    assert iv_at_delta(wing(), 0, Right.PUT, delta) is None


def test_a_right_without_quotes_has_no_volatility_at_a_delta() -> None:
    assert iv_at_delta(wing(), 0, Right.CALL, 0.25) is None


# --- straddle ---------------------------------------------------------------------------------------------------


def priced(contract: OptionContract) -> Quote:
    """Middle 1 for puts and 2 for calls, a hundredth more per strike, ten more in the second week."""
    middle = 1.5 - 0.5 * int(-contract.right) + contract.strike / 100.0 + 10.0 * (contract.series == after(14))
    return Quote(bid=middle - 0.05, ask=middle + 0.05)


@pytest.mark.parametrize(("days", "settles_in"), [(0, 7), (7, 7), (8, 14)])
def test_the_straddle_is_of_the_first_expiration_far_enough_and_the_strike_nearest_to_the_price(
    days: int, settles_in: int
) -> None:
    table = contract_table(dict.fromkeys((after(7), after(14)), STRIKES))
    snapshot = chain(table, AT, 2910.0, quotes=priced)
    both = 2.0 + 1.0 + 2 * 29.0 + (20.0 if settles_in == 14 else 0.0)
    found = straddle(snapshot, days)
    assert found is not None
    assert found[0] == pytest.approx(both)
    assert found[1] == AT + settles_in * NANOS_PER_DAY


def test_a_strike_with_one_flagged_quote_gives_way_to_the_next_nearest() -> None:
    table = contract_table({MONTH: STRIKES})
    flagged = {call(table, MONTH, 2900.0): Quote(flags=QuoteFlag.NO_BID)}
    snapshot = chain(table, AT, 2910.0, quotes=priced, changes=flagged)
    found = straddle(snapshot, 0)
    assert found is not None
    assert found[0] == pytest.approx(3.0 + 2 * 29.25)


def test_without_an_expiration_far_enough_there_is_no_straddle() -> None:
    assert straddle(chain(contract_table({MONTH: STRIKES}), AT, 2910.0, quotes=priced), 31) is None
