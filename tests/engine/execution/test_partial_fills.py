"""Orders that trade by the shown size: all or none, or in parts."""

from dataclasses import replace
from typing import Any

import pytest

from engine.costs.schedule import CommissionSchedule, OptionCommission
from engine.events import OrderRequested
from engine.model import AT_MARKET, ChainSnapshot, Intent, Limit, Order, TimeInForce
from engine.money import to_micros
from engine.result import BacktestResult
from engine.risk_config import RiskConfig, RiskLimits
from engine.strategy import StrategyContext
from tests.builders import Quote
from tests.engine.execution.spread_runs import SPREAD, acted, day, ends
from tests.engine.play import PLAIN, config, play

PARTIAL: dict[str, Any] = {"shown_size": "partial"}


def sized(offset: int, bids: float, asks: float = 100.0, clock: str = "15:45", price: float = 10.0) -> ChainSnapshot:
    """A chain on which the short put is wanted `bids` times; the long one is offered `asks` times."""
    return day(
        offset,
        clock,
        short=Quote(price, price + 1.0, bid_size=bids, ask_size=bids),
        long=Quote(4.0, 5.0, bid_size=asks, ask_size=asks),
    )


def five(context: StrategyContext) -> None:
    context.open(SPREAD, quantity=5, time_in_force=TimeInForce.GTC)


def quantities(result: BacktestResult) -> list[tuple[int, int]]:
    return [(fill.quantity, fill.remaining) for fill in result.fills]


def test_an_order_rests_until_all_of_it_has_filled() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 0), sized(3, 2), sized(4, 9)]
    result = acted(days, {0: five}, **PARTIAL)
    assert quantities(result) == [(2, 3), (2, 1), (1, 0)]
    assert [fill.filled_at for fill in result.fills] == [days[1].at, days[3].at, days[4].at]
    assert ends(result) == [("filled", 5, "")]
    assert result.blocked_fills == {"size_too_small": 1}


def test_the_parts_are_one_position_and_one_trade() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 9), sized(3, 9, price=8.0)]
    leave = {2: lambda context: context.close(context.positions[0], tag="exit")}
    result = acted(days, {0: five} | leave, **PARTIAL)
    (trade,) = result.trades
    assert (trade.quantity, trade.opened_at, trade.closed_at) == (5, days[1].at, days[3].at)
    assert trade.entry_cash == 5 * to_micros(600.0)
    assert trade.profit == 5 * to_micros(200.0)
    assert {leg.quantity for leg in trade.legs} == {-5, 5}


def test_parts_keep_the_ratio_of_the_package() -> None:
    """Seven of the put that is bought twice are three packages."""
    days = [sized(0, 9), sized(1, 99, asks=7)]
    ratio = {0: lambda context: context.open([SPREAD[0], replace(SPREAD[1], ratio=2)], quantity=5)}
    assert quantities(acted(days, ratio, **PARTIAL)) == [(3, 2)]


def test_all_or_none_waits_for_the_whole_size() -> None:
    days = [sized(0, 9), sized(1, 4), sized(2, 5)]
    result = acted(days, {0: five}, shown_size="all_or_none")
    assert quantities(result) == [(5, 0)]
    assert result.blocked_fills == {"size_too_small": 1}


def test_by_default_the_shown_size_does_not_matter() -> None:
    assert quantities(acted([sized(0, 9), sized(1, 1)], {0: five})) == [(5, 0)]


def test_an_order_waits_where_the_data_shows_no_sizes() -> None:
    result = acted([day(0), day(1)], {0: five}, **PARTIAL)
    assert (result.fills, result.blocked_fills) == ((), {"size_unknown": 1})


def test_only_a_share_of_the_size_can_be_had() -> None:
    assert quantities(acted([sized(0, 9), sized(1, 9)], {0: five}, size_percent=25.0, **PARTIAL)) == [(2, 3)]


def test_what_one_order_took_is_gone_for_the_next() -> None:
    def twice(context: StrategyContext) -> None:
        five(context)
        five(context)

    days = [sized(0, 9), sized(1, 6), sized(2, 9)]
    result = acted(days, {0: twice}, **PARTIAL)
    assert quantities(result) == [(5, 0), (1, 4), (4, 0)]


def test_a_cancelled_order_keeps_what_it_traded() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 9)]
    cancel = {1: lambda context: context.cancel(context.pending[0].order_id, "enough")}
    result = acted(days, {0: five} | cancel, **PARTIAL)
    assert ends(result) == [("cancelled", 2, "enough")]
    assert result.open_positions[0].quantity == 2


def test_the_day_of_a_partly_filled_order_ends_like_any_other() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 9)]
    result = acted(days, {0: lambda context: context.open(SPREAD, quantity=5)}, **PARTIAL)
    assert ends(result) == [("cancelled", 2, "the day ended")]


def test_closing_a_position_withdraws_what_would_still_open_it() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 2), sized(3, 9)]
    leave = {1: lambda context: context.close(context.positions[0], tag="exit")}
    result = acted(days, {0: five} | leave, **PARTIAL)
    assert ends(result) == [("cancelled", 2, "its position is closed"), ("filled", 2, "")]
    assert result.open_positions == ()


def test_closing_a_position_withdraws_a_replacement_that_has_not_filled() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 0), sized(3, 0), sized(4, 9)]
    script = {
        1: lambda context: context.replace(context.pending[0], terms=AT_MARKET),
        2: lambda context: context.replace(context.pending[0], terms=AT_MARKET),
        3: lambda context: context.close(context.positions[0], tag="exit", time_in_force=TimeInForce.GTC),
    }
    result = acted(days, {0: five} | script, **PARTIAL)
    assert ends(result) == [
        ("cancelled", 2, "replaced by order 2"),
        ("cancelled", 0, "replaced by order 3"),
        ("cancelled", 0, "its position is closed"),
        ("filled", 2, ""),
    ]
    assert result.open_positions == ()


def test_closing_some_legs_leaves_an_order_for_others_of_the_position_alone() -> None:
    """A roll closes one leg and opens another; the second is nobody's remainder."""
    days = [sized(0, 9), sized(1, 9), sized(2, 9)]

    def roll(context: StrategyContext) -> None:
        (held,) = context.positions
        for intent, leg in ((Intent.OPEN, SPREAD[1]), (Intent.CLOSE, replace(SPREAD[0], ratio=1))):
            number = context.desk.next_order_id()
            order = Order(number, "scripted", intent, (leg,), 1, context.now, held.position_id)
            context.publish(OrderRequested(context.now, order))

    result = acted(days, {0: lambda context: context.open(SPREAD, quantity=1), 1: roll}, **PARTIAL)
    assert [end for end, *_ in ends(result)] == ["filled", "filled", "filled"]


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"fee_per_contract_usd": 0.1, "minimum_per_order_usd": 1.5}, [1.5, 0.0, 0.0]),  # ten contracts: 1.00
        ({"fee_per_contract_usd": 0.2, "minimum_per_order_usd": 1.5}, [1.5, 0.1, 0.4]),  # 0.80, 1.60, 2.00
        ({"fee_per_contract_usd": 1.0, "maximum_per_leg_usd": 3.0}, [4.0, 2.0, 0.0]),  # 2 x 2, 2 x 3
        ({"fee_per_contract_usd": 0.5}, [2.0, 2.0, 1.0]),
    ],
)
def test_t36_an_order_in_parts_costs_what_it_costs_whole(options: dict[str, Any], parts: list[float]) -> None:
    fees = CommissionSchedule(kind="schedule", options=OptionCommission(**options))
    cut = acted([sized(0, 9), sized(1, 2), sized(2, 2), sized(3, 9)], {0: five}, fees=fees, **PARTIAL)
    whole = acted([sized(0, 9), sized(1, 9)], {0: five}, fees=fees, **PARTIAL)
    assert [fill.fees for fill in cut.fills] == [to_micros(part) for part in parts]
    assert cut.totals.fees == whole.totals.fees


def test_a_close_in_parts_leaves_the_rest_open_and_rests_on() -> None:
    days = [sized(0, 9), sized(1, 9), sized(2, 2), sized(3, 9)]
    held: list[int] = []
    leave = {
        1: lambda context: context.close(context.positions[0], tag="exit", time_in_force=TimeInForce.GTC),
        2: lambda context: held.append(len(context.pending)),
    }
    result = acted(days, {0: five} | leave, **PARTIAL)
    assert quantities(result) == [(5, 0), (2, 3), (3, 0)]
    assert held == [1]
    assert (result.open_positions, result.trades[0].closed_at) == ((), days[3].at)


def test_a_replacement_is_for_what_is_left_and_goes_on_with_the_position() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 9), sized(3, 9)]
    worse = {1: lambda context: context.replace(context.pending[0], terms=Limit.usd(-5.0))}
    result = acted(days, {0: five} | worse, **PARTIAL)
    assert ends(result) == [("cancelled", 2, "replaced by order 2"), ("filled", 3, "")]
    assert len(result.trades) == 1
    assert {leg.quantity for leg in result.open_positions[0].legs} == {-5, 5}


def test_a_limit_fills_at_the_model_first_and_at_its_price_with_what_rested() -> None:
    days = [sized(0, 9), sized(1, 2, price=12.0), sized(2, 9, price=12.0)]
    patient = {
        0: lambda context: context.open(SPREAD, quantity=5, terms=Limit.usd(-7.5), time_in_force=TimeInForce.GTC)
    }
    result = acted(days, patient, **PARTIAL)
    assert [fill.cash for fill in result.fills] == [2 * to_micros(800.0), 3 * to_micros(750.0)]


def test_a_partly_filled_opening_counts_once_against_the_limit_of_positions() -> None:
    days = [sized(0, 9), sized(1, 2), sized(2, 9)]
    limited = RiskConfig(limits=RiskLimits(max_open_positions=1))
    run = config(execution=replace(PLAIN, shown_size="partial"), risk=limited)
    assert quantities(play(days, {days[0].at: five}, run=run)) == [(2, 3), (3, 0)]


@pytest.mark.parametrize("terms", [AT_MARKET, Limit.usd(-5.0)])
def test_t15_cash_is_conserved_however_an_order_is_cut(terms: Any) -> None:
    """The identity of the ledger is checked at every mark; here the parts sum up to the whole."""
    whole = [sized(0, 9), sized(1, 9), sized(2, 9)]
    parts = [sized(0, 9), sized(1, 2), sized(1, 9, clock="15:50"), sized(2, 9)]
    order = {0: lambda context: context.open(SPREAD, quantity=5, terms=terms)}
    one, two = acted(whole, order, **PARTIAL), acted(parts, order, **PARTIAL)
    assert one.totals.unrealised == two.totals.unrealised + (0 if terms is AT_MARKET else 3 * to_micros(100.0))
    assert two.totals.net_liquidation == two.totals.initial_cash + two.totals.unrealised - two.totals.fees


@pytest.mark.parametrize("terms", [AT_MARKET, Limit.usd(-5.0)])
def test_t36_n_packages_bring_n_times_the_money_of_one(terms: Any) -> None:
    days = [sized(0, 9), sized(1, 9), sized(2, 9, price=8.0)]
    leave = {1: lambda context: context.close(context.positions[0], tag="exit")}
    profits = []
    for quantity in (1, 4):
        enter = {0: lambda context, quantity=quantity: context.open(SPREAD, quantity=quantity, terms=terms)}
        profits.append(acted(days, enter | leave, **PARTIAL).trades[0].profit)
    assert profits[1] == 4 * profits[0] != 0
