"""Books of short options only: the assignment against the integer programme, and what proves itself at other prices."""

from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.margin.decomposition import cheapest_plan
from engine.margin.legs import NetBook, OptionLeg, columns_of, net_book
from engine.margin.programme import Terms
from engine.margin.short_pairs import ShortPairs
from engine.model import Right
from tests.engine.margin.integer_programme import least_cost_by_solver
from tests.engine.margin.test_decomposition import EXPIRATIONS, PRICE, STRIKES, cost_of, held_at


@st.composite
def short_books(draw: st.DrawFn) -> NetBook:
    """Up to eight short options of three expirations and two sizes; equal sides happen."""
    legs = []
    for _ in range(draw(st.integers(1, 8))):
        right, strike = draw(st.sampled_from(tuple(Right))), draw(st.sampled_from(STRIKES))
        value = max(right * (PRICE - strike), 0.0) + draw(st.sampled_from((0.05, 1.0, 2.5)))
        size = draw(st.sampled_from((100, 100, 10)))
        expiry = draw(st.sampled_from(EXPIRATIONS))
        legs.append(OptionLeg(right, strike, -draw(st.integers(1, 4)), value, expiry, multiplier=size))
    return net_book(legs)


def check_the_pairs(book: NetBook, kind: str, later: float) -> None:
    held = held_at(book, PRICE, kind)
    terms = Terms(held.spot)
    found = cheapest_plan(book, held.options, terms)
    assert isinstance(found.search, ShortPairs)
    assert cost_of(found, held) == pytest.approx(least_cost_by_solver(book.options, terms), rel=1e-8, abs=1e-5)
    moved = held_at(book, later, kind)
    least = least_cost_by_solver(book.options, Terms(moved.spot))
    still_cheapest = cost_of(found, moved) == pytest.approx(least, rel=1e-8, abs=1e-5)
    again = found.again(book, moved.options, Terms(moved.spot))
    assert (again is found) == still_cheapest
    assert cost_of(again, moved) == pytest.approx(least, rel=1e-8, abs=1e-5)


@given(short_books(), st.sampled_from(("equity", "broad_index", "leveraged_etf_3x")), st.sampled_from((90.0, 104.0)))
@settings(max_examples=500)
def test_the_pairs_are_what_the_integer_programme_finds(book: NetBook, kind: str, later: float) -> None:
    check_the_pairs(book, kind, later)


@pytest.mark.long
@given(short_books(), st.sampled_from(("equity", "broad_index", "leveraged_etf_3x")), st.sampled_from((90.0, 104.0)))
@settings(max_examples=20_000)
def test_the_pairs_are_what_the_integer_programme_finds_in_the_long_run(book: NetBook, kind: str, later: float) -> None:
    check_the_pairs(book, kind, later)


def test_one_put_pairs_with_the_call_that_leaves_least_beside_it() -> None:
    # At 100: uncovered 100 call 20 + 2 = 22, 110 call 20 - 10 -> floor 10 + 1 = 11, 95 put 20 - 5 + 1 = 16 a share.
    # With the 100 call: 22 + 1 and 11 alone, 34; with the 110 call: 16 + 1 and 22 alone, 39.
    legs = [
        OptionLeg(Right.CALL, 100.0, -1, 2.0, EXPIRATIONS[0]),
        OptionLeg(Right.CALL, 110.0, -1, 1.0, EXPIRATIONS[1]),
        OptionLeg(Right.PUT, 95.0, -1, 1.0, EXPIRATIONS[2]),
    ]
    book = net_book(legs)
    held = held_at(book, PRICE)
    found = cheapest_plan(book, held.options, Terms(held.spot))
    assert cost_of(found, held) == pytest.approx(fsum((2_300.0, 1_100.0)))
    strikes = [sorted(columns_of(book.options).strike[list(group.members)]) for group in found.plan.groups]
    assert strikes == [[110.0], [95.0, 100.0]]
