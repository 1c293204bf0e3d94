"""Orders that change a position: one package, one trade, exact costs, limits on the book after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.costs.schedule import PresetFees
from engine.errors import OrderRejected
from engine.margin import MarginModel
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import Intent, Leg, Limit, OptionContract, Order, Position
from engine.result import BacktestResult
from engine.risk_config import RiskConfig, RiskLimits
from engine.strategy import StrategyContext
from engine.strategy_context import takes_away
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import PLAIN, NoMargin, cancellations, config, play, refusals

NEAR, FAR = series(date(2019, 5, 24)), series(date(2019, 6, 21))
TABLE = contract_table({NEAR: range(2700, 2900, 25), FAR: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, NEAR, 2750.0), put(TABLE, NEAR, 2700.0)
NEXT = put(TABLE, FAR, 2725.0)
PRICES = {SHORT: (8.0, 12.0), LONG: (3.0, 5.0), NEXT: (15.0, 17.0)}
DAYS = [
    chain(
        TABLE,
        new_york(date(2019, 5, 13 + number), "15:45"),
        2800.0,
        changes={one: Quote(prices[number // 2], prices[number // 2] + 0.2, -0.3) for one, prices in PRICES.items()},
    )
    for number in range(4)
]
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]
Step = Callable[[StrategyContext], object]


def opened(context: StrategyContext) -> Position:
    (position,) = context.positions
    return position


def played(step: Step, margin: MarginModel | None = None, **changes: object) -> BacktestResult:
    """Two spreads that are opened on the first day and changed on the second; that fills on the third."""
    script: dict[int, Step] = {DAYS[0].at: lambda context: context.open(SPREAD, quantity=2), DAYS[1].at: step}
    return play(DAYS, script, run=config(**changes), margin=margin or NoMargin())


def rolled(context: StrategyContext) -> None:
    legs = [Leg(SHORT, 2), Leg(NEXT, -2)]
    context.adjust(opened(context), legs, tag="roll", structure="bull_put_diagonal")


def test_a_roll_is_one_package_of_which_one_leg_closes_and_one_opens() -> None:
    result = played(rolled)
    fill = result.fills[-1]
    assert (fill.intent, fill.quantity, fill.structure) == (Intent.ADJUST, 2, "bull_put_diagonal")
    assert [(leg.instrument, leg.quantity, leg.closes) for leg in fill.legs] == [(SHORT, 2, True), (NEXT, -2, False)]


def test_the_position_goes_on_with_the_cost_of_what_it_keeps_and_all_premium() -> None:
    (position,) = played(rolled).open_positions
    held = {leg.instrument: (leg.quantity, leg.cost_basis) for leg in position.legs}
    assert held == {LONG: (2, 620_000_000), NEXT: (-2, -3_420_000_000)}
    assert position.realised == (1_620 - 2_420) * 1_000_000
    assert position.entry_cash == (1_620 - 620 - 2_420 + 3_420) * 1_000_000
    assert (position.quantity, position.structure) == (2, "bull_put_diagonal")


def test_its_trade_stays_one_trade_with_every_leg_that_it_ever_had() -> None:
    (trade,) = played(rolled).trades
    assert (trade.structure, trade.quantity, trade.exit_reason) == ("put_credit_spread", 2, "open_at_end")
    legs = {leg.symbol: (leg.quantity, leg.entry_cash, leg.exit_cash, leg.exit_kind) for leg in trade.legs}
    assert legs[SHORT.symbol] == (-2, 1_620_000_000, -2_420_000_000, "closed")
    assert legs[NEXT.symbol] == (-2, 3_420_000_000, 0, "open")
    assert legs[LONG.symbol][3] == "open"


def test_closing_legs_pay_what_closing_costs() -> None:
    fees = PresetFees(kind="preset", name="tastytrade_2024")
    fill = played(rolled, execution=replace(PLAIN, fees=fees)).fills[-1]
    closing, opening = (leg.fee for leg in fill.legs)
    assert opening > closing
    alone = played(
        lambda context: context.close(opened(context), tag="all"),
        execution=replace(PLAIN, fees=fees),
    )
    assert closing == next(leg.fee for leg in alone.fills[-1].legs if leg.instrument == SHORT)


def test_the_book_after_it_is_held_to_the_limits() -> None:
    limits = RiskConfig(limits=RiskLimits(max_abs_delta_shares=60.0))
    more = played(lambda context: context.adjust(opened(context), [Leg(SHORT, -6)], tag="more"), risk=limits)
    assert refusals(more) == ["portfolio_delta"]
    assert not refusals(played(rolled, risk=limits))


def test_a_wing_that_bounds_the_loss_stays() -> None:
    bare = played(lambda context: context.adjust(opened(context), [Leg(LONG, -2)], tag="remove"), MaximumLossMargin())
    assert refusals(bare) == ["buying_power"]


def test_a_limit_is_that_of_the_whole_package() -> None:
    def adjust(net: float) -> Step:
        legs = [Leg(SHORT, 2), Leg(NEXT, -2)]
        return lambda context: context.adjust(opened(context), legs, tag="roll", terms=Limit.usd(net))

    assert len(played(adjust(-5.0)).fills) == 2  # received 17.10 for what cost 12.10
    assert len(played(adjust(-5.05)).fills) == 1


def test_who_closes_a_position_withdraws_what_would_change_it() -> None:
    def both(context: StrategyContext) -> None:
        rolled(context)
        context.close(opened(context), tag="all")

    result = played(both)
    assert cancellations(result) == ["its position is closed"]
    assert [fill.tag for fill in result.fills] == ["entry", "all"]


def test_an_adjustment_of_what_is_gone_is_refused() -> None:
    def late(context: StrategyContext) -> None:
        context.adjust(gone[0], [Leg(SHORT, 2), Leg(NEXT, -2)], tag="roll")

    def close(context: StrategyContext) -> None:
        gone.append(opened(context))
        context.close(opened(context), tag="all")

    gone: list[Position] = []
    script: dict[int, Step] = {
        DAYS[0].at: lambda context: context.open(SPREAD, quantity=2),
        DAYS[1].at: close,
        DAYS[2].at: late,
    }
    result = play(DAYS, script, margin=NoMargin())
    assert refusals(result) == ["nothing_to_adjust"]
    assert result.orders[-1].approved == 0  # at its request, not at its fill


def test_more_than_is_held_goes_through_zero_and_opens_the_other_side() -> None:
    result = played(lambda context: context.adjust(opened(context), [Leg(SHORT, 3)], tag="flip"))
    (position,) = result.open_positions
    assert {leg.instrument: leg.quantity for leg in position.legs} == {SHORT: 1, LONG: 2}
    (trade,) = result.trades
    leg = next(leg for leg in trade.legs if leg.symbol == SHORT.symbol)
    assert (leg.entry_cash, leg.exit_cash) == ((1_620 - 1_210) * 1_000_000, -2_420_000_000)


def test_an_adjustment_names_its_position_and_its_size() -> None:
    with pytest.raises(OrderRejected, match="needs a position and a quantity"):
        Order(1, "test", Intent.ADJUST, (Leg(SHORT, 1),), None, 0, position_id=1)


@given(held=st.integers(-5, 5), change=st.integers(-5, 5))
def test_what_takes_away_leaves_less_on_the_same_side(held: int, change: int) -> None:
    after = held + change
    expected = change != 0 and held != 0 and abs(after) < abs(held) and after * held >= 0
    assert takes_away(held, change) == expected


CHANGES = st.dictionaries(st.sampled_from([SHORT, LONG, NEXT]), st.integers(-4, 4).filter(bool), min_size=1)


@settings(max_examples=40, deadline=None)
@given(first=CHANGES, second=CHANGES)
def test_whatever_is_changed_profits_of_trades_are_what_the_account_gained(
    first: dict[OptionContract, int], second: dict[OptionContract, int]
) -> None:
    def changing(legs: dict[OptionContract, int]) -> Step:
        def step(context: StrategyContext) -> None:
            for position in context.positions:
                context.adjust(position, [Leg(one, quantity) for one, quantity in legs.items()], tag="change")

        return step

    script: dict[int, Step] = {
        DAYS[0].at: lambda context: context.open(SPREAD, quantity=2),
        DAYS[1].at: changing(first),
        DAYS[2].at: changing(second),
    }
    result = play(DAYS, script, margin=NoMargin())
    assert not refusals(result)
    gained = result.totals.net_liquidation - result.totals.initial_cash
    assert sum(trade.profit for trade in result.trades) == gained
    held = {leg.instrument: leg.quantity for position in result.open_positions for leg in position.legs}
    wanted = {one: first.get(one, 0) + second.get(one, 0) for one in (SHORT, LONG, NEXT)}
    opened_as = {SHORT: -2, LONG: 2, NEXT: 0}
    flat_between = all(opened_as[one] + first.get(one, 0) == 0 for one in opened_as)
    if not flat_between:
        assert held == {one: opened_as[one] + change for one, change in wanted.items() if opened_as[one] + change}
