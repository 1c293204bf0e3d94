"""Formulas of loss, profit and break-evens, against the payoff analytics and by hand."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Leg, OptionContract, Right
from engine.money import to_micros
from engine.pricing.payoff import PayoffProfile, analyse
from engine.pricing.payoff_legs import PayoffLeg
from engine.structures import STRUCTURES, formulas
from tests.engine.structures.random_chains import Built, built

ONE_EXPIRATION = tuple(name for name, one in STRUCTURES.items() if one.expirations <= 1)
SEVERAL = tuple(name for name, one in STRUCTURES.items() if one.expirations > 1)
PRICES = st.lists(st.integers(0, 20_000), min_size=6, max_size=6)


def payoff_leg(leg: Leg, price: float, first: object) -> PayoffLeg:
    one = leg.instrument
    if not isinstance(one, OptionContract):
        return PayoffLeg("stock", leg.ratio, price)
    years = 0.25 if one.series.expires_on == first else 0.75
    return PayoffLeg("call" if one.right is Right.CALL else "put", leg.ratio, price, strike=one.strike, years=years)


def measured(one: Built, cents: list[int]) -> tuple[PayoffProfile, int]:
    """The profile of one package at these prices, and its debit per share in micro-dollars."""
    expirations = [leg.instrument.series.expires_on for leg in one.legs if isinstance(leg.instrument, OptionContract)]
    first = min(expirations, default=None)
    legs = [payoff_leg(leg, price / 100, first) for leg, price in zip(one.legs, cents, strict=False)]
    per_unit = 100 if one.structure.legs else 1
    debit = sum(
        leg.ratio // (1 if isinstance(leg.instrument, OptionContract) else per_unit) * price * 10_000
        for leg, price in zip(one.legs, cents, strict=False)
    )
    spot = one.strikes[0] if one.strikes else 100.0
    return analyse(legs, spot=spot, rate=0.0, dividend_yield=0.0, volatility=0.2, years=0.25), debit


def in_money(per_share: float, one: Built) -> float | None:
    return None if per_share in {inf, -inf} else per_share / 1_000_000 * (100 if one.structure.legs else 1)


def agrees_with_the_payoff(one: Built, cents: list[int]) -> None:
    profile, debit = measured(one, cents)
    found = formulas(one.structure)
    lost, earned = found.maximum_loss(one.strikes, debit), found.maximum_profit(one.strikes, debit)
    assert lost is not None
    assert earned is not None
    assert in_money(-lost, one) == (None if profile.max_loss is None else pytest.approx(profile.max_loss, abs=1e-6))
    assert in_money(earned, one) == (
        None if profile.max_profit is None else pytest.approx(profile.max_profit, abs=1e-6)
    )
    zeros = found.breakevens(one.strikes, debit)
    assert zeros is not None
    assert [float(zero) for zero in zeros] == pytest.approx(list(profile.breakevens), abs=1e-9)


@settings(max_examples=500)
@given(built(ONE_EXPIRATION), PRICES)
def test_loss_profit_and_breakevens_are_those_of_the_payoff(one: Built, cents: list[int]) -> None:
    agrees_with_the_payoff(one, cents)


@pytest.mark.long
@settings(max_examples=20_000)
@given(built(ONE_EXPIRATION), PRICES)
def test_loss_profit_and_breakevens_are_those_of_the_payoff_at_length(one: Built, cents: list[int]) -> None:
    agrees_with_the_payoff(one, cents)


def extremes_agree_with_the_payoff(one: Built, cents: list[int]) -> None:
    """At a rate of zero; where there is no closed form nothing is claimed."""
    profile, debit = measured(one, cents)
    found = formulas(one.structure)
    lost, earned = found.maximum_loss(one.strikes, debit), found.maximum_profit(one.strikes, debit)
    assert lost is not None or earned is not None
    if lost is not None:
        assert in_money(-lost, one) == (None if profile.max_loss is None else pytest.approx(profile.max_loss, abs=1e-3))
    if earned is not None:
        expected = None if profile.max_profit is None else pytest.approx(profile.max_profit, abs=1e-3)
        assert in_money(earned, one) == expected


@settings(max_examples=10)  # the curve between two expirations is measured numerically, half a second each
@given(built(SEVERAL), PRICES)
def test_extremes_of_two_expirations_are_those_of_the_payoff(one: Built, cents: list[int]) -> None:
    extremes_agree_with_the_payoff(one, cents)


@pytest.mark.long
@settings(max_examples=500)
@given(built(SEVERAL), PRICES)
def test_extremes_of_two_expirations_are_those_of_the_payoff_at_length(one: Built, cents: list[int]) -> None:
    extremes_agree_with_the_payoff(one, cents)


@pytest.mark.parametrize(
    ("name", "strikes", "debit", "loss", "profit", "zeros"),
    [
        ("iron_condor", (90, 95, 105, 112), -2.0, 5.0, 2.0, [93.0, 107.0]),
        ("put_credit_spread", (90, 95), -1.5, 3.5, 1.5, [93.5]),
        ("long_call_butterfly", (90, 100, 110), 3.0, 3.0, 7.0, [93.0, 107.0]),
        ("long_call_broken_wing_butterfly", (90, 100, 115), -1.0, 4.0, 11.0, [111.0]),
        ("call_ratio_spread", (100, 110), 1.0, inf, 9.0, [101.0, 119.0]),
        ("short_put", (100,), -4.0, 96.0, 4.0, [96.0]),
        ("jade_lizard", (90, 105, 110), -5.0, 85.0, 5.0, [85.0]),  # the credit is the width: above K3 all is zero
    ],
)
def test_textbook_figures(
    name: str, strikes: tuple[float, ...], debit: float, loss: float, profit: float, zeros: list[float]
) -> None:
    found, paid = formulas(STRUCTURES[name]), to_micros(debit)
    assert found.maximum_loss(strikes, paid) == (inf if loss == inf else to_micros(loss))
    assert found.maximum_profit(strikes, paid) == to_micros(profit)
    breakevens = found.breakevens(strikes, paid)
    assert breakevens is not None
    assert [float(zero) for zero in breakevens] == zeros
