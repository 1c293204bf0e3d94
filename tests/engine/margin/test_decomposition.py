from dataclasses import replace
from datetime import date
from math import gcd
from random import Random

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engine.margin import integer_search
from engine.margin.charges import Spot
from engine.margin.classes import CLASSES
from engine.margin.decomposition import Decomposition, cheapest_plan
from engine.margin.legs import Floats, NetBook, OptionLeg, StockLeg, columns_of, net_book
from engine.margin.priced_plan import Held, PricedPlan
from engine.margin.programme import Terms
from engine.margin.regulation_t import cheapest_plans, figures_of, reg_t_margin
from engine.model import ExerciseStyle, Right
from tests.engine.margin.integer_programme import least_cost_by_solver

EXPIRATIONS = (date(2019, 5, 17), date(2019, 6, 21), date(2019, 7, 19))
STRIKES = tuple(float(strike) for strike in range(80, 125, 5))
PRICE = 100.0


@st.composite
def mixed_books(draw: st.DrawFn) -> NetBook:
    """Books of up to ten options of three expirations, both styles, two sizes, and shares; no common divisor."""
    legs: list[OptionLeg | StockLeg] = []
    for _ in range(draw(st.integers(1, 10))):
        right, strike = draw(st.sampled_from(tuple(Right))), draw(st.sampled_from(STRIKES))
        value = max(right * (PRICE - strike), 0.0) + draw(st.sampled_from((0.05, 1.0, 2.5)))
        expiry, style = draw(st.sampled_from(EXPIRATIONS)), draw(st.sampled_from(tuple(ExerciseStyle)))
        size = draw(st.sampled_from((100, 100, 100, 10)))
        legs.append(OptionLeg(right, strike, draw(st.integers(-3, 3)), value, expiry, style, size))
    legs.append(StockLeg(draw(st.sampled_from((-300, -150, 0, 0, 0, 100, 250))), PRICE))
    legs.append(OptionLeg(Right.CALL, 130.0, 1, 0.05, EXPIRATIONS[0]))
    return net_book(legs)


def held_at(book: NetBook, price: float, kind: str = "equity", prices: Floats | None = None) -> Held:
    columns = columns_of(book.options)
    options = columns if prices is None else replace(columns, price=prices)
    return Held(replace(book, share_price=price), options, Spot(price, CLASSES[kind]))


def cost_of(found: Decomposition, held: Held) -> float:
    """Maintenance of a plan beyond that of the shares alone."""
    alone = held.share_rate * abs(held.book.share_value)
    return sum(PricedPlan(found.plan, held.book, held.options).maintenance(held)) - alone


# --- the second method


def check_the_cost(book: NetBook, kind: str) -> None:
    held = held_at(book, PRICE, kind)
    terms = Terms(held.spot, held.units)
    found = cheapest_plan(book, held.options, terms)
    assert found.excess == 0.0
    least = least_cost_by_solver(book.options, terms)
    assert found.sought == pytest.approx(least, rel=1e-8, abs=1e-5)
    assert cost_of(found, held) == pytest.approx(least, rel=1e-8, abs=1e-5)


@given(mixed_books(), st.sampled_from(("equity", "broad_index", "leveraged_etf_3x")))
@settings(max_examples=500)
def test_the_search_finds_what_the_integer_programme_finds(book: NetBook, kind: str) -> None:
    check_the_cost(book, kind)


@pytest.mark.long
@given(mixed_books(), st.sampled_from(("equity", "broad_index", "leveraged_etf_3x")))
@settings(max_examples=20_000)
def test_the_search_finds_what_the_integer_programme_finds_in_many_books(book: NetBook, kind: str) -> None:
    check_the_cost(book, kind)


# --- European short boxes (RULES 7.6)


@st.composite
def books_with_boxes(draw: st.DrawFn) -> NetBook:
    """One or two short boxes that cost about their width to close, beside up to four other options and shares."""
    european = ExerciseStyle.EUROPEAN
    legs: list[OptionLeg | StockLeg] = []
    for _ in range(draw(st.integers(1, 2))):
        low = draw(st.sampled_from(STRIKES[:-1]))
        high, expiry = low + draw(st.sampled_from((5.0, 10.0))), draw(st.sampled_from(EXPIRATIONS[:2]))
        times = draw(st.integers(1, 2))
        for right, strike, sign in (
            (Right.CALL, low, -1),
            (Right.CALL, high, 1),
            (Right.PUT, high, -1),
            (Right.PUT, low, 1),
        ):
            value = max(right * (PRICE - strike), 0.0) + draw(st.sampled_from((0.5, 1.0, 1.1)))
            legs.append(OptionLeg(right, strike, sign * times, value, expiry, european))
    for _ in range(draw(st.integers(0, 4))):
        right, strike = draw(st.sampled_from(tuple(Right))), draw(st.sampled_from(STRIKES))
        value = max(right * (PRICE - strike), 0.0) + 1.0
        expiry, style = draw(st.sampled_from(EXPIRATIONS)), draw(st.sampled_from(tuple(ExerciseStyle)))
        legs.append(OptionLeg(right, strike, draw(st.sampled_from((-1, 1))), value, expiry, style))
    legs.append(StockLeg(draw(st.sampled_from((-100, 0, 0, 100))), PRICE))
    return net_book(legs)


def check_the_boxes(book: NetBook) -> None:
    held = held_at(book, PRICE)
    assume(gcd(*(leg.quantity for leg in book.options), book.shares) == 1)
    terms = Terms(held.spot, held.units)
    found = cheapest_plan(book, held.options, terms)
    least = least_cost_by_solver(book.options, terms)
    assert cost_of(found, held) == pytest.approx(found.sought, rel=1e-8, abs=1e-5)
    assert found.excess == 0.0
    assert cost_of(found, held) == pytest.approx(least, rel=1e-8, abs=1e-4)


def test_a_box_is_charged_where_its_spare_long_covers_something_else_and_not_where_one_stands_with_it() -> None:
    may, june = EXPIRATIONS[:2]
    box = [
        OptionLeg(right, strike, quantity, price, may, ExerciseStyle.EUROPEAN)
        for right, strike, quantity, price in (
            (Right.CALL, 95.0, -1, 7.0),
            (Right.CALL, 105.0, 1, 2.0),
            (Right.PUT, 105.0, -1, 6.8),
            (Right.PUT, 95.0, 1, 1.9),
        )
    ]
    spare = OptionLeg(Right.PUT, 90.0, 1, 1.0, june)
    covered = OptionLeg(Right.PUT, 92.0, -1, 1.2, june)

    def required(*legs: OptionLeg) -> float:
        found = reg_t_margin([*box, *legs], underlying_price=PRICE, underlying_class="equity")
        assert found.maintenance_bound == found.maintenance_requirement
        return found.maintenance_requirement

    assert required() == pytest.approx(1_009.80)  # 102 % of 990
    assert required(spare) == pytest.approx(1_000.0)
    assert required(spare, covered) == pytest.approx(1_209.80)  # and 200 for the width


def book_of_a_switch_that_scipy_leaves_almost_on() -> NetBook:
    may, june, july = EXPIRATIONS
    options = (
        OptionLeg(right, strike, quantity, price, expiry, ExerciseStyle.EUROPEAN)
        for right, strike, quantity, price, expiry in (
            (Right.PUT, 95.0, 1, 0.5, may),
            (Right.PUT, 105.0, -1, 6.0, may),
            (Right.CALL, 95.0, -2, 5.75, may),
            (Right.CALL, 105.0, 1, 0.5, may),
            (Right.PUT, 95.0, 1, 0.5, june),
            (Right.PUT, 105.0, -1, 6.0, june),
            (Right.CALL, 95.0, -1, 5.5, june),
            (Right.CALL, 105.0, 1, 0.5, june),
            (Right.PUT, 80.0, 1, 1.0, july),
        )
    )
    return net_book([*options, StockLeg(-100, PRICE)])


@given(books_with_boxes())
@example(book_of_a_switch_that_scipy_leaves_almost_on())
@settings(max_examples=500)
def test_books_with_european_short_boxes_cost_what_the_integer_programme_says(book: NetBook) -> None:
    check_the_boxes(book)


@pytest.mark.long
@given(books_with_boxes())
@settings(max_examples=20_000)
def test_many_books_with_european_short_boxes_cost_what_the_integer_programme_says(book: NetBook) -> None:
    check_the_boxes(book)


# --- other prices


def check_the_proof(book: NetBook, shuffler: Random, move: float) -> None:
    # what a European short box costs to close is a row of the programme, so that its proof is of no use elsewhere
    american = tuple(replace(leg, style=ExerciseStyle.AMERICAN) for leg in book.options)
    book = replace(book, options=american)
    before = held_at(book, PRICE)
    plans = cheapest_plans(before)
    prices = np.array([leg.price * shuffler.choice((1.0, 0.8, 1.3)) for leg in book.options])
    after = held_at(book, PRICE * move, prices=prices)
    assert plans.again(before) is plans
    kept, sought = figures_of(after, plans), figures_of(after, cheapest_plans(after))
    from_there = plans.again(after)
    assert from_there.again(after) is from_there
    assert figures_of(after, from_there).maintenance == pytest.approx(sought.maintenance, rel=1e-8, abs=1e-5)
    assert figures_of(after, from_there).initial == pytest.approx(sought.initial, rel=1e-8, abs=1e-5)
    assert figures_of(before, from_there.again(before)).maintenance == pytest.approx(
        figures_of(before, plans).maintenance, rel=1e-8, abs=1e-5
    )
    if from_there is plans:
        assert kept.maintenance == pytest.approx(sought.maintenance, rel=1e-8, abs=1e-5)
        assert kept.initial == pytest.approx(sought.initial, rel=1e-8, abs=1e-5)
    else:
        assert kept.maintenance >= sought.maintenance - 1e-5


MOVES = st.sampled_from((0.7, 0.97, 1.0, 1.03, 1.4))


@given(mixed_books(), st.randoms(use_true_random=False), MOVES)
@settings(max_examples=500)
def test_a_plan_that_holds_at_other_prices_is_the_cheapest_there(book: NetBook, shuffler: Random, move: float) -> None:
    check_the_proof(book, shuffler, move)


@pytest.mark.long
@given(mixed_books(), st.randoms(use_true_random=False), MOVES)
@settings(max_examples=20_000)
def test_a_plan_that_holds_at_other_prices_is_the_cheapest_there_in_many_books(
    book: NetBook, shuffler: Random, move: float
) -> None:
    check_the_proof(book, shuffler, move)


def test_a_plan_of_covered_shorts_holds_while_prices_move_and_one_of_uncovered_shorts_need_not() -> None:
    may = EXPIRATIONS[0]
    covered = net_book([OptionLeg(Right.PUT, 95, -1, 1.0, may), OptionLeg(Right.PUT, 90, 1, 0.5, may)])
    plans = cheapest_plans(held_at(covered, 100.0))
    assert plans.again(held_at(covered, 92.0)) is plans
    # 2,000 for the width; uncovered 400 + 20 % of 9,500, and far out of the money 400 + 10 % of the strike
    wide = net_book([OptionLeg(Right.PUT, 95, -1, 4.0, may), OptionLeg(Right.PUT, 75, 1, 0.1, may)])
    plans = cheapest_plans(held_at(wide, 95.0))
    assert plans.again(held_at(wide, 96.0)) is plans
    assert plans.again(held_at(wide, 130.0)) is not plans


# --- books that no search finishes


def unrelated_legs(number: int, seed: int) -> list[OptionLeg]:
    """Legs that nobody would hold together, which is what makes them hard to cut."""
    chance = Random(seed)
    return [
        OptionLeg(
            chance.choice(tuple(Right)),
            float(chance.randint(80, 120)),
            chance.choice((-1, 1)) * chance.randint(1, 3),
            float(chance.randint(1, 20)),
            chance.choice(EXPIRATIONS),
        )
        for _ in range(number)
    ]


def test_where_the_search_ends_early_a_bound_is_proved_beside_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    bounded = 0
    for seed in range(6):
        legs = unrelated_legs(40, seed)
        least = reg_t_margin(legs, underlying_price=PRICE, underlying_class="equity")
        assert least.maintenance_bound == least.maintenance_requirement
        with monkeypatch.context() as limits:
            limits.setattr(integer_search, "SOLVER_NODES", 0)
            found = reg_t_margin(legs, underlying_price=PRICE, underlying_class="equity")
        assert found.maintenance_bound <= least.maintenance_requirement + 1e-5
        assert found.maintenance_requirement >= least.maintenance_requirement - 1e-5
        bounded += found.maintenance_bound < found.maintenance_requirement
    assert bounded
