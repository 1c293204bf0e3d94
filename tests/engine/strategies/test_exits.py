"""Exits: which rule speaks first, what it closes, and what becomes of orders that are under way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Event, OrderCancelRequested, OrderReplaceRequested
from engine.model import AT_MARKET, ChainSnapshot, Intent, Leg, Limit, MarketOnClose, Order, OrderTerms, QuoteFlag
from engine.strategies.exits import Exits, tag_of
from engine.strategies.spec import ExitRules, Hold, SignalCondition
from engine.strategies.spec.exits import ExitRule
from engine.strategies.spec.triggers import (
    DaysToExpiration,
    DeltaBreach,
    PriceBreach,
    ProfitTarget,
    SignalTrigger,
    StopLoss,
)
from tests.builders import call, chain, contract_table, new_york, put, series
from tests.engine.strategies.marked_run import MarkedRun, opened, quoted

MAY_10 = series(date(2019, 5, 10))
TABLE = contract_table({MAY_10: [2800, 2850, 2950]})
LONG, SHORT, CALL = put(TABLE, MAY_10, 2800), put(TABLE, MAY_10, 2850), call(TABLE, MAY_10, 2950)
SOLD = opened({"long_put": (LONG, 2, 10.0), "short_put": (SHORT, -2, 20.0), "short_call": (CALL, -2, 10.0)})
"""Two packages at a credit of 20.00: 4,000 USD."""
STRUCTURE = (LONG, SHORT, CALL)
MAY_3 = date(2019, 5, 3)

STOP = StopLoss(kind="stop_loss", percent_of_premium=100)
TARGET = ProfitTarget(kind="profit_target", percent_of_premium=50)
WEEK = DaysToExpiration(kind="dte", days=7)
CALL_STOP = StopLoss(kind="stop_loss", percent_of_premium=100, legs=("short_call",))
NOW = SignalTrigger(kind="signal", conditions=(SignalCondition(signal="leave", above=0),))


class Listening(MarkedRun):
    """Remembers also what was withdrawn and replaced."""

    def __init__(self, *orders: Order) -> None:
        super().__init__(*SOLD)
        self.pending = orders
        self.withdrawn: list[int] = []
        self.replaced: list[Order] = []

    def _publish(self, event: Event) -> None:
        super()._publish(event)
        if isinstance(event, OrderCancelRequested):
            self.withdrawn.append(event.order_id)
        if isinstance(event, OrderReplaceRequested):
            self.replaced.append(event.replacement)

    def asks(self, exits: Exits, snapshot: ChainSnapshot, **signals: float) -> list[tuple[str, tuple[Leg, ...]]]:
        """What exits request on a chain: reason and package."""
        self.orders.clear()
        self.see(snapshot, signals)
        exits.act(self.context, snapshot)
        return [(order.tag, order.legs) for order in self.orders]


def at(
    net: float, *, on: date = MAY_3, clock: str = "15:45", call_at: float = 10.0, price: float = 2900.0
) -> ChainSnapshot:
    """A chain on which the put spread costs this much and the call so much."""
    quotes = quoted({LONG: 10.0, SHORT: 10.0 + net, CALL: call_at})
    return chain(TABLE, new_york(on, clock), price, quotes=quotes)


def exits_of(run: MarkedRun, *rules: ExitRule, **settings: object) -> Exits:
    return Exits(ExitRules(rules=rules, **settings), run.names)  # type: ignore[arg-type]


WHOLE = (Leg(LONG, -1), Leg(SHORT, 1), Leg(CALL, 1))


def closing(
    tag: str, terms: OrderTerms = AT_MARKET, legs: Sequence[Leg] = WHOLE, intent: Intent = Intent.CLOSE
) -> Order:
    return Order(50, "test", intent, tuple(legs), 2, 0, 1, tag=tag, terms=terms)


# --- order and reasons --------------------------------------------------------------------------------------------


def test_t23_all_legs_of_a_position_leave_as_one_package() -> None:
    run = Listening()
    assert run.asks(exits_of(run, WEEK), at(10.0)) == [("dte_exit", WHOLE)]
    (order,) = run.orders
    assert (order.intent, order.position_id, order.quantity, order.terms) == (Intent.CLOSE, 1, 2, AT_MARKET)


def test_the_short_form_asks_stop_then_target_then_days() -> None:
    run = Listening()
    exits = Exits(ExitRules(stop_loss_percent=100, profit_target_percent=50, dte=7), run.names)
    tags = [run.asks(exits, at(net))[0][0] for net in (30.0, 0.0, 10.0)]
    assert tags == ["stop_loss", "profit_target", "dte_exit"]


@given(st.permutations([TARGET, WEEK, NOW]))
def test_the_first_rule_that_is_written_names_the_exit(rules: list[ExitRule]) -> None:
    run = Listening()
    ((tag, _),) = run.asks(exits_of(run, *rules), at(0.0), leave=1.0)
    assert not isinstance(rules[0], Hold)
    assert tag == tag_of(rules[0])


def test_reasons_name_the_legs_that_a_rule_names() -> None:
    assert tag_of(WEEK) == "dte_exit"
    assert tag_of(CALL_STOP) == "stop_loss:short_call"
    assert tag_of(DeltaBreach(kind="delta_breach", leg="short_put", above=0.3)) == "delta_breach:short_put"
    both = PriceBreach(kind="price_breach", leg="short_put", legs=("short_put", "long_put"))
    assert tag_of(both) == "price_breach:short_put:long_put"


def test_without_rules_or_positions_nothing_is_asked() -> None:
    run = Listening()
    assert run.asks(Exits(ExitRules(), run.names), at(90.0)) == []
    run.positions = ()
    assert run.asks(exits_of(run, WEEK), at(90.0)) == []


def test_hold_keeps_the_position_from_the_rules_below_it() -> None:
    run = Listening()
    exits = exits_of(run, STOP, Hold(kind="hold", dte=7), TARGET)
    assert run.asks(exits, at(0.0, on=date(2019, 5, 2))) == [("profit_target", WHOLE)]
    assert run.asks(exits, at(0.0)) == []
    assert run.asks(exits, at(30.0, clock="15:46")) == [("stop_loss", WHOLE)]
    assert run.asks(exits_of(run, Hold(kind="hold")), at(90.0, clock="15:47")) == []


# --- legs ---------------------------------------------------------------------------------------------------------


def test_legs_leave_on_their_own_and_the_rest_has_its_own_rules() -> None:
    run = Listening()
    exits = exits_of(run, CALL_STOP, StopLoss(kind="stop_loss", usd=1_000, legs=("short_put", "long_put")))
    call_doubled = at(10.0, call_at=20.0)
    assert run.asks(exits, call_doubled) == [("stop_loss:short_call", (Leg(CALL, 1),))]
    both = run.asks(exits, at(15.0, clock="15:46", call_at=20.0))
    assert both == [("stop_loss:short_call", (Leg(CALL, 1),)), ("stop_loss:short_put:long_put", WHOLE[:2])]


def test_what_an_earlier_rule_has_closed_a_later_one_leaves_alone() -> None:
    run = Listening()
    assert run.asks(exits_of(run, CALL_STOP, WEEK), at(10.0, call_at=20.0)) == [
        ("stop_loss:short_call", (Leg(CALL, 1),)),
        ("dte_exit", WHOLE[:2]),
    ]


def test_legs_that_are_gone_close_nothing() -> None:
    run = Listening()
    position = run.positions[0]
    run.positions = (replace(position, legs=position.legs[:2]),)
    assert run.asks(exits_of(run, CALL_STOP), at(10.0, call_at=99.0)) == []


# --- orders under way ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("terms", [AT_MARKET, MarketOnClose(), Limit.usd(1.0)])
def test_no_second_exit_for_legs_that_an_order_is_under_way_for(terms: OrderTerms) -> None:
    run = Listening(closing("stop_loss", terms))
    assert run.asks(exits_of(run, STOP, WEEK), at(30.0)) == []
    assert run.withdrawn == []


def test_legs_beside_those_under_way_are_asked_about() -> None:
    run = Listening(closing("stop_loss:short_call", legs=[Leg(CALL, 1)]))
    assert run.asks(exits_of(run, CALL_STOP, WEEK), at(10.0, call_at=20.0)) == [("dte_exit", WHOLE[:2])]


def test_order_of_another_position_is_no_reason_to_stay() -> None:
    run = Listening(replace(closing("stop_loss"), position_id=2))
    assert run.asks(exits_of(run, WEEK), at(10.0)) == [("dte_exit", WHOLE)]


def test_rule_withdraws_the_resting_limit_of_a_rule_below_it_but_not_of_one_above() -> None:
    run = Listening(closing("profit_target", Limit.usd(5.0)))
    assert run.asks(exits_of(run, STOP, TARGET), at(30.0)) == [("stop_loss", WHOLE)]
    assert run.withdrawn == [50]
    above = Listening(closing("profit_target", Limit.usd(5.0)))
    assert above.asks(exits_of(above, TARGET, STOP), at(30.0)) == []
    assert above.withdrawn == []


@pytest.mark.parametrize("terms", [AT_MARKET, Limit.usd(5.0)])
def test_rule_withdraws_an_adjustment_of_its_legs_and_of_no_others(terms: OrderTerms) -> None:
    run = Listening(closing("roll", terms, [Leg(SHORT, 1)], Intent.ADJUST))
    assert run.asks(exits_of(run, CALL_STOP), at(10.0, call_at=20.0)) == [("stop_loss:short_call", (Leg(CALL, 1),))]
    assert run.withdrawn == []
    assert run.asks(exits_of(run, WEEK), at(10.0, clock="15:46")) == [("dte_exit", WHOLE)]
    assert run.withdrawn == [50]


def test_order_at_the_market_is_left_to_fill() -> None:
    run = Listening(closing("profit_target"))
    assert run.asks(exits_of(run, STOP, TARGET), at(30.0)) == []


def test_order_that_no_rule_made_is_left_alone() -> None:
    run = Listening(closing("margin_call", Limit.usd(5.0)))
    assert run.asks(exits_of(run, STOP), at(30.0)) == []


def test_leg_that_found_no_bid_rests_and_the_others_are_not_its_hostages() -> None:
    run = Listening(closing("stop_loss", legs=[Leg(LONG, -1)]))
    position = replace(run.positions[0], closing=True)
    run.positions = (replace(position, legs=position.legs[:1]),)
    assert run.asks(exits_of(run, WEEK), at(10.0)) == []
    run.positions = (position,)
    assert run.asks(exits_of(run, WEEK), at(10.0, clock="15:46")) == [("dte_exit", (Leg(SHORT, 1), Leg(CALL, 1)))]


def test_positions_that_leave_as_a_whole_are_named_to_who_wants_their_room() -> None:
    run = Listening()
    snapshot = at(10.0, call_at=20.0)
    run.see(snapshot)
    assert exits_of(run, CALL_STOP).act(run.context, snapshot).whole == ()
    assert exits_of(run, CALL_STOP, WEEK).act(run.context, snapshot).whole == (1,)


def test_position_that_makes_room_leaves_whole_and_takes_back_what_is_under_way() -> None:
    run = Listening(closing("stop_loss:short_call", Limit.usd(5.0), legs=[Leg(CALL, 1)]))
    run.see(at(10.0))
    exits_of(run, limit_spread_fraction=0.0).leave(run.context, run.positions[0], "room_for_entry")
    assert [(order.tag, order.legs, order.terms) for order in run.orders] == [
        ("room_for_entry", WHOLE, Limit.usd(20.0))
    ]
    assert run.withdrawn == [50]


# --- limits and patience ------------------------------------------------------------------------------------------


def test_exit_rests_as_a_limit_but_for_the_kinds_that_are_named() -> None:
    run = Listening()
    exits = exits_of(run, STOP, TARGET, limit_spread_fraction=1.0, at_market=("stop_loss",))
    terms: list[OrderTerms] = []
    for net, clock in ((0.0, "15:45"), (30.0, "15:46")):
        run.asks(exits, at(net, clock=clock))
        terms += [order.terms for order in run.orders]
    assert terms == [Limit.usd(10.15), AT_MARKET]  # 10.00 in the middle, three legs a nickel from it


def waiting(run: Listening, exits: Exits, *snapshots: ChainSnapshot) -> list[bool]:
    """On each chain, the limit of the first still resting: whether it went to the market."""
    gone: list[bool] = []
    for snapshot in snapshots:
        run.replaced.clear()
        run.asks(exits, snapshot)
        if run.orders:
            run.pending = (run.orders[0],)
        gone.append(bool(run.replaced) or any(order.terms == AT_MARKET for order in run.orders))
        run.pending = tuple(run.replaced) or run.pending
    return gone


def test_limit_goes_to_the_market_after_so_many_chains() -> None:
    run = Listening()
    exits = exits_of(run, TARGET, limit_spread_fraction=0.5, market_after_snapshots=2)
    minutes = [at(0.0, clock=f"10:0{minute}") for minute in range(5)]
    assert waiting(run, exits, *minutes) == [False, False, True, False, False]


def test_limit_goes_to_the_market_after_so_many_sessions() -> None:
    run = Listening()
    exits = exits_of(run, TARGET, limit_spread_fraction=0.5, market_after_sessions=1)
    friday, later, monday = at(0.0), at(0.0, clock="15:59"), at(0.0, on=date(2019, 5, 6), clock="09:31")
    assert waiting(run, exits, friday, later, monday) == [False, False, True]


def test_patience_goes_on_over_orders_of_the_day_and_ends_with_their_reason() -> None:
    run = Listening()
    exits = exits_of(run, TARGET, limit_spread_fraction=0.5, market_after_snapshots=2)
    terms = []
    for day, net in ((1, 0.0), (2, 0.0), (3, 10.0), (6, 0.0), (7, 0.0), (8, 0.0)):
        run.asks(exits, at(net, on=date(2019, 5, day)))  # no order outlives its day
        terms.append([type(order.terms).__name__ for order in run.orders])
    assert terms == [["Limit"], ["Limit"], [], ["Limit"], ["Limit"], ["AtMarket"]]


def test_positions_are_judged_one_by_one() -> None:
    run = Listening()
    second, names = opened({"short_put": (SHORT, -1, 60.0)}, position_id=2)
    run.names.opened(2, names)
    run.positions = (run.positions[0], second)
    assert run.asks(exits_of(run, TARGET), at(10.0)) == [("profit_target", (Leg(SHORT, 1),))]
    assert [order.position_id for order in run.orders] == [2]


def test_t17_no_exit_on_money_while_a_leg_is_flagged_but_time_goes_on() -> None:
    run = Listening()
    stale = quoted({LONG: 10.0, SHORT: 99.0, CALL: 10.0}, flags={LONG: QuoteFlag.STALE})
    snapshot = chain(TABLE, new_york(MAY_3, "15:45"), 2900.0, quotes=stale)
    assert run.asks(exits_of(run, STOP), snapshot) == []
    assert run.asks(exits_of(run, STOP, WEEK), snapshot) == [("dte_exit", WHOLE)]
