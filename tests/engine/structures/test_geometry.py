"""Structures: the table, and legs held to its geometry."""

from datetime import date

import pytest

from engine.errors import ConfigurationError
from engine.model import Leg, Right, Stock
from engine.structures import STRUCTURES, LegPattern, Structure, geometry_fault, structure_named
from tests.builders import call, contract_table, put, series

MAY_10 = series(date(2019, 5, 10))
MAY_17_AM = series(date(2019, 5, 17), "SPX")
MAY_17_PM = series(date(2019, 5, 17), "SPXW")
STRIKES = [2800, 2850, 2900, 2950]
TABLE = contract_table({MAY_10: STRIKES, MAY_17_AM: STRIKES, MAY_17_PM: STRIKES})
SPREAD = STRUCTURES["put_credit_spread"]
CONDOR = STRUCTURES["iron_condor"]
CALENDAR = Structure("calendar", (LegPattern("sell", Right.CALL, 1), LegPattern("buy", Right.CALL, 1, expiration=2)))


def spread(long_strike: float, short_strike: float) -> list[Leg]:
    return [Leg(put(TABLE, MAY_10, long_strike), 1), Leg(put(TABLE, MAY_10, short_strike), -1)]


def condor(*strikes: float) -> list[Leg]:
    one, two, three, four = strikes
    return [
        Leg(put(TABLE, MAY_10, one), 1),
        Leg(put(TABLE, MAY_10, two), -1),
        Leg(call(TABLE, MAY_10, three), -1),
        Leg(call(TABLE, MAY_10, four), 1),
    ]


def test_the_table_is_keyed_by_the_names_of_its_structures_and_read_only() -> None:
    assert {name: one.name for name, one in STRUCTURES.items()} == {name: name for name in STRUCTURES}
    assert not hasattr(STRUCTURES, "__setitem__")


def test_canonical_legs_have_the_geometry() -> None:
    assert geometry_fault(SPREAD, spread(2850, 2900)) is None
    assert geometry_fault(CONDOR, condor(2800, 2850, 2900, 2950)) is None


@pytest.mark.parametrize("long_strike", [2900, 2950])
def test_t27_wing_on_or_beyond_the_body_is_a_fault_and_not_moved(long_strike: float) -> None:
    assert geometry_fault(SPREAD, spread(long_strike, 2900)) == "strikes_out_of_order"


@pytest.mark.parametrize("strikes", [(2850, 2850, 2900, 2950), (2800, 2900, 2900, 2950), (2800, 2850, 2950, 2900)])
def test_t27_condor_strikes_ascend_strictly(strikes: tuple[float, ...]) -> None:
    assert geometry_fault(CONDOR, condor(*strikes)) == "strikes_out_of_order"


@pytest.mark.parametrize(
    "legs",
    [
        spread(2850, 2900)[:1],
        spread(2850, 2900)[::-1],
        [Leg(put(TABLE, MAY_10, 2850), 2), Leg(put(TABLE, MAY_10, 2900), -1)],
        [Leg(put(TABLE, MAY_10, 2850), 1), Leg(call(TABLE, MAY_10, 2900), -1)],
        [Leg(put(TABLE, MAY_10, 2850), 1), Leg(Stock("SPY"), -1)],
    ],
    ids=["one missing", "wrong order", "wrong ratio", "wrong right", "shares"],
)
def test_legs_of_another_pattern_are_a_fault(legs: list[Leg]) -> None:
    assert geometry_fault(SPREAD, legs) == "legs_differ"


@pytest.mark.parametrize("other", [MAY_17_PM, MAY_10])
def test_t26_legs_of_one_expiration_are_of_one_series(other: object) -> None:
    bought = put(TABLE, MAY_17_AM, 2850)
    sold = put(TABLE, MAY_17_PM if other is MAY_17_PM else MAY_10, 2900)
    assert geometry_fault(SPREAD, [Leg(bought, 1), Leg(sold, -1)]) == "series_differ"


def test_legs_of_one_strike_rank_share_it_and_expirations_ascend() -> None:
    near, far = call(TABLE, MAY_10, 2900), call(TABLE, MAY_17_PM, 2900)
    assert geometry_fault(CALENDAR, [Leg(near, -1), Leg(far, 1)]) is None
    assert geometry_fault(CALENDAR, [Leg(far, -1), Leg(near, 1)]) == "expirations_out_of_order"
    other_strike = call(TABLE, MAY_17_PM, 2950)
    assert geometry_fault(CALENDAR, [Leg(near, -1), Leg(other_strike, 1)]) == "strikes_differ"


def test_custom_legs_have_no_geometry_but_stand_once() -> None:
    assert structure_named("custom") is None
    assert geometry_fault(None, spread(2950, 2900)) is None
    assert geometry_fault(None, spread(2900, 2900)) == "instrument_twice"


def test_unknown_structure_names_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match="unknown structure 'iron_condr': did you mean 'iron_condor'"):
        structure_named("iron_condr")


def test_a_structure_prints_its_legs_in_order() -> None:
    assert str(SPREAD) == "put_credit_spread (buy 1 put K1 T1, sell 1 put K2 T1)"
