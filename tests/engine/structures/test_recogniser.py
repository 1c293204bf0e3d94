"""The recogniser: the inverse of the builders, and the rule where a book could be read in several ways."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.model import Leg, Stock
from engine.structures import ALIASES, STRUCTURES, build, geometry_fault, named_parts, recognise, structure_named
from tests.builders import call, contract_table, equity_series, put, series
from tests.engine.structures.random_chains import Built, built

NEAR, FAR = series(date(2019, 5, 10)), series(date(2019, 6, 21), "SPXW")
FAR_AM = series(date(2019, 6, 21), "SPX")
STRIKES = [90.0, 95.0, 100.0, 105.0, 110.0, 120.0]
TABLE = contract_table({NEAR: STRIKES, FAR: STRIKES, FAR_AM: STRIKES})
SHARES = equity_series(date(2019, 5, 10))
EQUITIES = contract_table({SHARES: STRIKES})


def scaled(legs: tuple[Leg, ...], quantity: int) -> list[Leg]:
    return [Leg(leg.instrument, leg.ratio * quantity) for leg in legs]


def is_named_as_built(one: Built, quantity: int, order: list[Leg]) -> None:
    assert geometry_fault(one.structure, one.legs) is None
    assert recognise(order) == one.structure.name
    (part,) = named_parts(order)
    assert part.quantity == quantity


@st.composite
def orders(draw: st.DrawFn) -> tuple[Built, int, list[Leg]]:
    one, quantity = draw(built()), draw(st.integers(1, 50))
    return one, quantity, draw(st.permutations(scaled(one.legs, quantity)))


@settings(max_examples=500)
@given(orders())
def test_what_was_built_is_called_so_at_any_quantity_in_any_order(order: tuple[Built, int, list[Leg]]) -> None:
    is_named_as_built(*order)


@pytest.mark.long
@settings(max_examples=20_000)
@given(orders())
def test_what_was_built_is_called_so_at_length(order: tuple[Built, int, list[Leg]]) -> None:
    is_named_as_built(*order)


@settings(max_examples=200)
@given(orders(), orders())
def test_parts_hold_together_what_was_given(
    one: tuple[Built, int, list[Leg]], other: tuple[Built, int, list[Leg]]
) -> None:
    given_: dict[str, int] = {}
    for leg in [*one[2], *other[2]]:
        given_[leg.instrument.symbol] = given_.get(leg.instrument.symbol, 0) + leg.ratio
    parts: dict[str, int] = {}
    for part in named_parts([*one[2], *other[2]]):
        assert part.name in STRUCTURES
        for leg in part.legs:
            parts[leg.instrument.symbol] = parts.get(leg.instrument.symbol, 0) + leg.ratio
    assert {k: v for k, v in parts.items() if v} == {k: v for k, v in given_.items() if v}


def names(legs: list[Leg]) -> list[tuple[str, int]]:
    return [(part.name, part.quantity) for part in named_parts(legs)]


@pytest.mark.parametrize(
    ("strikes", "name"),
    [((90, 95, 100, 105), "iron_condor"), ((90, 95, 95, 105), "iron_butterfly")],
)
def test_equal_bodies_make_an_iron_butterfly(strikes: tuple[float, ...], name: str) -> None:
    one, two, three, four = strikes
    legs = [
        Leg(put(TABLE, NEAR, one), 1),
        Leg(put(TABLE, NEAR, two), -1),
        Leg(call(TABLE, NEAR, three), -1),
        Leg(call(TABLE, NEAR, four), 1),
    ]
    assert recognise(legs) == name


@pytest.mark.parametrize(("upper", "name"), [(110, "butterfly"), (120, "broken_wing_butterfly")])
def test_widths_tell_a_butterfly_from_one_with_a_broken_wing(upper: float, name: str) -> None:
    legs = [Leg(call(TABLE, NEAR, strike), ratio) for strike, ratio in ((90, 1), (100, -2), (upper, 1))]
    assert recognise(legs) == f"long_call_{name}"


def test_several_structures_are_custom_and_have_named_parts() -> None:
    condor = scaled(build("iron_condor", TABLE, [NEAR], [90, 95, 105, 110]), 3)
    spread = scaled(build("put_credit_spread", TABLE, [FAR], [95, 100]), 2)
    assert recognise([*spread, *condor]) == "custom"
    assert names([*spread, *condor]) == [("iron_condor", 3), ("put_credit_spread", 2)]


def test_what_is_left_of_larger_structures_is_named_too() -> None:
    legs = scaled(build("iron_condor", TABLE, [NEAR], [90, 95, 105, 110]), 2)
    extra = Leg(call(TABLE, NEAR, 110), 1)
    assert names([*legs, extra]) == [("iron_condor", 2), ("long_call", 1)]


def test_t26_two_series_of_one_date_make_no_structure() -> None:
    legs = [Leg(put(TABLE, FAR, 95), 1), Leg(put(TABLE, FAR_AM, 100), -1)]
    assert recognise(legs) == "custom"
    assert sorted(names(legs)) == [("long_put", 1), ("short_put", 1)]


def test_shares_cover_as_many_calls_as_they_deliver() -> None:
    shares, sold = Leg(Stock("AAPL"), 250), Leg(call(EQUITIES, SHARES, 105), -2)
    assert names([shares, sold]) == [("covered_call", 2), ("long_stock", 50)]


def test_nothing_held_has_no_name() -> None:
    bought, sold = Leg(put(TABLE, NEAR, 95), 1), Leg(put(TABLE, NEAR, 95), -1)
    assert named_parts([bought, sold]) == ()
    assert recognise([]) == "custom"


def test_aliases_lead_to_structures_and_are_no_canonical_names() -> None:
    assert {one.structure for one in ALIASES.values()} <= set(STRUCTURES)
    assert not set(ALIASES) & set(STRUCTURES)
    assert structure_named("bull_put_spread") is STRUCTURES["put_credit_spread"]


@pytest.mark.parametrize(
    ("strikes", "message"),
    [((95.0,), "takes 1 expirations and 2 strikes, not 1 and 1"), ((100.0, 95.0), "strikes_out_of_order")],
)
def test_strikes_that_do_not_fit_are_refused(strikes: tuple[float, ...], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        build("put_credit_spread", TABLE, [NEAR], strikes)
