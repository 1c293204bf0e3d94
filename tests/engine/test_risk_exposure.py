from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import PricingConfig
from engine.instants import years_between
from engine.market import Market
from engine.model import ChainSnapshot, NetLeg, NetLegs, Stock, Underlying, UnderlyingKind
from engine.pricing import greeks
from engine.risk import Exposure, ExposureCalculator
from tests.builders import (
    Quote,
    call,
    chain,
    contract_table,
    equity_series,
    new_york,
    publish_prices,
    put,
    series,
    session_table,
)

NOW = new_york(date(2019, 4, 25), "15:45")
NEAR = series(date(2019, 5, 10))
TABLE = contract_table({NEAR: range(2800, 3010, 50)})
FULL = Quote(delta=-0.3, gamma=0.002, vega=250.0, theta=-365.0, implied_volatility=0.15)
CALCULATOR = ExposureCalculator(PricingConfig())


def market(*snapshots: ChainSnapshot, **prices: float) -> Market:
    """A market that has seen these chains."""
    made = Market(
        session_table(date(2019, 4, 1), date(2019, 5, 31)),
        {"SPX": Underlying("SPX", UnderlyingKind.INDEX)},
        snapshots={snapshot.underlying: snapshot for snapshot in snapshots},
    )
    publish_prices(made, NOW, **prices)
    return made


def quoted(quote: Quote | None) -> Market:
    """A market that quotes one put, the 2850."""
    return market(chain(TABLE, NOW, 2900.0, changes={put(TABLE, NEAR, 2850): quote}))


def test_vendor_greeks_are_kept_in_the_units_of_the_screen() -> None:
    measured = CALCULATOR.measure([NetLeg(put(TABLE, NEAR, 2850), -2)], quoted(FULL))
    assert measured.delta_shares == pytest.approx(60.0)
    assert measured.gamma_shares_per_point == pytest.approx(-0.4)
    assert measured.vega_usd_per_point == pytest.approx(-500.0)
    assert measured.theta_usd_per_day == pytest.approx(200.0)


def test_what_the_vendor_leaves_out_comes_from_the_model_at_the_vendors_volatility() -> None:
    leg = NetLeg(put(TABLE, NEAR, 2850), 1)
    rates = PricingConfig(rate=0.02, dividend_yield=0.01)
    measured = ExposureCalculator(rates).measure([leg], quoted(Quote(delta=-0.4, implied_volatility=0.2)))
    expected = greeks(-1, 2900.0, 2850.0, years_between(NOW, NEAR.settles_at), 0.02, 0.01, 0.2)
    assert measured.delta_shares == pytest.approx(-40.0)
    assert measured.gamma_shares_per_point == pytest.approx(100 * float(expected.gamma))
    assert measured.vega_usd_per_point == pytest.approx(float(expected.vega))
    assert measured.theta_usd_per_day == pytest.approx(100 * float(expected.theta) / 365)
    without = ExposureCalculator(rates).measure([leg], quoted(Quote(implied_volatility=0.2)))
    assert without.delta_shares == pytest.approx(100 * float(expected.delta))


@pytest.mark.parametrize("volatility", [float("nan"), 0.0])
def test_without_a_volatility_a_contract_moves_like_its_intrinsic_value(volatility: float) -> None:
    quotes = {put(TABLE, NEAR, 2850): Quote(implied_volatility=volatility)}
    quotes |= {put(TABLE, NEAR, 2950): Quote(implied_volatility=volatility)}
    quotes |= {call(TABLE, NEAR, 2850): Quote(implied_volatility=volatility)}
    seen = market(chain(TABLE, NOW, 2900.0, changes=quotes))
    calculator = ExposureCalculator(PricingConfig(dividend_yield=0.05))
    deltas = [calculator.measure([NetLeg(contract, 1)], seen) for contract in quotes]
    assert deltas == [Exposure(0.0), Exposure(-100.0), Exposure(100.0)]


def test_a_vendor_delta_without_a_volatility_is_kept_without_vega() -> None:
    measured = CALCULATOR.measure([NetLeg(put(TABLE, NEAR, 2850), 1)], quoted(Quote(delta=-0.25)))
    assert measured == Exposure(-25.0, 0.0, 0.0, 0.0)


def test_a_contract_that_the_chain_does_not_quote_moves_like_its_intrinsic_value() -> None:
    seen = market(chain(TABLE, NOW, 2900.0, changes={put(TABLE, NEAR, 2950): None, call(TABLE, NEAR, 3000): None}))
    assert CALCULATOR.measure([NetLeg(put(TABLE, NEAR, 2950), 1)], seen) == Exposure(-100.0)
    assert CALCULATOR.measure([NetLeg(call(TABLE, NEAR, 3000), 1)], seen) == Exposure(0.0)  # the last row is missing


def test_without_a_chain_the_last_price_decides_and_without_a_price_nothing_counts() -> None:
    leg = NetLeg(put(TABLE, NEAR, 2950), 1)
    empty = chain(TABLE, NOW, 2900.0, quotes=lambda contract: None)
    assert CALCULATOR.measure([leg], market(empty)) == Exposure(-100.0)
    assert CALCULATOR.measure([leg], market(SPX=2900.0)) == Exposure(-100.0)
    assert CALCULATOR.measure([leg], market()) == Exposure()


def test_at_the_strike_at_the_last_instant_there_are_no_greeks() -> None:
    last = chain(TABLE, NEAR.settles_at, 2850.0, changes={put(TABLE, NEAR, 2850): Quote(implied_volatility=0.15)})
    assert CALCULATOR.measure([NetLeg(put(TABLE, NEAR, 2850), 1)], market(last)) == Exposure()


def test_shares_move_one_for_one() -> None:
    assert CALCULATOR.measure([NetLeg(Stock("SPY"), -150)], market()) == Exposure(-150.0)


def test_so_many_of_the_same_multiply_every_sensitivity() -> None:
    assert Exposure(1.0, 2.0, 3.0, 4.0).times(-2) == Exposure(-2.0, -4.0, -6.0, -8.0)


@pytest.mark.parametrize("made", [list, NetLegs.of], ids=["legs", "book"])
def test_greeks_are_those_of_the_present_chain_and_without_one_of_the_present_price(
    made: Callable[[list[NetLeg]], Sequence[NetLeg]],
) -> None:
    calculator, legs = ExposureCalculator(PricingConfig()), made([NetLeg(put(TABLE, NEAR, 2850), 1)])
    seen = quoted(FULL)
    assert calculator.measure(legs, seen).delta_shares == pytest.approx(-30.0)
    seen.snapshots["SPX"] = chain(TABLE, NOW, 2900.0, changes={put(TABLE, NEAR, 2850): Quote(delta=-0.4)})
    assert calculator.measure(legs, seen).delta_shares == pytest.approx(-40.0)
    del seen.snapshots["SPX"]
    for price, delta in ((2900.0, 0.0), (2700.0, -100.0)):  # without volatility it moves like its intrinsic value
        publish_prices(seen, NOW, SPX=price)
        assert calculator.measure(legs, seen).delta_shares == delta


STRIKES = st.sampled_from(range(2800, 3010, 50))
LEGS = st.lists(st.tuples(st.sampled_from([put, call]), STRIKES, st.integers(-5, 5)), min_size=1, max_size=6)


@given(LEGS, LEGS)
def test_exposure_adds_up_leg_by_leg(
    first: list[tuple[object, int, int]], second: list[tuple[object, int, int]]
) -> None:
    seen = market(chain(TABLE, NOW, 2900.0))
    one, two = (
        [NetLeg((put if make is put else call)(TABLE, NEAR, strike), quantity) for make, strike, quantity in legs]
        for legs in (first, second)
    )
    together, *apart = (CALCULATOR.measure(legs, seen) for legs in (one + two, one, two))
    for field in fields(Exposure):
        summed = sum(getattr(part, field.name) for part in apart)
        assert getattr(together, field.name) == pytest.approx(summed, abs=1e-7)


def test_a_book_on_two_underlyings_is_measured_on_both_present_chains() -> None:
    fund = equity_series(date(2019, 5, 17), "SPY")
    both = contract_table({NEAR: [2850.0], fund: [290.0]})
    first, second = put(both, NEAR, 2850), put(both, fund, 290)
    calculator, book = ExposureCalculator(PricingConfig()), NetLegs.of([NetLeg(first, 1), NetLeg(second, 1)])
    seen = market(
        chain(both, NOW, 2900.0, changes={first: Quote(delta=-0.3)}),
        chain(both, NOW, 290.0, changes={second: Quote(delta=-0.5)}, underlying="SPY"),
    )
    assert calculator.measure(book, seen).delta_shares == pytest.approx(-80.0)
    seen.snapshots["SPX"] = chain(both, NOW, 2900.0, changes={first: Quote(delta=-0.4)})
    assert calculator.measure(book, seen).delta_shares == pytest.approx(-90.0)
    seen.snapshots["SPY"] = chain(both, NOW, 290.0, changes={second: Quote(delta=-0.6)}, underlying="SPY")
    assert calculator.measure(book, seen).delta_shares == pytest.approx(-100.0)


@given(LEGS)
def test_a_book_is_exposed_as_its_legs_are(legs: list[tuple[object, int, int]]) -> None:
    seen = market(chain(TABLE, NOW, 2900.0))
    book = NetLegs.of(
        [NetLeg((put if make is put else call)(TABLE, NEAR, strike), quantity) for make, strike, quantity in legs]
    )
    assert ExposureCalculator(PricingConfig()).measure(book, seen) == CALCULATOR.measure([*book], seen)
