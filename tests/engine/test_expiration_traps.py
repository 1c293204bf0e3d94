"""Expirations that others got wrong: half days, prints after the close, Saturday symbols, two series of one date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.events import BarArrived, ContractExercised, ContractExpired, SettlementSource
from engine.model import Bar, ChainSnapshot, Leg, OptionSeries
from engine.money import to_micros
from engine.result import BacktestResult
from engine.strategy import StrategyContext
from tests.builders import chain, contract_table, equity_series, new_york, put, series
from tests.engine.play import PLAIN, cancellations, config, play

EVE, HALF_DAY, NEXT = date(2019, 11, 27), date(2019, 11, 29), date(2019, 12, 2)
"""The day before Thanksgiving, the Friday after it that closes at 13:00, and the Monday."""


def half_day(one: OptionSeries) -> OptionSeries:
    close = new_york(HALF_DAY, "13:00")
    return replace(one, last_trades_at=close, settles_at=close)


def held_over(one: OptionSeries, *bars: BarArrived) -> BacktestResult:
    """A long put at 3100, bought at noon of the half day, and the chain of the Monday after."""
    table = contract_table({one: [3100.0]})

    def buy(context: StrategyContext) -> None:
        context.open([Leg(put(table, one, 3100.0), 1)], quantity=1)

    days = [
        chain(table, new_york(day, clock), price, underlying=one.underlying)
        for day, clock, price in ((EVE, "15:45", 3110.0), (HALF_DAY, "12:00", 3090.0), (NEXT, "15:45", 2900.0))
    ]
    return play([*days, *bars], {days[0].at: buy})


def bar(symbol: str, clock: str, close: float) -> BarArrived:
    return BarArrived(new_york(HALF_DAY, clock), Bar(symbol, close, close, close, close, 0.0))


def test_t4_t6_t8_a_half_day_settles_at_its_own_close_whatever_prints_later() -> None:
    """T4, T6: at 13:00 and not at 16:00; T8: on the last print of the session, not on one after it."""
    spx = half_day(series(HALF_DAY))
    result = held_over(spx, bar("SPX", "13:00", 3085.5), bar("SPX", "13:15", 3050.0), bar("SPX", "16:00", 3000.0))
    (record,) = result.settlements
    assert (record.price, record.source) == (3085.5, SettlementSource.LAST_BEFORE_SETTLEMENT)
    assert (record.settles_at, record.settled_at) == (new_york(HALF_DAY, "13:00"), new_york(HALF_DAY, "13:00"))
    assert result.trades[0].exit_cash == to_micros(1_450.0)


def test_t8_prints_after_the_close_do_not_settle_where_the_close_itself_is_missing() -> None:
    result = held_over(half_day(series(HALF_DAY)), bar("SPX", "12:59", 3086.0), bar("SPX", "17:00", 3000.0))
    assert [record.price for record in result.settlements] == [3086.0]


def test_t4_a_put_that_expires_on_a_half_day_is_exercised() -> None:
    spy = half_day(equity_series(HALF_DAY, "SPY"))
    result = held_over(spy, bar("SPY", "13:00", 3085.5))
    (exercised,) = [event for event in result.event_log if isinstance(event, ContractExercised)]
    assert (exercised.at, exercised.shares, exercised.price) == (new_york(HALF_DAY, "13:00"), -100, 3085.5)


def test_t30_a_saturday_symbol_is_settled_on_its_friday() -> None:
    thursday, friday, monday = date(2014, 5, 15), date(2014, 5, 16), date(2014, 5, 19)
    saturday = replace(series(friday), symbol_date=date(2014, 5, 17))
    table = contract_table({saturday: [1900.0]})
    contract = put(table, saturday, 1900.0)
    days = [
        chain(table, new_york(day, "12:00"), price)
        for day, price in ((thursday, 1890.0), (friday, 1880.0), (monday, 1700.0))
    ]
    close = BarArrived(new_york(friday), Bar("SPX", 1875.0, 1880.0, 1870.0, 1877.0, 0.0))
    run = config(start=thursday, end=monday)
    result = play([*days, close], {days[0].at: lambda context: context.open([Leg(contract, 1)], quantity=1)}, run=run)
    assert contract.symbol == "SPXW  140517P01900000"
    (expired,) = [event for event in result.event_log if isinstance(event, ContractExpired)]
    assert (expired.at, expired.settlement_price, expired.cash) == (new_york(friday), 1877.0, to_micros(2_300.0))


@pytest.mark.parametrize(("root", "left"), [("SPX", "SPXW"), ("SPXW", "SPX")])
def test_t26_two_series_of_one_date_and_strike_are_two_holdings(root: str, left: str) -> None:
    """T5: selling the one does not close the other, which settles at a time of its own."""
    third_friday = date(2019, 5, 17)
    both = {one: series(third_friday, one) for one in ("SPX", "SPXW")}
    table = contract_table({one: [2850.0] for one in both.values()})
    days = [chain(table, new_york(date(2019, 5, day), "15:45"), 2850.0) for day in (13, 14, 15)]

    def buy_both(context: StrategyContext) -> None:
        for one in both.values():
            context.open([Leg(put(table, one, 2850.0), 1)], quantity=1, tag=one.root)

    def sell_one(context: StrategyContext) -> None:
        (position,) = [one for one in context.positions if one.tag == root]
        context.close(position, tag="sold")

    result = play(days, {days[0].at: buy_both, days[1].at: sell_one})
    (kept,) = [leg.instrument.symbol for position in result.open_positions for leg in position.legs]
    assert kept[:6].strip() == left


def quoted_after_its_end(fill_timing: Literal["next_snapshot", "same_snapshot"]) -> BacktestResult:
    """An order for a contract that stopped trading the day before, which the data still quote without a flag."""
    dead, alive = series(date(2019, 5, 14)), series(date(2019, 5, 24))
    table = contract_table({dead: [2850.0], alive: [2850.0]})
    contract = put(table, dead, 2850.0)
    days = []
    for day in (15, 16):
        columns: dict[str, NDArray[np.generic]] = {
            "contract_id": np.array([contract.contract_id], np.int32),
            "bid": np.array([10.0]),
            "ask": np.array([11.0]),
        }
        days.append(ChainSnapshot.build(new_york(date(2019, 5, day), "15:45"), "SPX", 2850.0, table, columns))
    run = config(execution=replace(PLAIN, fill_timing=fill_timing))
    return play(days, {days[0].at: lambda context: context.open([Leg(contract, 1)], quantity=1)}, run=run)


def test_a_contract_that_stopped_trading_does_not_fill_on_quotes_that_linger() -> None:
    result = quoted_after_its_end("next_snapshot")
    assert result.fills == ()
    assert cancellations(result) == ["a contract stopped trading"]


def test_nor_does_it_where_orders_fill_at_once() -> None:
    assert quoted_after_its_end("same_snapshot").fills == ()
