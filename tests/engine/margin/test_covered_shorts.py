"""Books whose expirations cover themselves: one spread of each against the integer programme, at several prices."""

from dataclasses import replace
from datetime import date
from itertools import groupby
from math import gcd, inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.margin.charges import Spot, uncovered
from engine.margin.classes import CLASSES
from engine.margin.covered_expiration import CoveredExpiration
from engine.margin.covered_shorts import CoveredShorts
from engine.margin.decomposition import cheapest_plan
from engine.margin.legs import NetBook, OptionLeg, columns_of, net_book
from engine.margin.programme import Terms
from engine.model import ExerciseStyle, Right
from tests.engine.margin.integer_programme import least_cost_by_solver
from tests.engine.margin.test_decomposition import EXPIRATIONS, PRICE, cost_of, held_at

MAY, JUNE, JULY = EXPIRATIONS
STRIKES = tuple(float(strike) for strike in range(86, 116, 2))


def priced(right: Right, strike: float, quantity: int, expiry: date, style: ExerciseStyle, size: int) -> OptionLeg:
    return OptionLeg(right, strike, quantity, max(right * (PRICE - strike), 0.0) + 0.05, expiry, style, size)


@st.composite
def spread_books(draw: st.DrawFn) -> NetBook:
    """Up to five vertical spreads of three expirations and two sizes, bought or sold, and perhaps a spare long."""
    legs: list[OptionLeg] = []
    for _ in range(draw(st.integers(1, 5))):
        right, expiry = draw(st.sampled_from(tuple(Right))), draw(st.sampled_from(EXPIRATIONS))
        style, size = draw(st.sampled_from(tuple(ExerciseStyle))), draw(st.sampled_from((100, 100, 100, 10)))
        times, credit = draw(st.integers(1, 3)), draw(st.sampled_from((True, True, True, False)))
        near, far = sorted(draw(st.lists(st.sampled_from(STRIKES), min_size=2, max_size=2, unique=True)))[::right]
        short, long = (near, far) if credit else (far, near)
        legs.append(priced(right, short, -times, expiry, style, size))
        legs.append(priced(right, long, times, expiry, style, size))
    if draw(st.integers(0, 3)) == 0:
        right, expiry = draw(st.sampled_from(tuple(Right))), draw(st.sampled_from(EXPIRATIONS))
        legs.append(priced(right, draw(st.sampled_from(STRIKES)), 1, expiry, ExerciseStyle.AMERICAN, 100))
    return net_book(legs)


def moved(book: NetBook, to: float, times: list[float]) -> NetBook:
    """The book when the underlying has gone to another price, with other time values."""
    worths = [max(leg.right * (to - leg.strike), 0.0) + time for leg, time in zip(book.options, times, strict=False)]
    options = tuple(replace(leg, price=worth) for leg, worth in zip(book.options, worths, strict=True))
    return replace(book, options=options)


def check_the_cover(book: NetBook, price: float, kind: str) -> None:
    held = held_at(book, price, kind)
    least = least_cost_by_solver(book.options, Terms(held.spot))
    found = cheapest_plan(book, held.options, Terms(held.spot))
    assert cost_of(found, held) == pytest.approx(least, rel=1e-8, abs=1e-5)
    covered = CoveredShorts.of_book(book.options, held.spot.terms.minimum)
    if covered is not None and covered.proved_from <= price:
        assert covered.hold(held.options, held.spot)
        assert covered.cost == pytest.approx(least, rel=1e-8, abs=1e-5)


MOVES = st.tuples(
    st.sampled_from((70.0, 97.0, 100.0, 103.0, 140.0)), st.lists(st.sampled_from((0.0, 0.5, 4.0)), min_size=11)
)


@given(spread_books(), MOVES, st.sampled_from(("equity", "broad_index", "leveraged_etf_3x")))
@settings(max_examples=500)
def test_books_of_spreads_cost_what_the_integer_programme_says_at_any_prices(
    book: NetBook, move: tuple[float, list[float]], kind: str
) -> None:
    assume(gcd(*(leg.quantity for leg in book.options)) == 1)
    check_the_cover(book, PRICE, kind)
    check_the_cover(moved(book, *move), move[0], kind)


@pytest.mark.long
@given(spread_books(), MOVES, st.sampled_from(("equity", "broad_index", "leveraged_etf_3x")))
@settings(max_examples=20_000)
def test_many_books_of_spreads_cost_what_the_integer_programme_says_at_any_prices(
    book: NetBook, move: tuple[float, list[float]], kind: str
) -> None:
    assume(gcd(*(leg.quantity for leg in book.options)) == 1)
    check_the_cover(moved(book, *move), move[0], kind)


# --- the brink of the proof


@st.composite
def covered_books(draw: st.DrawFn) -> NetBook:
    """Books of up to three expirations with as many longs as shorts of each right, at any strikes, or one more."""
    legs: list[OptionLeg] = []
    for expiry in draw(st.lists(st.sampled_from(EXPIRATIONS), min_size=1, max_size=3, unique=True)):
        for right in draw(st.lists(st.sampled_from(tuple(Right)), min_size=1, max_size=2, unique=True)):
            for times in draw(st.lists(st.sampled_from((1, 1, 2)), min_size=1, max_size=2)):
                short, long = draw(st.sampled_from(STRIKES)), draw(st.sampled_from(STRIKES))
                legs.append(OptionLeg(right, short, -times, 0.0, expiry))
                legs.append(OptionLeg(right, long, times, 0.0, expiry))
            if draw(st.integers(0, 6)) == 0:
                legs.append(OptionLeg(right, draw(st.sampled_from(STRIKES)), 1, 0.0, expiry))
    return net_book(legs)


def cover_of(found: CoveredShorts) -> list[float]:
    """Price of cover of each option, USD a share."""
    return [
        (max(right * (one.worst - strike), 0.0) if one.worst is not None else 0.0) + premiums[right > 0]
        for one, premiums in zip(found.expirations, found.premiums, strict=True)
        for right, strike, _ in one.options
    ]


def check_the_brink(book: NetBook, price: float, kind: str) -> None:
    """Where options cost just so much that shorts cost uncovered what their cover is worth, or the least they can."""
    spot = Spot(price, CLASSES[kind])
    found = CoveredShorts.of_book(book.options, spot.terms.minimum)
    assume(found is not None and gcd(*(leg.quantity for leg in book.options)) == 1)
    assert found is not None
    beyond = np.array(cover_of(found)) - uncovered(columns_of(book.options), spot)
    costs = np.maximum(beyond, 0.0).tolist()
    options = tuple(replace(leg, price=cost) for leg, cost in zip(book.options, costs, strict=True))
    if found.hold(columns_of(options), spot):
        assert found.cost == pytest.approx(least_cost_by_solver(options, Terms(spot)), rel=1e-8, abs=1e-5)


BRINKS = st.sampled_from((40.0, 70.0, 90.0, 100.0, 110.0, 130.0, 200.0))


@given(covered_books(), BRINKS, st.sampled_from(("equity", "broad_index")))
@settings(max_examples=500)
def test_no_plan_is_cheaper_even_where_shorts_cost_uncovered_what_their_cover_is_worth(
    book: NetBook, price: float, kind: str
) -> None:
    check_the_brink(book, price, kind)


@pytest.mark.long
@given(covered_books(), BRINKS, st.sampled_from(("equity", "broad_index")))
@settings(max_examples=20_000)
def test_no_plan_is_cheaper_in_many_books_where_shorts_cost_uncovered_what_their_cover_is_worth(
    book: NetBook, price: float, kind: str
) -> None:
    check_the_brink(book, price, kind)


# --- another book


@given(covered_books(), covered_books())
@settings(max_examples=500)
def test_what_is_known_of_another_book_with_the_same_first_expirations_changes_nothing(
    one: NetBook, other: NetBook
) -> None:
    cuts = [expirations_of(book) for book in (one, other)]
    assume(None not in cuts)
    first, second = ([part for part in cut if part is not None] for cut in cuts)
    for common in range(len(first) + 1):
        shared = [*first[:common], *second[common:]]
        before, afresh = CoveredShorts.of(first, 0.1), CoveredShorts.of(shared, 0.1)
        for known in (before, afresh):
            again = CoveredShorts.of(shared, 0.1, known)
            assert (again is None) == (afresh is None)
            if again is not None and afresh is not None:
                assert (again.premiums, again.proved_from) == (afresh.premiums, afresh.proved_from)


def expirations_of(book: NetBook) -> list[CoveredExpiration | None]:
    """The expirations of a book, None for one that is not covered."""
    return [
        CoveredExpiration.of([(int(leg.right), leg.strike, leg.quantity) for leg in legs], 100, 0.1)
        for _, legs in groupby(book.options, lambda leg: leg.expires)
    ]


# --- facts


def covered(*legs: OptionLeg) -> CoveredShorts | None:
    """What is proved of a book on an equity."""
    return CoveredShorts.of_book(net_book(legs).options, CLASSES["equity"].minimum)


def put(strike: float, quantity: int, expiry: date = MAY) -> OptionLeg:
    return OptionLeg(Right.PUT, strike, quantity, 1.0, expiry)


def call(strike: float, quantity: int, expiry: date = MAY) -> OptionLeg:
    return OptionLeg(Right.CALL, strike, quantity, 1.0, expiry)


def test_spreads_narrower_than_the_least_charge_are_proved_at_any_price() -> None:
    found = covered(put(100, -1), put(91, 1), put(95, -2, JUNE), put(90, 2, JUNE))
    assert found is not None
    assert [one.loss for one in found.expirations] == [900.0, 1_000.0]
    assert found.proved_from == 0.0


def test_calls_are_proved_from_where_their_least_charge_is_no_less_than_their_cover() -> None:
    found = covered(call(100, -1), call(108, 1))
    assert found is not None
    assert found.proved_from == pytest.approx(80.0)
    condor = covered(put(90, 1), put(95, -1), call(100, -1), call(108, 1))
    assert condor is not None
    assert condor.cost == 800.0
    assert condor.proved_from == pytest.approx(80.0)


def test_a_spread_wider_than_the_least_charge_is_proved_only_at_the_prices_at_which_it_is_asked_for() -> None:
    found = covered(put(100, -1), put(85, 1))
    assert found is not None
    assert found.proved_from == inf
    for price, proved in ((100.0, True), (110.0, False)):
        held = held_at(net_book([put(100, -1), put(85, 1)]), price)
        assert found.hold(held.options, held.spot) is proved


def test_nothing_is_proved_where_a_long_is_worth_more_elsewhere_or_a_spread_has_a_rule_of_its_own() -> None:
    assert covered(put(100, -1), put(95, 1), put(97, 1, JUNE)) is None  # the later long narrows the earlier spread
    assert covered(put(100, -1), put(95, 1, JUNE)) is None  # a calendar
    assert covered(put(100, -2), put(95, 1)) is None
    assert covered(call(100, -2), call(105, 1)) is None
    assert covered(call(95, -1), call(105, 1), put(105, -1), put(95, 1)) is None  # a box


def test_a_premium_keeps_the_longs_of_a_late_spread_from_a_wider_early_one() -> None:
    # To the early spread, which loses most at 80, the late long is worth 18; to its own nothing without a premium,
    # which the late short must be worth on top: 20 a share are not cheaper uncovered.
    found = covered(put(90, -1), put(80, 1), put(100, -1, JUNE), put(98, 1, JUNE))
    assert found is not None
    assert found.premiums == [(0.0, 0.0), (18.0, 0.0)]
    assert found.proved_from == inf
    book = net_book([put(90, -1), put(80, 1), put(100, -1, JUNE), put(98, 1, JUNE)])
    for price, proved in ((98.0, True), (125.0, False)):
        held = held_at(book, price)
        assert found.hold(held.options, held.spot) is proved


def test_a_premium_is_owed_to_any_later_long_that_may_take_the_place_of_the_one_that_leaves() -> None:
    # The July 85 put can stand with the June 100 put, whose spread loses most above 170 anyway, and the 91 put in May.
    legs = [
        *(put(90, -1), put(81, 1)),
        *(put(100, -1, JUNE), put(91, 1, JUNE), call(150, -1, JUNE), call(170, 1, JUNE)),
        *(put(87, -1, JULY), put(85, 1, JULY)),
    ]
    found = covered(*legs)
    assert found is not None
    assert found.premiums == [(0.0, 0.0), (10.0, 0.0), (10.0, 0.0)]
    assert found.proved_from == inf
    check_the_cover(moved(net_book(legs), 300.0, [0.05] * 8), 300.0, "equity")


def test_premiums_do_not_add_up_where_spreads_lose_as_much_at_any_lower_price() -> None:
    found = covered(
        *(put(86, -1), put(85, 1), put(96, -1, JUNE), put(95, 1, JUNE), put(86, -1, JULY), put(85, 1, JULY))
    )
    assert found is not None
    assert found.premiums == [(0.0, 0.0), (10.0, 0.0), (0.0, 0.0)]


def test_a_put_and_a_call_are_proved_only_where_no_strangle_of_them_is_cheaper() -> None:
    legs = [put(80, -1), put(72, 1), call(120, -1, JUNE), call(130, 1, JUNE)]
    found = covered(*legs)
    assert found is not None
    assert found.proved_from == pytest.approx(180.0)
    check_the_cover(net_book(legs), 100.0, "equity")
    held = held_at(net_book(legs), 100.0)
    assert not found.hold(held.options, held.spot)


def test_a_spread_that_never_loses_still_wants_its_longs_replaced() -> None:
    # The July 92 call covers the June 92 call as well as the 86 call does, which is worth more in May than the July 99
    # call costs uncovered.
    legs = [
        *(call(80, -1), call(98, 1)),
        *(call(86, 1, JUNE), call(92, -1, JUNE), put(110, 1, JUNE), put(100, -1, JUNE)),
        *(call(92, 1, JULY), call(99, -1, JULY)),
    ]
    book = moved(net_book(legs), 90.0, [0.05] * 8)
    check_the_cover(book, 90.0, "equity")
    held, found = held_at(book, 90.0), covered(*legs)
    assert found is not None
    assert not found.hold(held.options, held.spot)
