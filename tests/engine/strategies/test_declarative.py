"""The strategy built from a specification: what it requests on a chain, and what it says when it does not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.model import AT_MARKET, Intent, Leg, Limit, Order, QuoteFlag, Right, TimeInForce
from engine.strategies.declarative import STAGES, SpecifiedStrategy
from engine.strategies.spec import (
    DeclarativeStrategy,
    DeltaTarget,
    EntryRules,
    EntrySchedule,
    ExitRules,
    ExpirationSpec,
    LegSpec,
    SignalCondition,
)
from tests.builders import Quote, by_delta, chain, contract_table, new_york, put, series
from tests.engine.strategies.fake_run import FakeRun, position, worth

TODAY = date(2019, 4, 25)
AT = new_york(TODAY, "15:45")
MAY_10 = series(date(2019, 5, 10))
TABLE = contract_table({MAY_10: [2700, 2750, 2800, 2850, 2900, 2950, 3000, 3050]})
PUTS = {2700.0: 0.05, 2750.0: 0.10, 2800.0: 0.16, 2850.0: 0.30}
CALLS = {2950.0: 0.30, 3000.0: 0.16, 3050.0: 0.05}
QUOTES = by_delta({Right.PUT: PUTS, Right.CALL: CALLS})
CHAIN = chain(TABLE, AT, 2900.0, quotes=QUOTES)


def leg(name: str, delta: float) -> LegSpec:
    side, right = name.split("_")
    return LegSpec(
        name=name,
        side="buy" if side == "long" else "sell",
        right="put" if right == "put" else "call",
        expiration="weekly",
        delta=DeltaTarget(target=delta),
    )


SPREAD = DeclarativeStrategy(
    name="spread",
    structure="put_credit_spread",
    underlying="SPX",
    expirations={"weekly": ExpirationSpec(target_dte=14, min_dte=7, max_dte=21)},
    legs=(leg("long_put", 0.16), leg("short_put", 0.30)),
)


def shown(spec: DeclarativeStrategy, run: FakeRun | None = None, **market: Any) -> FakeRun:
    fake = run or FakeRun()
    fake.show(SpecifiedStrategy(spec), market.pop("snapshot", CHAIN), **market)
    return fake


def test_spread_is_opened_in_the_order_of_the_structure_and_left_to_the_sizer() -> None:
    (order,) = shown(SPREAD).orders
    assert order.legs == (Leg(put(TABLE, MAY_10, 2800), 1), Leg(put(TABLE, MAY_10, 2850), -1))
    assert (order.intent, order.structure, order.tag, order.quantity) == (
        Intent.OPEN,
        "put_credit_spread",
        "entry",
        None,
    )
    assert order.time_in_force is TimeInForce.DAY


def test_condor_is_opened_with_ascending_strikes() -> None:
    condor = replace(
        SPREAD,
        structure="iron_condor",
        legs=(leg("long_put", 0.05), leg("short_put", 0.16), leg("short_call", 0.16), leg("long_call", 0.05)),
        entry=EntryRules(time_in_force="gtc"),
    )
    (order,) = shown(condor).orders
    assert [contract.strike for contract in order.option_legs] == [2700, 2800, 3000, 3050]
    assert [one.ratio for one in order.legs] == [1, -1, -1, 1]
    assert order.time_in_force is TimeInForce.GTC


def test_legs_of_an_entry_are_known_by_their_names() -> None:
    run, strategy = FakeRun(), SpecifiedStrategy(SPREAD)
    run.show(strategy, CHAIN)
    (order,) = run.orders
    held = position(*order.legs, position_id=order.order_id)
    assert strategy.named_legs.contracts(held) == {
        "long_put": put(TABLE, MAY_10, 2800),
        "short_put": put(TABLE, MAY_10, 2850),
    }


def test_an_entry_counts_every_stage_that_it_passed() -> None:
    assert shown(SPREAD).funnel == {f"{stage}: passed": 1 for stage in STAGES if stage != "pace"}
    paced = replace(SPREAD, entry=EntryRules(max_entries_per_day=1))
    assert shown(paced).funnel == {f"{stage}: passed": 1 for stage in STAGES}


def declined(run: FakeRun) -> list[str]:
    assert run.orders == []
    return [key for key in run.funnel if not key.endswith(": passed")]


def test_undefined_signal_declines_at_the_signal_stage() -> None:
    needs_rank = replace(SPREAD, entry=EntryRules(conditions=(SignalCondition(signal="iv_rank", above=0.3),)))
    assert declined(shown(needs_rank)) == ["signal: signal_undefined:iv_rank"]
    assert declined(shown(needs_rank, signals={"iv_rank": 0.2})) == ["signal: signal_not_above:iv_rank"]
    assert shown(needs_rank, signals={"iv_rank": 0.4}).orders


def test_reached_number_of_positions_declines_before_the_chain_is_searched() -> None:
    run = FakeRun()
    run.positions = (position(Leg(put(TABLE, MAY_10, 2800), 1), Leg(put(TABLE, MAY_10, 2850), -1)),)
    run.values = {1: worth(0)}
    assert declined(shown(SPREAD, run)) == ["max_open: reached"]
    assert run.funnel["expiration: passed"] == 0
    assert shown(replace(SPREAD, entry=EntryRules(max_open_positions=2)), run).orders


def test_resting_entry_counts_as_open() -> None:
    run = FakeRun()
    run.pending = (Order(7, "test", Intent.OPEN, (Leg(put(TABLE, MAY_10, 2850), -1),), None, 0),)
    assert declined(shown(SPREAD, run)) == ["max_open: reached"]


def test_no_expiration_within_bounds_is_declined_by_name() -> None:
    far = replace(SPREAD, expirations={"weekly": ExpirationSpec(target_dte=90, min_dte=80, max_dte=100)})
    assert declined(shown(far)) == ["expiration: weekly:none_within_dte"]


def test_expiration_that_no_leg_uses_is_no_reason_not_to_trade() -> None:
    spare = ExpirationSpec(target_dte=90, min_dte=80, max_dte=100)
    assert shown(replace(SPREAD, expirations={**SPREAD.expirations, "spare": spare})).orders


def test_t17_leg_whose_quote_is_blocked_is_declined_by_name() -> None:
    no_bids = by_delta({Right.PUT: PUTS}, Quote(bid=0.0, flags=QuoteFlag.NO_BID))
    snapshot = chain(TABLE, AT, 2900.0, quotes=no_bids)
    assert declined(shown(SPREAD, snapshot=snapshot)) == ["legs: short_put:no_bid_to_sell_at"]


def test_t27_wing_that_meets_its_body_is_declined_and_not_moved() -> None:
    only_one = chain(TABLE, AT, 2900.0, quotes=by_delta({Right.PUT: {2850.0: 0.3}}))
    assert declined(shown(SPREAD, snapshot=only_one)) == ["geometry: strikes_out_of_order"]


def test_chain_of_another_underlying_is_none_of_its_business() -> None:
    run = shown(replace(SPREAD, underlying="NDX"))
    assert run.orders == []
    assert run.funnel == {}


HELD = position(Leg(put(TABLE, MAY_10, 2750), 1), Leg(put(TABLE, MAY_10, 2800), -1))


@pytest.mark.parametrize(
    ("profit", "exit_rules", "tag"),
    [
        (-2_000, ExitRules(stop_loss_percent=200, time_in_force="gtc"), "stop_loss"),
        (500, ExitRules(profit_target_percent=50, time_in_force="gtc"), "profit_target"),
        (0, ExitRules(dte=15, time_in_force="gtc"), "dte_exit"),
    ],
)
def test_exit_closes_the_whole_position_as_one_package(profit: float, exit_rules: ExitRules, tag: str) -> None:
    run = FakeRun()
    run.positions, run.values = (HELD,), {1: worth(profit)}
    (order,) = shown(replace(SPREAD, exit=exit_rules), run).orders
    assert (order.intent, order.position_id, order.tag) == (Intent.CLOSE, 1, tag)
    assert [one.ratio for one in order.legs] == [-1, 1]
    assert order.time_in_force is TimeInForce.GTC


def test_exit_comes_before_entry_and_its_position_still_counts_as_open() -> None:
    run = FakeRun()
    run.positions, run.values = (HELD,), {1: worth(-2_000)}
    both = replace(SPREAD, exit=ExitRules(stop_loss_percent=200))
    assert [order.tag for order in shown(both, run).orders] == ["stop_loss"]
    assert run.funnel["max_open: reached"] == 1
    two = replace(both, entry=EntryRules(max_open_positions=2))
    assert [order.tag for order in shown(two, run).orders] == ["stop_loss", "entry"]


# --- entries by rule --------------------------------------------------------------------------------------------


def test_a_full_strategy_closes_its_oldest_position_in_the_moment_of_the_entry() -> None:
    run = FakeRun()
    run.positions, run.values = (HELD, replace(HELD, position_id=2)), {1: worth(0), 2: worth(0)}
    makes_room = replace(SPREAD, entry=EntryRules(max_open_positions=2, when_full="close_oldest"))
    orders = shown(makes_room, run).orders
    assert [(order.tag, order.position_id) for order in orders] == [("room_for_entry", 1), ("entry", None)]


def test_nothing_is_closed_for_an_entry_that_finds_no_legs() -> None:
    run = FakeRun()
    run.positions, run.values = (HELD,), {1: worth(0)}
    far = {"weekly": ExpirationSpec(target_dte=90, min_dte=80, max_dte=100)}
    makes_room = replace(SPREAD, expirations=far, entry=EntryRules(when_full="close_oldest"))
    assert declined(shown(makes_room, run)) == ["expiration: weekly:none_within_dte"]


def test_a_position_that_leaves_anyway_is_not_closed_twice() -> None:
    run = FakeRun()
    run.positions, run.values = (HELD,), {1: worth(-2_000)}
    rules = replace(SPREAD, entry=EntryRules(when_full="close_oldest"), exit=ExitRules(stop_loss_percent=200))
    assert [order.tag for order in shown(rules, run).orders] == ["stop_loss", "entry"]


def test_expirations_are_declined_by_name_where_they_are_full_or_have_other_days_left() -> None:
    run = FakeRun()
    run.positions, run.values = (HELD,), {1: worth(0)}
    full = replace(SPREAD, entry=EntryRules(max_open_positions=9, max_open_per_expiration=1))
    assert declined(shown(full, run)) == ["expiration: weekly:max_open_reached"]
    other = replace(SPREAD, entry=EntryRules(schedule=EntrySchedule(dte={"weekly": 14})))
    assert declined(shown(other)) == ["expiration: weekly:other_dte"]
    assert shown(replace(SPREAD, entry=EntryRules(schedule=EntrySchedule(dte={"weekly": 15})))).orders


def test_a_second_entry_of_a_day_waits_for_the_next_session() -> None:
    run, strategy = FakeRun(), SpecifiedStrategy(replace(SPREAD, entry=EntryRules(max_entries_per_day=1)))
    entered = []
    for day in (TODAY, TODAY, date(2019, 4, 26)):
        run.pending = tuple(run.orders) if day == TODAY else ()
        run.show(strategy, chain(TABLE, new_york(day, "15:45"), 2900.0, quotes=QUOTES))
        entered.append(len(run.orders))
    assert entered == [1, 0, 1]
    assert run.funnel["pace: entries_of_day"] == 1


# --- limits ---------------------------------------------------------------------------------------------------------

LOW, HIGH = put(TABLE, MAY_10, 2800), put(TABLE, MAY_10, 2850)


def short_spread_quoted(low: Quote, high: Quote) -> FakeRun:
    fake = FakeRun()
    held = position(Leg(LOW, 2), Leg(HIGH, -2))
    fake.positions, fake.values = (held,), {1: worth(900.0)}
    quoted = chain(TABLE, AT, 2900.0, quotes={LOW: low, HIGH: high}.get)
    leaving = replace(SPREAD, exit=ExitRules(profit_target_percent=50, limit_spread_fraction=0.5), entry=EntryRules())
    return shown(leaving, fake, snapshot=quoted)


@pytest.mark.parametrize(("fraction", "net"), [(0.0, -3.0), (0.5, -2.85), (1.0, -2.7)])
def test_an_entry_rests_between_middle_and_touch(fraction: float, net: float) -> None:
    deltas = {LOW: Quote(2.0, 2.2, delta=-0.16), HIGH: Quote(4.9, 5.3, delta=-0.30)}
    entering = replace(SPREAD, entry=EntryRules(limit_spread_fraction=fraction))
    (order,) = shown(entering, snapshot=chain(TABLE, AT, 2900.0, quotes=deltas.get)).orders
    assert order.terms == Limit.usd(net)


def test_an_entry_without_a_fraction_is_at_the_market() -> None:
    (order,) = shown(SPREAD).orders
    assert order.terms == AT_MARKET


def test_an_exit_rests_at_the_net_of_one_package() -> None:
    (order,) = short_spread_quoted(Quote(2.0, 2.2), Quote(4.9, 5.3)).orders
    assert order.intent is Intent.CLOSE
    assert order.terms == Limit.usd(3.15)  # 3.00 at the middle, 3.30 at the touch


def test_an_exit_with_a_leg_that_cannot_trade_is_at_the_market() -> None:
    (order,) = short_spread_quoted(Quote(0.0, 0.05), Quote(4.9, 5.3)).orders
    assert order.terms == AT_MARKET
