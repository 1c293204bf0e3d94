import json
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.margin.maximum_loss import MaximumLossMargin, PositionLegs, maximum_loss
from engine.model import Deliverable, NetLeg, OptionContract, Right, Stock
from engine.money import to_micros, to_usd
from tests.engine.risk_builders import SHARES, book, call, index_series, option, put, share_series

MARGIN = MaximumLossMargin()
JUNE = date(2019, 6, 21)


def required(*legs: tuple[OptionContract | Stock, int]) -> float | None:
    """Requirement of a book, USD."""
    requirement = MARGIN.requirement(book(*legs))
    assert requirement.initial == requirement.maintenance
    return None if requirement.initial is None else to_usd(requirement.initial)


# --- single expirations


def test_legs_of_a_position_say_what_they_require_and_where_they_end() -> None:
    legs = book((put(2750.0), -1), (put(2700.0), 1))
    position, credit = PositionLegs(legs), to_micros(1_250.0)
    assert position == tuple(legs)
    assert not hasattr(position, "append")  # its groups are made once
    assert MARGIN.requirement(position).initial == MARGIN.requirement(legs).initial
    assert position.bounds_at_expiration(credit) == (maximum_loss(legs, credit), credit)
    assert PositionLegs(book((call(2900.0), 1))).bounds_at_expiration(-credit) == (credit, None)


def test_a_put_spread_requires_its_width() -> None:
    assert required((put(2750.0), -1), (put(2700.0), 1)) == 5_000


def test_t1_unequal_condor_wings_take_the_wider_side_once() -> None:
    condor = ((put(2700.0), 2), (put(2750.0), -2), (call(2900.0), -2), (call(3060.0), 2))
    assert required(*condor) == 32_000


def test_long_options_and_debit_spreads_require_nothing_beyond_their_premium() -> None:
    assert required((call(2900.0), 3), (put(2700.0), 2)) == 0
    assert required((call(2900.0), 1), (call(2950.0), -1)) == 0


def test_a_short_put_requires_its_strike() -> None:
    assert required((put(2700.0), -1)) == 270_000


def test_a_short_call_has_no_bound() -> None:
    assert required((call(2900.0), -1)) is None
    assert required((call(2900.0), 1), (call(2950.0), -2)) is None
    assert "100 shares" in MARGIN.requirement(book((call(2900.0), -1))).explanation


def test_the_loss_of_a_butterfly_lies_at_its_middle_strike() -> None:
    short_butterfly = ((call(2800.0), -1), (call(2850.0), 2), (call(2900.0), -1))
    assert required(*short_butterfly) == 5_000
    assert MARGIN.requirement(book(*short_butterfly)).explanation == (
        "SPX settling 2019-05-17T20:00:00Z loses 5,000.00 USD at 2,850.00"
    )


def test_a_long_box_requires_nothing_and_a_short_box_its_width() -> None:
    box = ((call(2800.0), 1), (call(2900.0), -1), (put(2900.0), 1), (put(2800.0), -1))
    assert required(*box) == 0
    assert required(*((contract, -quantity) for contract, quantity in box)) == 10_000


def test_an_empty_book_requires_nothing() -> None:
    assert required() == 0
    assert MARGIN.name == "maximum_loss"


# --- several groups


def test_losses_of_two_expirations_add_up() -> None:
    june = index_series(JUNE)
    assert required((put(2750.0), -1), (put(2700.0), 1), (put(2750.0, june), -1), (put(2720.0, june), 1)) == 8_000


def test_morning_and_afternoon_settlement_of_one_day_do_not_cover_each_other() -> None:
    assert required((put(2750.0, index_series(root="SPX")), 1), (put(2750.0, index_series(root="SPXW")), -1)) == 275_000


def test_a_sure_gain_of_one_expiration_pays_for_no_loss_of_another() -> None:
    june = index_series(JUNE)
    long_box = ((call(2800.0), 1), (call(2900.0), -1), (put(2900.0), 1), (put(2800.0), -1))
    assert required(*long_box, (put(2750.0, june), -1), (put(2700.0, june), 1)) == 5_000


def test_the_later_leg_of_a_calendar_covers_nothing() -> None:
    assert required((call(2900.0), -1), (call(2900.0, index_series(JUNE)), 1)) is None


# --- shares


def test_shares_cover_a_call_and_a_put_protects_shares() -> None:
    series = share_series()
    assert required((SHARES, 100), (call(290.0, series), -1)) == 0
    assert required((SHARES, 100), (put(270.0, series), 1)) == 0
    assert required((SHARES, 99), (call(290.0, series), -1)) is None


def test_long_shares_are_paid_in_full_and_short_shares_have_no_bound() -> None:
    assert required((SHARES, 250)) == 0
    assert required((SHARES, -1)) is None
    assert MARGIN.requirement(book((SHARES, -1))).explanation.startswith("SPY shares: short 1 shares")


def test_short_shares_with_a_long_call_require_the_strike() -> None:
    assert required((SHARES, -100), (call(290.0, share_series()), 1)) == 29_000


def test_shares_cover_calls_of_several_expirations_in_turn() -> None:
    may, june = share_series(), share_series(JUNE)
    calls = ((call(290.0, may), -1), (call(300.0, june), -1))
    assert required((SHARES, 200), *calls) == 0
    assert required((SHARES, 150), *calls) is None


def test_short_shares_are_paid_by_calls_of_several_expirations() -> None:
    may, june = share_series(), share_series(JUNE)
    assert required((SHARES, -200), (call(290.0, may), 1), (call(300.0, june), 1)) == 59_000


def test_shares_of_another_symbol_cover_nothing() -> None:
    assert required((Stock("QQQ"), 100), (call(290.0, share_series()), -1)) is None


# --- multipliers and deliverables


def test_a_mini_option_counts_ten_shares() -> None:
    mini = share_series(root="SPY7", strike_multiplier=10)
    assert required((put(280.0, mini), -1), (put(270.0, mini), 1)) == 100
    assert required((SHARES, 10), (call(290.0, mini), -1)) == 0


def test_an_adjusted_contract_delivers_its_shares_and_its_cash() -> None:
    adjusted = share_series(root="SPY1", deliverable=Deliverable(150, to_micros(200.0)))
    assert required((put(280.0, adjusted), -1)) == 28_000 - 200
    assert required((SHARES, 150), (call(280.0, adjusted), -1)) == 0
    assert required((SHARES, 100), (call(280.0, adjusted), -1)) is None


def test_an_adjusted_contract_meets_standard_ones_at_a_fractional_price() -> None:
    adjusted = share_series(root="SPY1", deliverable=Deliverable(150))
    legs = ((call(280.0, adjusted), 2), (call(250.0, share_series()), -3))
    # 300 shares either way; the adjusted calls start at 28,000 / 150 = 186.67, far before the short ones: no loss
    assert required(*legs) == 0
    assert required(*((contract, -quantity) for contract, quantity in legs)) == 300 * 250 - 2 * 28_000


def test_a_deliverable_of_cash_alone_moves_with_nothing() -> None:
    cash_only = share_series(root="SPY2", deliverable=Deliverable(0, to_micros(27_000.0)))
    assert required((call(260.0, cash_only), -1)) == 1_000
    assert required((put(280.0, cash_only), -1)) == 1_000
    assert required((put(260.0, cash_only), 1), (put(280.0, cash_only), -1)) == 1_000


# --- maximum loss of an order


def test_maximum_loss_counts_what_was_received_or_paid() -> None:
    spread = book((put(2750.0), -1), (put(2700.0), 1))
    assert maximum_loss(spread, to_micros(1_200.0)) == to_micros(3_800.0)
    assert maximum_loss(book((call(2900.0), 2)), to_micros(-700.0)) == to_micros(700.0)
    assert maximum_loss(book((call(2900.0), -1)), to_micros(700.0)) is None


def test_a_box_bought_below_its_width_cannot_lose() -> None:
    box = book((call(2800.0), 1), (call(2900.0), -1), (put(2900.0), 1), (put(2800.0), -1))
    assert maximum_loss(box, to_micros(-9_900.0)) == 0
    assert maximum_loss(box, to_micros(-10_050.0)) == to_micros(50.0)


def test_maximum_loss_equals_the_published_payoff_cases(reference_data: Path) -> None:
    cases = json.loads((reference_data / "oracle" / "payoff_cases.json").read_text())["cases"]
    series = share_series()
    checked = 0
    for case in cases:
        legs, cash = [], -float(case["fees"])
        for leg in case["legs"]:
            if leg["type"] == "stock":
                legs.append(NetLeg(SHARES, leg["qty"]))
                cash -= leg["qty"] * leg["price"]
            else:
                right = Right.CALL if leg["type"] == "call" else Right.PUT
                legs.append(NetLeg(option(series, right, leg["strike"]), leg["qty"]))
                cash -= leg["qty"] * leg["price"] * leg["multiplier"]
        loss, expected = maximum_loss(legs, to_micros(cash)), case["expected"]
        if expected["max_loss_unlimited"]:
            assert loss is None, case["id"]
        else:
            assert loss is not None, case["id"]
            assert to_usd(loss) == pytest.approx(-expected["max_loss"], abs=1e-6), case["id"]
        checked += 1
    assert checked == 45


# --- properties

EXPIRATIONS = (share_series(), share_series(JUNE), share_series(root="SPY1", deliverable=Deliverable(150, 10**8)))
STRIKES = tuple(float(strike) for strike in range(80, 125, 5))


@st.composite
def books(draw: st.DrawFn) -> list[NetLeg]:
    """Books of up to eight options of three series that settle at two instants, and shares."""
    legs = []
    for _ in range(draw(st.integers(1, 8))):
        series = draw(st.sampled_from(EXPIRATIONS))
        right, strike = draw(st.sampled_from(list(Right))), draw(st.sampled_from(STRIKES))
        legs.append(NetLeg(option(series, right, strike), draw(st.sampled_from((-3, -2, -1, 1, 2, 3)))))
    return [*legs, NetLeg(SHARES, draw(st.sampled_from((-200, 0, 0, 100, 200, 400))))]


KINKS = [80.0 + 5 * step for step in range(9)] + [(100 * strike - 100) / 150 for strike in STRIKES]
GRID = np.unique(np.concatenate([np.arange(0.0, 151.0, 0.5), KINKS, [1_000.0, 2_000.0]]))


def worst_on_the_grid(legs: list[NetLeg], shares: int) -> float:
    """Worst loss of contracts and shares at one settlement price, premium apart, by brute force; inf without bound."""
    value = shares * GRID
    for leg in legs:
        if isinstance(leg.instrument, OptionContract):
            delivered = leg.instrument.series.deliverable
            exercised = delivered.shares * GRID + delivered.cash / 1e6 - 100 * leg.instrument.strike
            value += leg.quantity * np.maximum(leg.instrument.right * exercised, 0.0)
    return np.inf if value[-1] < value[-2] - 1e-6 else float(-value.min())


def check_the_worst_loss(legs: list[NetLeg]) -> None:
    held = legs[-1].quantity
    june = [
        leg for leg in legs if isinstance(leg.instrument, OptionContract) and leg.instrument.series.expires_on == JUNE
    ]
    may = [leg for leg in legs if leg not in june]
    splits = range(min(held, 0), max(held, 0) + 1, 50)
    least = min(
        max(worst_on_the_grid(may, shares), 0.0) + max(worst_on_the_grid(june, held - shares), 0.0) for shares in splits
    )
    requirement = MARGIN.requirement(legs).initial
    if requirement is None:
        assert least == np.inf
    else:
        assert to_usd(requirement) >= least - 1e-6


@given(books())
@settings(max_examples=500)
def test_requirement_covers_the_worst_loss_of_every_bounded_book_and_refuses_every_other(legs: list[NetLeg]) -> None:
    check_the_worst_loss(legs)


@pytest.mark.long
@given(books())
@settings(max_examples=20_000)
def test_requirement_covers_the_worst_loss_of_many_bounded_books(legs: list[NetLeg]) -> None:
    check_the_worst_loss(legs)


@given(books())
def test_a_book_of_one_settlement_is_required_exactly_its_worst_loss(legs: list[NetLeg]) -> None:
    own = [leg for leg in legs if isinstance(leg.instrument, Stock) or leg.instrument.series.expires_on != JUNE]
    worst = worst_on_the_grid(own, own[-1].quantity)
    requirement = MARGIN.requirement(own).initial
    assert (requirement is None) == (worst == np.inf)
    if requirement is not None:
        assert to_usd(requirement) == pytest.approx(max(worst, 0.0), abs=2e-6)


@given(books(), st.randoms(use_true_random=False))
def test_requirement_depends_neither_on_the_order_of_legs_nor_on_how_they_are_split(
    legs: list[NetLeg], shuffler: Random
) -> None:
    whole = MARGIN.requirement(legs)
    halves = [(leg.quantity // 2, leg.quantity - leg.quantity // 2) for leg in legs]
    pieces = [NetLeg(leg.instrument, part) for leg, parts in zip(legs, halves, strict=True) for part in parts if part]
    shuffler.shuffle(pieces)
    assert MARGIN.requirement(pieces) == whole


@given(books(), st.integers(1, 20))
def test_t36_requirement_scales_with_quantity(legs: list[NetLeg], times: int) -> None:
    once = MARGIN.requirement(legs).initial
    larger = MARGIN.requirement([NetLeg(leg.instrument, times * leg.quantity) for leg in legs]).initial
    adjusted = any(isinstance(leg.instrument, OptionContract) and leg.instrument.series.root == "SPY1" for leg in legs)
    if once is None or larger is None:
        assert once == larger
    else:  # a worst loss at a fractional price is rounded up to the next micro-dollar
        assert times * (once - adjusted) <= larger <= times * once
