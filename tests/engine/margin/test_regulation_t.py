from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from math import fsum
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ConfigurationError, MarketDataError
from engine.margin import OptionLeg, RegTMargin, StockLeg, reg_t_margin
from engine.margin.charges import RULES, GroupKind, Spot, uncovered
from engine.margin.classes import CLASSES
from engine.margin.legs import PricedLeg, columns_of
from engine.model import ExerciseStyle, Right

MAY, JUNE = date(2019, 5, 17), date(2019, 6, 21)
CALL, PUT = Right.CALL, Right.PUT
STRIKES = (80.0, 90.0, 95.0, 100.0, 105.0, 120.0)


def margin(*legs: PricedLeg, price: float = 100.0, kind: str = "equity", today: date | None = None) -> RegTMargin:
    return reg_t_margin(legs, underlying_price=price, underlying_class=kind, today=today)


def leg(right: Right, strike: float, quantity: int, price: float = 1.0, expiry: date = MAY) -> OptionLeg:
    return OptionLeg(right, strike, quantity, price, expiry)


# --- traps and rules


def test_t1_unequal_condor_wings_require_the_wider_side_once() -> None:
    condor = margin(
        leg(PUT, 2700, 2, 10),
        leg(PUT, 2750, -2, 15),
        leg(CALL, 2900, -2, 15),
        leg(CALL, 3060, 2, 10),
        price=2820,
        kind="broad_index",
    )
    assert condor.maintenance_requirement == 32_000


def test_t2_a_covered_book_is_never_charged_the_uncovered_rate_because_of_how_legs_are_grouped() -> None:
    # A greedy matcher gives the 100 put the nearest long, and leaves the later short without one.
    june_short, may_short = leg(PUT, 100, -1, 4, JUNE), leg(PUT, 100, -1, 3)
    covered = margin(may_short, june_short, leg(PUT, 95, 1, 1), leg(PUT, 95, 1, 2, JUNE))
    assert covered.maintenance_requirement == 1_000
    assert {group.kind for group in covered.decomposition} == {"spread"}


def test_a_long_that_expires_first_covers_nothing() -> None:
    assert margin(leg(CALL, 100, 1), leg(CALL, 105, -1, 2, JUNE)).maintenance_requirement == 1_700


def test_a_european_short_box_requires_its_cost_to_close_and_two_percent() -> None:
    legs = [
        OptionLeg(right, strike, quantity, price, MAY, ExerciseStyle.EUROPEAN)
        for right, strike, quantity, price in (
            (CALL, 95.0, -1, 7.0), (CALL, 105.0, 1, 2.0), (PUT, 105.0, -1, 6.8), (PUT, 95.0, 1, 1.9),
        )
    ]  # fmt: skip
    assert margin(*legs).maintenance_requirement == pytest.approx(1_009.80)


def test_a_price_or_a_class_that_cannot_be_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="choose one of equity"):
        margin(leg(PUT, 100, -1), kind="bond")
    with pytest.raises(MarketDataError, match="finite"):
        margin(leg(PUT, 100, -1, float("nan")))
    with pytest.raises(MarketDataError, match="underlying price"):
        margin(leg(PUT, 100, -1), price=0.0)


def test_the_groups_add_up_to_the_requirement() -> None:
    found = margin(StockLeg(250, 100.0), leg(CALL, 105, -2), leg(PUT, 95, 1), leg(PUT, 90, -1))
    assert fsum(group.maintenance for group in found.decomposition) == found.maintenance_requirement
    assert sum(group.shares for group in found.decomposition) == 250


# --- properties


@st.composite
def option_books(draw: st.DrawFn, expirations: tuple[date, ...] = (MAY, JUNE), most: int = 2) -> list[OptionLeg]:
    """Books of up to five options on an underlying at 100, worth at least their intrinsic value."""
    legs = []
    for _ in range(draw(st.integers(1, 5))):
        right, strike = draw(st.sampled_from((CALL, PUT))), draw(st.sampled_from(STRIKES))
        quantity = draw(st.integers(-most, most).filter(bool))
        expiry = draw(st.sampled_from(expirations))
        later = 1.0 if expiry == JUNE else 0.0
        value = max(right * (100.0 - strike), 0.0) + 2.0 + later
        legs.append(OptionLeg(right, strike, quantity, value, expiry))
    return legs


def worst_at_expiration(legs: list[OptionLeg]) -> float:
    """Largest intrinsic loss at any price, premium apart; inf without bound."""
    values = [
        fsum(100 * one.quantity * one.intrinsic(price) for one in legs) for price in (0.0, *STRIKES, 1_000.0, 1_100.0)
    ]
    return float("inf") if values[-1] < values[-2] - 1e-6 else -min(values)


def check_the_bound(legs: list[OptionLeg]) -> None:
    found = margin(*legs)
    kinds = {group.kind for group in found.decomposition}
    if not kinds & {GroupKind.UNCOVERED, GroupKind.STRADDLE}:
        paid = fsum(one.quantity * one.value for one in legs)
        assert found.maintenance_requirement >= worst_at_expiration(legs) - 1e-6
        assert found.initial_net_deposit >= worst_at_expiration(legs) + paid - 1e-6


@given(option_books((MAY,)))
@settings(max_examples=500)
def test_t1_a_covered_book_of_one_expiration_is_required_its_worst_loss(legs: list[OptionLeg]) -> None:
    check_the_bound(legs)


@pytest.mark.long
@given(option_books((MAY,)))
@settings(max_examples=20_000)
def test_t1_a_covered_book_of_one_expiration_is_required_its_worst_loss_in_many_books(legs: list[OptionLeg]) -> None:
    check_the_bound(legs)


def check_the_order(legs: list[OptionLeg], shuffler: Random) -> None:
    pieces = [
        OptionLeg(one.right, one.strike, sign, one.price, one.expiry)
        for one in legs
        for sign in [1 if one.quantity > 0 else -1] * abs(one.quantity)
    ]
    shuffler.shuffle(pieces)
    assert margin(*pieces) == margin(*legs)


@given(option_books(), st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_t2_margin_does_not_depend_on_the_order_of_legging(legs: list[OptionLeg], shuffler: Random) -> None:
    check_the_order(legs, shuffler)


@pytest.mark.long
@given(option_books(), st.randoms(use_true_random=False))
@settings(max_examples=20_000)
def test_t2_margin_does_not_depend_on_the_order_of_legging_in_many_books(
    legs: list[OptionLeg], shuffler: Random
) -> None:
    check_the_order(legs, shuffler)


@given(option_books(), st.integers(2, 9))
@settings(max_examples=500)
def test_t36_margin_scales_with_quantity(legs: list[OptionLeg], times: int) -> None:
    larger = [OptionLeg(one.right, one.strike, one.quantity * times, one.price, one.expiry) for one in legs]
    once, many = margin(*legs), margin(*larger)
    assert many.maintenance_requirement == pytest.approx(times * once.maintenance_requirement, abs=1e-6)
    assert many.initial_net_deposit == pytest.approx(times * once.initial_net_deposit, abs=1e-6)


# --- the second method: every matching of single contracts, one by one


def cheapest_by_trying_everything(legs: list[OptionLeg]) -> float:
    """Least requirement over all ways to use single contracts: shorts uncovered, in a straddle or in a spread."""
    net: dict[tuple[Right, float, date, float], int] = {}
    for one in legs:
        key = (one.right, one.strike, one.expiry, one.price)
        net[key] = net.get(key, 0) + one.quantity
    units = [
        OptionLeg(key[0], key[1], 1 if count > 0 else -1, key[3], key[2])
        for key, count in net.items()
        for _ in range(abs(count))
    ]
    shorts, longs = [one for one in units if one.quantity < 0], [one for one in units if one.quantity > 0]
    expirations = sorted({one.expiry for one in shorts})
    best = float("inf")
    for together in product((False, True), repeat=len(shorts)):
        alone = [one for one, spread in zip(shorts, together, strict=True) if not spread]
        spread = [one for one, spread in zip(shorts, together, strict=True) if spread]
        for places in product(expirations, repeat=len(longs)) if expirations else [()]:
            best = min(best, uncovered_least(tuple(alone)) + sum(spread_losses(spread, longs, places, expirations)))
    return best if shorts else 0.0


def spread_losses(
    shorts: list[OptionLeg], longs: list[OptionLeg], places: tuple[date, ...], expirations: list[date]
) -> Iterator[float]:
    for expiry in expirations:
        own = [one for one in shorts if one.expiry == expiry]
        cover = [one for one, place in zip(longs, places, strict=True) if place == expiry and one.expiry >= expiry]
        for right in Right:
            if sum(one.right == right for one in own) > sum(one.right == right for one in cover):
                yield float("inf")
        yield max(0.0, worst_at_expiration(own + cover) if own else 0.0)


@cache
def uncovered_least(shorts: tuple[OptionLeg, ...]) -> float:
    """Shorts without cover, calls and puts paired as is cheapest."""
    if not shorts:
        return 0.0
    first, rest = shorts[0], shorts[1:]
    spot = Spot(100.0, CLASSES["equity"])
    best = 100 * float(uncovered(columns_of([first]), spot)[0]) + uncovered_least(rest)
    for place, other in enumerate(rest):
        if other.right != first.right:
            pair = 100 * float(
                RULES[GroupKind.STRADDLE]((columns_of([first]), columns_of([other])), spot).maintenance[0]
            )
            best = min(best, pair + uncovered_least(rest[:place] + rest[place + 1 :]))
    return best


def check_the_minimum(legs: list[OptionLeg]) -> None:
    assert margin(*legs).maintenance_requirement == pytest.approx(cheapest_by_trying_everything(legs), abs=1e-6)


@given(option_books(most=1))
@settings(max_examples=500)
def test_t2_margin_is_the_least_over_all_matchings(legs: list[OptionLeg]) -> None:
    check_the_minimum(legs)


@pytest.mark.long
@given(option_books(most=1))
@settings(max_examples=20_000)
def test_t2_margin_is_the_least_over_all_matchings_of_many_books(legs: list[OptionLeg]) -> None:
    check_the_minimum(legs)
