"""Which contract a named leg is, whatever becomes of its position."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.model import Leg, Stock
from engine.strategies.named_legs import NamedLegs
from tests.builders import call, contract_table, equity_series, put, series
from tests.engine.strategies.fake_run import position

MAY_10, MAY_17 = series(date(2019, 5, 10)), series(date(2019, 5, 17))
TABLE = contract_table({MAY_10: [2800, 2850, 2950], MAY_17: [2800, 2850]})
LONG, SHORT, SHORT_CALL = put(TABLE, MAY_10, 2800), put(TABLE, MAY_10, 2850), call(TABLE, MAY_10, 2950)
NAMES = {"long_put": LONG, "short_put": SHORT, "short_call": SHORT_CALL}
WHOLE = (Leg(LONG, 1), Leg(SHORT, -1), Leg(SHORT_CALL, -1))


def opened(order_id: int = 1) -> NamedLegs:
    legs = NamedLegs()
    legs.opened(order_id, NAMES)
    return legs


def test_legs_are_known_from_the_first_partial_fill_on_in_the_order_of_the_specification() -> None:
    legs = opened(order_id=7)
    for packages in (1, 3):
        held = position(*(Leg(leg.instrument, leg.ratio * packages) for leg in reversed(WHOLE)), position_id=7)
        assert list(legs.contracts(held).items()) == list(NAMES.items())


def test_position_of_somebody_else_has_no_named_legs() -> None:
    assert opened(order_id=7).contracts(position(*WHOLE, position_id=8)) == {}


def test_leg_that_is_closed_is_forgotten_and_its_name_stays_so() -> None:
    legs = opened()
    assert legs.contracts(position(*WHOLE[1:])) == {"short_put": SHORT, "short_call": SHORT_CALL}
    assert "long_put" not in legs.contracts(position(*WHOLE))


def test_roll_gives_the_name_to_another_contract() -> None:
    legs, further = opened(), put(TABLE, MAY_17, 2850)
    legs.replaced(1, "short_put", further)
    assert legs.contracts(position(Leg(LONG, 1), Leg(further, -1), WHOLE[2]))["short_put"] is further


def test_leg_that_is_added_has_its_name_and_shares_may_have_one() -> None:
    legs = opened()
    legs.replaced(1, "hedge", Stock("SPY"))
    assert legs.contracts(position(*WHOLE, Leg(Stock("SPY"), -40)))["hedge"] == Stock("SPY")


def test_shares_that_an_assignment_delivers_have_no_name() -> None:
    assert list(opened().contracts(position(*WHOLE[:2], Leg(Stock("SPX"), -100)))) == ["long_put", "short_put"]


def test_t25_names_follow_their_contracts_through_a_split() -> None:
    before, after = equity_series(date(2019, 5, 10), "AMD"), equity_series(date(2019, 5, 10), "AMD1")
    table = contract_table({before: [90, 100, 110], after: [30, 33.33, 36.67]})
    names = {"short_put": put(table, before, 100), "long_put": put(table, before, 90), "call": call(table, before, 110)}
    legs = NamedLegs()
    legs.opened(1, names)
    now = {"short_put": put(table, after, 33.33), "long_put": put(table, after, 30), "call": call(table, after, 36.67)}
    held = position(*(Leg(one, 1) for one in now.values()))
    assert legs.contracts(held) == now
    assert legs.contracts(held) == now  # and remains so


def test_positions_that_are_over_are_forgotten() -> None:
    legs = opened(order_id=1)
    legs.opened(2, NAMES)
    legs.keep_only({2})
    assert legs.contracts(position(*WHOLE, position_id=1)) == {}
    assert legs.contracts(position(*WHOLE, position_id=2)) == NAMES


def test_it_asks_to_forget_only_when_twice_as_many_are_known_as_are_needed() -> None:
    legs, asked, needed = NamedLegs(), 0, range(0)
    for order_id in range(5_000):
        legs.opened(order_id, NAMES)
        if legs.crowded:
            asked += 1
            needed = range(order_id - 99, order_id + 1)
            legs.keep_only(needed)
    assert asked == 50  # once in a hundred orders, with a hundred positions open
    assert all(legs.contracts(position(*WHOLE, position_id=one)) == NAMES for one in needed)


@given(st.permutations(list(NAMES)), st.integers(0, 3))
def test_names_are_those_of_the_legs_held_in_whatever_order_they_go(order: list[str], closed: int) -> None:
    legs = opened()
    for count in range(closed + 1):
        left = {name: NAMES[name] for name in NAMES if name not in order[:count]}
        assert legs.contracts(position(*(Leg(one, -1) for one in left.values()))) == left
