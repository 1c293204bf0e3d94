"""Exits through the whole engine: what the orders of rules become at the broker and in the book."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.config import ExecutionConfig
from engine.events import OrderCancelled
from engine.model import ChainSnapshot, Fill, Leg, OptionContract, Position
from engine.money import to_micros
from engine.result import BacktestResult
from engine.strategies.exits import Exits
from engine.strategies.named_legs import NamedLegs
from engine.strategies.spec import ExitRules, Hold
from engine.strategies.spec.exits import ExitRule
from engine.strategies.spec.triggers import (
    BreakEvenStop,
    DaysToExpiration,
    ProfitTarget,
    StopLoss,
    TrailingStop,
)
from engine.strategy import Strategy, StrategyContext
from tests.builders import Quote, call, chain, contract_table, new_york, put, series
from tests.engine.play import PLAIN as AT_MID
from tests.engine.play import NoMargin, config, play

MAY_24 = series(date(2019, 5, 24))
TABLE = contract_table({MAY_24: [2700, 2750, 2950, 3000]})
LONG_PUT, SHORT_PUT = put(TABLE, MAY_24, 2700), put(TABLE, MAY_24, 2750)
SHORT_CALL, LONG_CALL = call(TABLE, MAY_24, 2950), call(TABLE, MAY_24, 3000)
CONDOR = {
    "long_put": Leg(LONG_PUT, 1),
    "short_put": Leg(SHORT_PUT, -1),
    "short_call": Leg(SHORT_CALL, -1),
    "long_call": Leg(LONG_CALL, 1),
}
PUT_SIDE, CALL_SIDE = ("long_put", "short_put"), ("short_call", "long_call")
MONDAY = date(2019, 5, 13)
BY_SIZE = replace(AT_MID, shown_size="partial")


class Leaving(Strategy):
    """Opens the condor on the first chain and has exits from then on; remembers the position before each chain."""

    def __init__(self, rules: ExitRules, quantity: int = 1) -> None:
        super().__init__("leaving", None)
        self.names = NamedLegs()
        self.exits = Exits(rules, self.names)
        self.quantity = quantity
        self.seen: list[Position | None] = []

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        self.seen.append(next(iter(context.positions), None))
        self.exits.act(context, snapshot)
        if len(self.seen) == 1:
            order = context.open(tuple(CONDOR.values()), structure="iron_condor", quantity=self.quantity)
            self.names.opened(order, {name: leg.instrument for name, leg in CONDOR.items()})


def day(offset: int, short_put: float, short_call: float, size: float = 9) -> ChainSnapshot:
    """The condor with its short legs at these middles and its wings at one, `size` contracts on either side."""
    mids = {LONG_PUT: 1.0, SHORT_PUT: short_put, SHORT_CALL: short_call, LONG_CALL: 1.0}

    def quote(one: OptionContract) -> Quote | None:
        mid = mids.get(one)
        return None if mid is None else Quote(round(mid - 0.2, 2), round(mid + 0.2, 2), bid_size=size, ask_size=size)

    return chain(TABLE, new_york(MONDAY + timedelta(days=offset), "15:45"), 2850.0, quotes=quote)


def left(
    days: list[ChainSnapshot], *rules: ExitRule, quantity: int = 1, execution: ExecutionConfig = AT_MID, **settings: Any
) -> tuple[BacktestResult, Leaving]:
    strategy = Leaving(ExitRules(rules=rules, **settings), quantity)
    result = play(days, {}, run=config(execution=execution), strategies=[strategy], margin=NoMargin())
    return result, strategy


def exits(result: BacktestResult) -> list[tuple[int, str, int]]:
    """Session, counted from the first, reason and number of legs of every closing fill."""
    first = new_york(MONDAY, "15:45")
    return [
        ((fill.filled_at - first) // 86_400_000_000_000, fill.tag, len(fill.legs))
        for fill in result.fills
        if fill.intent == "close"
    ]


# A condor at a credit of 8: short legs at 5, wings at 1.
STEADY = [day(0, 5, 5), day(1, 5, 5)]


def test_t23_all_legs_share_the_chain_they_leave_on() -> None:
    target = ProfitTarget(kind="profit_target", percent_of_premium=50)
    result, _ = left([*STEADY, day(2, 3, 3), day(3, 2.5, 2.5), day(4, 2, 2)], target)
    assert exits(result) == [(3, "profit_target", 4)]
    (trade,) = result.trades
    assert trade.closed_at == new_york(date(2019, 5, 16), "15:45")
    assert trade.profit == to_micros(500)  # decided at 4.00 a condor, filled at the 3.00 of the next chain


def test_one_side_leaves_and_what_stays_is_what_it_is_called_now() -> None:
    calls = StopLoss(kind="stop_loss", percent_of_premium=100, legs=CALL_SIDE)
    puts = ProfitTarget(kind="profit_target", percent_of_premium=50, legs=PUT_SIDE)
    days = [*STEADY, day(2, 5, 9.5), day(3, 5, 9.5), day(4, 3, 9.5), day(5 + 2, 2, 9.5), day(8, 2, 9.5)]
    result, strategy = left(days, calls, puts)
    assert exits(result) == [
        (3, "stop_loss:short_call:long_call", 2),
        (7, "profit_target:long_put:short_put", 2),
    ]
    assert [None if one is None else one.structure for one in strategy.seen] == [
        None,
        "iron_condor",
        "iron_condor",
        "put_credit_spread",
        "put_credit_spread",
        None,
        None,
    ]
    (trade,) = result.trades
    assert trade.structure == "iron_condor"
    assert trade.profit == to_micros(-450 + 300)


def test_one_leg_leaves_and_the_rest_expires_by_its_own_rule() -> None:
    short_call = StopLoss(kind="stop_loss", usd=400, legs=("short_call",))
    result, strategy = left([*STEADY, day(2, 5, 9), day(3, 5, 9), day(4, 5, 9)], short_call, Hold(kind="hold"))
    assert exits(result) == [(3, "stop_loss:short_call", 1)]
    assert strategy.seen[-1] is not None
    assert len(strategy.seen[-1].legs) == 3
    assert strategy.seen[-1].structure == "short_put_seagull"


def test_position_that_is_closed_in_parts_keeps_its_name() -> None:
    target = ProfitTarget(kind="profit_target", percent_of_premium=50)
    quoted = [*STEADY, *(day(offset, 2, 2, size=2) for offset in (2, 3, 4))]
    result, strategy = left(quoted, target, quantity=4, execution=BY_SIZE, time_in_force="gtc")
    assert exits(result) == [(3, "profit_target", 4), (4, "profit_target", 4)]
    assert [one.structure for one in strategy.seen if one is not None] == ["iron_condor"] * 3


def test_names_are_known_from_the_first_part_of_a_fill_on() -> None:
    stop = StopLoss(kind="stop_loss", percent_of_premium=50, legs=CALL_SIDE)
    quoted = [day(0, 5, 5), day(1, 5, 5, size=1), day(2, 5, 9), day(3, 5, 9)]
    result, _ = left(quoted, stop, quantity=3, execution=BY_SIZE)
    assert exits(result) == [(3, "stop_loss:short_call:long_call", 2)]
    assert sum(abs(leg.quantity) for fill in result.fills if fill.intent == "close" for leg in fill.legs) == 2


def test_trailing_and_break_even_stops_remember_from_chain_to_chain() -> None:
    days = [*STEADY, day(2, 3, 3), day(3, 3.5, 3.5), day(4, 5, 5), day(7, 5, 5)]
    trailing = TrailingStop(kind="trailing_stop", arm_percent_of_premium=50, give_back_percent_of_premium=12.5)
    assert exits(left(days, trailing)[0]) == [(4, "trailing_stop", 4)]
    even = BreakEvenStop(kind="break_even_stop", arm_percent_of_premium=50)
    assert exits(left(days, even)[0]) == [(7, "break_even_stop", 4)]


def test_what_a_position_reached_does_not_arm_the_next_one() -> None:
    class Twice(Leaving):
        def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
            super().on_snapshot(context, snapshot)
            if len(self.seen) == 4:
                self.seen = [None]
                context.open(tuple(CONDOR.values()), quantity=1)

    even = BreakEvenStop(kind="break_even_stop", arm_percent_of_premium=50)
    days = [*STEADY, day(2, 3, 3), day(3, 5, 5), day(4, 5, 5), day(7, 5, 5), day(8, 5, 5)]
    strategy = Twice(ExitRules(rules=(even,)))
    result = play(days, {}, run=config(), strategies=[strategy], margin=NoMargin())
    assert exits(result) == [(4, "break_even_stop", 4)]
    assert len(result.trades) == 2


def test_limit_that_does_not_fill_goes_to_the_market_and_the_trade_names_its_reason() -> None:
    target = ProfitTarget(kind="profit_target", percent_of_premium=50)
    days = [*STEADY, day(2, 3, 3), day(3, 3.2, 3.2), day(4, 3.2, 3.2), day(7, 3.2, 3.2), day(8, 3.2, 3.2)]
    patient, _ = left(days, target, limit_spread_fraction=0.0, time_in_force="gtc")
    assert exits(patient) == []
    impatient, _ = left(days, target, limit_spread_fraction=0.0, time_in_force="gtc", market_after_snapshots=2)
    assert exits(impatient) == [(7, "profit_target", 4)]


def test_stop_takes_the_place_of_a_target_that_rests() -> None:
    target = ProfitTarget(kind="profit_target", percent_of_premium=50)
    stop = StopLoss(kind="stop_loss", percent_of_premium=100)
    days = [*STEADY, day(2, 3, 3), day(3, 9, 9), day(4, 9.5, 9.5), day(7, 9, 9)]
    settings: dict[str, Any] = {"limit_spread_fraction": 0.0, "time_in_force": "gtc", "at_market": ("stop_loss",)}
    result, _ = left(days, stop, target, **settings)
    assert exits(result) == [(4, "stop_loss", 4)]
    assert [event.reason for event in result.event_log if isinstance(event, OrderCancelled)] == ["stop_loss"]
    lower, _ = left(days, target, stop, **settings)
    assert exits(lower) == []


@pytest.mark.parametrize("rule", [DaysToExpiration(kind="dte", days=9), StopLoss(kind="stop_loss", usd=1)])
def test_worthless_wing_stays_behind_and_the_strategy_does_not_ask_for_it_again(rule: ExitRule) -> None:
    worthless = Quote(0.0, 0.05)
    days = [*STEADY, day(2, 6, 6)]
    for offset in (3, 4, 7):
        base = day(offset, 6, 6)
        quotes = {
            LONG_PUT: worthless,
            SHORT_PUT: Quote(5.8, 6.2),
            SHORT_CALL: Quote(5.8, 6.2),
            LONG_CALL: Quote(1, 1.4),
        }
        days.append(chain(TABLE, base.at, 2850.0, quotes=quotes.get))
    result, strategy = left(days, rule)
    assert [len(fill.legs) for fill in _closing(result)] == [3]
    assert strategy.seen[-1] is not None
    assert [leg.instrument for leg in strategy.seen[-1].legs] == [LONG_PUT]
    assert strategy.seen[-1].structure == "iron_condor"  # nobody wanted it to be a single put


def _closing(result: BacktestResult) -> list[Fill]:
    return [fill for fill in result.fills if fill.intent == "close"]
