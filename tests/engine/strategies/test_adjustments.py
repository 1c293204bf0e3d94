"""What adjustments would trade, on a chain whose answer is known by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.market import Market
from engine.model import AT_MARKET, Instrument, Leg, Limit, OptionContract, Stock
from engine.strategies.adjustments import Change, Scene, Words, planned, terms_within
from engine.strategies.adjustments.changes import change_of
from engine.strategies.selectors import NoMatch
from engine.strategies.spec import (
    AddLeg,
    Convert,
    DeltaTarget,
    ExpirationSpec,
    LaterExpiration,
    LegSpec,
    MoveLeg,
    RemoveLeg,
    Roll,
    Width,
)
from engine.strategies.spec.adjustments import AdjustmentAction
from engine.structures import Side
from tests.builders import Quote, by_delta, call, chain, contract_table, new_york, put, series
from tests.engine.strategies.fake_run import SESSIONS, position

NEAR, FAR = series(date(2019, 5, 24)), series(date(2019, 6, 21))
TODAY = date(2019, 5, 13)
TABLE = contract_table({NEAR: range(2600, 3000, 25), FAR: range(2600, 3000, 25)})
PUTS = {2700.0: 0.10, 2725.0: 0.15, 2750.0: 0.20, 2775.0: 0.30, 2800.0: 0.45, 2650.0: 0.03}
CALLS = {2825.0: 0.40, 2850.0: 0.30, 2875.0: 0.20, 2900.0: 0.10, 2950.0: 0.03}
SNAPSHOT = chain(TABLE, new_york(TODAY, "15:45"), 2800.0, quotes=by_delta({-1: PUTS, 1: CALLS}))


def leg(name: str, side: Side, right: Literal["put", "call"], delta: float, expiration: str = "near") -> LegSpec:
    return LegSpec(name=name, side=side, right=right, expiration=expiration, delta=DeltaTarget(target=delta))


STRANGLE = (leg("short_put", "sell", "put", 0.30), leg("short_call", "sell", "call", 0.30))
WORDS = Words.of(
    STRANGLE,
    {
        "near": ExpirationSpec(target_dte=11, min_dte=5, max_dte=20),
        "far": ExpirationSpec(target_dte=39, min_dte=30, max_dte=50),
    },
)
HELD: dict[str, Instrument] = {"short_put": put(TABLE, NEAR, 2750.0), "short_call": call(TABLE, NEAR, 2875.0)}


def scene(packages: int = 1, named: dict[str, Instrument] | None = None, **changes: Any) -> Scene:
    """A strangle of some packages, short 2750 and 2875."""
    legs = [Leg(one, -packages) for one in (named or HELD).values()]
    held = replace(position(*legs), quantity=packages)
    return replace(Scene(SNAPSHOT, TODAY, SESSIONS, held, named or HELD, WORDS), **changes)


def traded(result: Change | NoMatch) -> dict[Instrument, int]:
    assert isinstance(result, Change), result
    return {leg.instrument: leg.ratio for leg in result.legs}


def test_a_roll_out_takes_every_option_to_another_expiration_at_its_strike() -> None:
    change = planned(scene(packages=3), Roll(kind="roll", expiration="far", strikes="same_strike"))
    assert traded(change) == {
        HELD["short_put"]: 3,
        HELD["short_call"]: 3,
        put(TABLE, FAR, 2750.0): -3,
        call(TABLE, FAR, 2875.0): -3,
    }
    assert isinstance(change, Change)
    assert (change.structure, change.named["short_put"]) == ("short_strangle", put(TABLE, FAR, 2750.0))


def test_a_roll_to_the_same_delta_looks_at_the_delta_that_the_leg_has_now() -> None:
    change = planned(scene(), Roll(kind="roll", legs=("short_put",), expiration="far", strikes="same_delta"))
    assert traded(change) == {HELD["short_put"]: 1, put(TABLE, FAR, 2750.0): -1}


def test_a_roll_up_takes_the_words_of_the_leg_on_the_chain_of_now() -> None:
    change = planned(scene(), Roll(kind="roll", legs=("short_put",), direction="up"))
    assert traded(change) == {HELD["short_put"]: 1, put(TABLE, NEAR, 2775.0): -1}


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (Roll(kind="roll", legs=("short_put",), direction="down"), "not_down"),
        (Roll(kind="roll", legs=("short_call",), direction="up"), "not_up"),
        (Roll(kind="roll", strikes="same_strike"), "nothing_changes"),
        (Roll(kind="roll", legs=("wing",)), "not_held"),
        (RemoveLeg(kind="remove_leg", legs=("wing",)), "not_held"),
        (MoveLeg(kind="move_leg", to=(leg("wing", "buy", "put", 0.1),)), "not_held"),
        (AddLeg(kind="add_leg", legs=(leg("short_put", "sell", "put", 0.1),)), "held_already"),
        (Convert(kind="convert", structure="short_strangle", legs=STRANGLE), "nothing_changes"),
    ],
)
def test_what_cannot_be_done_says_why(action: AdjustmentAction, reason: str) -> None:
    assert planned(scene(), action) == NoMatch("adjustment", reason)


def test_an_expiration_after_another_comes_after_the_one_that_is_held() -> None:
    last = series(date(2019, 7, 19))
    table = contract_table({one: range(2600, 3000, 25) for one in (NEAR, FAR, last)})
    words = replace(WORDS, expirations={**WORDS.expirations, "next": LaterExpiration(after="near")})
    snapshot = chain(table, SNAPSHOT.at, 2800.0, quotes=by_delta({-1: PUTS, 1: CALLS}))
    roll = Roll(kind="roll", expiration="next", strikes="same_strike")
    for held, behind in ((NEAR, FAR), (FAR, last)):
        named: dict[str, Instrument] = {"short_put": put(table, held, 2750.0)}
        change = planned(scene(named=named, snapshot=snapshot, words=words), roll)
        assert traded(change) == {named["short_put"]: 1, put(table, behind, 2750.0): -1}


def test_a_strike_that_is_not_listed_there_is_no_strike_to_roll_to() -> None:
    few = contract_table({NEAR: range(2600, 3000, 25), FAR: range(2600, 3000, 100)})
    held: dict[str, Instrument] = {"short_put": put(few, NEAR, 2750.0)}
    snapshot = chain(few, SNAPSHOT.at, 2800.0, quotes=by_delta({-1: PUTS, 1: CALLS}))
    there = scene(named=held, snapshot=snapshot)
    roll = Roll(kind="roll", expiration="far", strikes="same_strike")
    assert planned(there, roll) == NoMatch("legs", "short_put:strike_not_listed")


def test_without_a_bid_nothing_is_rolled_to() -> None:
    no_bid = chain(
        TABLE,
        SNAPSHOT.at,
        2800.0,
        quotes=by_delta({-1: PUTS, 1: CALLS}),
        changes={put(TABLE, FAR, 2750.0): Quote(0.0, 0.1, -0.2, flags=Quote().flags | 2)},
    )
    roll = Roll(kind="roll", legs=("short_put",), expiration="far", strikes="same_strike")
    assert planned(scene(snapshot=no_bid), roll) == NoMatch("legs", "short_put:no_bid_to_sell_at")


def test_a_held_leg_without_a_delta_has_none_to_keep() -> None:
    dark = chain(
        TABLE,
        SNAPSHOT.at,
        2800.0,
        quotes=by_delta({-1: PUTS, 1: CALLS}),
        changes={HELD["short_put"]: Quote()},  # type: ignore[dict-item]
    )
    roll = Roll(kind="roll", legs=("short_put",), expiration="far", strikes="same_delta")
    assert planned(scene(snapshot=dark), roll) == NoMatch("legs", "short_put:no_delta")


def test_a_moved_leg_stays_in_the_expiration_that_the_position_is_in() -> None:
    far: dict[str, Instrument] = {"short_put": put(TABLE, FAR, 2750.0), "short_call": call(TABLE, FAR, 2875.0)}
    move = MoveLeg(kind="move_leg", to=(leg("short_call", "sell", "call", 0.10),))
    assert traded(planned(scene(2, far), move)) == {far["short_call"]: 2, call(TABLE, FAR, 2900.0): -2}


def test_an_added_leg_comes_in_the_size_of_the_position() -> None:
    hedge = replace(leg("hedge", "buy", "put", 0.10, "far"), ratio=2)
    change = planned(scene(packages=3), AddLeg(kind="add_leg", legs=(hedge,)))
    assert traded(change) == {put(TABLE, FAR, 2700.0): 6}
    assert isinstance(change, Change)
    assert change.named == {"hedge": put(TABLE, FAR, 2700.0)}


def test_a_removed_leg_is_closed_and_the_rest_has_its_own_name() -> None:
    change = planned(scene(packages=2), RemoveLeg(kind="remove_leg", legs=("short_call", "wing")))
    assert traded(change) == {HELD["short_call"]: 2}
    assert isinstance(change, Change)
    assert change.structure == "short_put"


CONDOR = (
    leg("long_put", "buy", "put", 0.03),
    leg("short_put", "sell", "put", 0.2),
    leg("short_call", "sell", "call", 0.2),
    leg("long_call", "buy", "call", 0.03),
)


def test_a_strangle_becomes_a_condor_by_its_wings_alone() -> None:
    change = planned(scene(packages=2), Convert(kind="convert", structure="iron_condor", legs=CONDOR))
    assert traded(change) == {put(TABLE, NEAR, 2650.0): 2, call(TABLE, NEAR, 2950.0): 2}
    assert isinstance(change, Change)
    assert change.structure == "iron_condor"
    assert set(change.named) == {"long_put", "short_put", "short_call", "long_call"}


def test_wings_may_be_so_wide_from_what_is_held() -> None:
    wings = {
        name: LegSpec(
            name=name,
            side="buy",
            right="put" if name == "long_put" else "call",
            expiration="near",
            width=Width(leg=held, points=50.0),
        )
        for name, held in (("long_put", "short_put"), ("long_call", "short_call"))
    }
    legs = (wings["long_put"], *STRANGLE, wings["long_call"])
    quoted = {-1: PUTS, 1: {**CALLS, 2925.0: 0.05}}
    snapshot = chain(TABLE, SNAPSHOT.at, 2800.0, quotes=by_delta(quoted))
    change = planned(scene(snapshot=snapshot), Convert(kind="convert", structure="iron_condor", legs=legs))
    assert traded(change) == {put(TABLE, NEAR, 2700.0): 1, call(TABLE, NEAR, 2925.0): 1}


def test_a_wing_relative_to_a_leg_that_is_gone_is_not_chosen() -> None:
    wing = LegSpec(name="wing", side="buy", right="call", expiration="near", width=Width(leg="short_call", points=25.0))
    one: dict[str, Instrument] = {"short_put": HELD["short_put"]}
    change = planned(scene(named=one), AddLeg(kind="add_leg", legs=(wing,)))
    assert change == NoMatch("legs", "wing:short_call_not_held")


def test_t27_a_conversion_asserts_its_geometry() -> None:
    inverted = (replace(CONDOR[0], delta=DeltaTarget(target=0.45)), *CONDOR[1:])
    change = planned(scene(), Convert(kind="convert", structure="iron_condor", legs=inverted))
    assert change == NoMatch("adjustment", "strikes_out_of_order")


def test_a_conversion_closes_what_the_new_structure_has_no_name_for() -> None:
    spread = (leg("long_put", "buy", "put", 0.1), STRANGLE[0])
    change = planned(scene(), Convert(kind="convert", structure="put_credit_spread", legs=spread))
    assert traded(change) == {HELD["short_call"]: 1, put(TABLE, NEAR, 2700.0): 1}


def test_a_leg_of_another_size_than_the_package_is_not_converted() -> None:
    held = replace(scene().position, quantity=2)
    condor = Convert(kind="convert", structure="iron_condor", legs=CONDOR)
    assert planned(scene(position=held), condor) == NoMatch("adjustment", "size_differs")


# --- terms ------------------------------------------------------------------------------------------------------

ROLL = [Leg(put(TABLE, NEAR, 2750.0), 2), Leg(put(TABLE, FAR, 2750.0), -2)]


def quoted_market(near_bid: float, far_bid: float) -> Market:
    market = Market(SESSIONS, {})
    prices = {ROLL[0].instrument: near_bid, ROLL[1].instrument: far_bid}
    changes: dict[OptionContract, Quote | None] = {
        one: Quote(bid, bid + 0.2) for one, bid in prices.items() if isinstance(one, OptionContract)
    }
    market.snapshots["SPX"] = chain(TABLE, SNAPSHOT.at, 2800.0, changes=changes)
    return market


@pytest.mark.parametrize(
    ("far_bid", "maximum", "expected"),
    [
        (12.0, None, AT_MARKET),
        (12.0, 0.0, Limit.usd(0.0)),
        (12.0, -1.0, Limit.usd(-1.0)),
        (12.0, -2.5, NoMatch("adjustment", "debit_too_large")),
        (8.0, 0.0, NoMatch("adjustment", "debit_too_large")),
        (8.0, 2.5, Limit.usd(2.5)),
    ],
)
def test_a_maximum_debit_is_a_limit_per_share_of_the_package(
    far_bid: float, maximum: float | None, expected: object
) -> None:
    assert terms_within(ROLL, quoted_market(10.0, far_bid), maximum, None) == expected


def test_a_limit_within_the_spread_never_pays_more_than_the_maximum() -> None:
    market = quoted_market(10.0, 12.0)
    assert terms_within(ROLL, market, 0.0, 0.5) == terms_within(ROLL, market, None, 0.5)
    assert terms_within(ROLL, market, -1.9, 1.0) == Limit.usd(-1.9)


# --- changes ----------------------------------------------------------------------------------------------------

INSTRUMENTS = [Stock("SPX"), *HELD.values(), put(TABLE, FAR, 2750.0)]
MOVES = st.lists(st.tuples(st.sampled_from(INSTRUMENTS), st.integers(-4, 4)), max_size=8)


@given(MOVES)
def test_a_change_trades_each_instrument_once_and_what_its_moves_add_up_to(moves: list[tuple[Instrument, int]]) -> None:
    totals = {one: sum(quantity for other, quantity in moves if other == one) for one in INSTRUMENTS}
    change = change_of(scene().position, moves, {})
    traded_now = {} if change is None else {leg.instrument: leg.ratio for leg in change.legs}
    assert traded_now == {one: total for one, total in totals.items() if total}
