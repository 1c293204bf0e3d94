"""The wheel, round and round through assignment, on chains made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.config import ExerciseConfig
from engine.model import ChainSnapshot, Leg, OptionContract, Position, PositionLeg, Right, Stock
from engine.result import BacktestResult
from engine.strategies.cycles import Round, Wheel, call_at_or_above, is_bought_back
from engine.strategies.spec import CycleOption, DeltaTarget, ExpirationSpec, FixedContracts, WheelStrategy
from tests.builders import Quote, call, chain, contract_table, equity_series, new_york, put, weekdays
from tests.engine.play import NoMargin, config, play
from tests.engine.strategies.fake_run import FakeRun, position

MAY, JUNE, JULY = (equity_series(day, "SPY") for day in (date(2019, 5, 17), date(2019, 6, 21), date(2019, 7, 19)))
TABLE = contract_table({one: range(80, 125, 1) for one in (MAY, JUNE, JULY)})
SPY = Stock("SPY")
KEEP = ExerciseConfig(delivered_shares="keep", early_assignment="off")


def option(delta: float, **changes: Any) -> CycleOption:
    month = ExpirationSpec(target_dte=30, min_dte=15, max_dte=40)
    return replace(CycleOption(expiration=month, delta=DeltaTarget(target=delta, minimum=0.05, maximum=0.6)), **changes)


WHEEL = WheelStrategy(name="wheel", kind="wheel", underlying="SPY", put=option(0.4), call=option(0.3))


def turned(prices: Sequence[float], spec: WheelStrategy = WHEEL, packages: int = 1, **exercise: Any) -> BacktestResult:
    """A wheel over sessions from April 22 on, one price each; the last price goes on to the end of July."""
    days = weekdays(date(2019, 4, 22), date(2019, 7, 31))
    path = [*prices, *[prices[-1]] * len(days)][: len(days)]
    market = [
        chain(TABLE, new_york(day, "15:45"), price, underlying="SPY") for day, price in zip(days, path, strict=True)
    ]
    run = config(exercise=replace(KEEP, **exercise))
    sizing = FixedContracts(contracts=packages)
    return play(market, {}, run=run, strategies=[Wheel(spec)], sizing=sizing, margin=NoMargin())


UNTIL_MAY = [100.0] * 15
"""Sessions to May 10: the put of May is sold, of which nobody knows yet how it ends."""


def tags(result: BacktestResult) -> list[str]:
    return [fill.tag for fill in result.fills]


def sold(result: BacktestResult, number: int) -> OptionContract:
    (leg,) = result.fills[number].legs
    assert isinstance(leg.instrument, OptionContract)
    return leg.instrument


def test_a_put_that_expires_worthless_is_sold_anew() -> None:
    result = turned([100.0])
    assert tags(result) == ["put", "put", "put"]
    assert [trade.exit_reason for trade in result.trades][:2] == ["expiration", "expiration"]


def test_an_assigned_put_becomes_shares_a_call_and_when_called_a_put_again() -> None:
    result = turned([*UNTIL_MAY, *[94.0] * 10, *[130.0] * 20])
    assert tags(result)[:3] == ["put", "call", "put"]
    first = result.trades[0]
    kinds = {leg.symbol: leg.exit_kind for leg in first.legs}
    assert kinds == {sold(result, 0).symbol: "assigned", "SPY": "closed", sold(result, 1).symbol: "assigned"}
    premium = sum(fill.cash for fill in result.fills[:2])
    gain = round((sold(result, 1).strike - sold(result, 0).strike) * 100 * 1_000_000)
    assert first.profit == premium + gain


def test_calls_are_sold_again_and_again_on_shares_that_nobody_calls() -> None:
    result = turned([*UNTIL_MAY, *[96.0] * 60])
    assert tags(result) == ["put", "call", "call"]
    (position,) = result.open_positions
    assert (len(result.trades), Round.of(position).shares) == (1, 100)


def test_round_lots_of_several_puts_become_as_many_calls() -> None:
    result = turned([*UNTIL_MAY, *[94.0] * 20], packages=3)
    assert [fill.legs[0].quantity for fill in result.fills[:2]] == [-3, -3]


def test_no_call_is_sold_below_what_the_shares_have_cost() -> None:
    falls = [*UNTIL_MAY, *[90.0] * 60]
    put_strike = sold(turned(falls), 0).strike
    free = turned(falls, replace(WHEEL, never_below="nothing"))
    assert sold(free, 1).strike < put_strike
    held = turned(
        falls, replace(WHEEL, call=replace(WHEEL.call, delta=DeltaTarget(target=0.3, minimum=0.2, maximum=0.5)))
    )
    assert tags(held) == ["put"]
    assert held.funnel["wheel"]["legs: call:below_cost"] > 1


@pytest.mark.parametrize("never_below", ["break_even", "purchase"])
def test_the_lowest_strike_that_keeps_the_cost_is_taken_where_its_delta_allows(never_below: Any) -> None:
    far = replace(WHEEL.call, delta=DeltaTarget(target=0.55, minimum=0.001, maximum=0.6))
    result = turned([*UNTIL_MAY, *[94.5] * 30], replace(WHEEL, never_below=never_below, call=far))
    put_strike, premium = sold(result, 0).strike, result.fills[0].cash / 100e6
    floor = put_strike - premium if never_below == "break_even" else put_strike
    assert sold(result, 1).strike == pytest.approx(-(-floor // 1))


def test_an_early_assignment_of_some_puts_leaves_the_others_and_covers_the_shares() -> None:
    held = (PositionLeg(SPY, 200, 0), PositionLeg(put(TABLE, MAY, 100.0), -3, 0))
    some = Round.of(Position(1, "wheel", "custom", "put", 0, 5, held, 0))
    assert (some.free_lots, len(some.puts), some.calls) == (2, 1, ())
    covered = replace(some.position, legs=(*held, PositionLeg(call(TABLE, MAY, 105.0), -2, 0)))
    assert Round.of(covered).free_lots == 0


def test_a_round_breaks_even_at_the_strike_less_all_premium_plus_fees() -> None:
    """100 assigned at 100 (booked at 95), 3.00 received for the put, 0.50 so far for a call, fees of 2."""
    legs = (PositionLeg(SPY, 100, 9_500_000_000), PositionLeg(call(TABLE, MAY, 105.0), -1, -50_000_000))
    held = Position(1, "wheel", "covered_call", "put", 0, 1, legs, 0, realised=-200_000_000, fees=2_000_000)
    assert Round.of(held).break_even == (9_700 - 50 + 2) * 1_000_000


def test_most_of_the_premium_is_enough() -> None:
    result = turned(
        [*[100.0] * 5, *[112.0] * 20],
        replace(WHEEL, put=option(0.4, profit_target_percent=80.0)),
    )
    assert tags(result)[:3] == ["put", "bought_back", "put"]


def test_a_covered_call_that_is_bought_back_leaves_the_shares() -> None:
    spec = replace(WHEEL, call=option(0.3, dte=10))
    result = turned([*UNTIL_MAY, *[96.0] * 60], spec)
    assert tags(result)[:4] == ["put", "call", "bought_back", "call"]
    assert result.fills[2].structure == "long_stock"


def test_the_covered_call_cycle_buys_its_shares_with_the_call_as_one_package() -> None:
    spec = WheelStrategy(name="cycle", kind="wheel", underlying="SPY", begin="shares", call=option(0.3))
    result = turned([*UNTIL_MAY, *[130.0] * 10, *[100.0] * 30], spec)
    assert [leg.quantity for leg in result.fills[0].legs] == [100, -1]
    assert [trade.structure for trade in result.trades][:2] == ["covered_call", "covered_call"]
    assert result.trades[0].exit_reason == "expiration"


# --- parts ------------------------------------------------------------------------------------------------------

AT = new_york(date(2019, 5, 13), "15:45")


def snapshot(ask: float = 0.5, **changes: Any) -> ChainSnapshot:
    return chain(TABLE, AT, 100.0, underlying="SPY", changes={put(TABLE, MAY, 95.0): Quote(0.3, ask, **changes)})


@pytest.mark.parametrize(("percent", "due"), [(59.0, True), (60.0, True), (61.0, False)])
def test_profit_is_measured_at_the_middle(percent: float, due: bool) -> None:
    """1.00 received, 0.40 at the middle: 60 % are earned."""
    run, leg = FakeRun(), PositionLeg(put(TABLE, MAY, 95.0), -2, -200_000_000)
    run.clock.advance(AT)
    assert is_bought_back(run.context, snapshot(), leg, option(0.4, profit_target_percent=percent)) is due


def test_t17_a_quote_that_cannot_be_trusted_takes_no_profit() -> None:
    run, leg = FakeRun(), PositionLeg(put(TABLE, MAY, 95.0), -2, -200_000_000)
    run.clock.advance(AT)
    stale = snapshot(flags=Quote().flags | 16)
    assert not is_bought_back(run.context, stale, leg, option(0.4, profit_target_percent=10.0))


def test_calls_above_a_floor_ascend_from_it() -> None:
    row = call_at_or_above(snapshot(), 1, option(0.3), 103.5)
    assert row is not None
    found = TABLE.contract(int(snapshot().contract_id[row]))
    assert (found.strike, found.right) == (104.0, Right.CALL)
    assert call_at_or_above(snapshot(), 1, option(0.3), 123.5) is None


def test_less_than_a_round_lot_is_sold() -> None:
    run = FakeRun()
    run.positions = (position(Leg(SPY, 50), at=AT),)
    run.show(Wheel(WHEEL), snapshot())
    assert [(order.tag, order.intent.value) for order in run.orders] == [("odd_lot", "close")]
