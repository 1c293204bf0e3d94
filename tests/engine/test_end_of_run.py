"""What the last event leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.config import ExerciseConfig
from engine.model import Leg
from engine.money import to_micros
from engine.result import OrderEnd
from tests.builders import Quote, chain, contract_table, equity_series, new_york, put, series
from tests.engine.play import PLAIN, config, play

FRIDAY = series(date(2019, 5, 24))
TABLE = contract_table({FRIDAY: [2800.0]})
PUT = put(TABLE, FRIDAY, 2800.0)


def test_a_book_that_is_flat_before_and_after_its_last_instant_ends_with_its_last_cash() -> None:
    """The curve had the value before the trades: a market value of zero, as after them."""
    day = chain(TABLE, new_york(date(2019, 5, 14), "15:45"), 2810.0, changes={PUT: Quote(10.0, 11.0)})
    run = config(execution=replace(PLAIN, fill_timing="same_snapshot"), open_at_end="close_at_touch")
    result = play([day], {day.at: lambda context: context.open([Leg(PUT, 1)], quantity=1)}, run=run)
    assert result.open_positions == ()
    assert result.totals.final_cash == to_micros(100_000.0 - 50.0)
    assert result.equity[-1].cash == result.totals.final_cash


def test_t19_shares_of_a_settlement_before_its_time_are_not_sold_before_that_was_decided() -> None:
    later = equity_series(date(2019, 5, 24), "SPY")
    table = contract_table({later: [290.0]})
    contract = put(table, later, 290.0)
    days = [
        chain(table, new_york(date(2019, 5, day), "15:45"), 280.0, underlying="SPY", changes={contract: Quote(10, 11)})
        for day in (14, 15)
    ]
    run = config(
        execution=replace(PLAIN, fill_timing="same_snapshot"),
        exercise=ExerciseConfig(delivered_shares="liquidate"),
        open_at_end="settle",
    )
    buy = {days[0].at: lambda context: context.open([Leg(contract, 1)], quantity=1)}
    bought, covered = play(days, buy, run=run).fills
    assert bought.decided_at == bought.filled_at == days[0].at
    assert covered.decided_at == covered.filled_at == days[1].at


def test_what_the_end_of_the_run_closes_is_among_the_orders() -> None:
    days = [
        chain(TABLE, new_york(date(2019, 5, day), "15:45"), 2810.0, changes={PUT: Quote(10.0, 11.0)})
        for day in (14, 15)
    ]
    run = config(execution=PLAIN, open_at_end="close_at_touch")
    result = play(days, {days[0].at: lambda context: context.open([Leg(PUT, 1)], quantity=3)}, run=run)
    _, closing = result.orders
    assert (closing.order.tag, closing.order.quantity, closing.order.legs) == ("open_at_end", 3, (Leg(PUT, -1),))
    assert (closing.approved, closing.filled, closing.fills, closing.end) == (3, 3, 1, OrderEnd.FILLED)
    assert closing.ended_at == days[1].at
