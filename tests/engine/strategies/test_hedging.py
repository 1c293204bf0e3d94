"""Delta hedges: how many shares or contracts, when, and in which position."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import ChainSnapshot, Instrument, Leg, Position, Stock
from engine.strategies.adjustments import Words
from engine.strategies.entries import open_or_opening
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.strategies.hedging import Hedger, is_scheduled, net_delta, shares_to_trade
from engine.strategies.selectors import NoMatch
from engine.strategies.spec import (
    DeltaHedge,
    DeltaTarget,
    ExpirationSpec,
    HedgeBand,
    HedgeSchedule,
    LegSpec,
    OptionHedge,
    ShareHedge,
)
from tests.builders import Quote, by_delta, call, chain, contract_table, equity_series, new_york, put
from tests.engine.strategies.fake_run import SESSIONS, FakeRun, position

NEAR = equity_series(date(2019, 6, 21))
TABLE = contract_table({NEAR: range(80, 125, 5)})
TODAY = date(2019, 5, 13)
AT = new_york(TODAY, "15:45")
DELTAS = {-1: {100.0: 0.5, 95.0: 0.3, 90.0: 0.2, 85.0: 0.1}, 1: {100.0: 0.5, 105.0: 0.3, 110.0: 0.2}}
SNAPSHOT = chain(TABLE, AT, 100.0, quotes=by_delta(DELTAS), underlying="AAPL")
PUT, CALL = put(TABLE, NEAR, 95.0), call(TABLE, NEAR, 105.0)
SHARES = Stock("AAPL")
BAND = DeltaHedge(when=HedgeBand(kind="band", delta_shares=25.0))
HEDGES = OptionHedge(
    kind="options",
    legs=(
        LegSpec(name="down", side="buy", right="put", expiration="near", delta=DeltaTarget(target=0.2)),
        LegSpec(name="up", side="buy", right="call", expiration="near", delta=DeltaTarget(target=0.2)),
    ),
)
WORDS = Words.of(HEDGES.legs, {"near": ExpirationSpec(target_dte=39, min_dte=20, max_dte=60)})


def held(*legs: tuple[Instrument, int], number: int = 1, tag: str = "entry") -> Position:
    made = position(*(Leg(one, quantity) for one, quantity in legs), position_id=number, at=AT)
    return replace(made, tag=tag)


def hedged(hedge: DeltaHedge, *positions: Position, snapshot: ChainSnapshot = SNAPSHOT) -> FakeRun:
    """What a fresh hedger requests for positions."""
    run = FakeRun()
    run.positions = positions
    run.clock.advance(snapshot.at)
    run.market.snapshots["AAPL"] = snapshot
    Hedger(hedge, WORDS).act(run.context, snapshot)
    return run


def traded(run: FakeRun) -> dict[Instrument, int]:
    return {leg.instrument: leg.ratio * (order.quantity or 0) for order in run.orders for leg in order.legs}


# --- how many ---------------------------------------------------------------------------------------------------


def test_net_delta_adds_options_by_their_multiplier_and_shares_by_one() -> None:
    assert net_delta([held((PUT, -2), (CALL, -1), (SHARES, 10))], SNAPSHOT) == pytest.approx(60.0 - 30.0 + 10.0)


def test_net_delta_is_not_known_while_one_delta_is_missing() -> None:
    dark = chain(TABLE, AT, 100.0, quotes=by_delta(DELTAS), underlying="AAPL", changes={PUT: Quote()})
    assert net_delta([held((PUT, -1))], dark) == NoMatch("hedge", f"no_delta:{PUT.symbol}")
    run = hedged(BAND, held((PUT, -1)), snapshot=dark)
    assert (run.orders, dict(run.funnel)) == ([], {f"hedge: no_delta:{PUT.symbol}": 1})


@given(st.floats(-1e5, 1e5), st.floats(-1e4, 1e4), st.integers(1, 100))
def test_shares_bring_the_delta_within_half_a_lot_of_the_target(delta: float, target: float, lot: int) -> None:
    shares = shares_to_trade(delta, target, lot)
    assert shares % lot == 0
    assert abs(delta + shares - target) <= lot / 2 + 1e-6


@pytest.mark.parametrize(
    ("hedge", "shares"),
    [
        (BAND, -30),
        (replace(BAND, using=ShareHedge(round_to=100)), None),
        (replace(BAND, target_delta_shares=60.0), 30),
        (replace(BAND, when=HedgeBand(kind="band", delta_shares=30.5)), None),
    ],
)
def test_a_band_is_left_before_anything_is_traded(hedge: DeltaHedge, shares: int | None) -> None:
    assert traded(hedged(hedge, held((PUT, -1)))) == ({} if shares is None else {SHARES: shares})


# --- where ------------------------------------------------------------------------------------------------------


def test_each_position_has_its_own_hedge_inside_it() -> None:
    run = hedged(BAND, held((PUT, -1)), held((CALL, -2), number=2))
    assert [(order.position_id, order.legs[0].ratio * (order.quantity or 0)) for order in run.orders] == [
        (1, -30),
        (2, 60),
    ]
    assert {order.tag for order in run.orders} == {HEDGE_TAG}


ALL = replace(BAND, scope="strategy")


def test_a_strategy_is_hedged_by_a_position_of_its_own() -> None:
    run = hedged(ALL, held((PUT, -1)), held((CALL, -3), number=2))
    (order,) = run.orders
    assert (order.position_id, order.structure, traded(run)) == (None, "long_stock", {SHARES: 60})


def test_the_hedge_of_a_strategy_goes_on_and_closes_after_the_last_of_the_others() -> None:
    hedge = held((SHARES, 60), number=9, tag=HEDGE_TAG)
    going_on = hedged(ALL, held((PUT, -1)), hedge)
    assert [(order.position_id, traded(going_on)) for order in going_on.orders] == [(9, {SHARES: -90})]
    alone = hedged(ALL, hedge)
    assert [(order.intent.value, traded(alone)) for order in alone.orders] == [("close", {SHARES: -60})]


def test_a_hedge_is_no_position_that_an_entry_counts() -> None:
    assert open_or_opening([held((PUT, -1)), held((SHARES, 60), number=9, tag=HEDGE_TAG)], ()) == 1


# --- options ----------------------------------------------------------------------------------------------------

OPTIONS = replace(BAND, using=HEDGES)


def test_options_that_lead_to_the_target_are_opened() -> None:
    assert traded(hedged(OPTIONS, held((PUT, -2)))) == {put(TABLE, NEAR, 90.0): 3}  # 60 over 20 a put
    assert traded(hedged(OPTIONS, held((CALL, -1)))) == {call(TABLE, NEAR, 110.0): 2}  # 1.5, to the even one


def test_options_of_an_earlier_hedge_are_closed_before_others_are_opened() -> None:
    hedge = held((put(TABLE, NEAR, 90.0), 3), number=9, tag=HEDGE_TAG)
    run = hedged(replace(OPTIONS, scope="strategy"), held((PUT, -1)), hedge)  # 30 less 60: 30 too few
    assert traded(run) == {put(TABLE, NEAR, 90.0): -2}
    assert [order.legs[0].closes for order in run.orders] == [True]


def test_a_contract_of_the_structure_is_no_hedge() -> None:
    own = held((PUT, -2), (put(TABLE, NEAR, 90.0), -1))
    run = hedged(OPTIONS, own)
    assert (run.orders, [key.partition(":")[0] for key in run.funnel]) == ([], ["hedge"])


def test_a_hedge_that_only_leads_away_says_so() -> None:
    puts_only = replace(OPTIONS, using=replace(HEDGES, legs=HEDGES.legs[:1]))
    run = hedged(puts_only, held((CALL, -1)))
    assert (run.orders, dict(run.funnel)) == ([], {"hedge: no_leg_leads_back": 1})


# --- when -------------------------------------------------------------------------------------------------------


def schedule(**when: Any) -> HedgeSchedule:
    return HedgeSchedule(kind="schedule", **when)


@pytest.mark.parametrize(
    ("said", "last", "now", "due"),
    [
        (schedule(times=(time(10), time(15))), "09:45", "10:05", True),
        (schedule(times=(time(10), time(15))), "10:05", "14:59", False),
        (schedule(times=(time(10), time(15))), "10:05", "15:00", True),
        (schedule(every_minutes=30), "10:00", "10:29", False),
        (schedule(every_minutes=30), "10:00", "10:30", True),
        (schedule(every_sessions=1), "10:00", "15:00", False),
    ],
)
def test_schedules_within_a_day(said: HedgeSchedule, last: str, now: str, due: bool) -> None:
    begun = new_york(TODAY, "09:31")
    assert is_scheduled(said, new_york(TODAY, last), begun, new_york(TODAY, now), SESSIONS) is due


def test_sessions_are_counted_over_a_weekend_and_first_of_all_when_something_was_opened() -> None:
    friday, monday, tuesday = (new_york(date(2019, 5, day), "10:00") for day in (10, 13, 14))
    assert is_scheduled(schedule(every_sessions=1), None, friday, friday, SESSIONS)
    assert is_scheduled(schedule(every_sessions=1), friday, friday, monday, SESSIONS)
    assert not is_scheduled(schedule(every_sessions=2), friday, friday, monday, SESSIONS)
    assert is_scheduled(schedule(every_sessions=2), friday, friday, tuesday, SESSIONS)


def test_a_time_before_the_opening_is_over() -> None:
    opened, now = new_york(TODAY, "11:00"), new_york(TODAY, "12:00")
    assert not is_scheduled(schedule(times=(time(10),)), None, opened, now, SESSIONS)


def test_t29_a_time_of_day_is_the_exchanges_on_both_sides_of_a_change_of_clocks() -> None:
    for day in (date(2019, 3, 8), date(2019, 3, 11)):
        opened = new_york(day, "09:30")
        said = schedule(times=(time(15, 45),))
        assert not is_scheduled(said, None, opened, new_york(day, "15:44"), SESSIONS)
        assert is_scheduled(said, None, opened, new_york(day, "15:45"), SESSIONS)
