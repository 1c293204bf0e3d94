"""Several strategies over one account: budgets hold, no cash covers twice, and what each made is told apart."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import AccountConfig, PerContractFeesConfig
from engine.costs.account_terms import FinancingConfig
from engine.events import BarArrived, DividendDeclared, OrderRefused
from engine.instants import Instant
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import Bar, ChainSnapshot, Leg, NetLegs, Stock
from engine.money import to_micros
from engine.result import BacktestResult
from engine.strategies.spec import PythonStrategy, StrategyBudget
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, new_york, put, series, weekdays
from tests.engine.play import PLAIN, Scripted, config, play

NEAR = series(date(2019, 6, 21))
TABLE = contract_table({NEAR: [2600, 2650, 2700, 2750, 2800]})
DAYS = weekdays(date(2019, 5, 13), date(2019, 5, 24))
WIDE = (Leg(put(TABLE, NEAR, 2750), -1), Leg(put(TABLE, NEAR, 2700), 1))
"""Requires 5,000 USD."""
LOWER = (Leg(put(TABLE, NEAR, 2650), -1), Leg(put(TABLE, NEAR, 2600), 1))
"""Requires 5,000 USD, too."""
Script = Mapping[Instant, Callable[[StrategyContext], object]]


def at(place: int) -> Instant:
    return new_york(DAYS[place], "10:00")


def day(place: int, price: float = 2880.0) -> ChainSnapshot:
    """A chain on which every spread of the tests is worth nothing, but for the price of the higher put."""
    worth = {2600: 2.0, 2650: 2.0, 2700: 4.0, 2750: 4.0 + (2880.0 - price) / 10.0, 2800: 9.0}
    quotes = {put(TABLE, NEAR, strike): Quote(mid - 0.1, mid + 0.1) for strike, mid in worth.items()}
    return chain(TABLE, at(place), price, changes=quotes)


def enter(*legs: Leg, quantity: int = 1) -> Callable[[StrategyContext], object]:
    return lambda context: context.open(legs, quantity=quantity)


def leave(context: StrategyContext) -> None:
    context.close(context.positions[0], tag="done")


def together(
    market: list[Any],
    scripts: Mapping[str, Script],
    budgets: Mapping[str, StrategyBudget] | None = None,
    **changes: Any,
) -> BacktestResult:
    """Scripts by the name of their strategy, in this order, over one account of 20,000 USD."""
    given_budgets = budgets or {}
    said = tuple(
        PythonStrategy(name=name, kind="python", source="tests:X", budget=given_budgets.get(name, StrategyBudget()))
        for name in scripts
    )
    settings = replace(config(strategies=said, account=AccountConfig(initial_cash_usd=20_000.0)), **changes)
    return play(market, {}, run=settings, strategies=[Scripted(script, name) for name, script in scripts.items()])


def refused(result: BacktestResult) -> list[tuple[str, str]]:
    """Strategy and rule of every refusal."""
    return [(one.order.strategy, one.refusal.rule) for one in result.event_log if isinstance(one, OrderRefused)]


# --- budgets ----------------------------------------------------------------------------------------------------


def test_each_strategy_keeps_its_own_budget() -> None:
    scripts: dict[str, Script] = {
        "a": {at(0): enter(*WIDE), at(1): enter(*LOWER)},
        "b": {at(0): enter(*WIDE), at(1): enter(*LOWER)},
    }
    budgets = {"a": StrategyBudget(max_positions=1), "b": StrategyBudget(margin_usd=12_000.0)}
    result = together([day(place) for place in range(4)], scripts, budgets)
    assert refused(result) == [("a", "budget_positions")]
    assert [(name, one.trades) for name, one in result.strategies.items()] == [("a", 1), ("b", 2)]


def test_two_orders_of_one_instant_share_one_budget() -> None:
    """Both are approved, because nothing is held; the second one is refused at its fill."""
    scripts: dict[str, Script] = {"a": {at(0): lambda context: [enter(*WIDE)(context), enter(*LOWER)(context)]}}
    result = together([day(0), day(1)], scripts, {"a": StrategyBudget(margin_usd=5_000.0)})
    assert refused(result) == [("a", "budget_margin")]
    assert len(result.fills) == 1


def test_no_cash_covers_the_margin_of_two_strategies() -> None:
    half = StrategyBudget(percent_of_equity=75.0)  # each alone would keep within it
    scripts: dict[str, Script] = {"a": {at(0): enter(*WIDE, quantity=3)}, "b": {at(0): enter(*LOWER, quantity=3)}}
    result = together([day(0), day(1)], scripts, {"a": half, "b": half})
    assert refused(result) == [("b", "buying_power")]
    assert result.strategies["b"].trades == 0


def test_a_strategy_does_not_lend_its_long_options_to_the_budget_of_another() -> None:
    scripts: dict[str, Script] = {
        "owner": {at(0): enter(Leg(put(TABLE, NEAR, 2700), 1))},
        "seller": {at(1): enter(Leg(put(TABLE, NEAR, 2750), -1))},
    }
    free = together([day(place) for place in range(3)], scripts)
    assert not refused(free)  # the account is covered: the book is a spread
    held_to = together([day(place) for place in range(3)], scripts, {"seller": StrategyBudget(margin_usd=20_000.0)})
    assert refused(held_to) == [("seller", "budget_margin")]


# --- what each made ---------------------------------------------------------------------------------------------


def test_profit_fees_and_trades_are_told_apart() -> None:
    fees = replace(PLAIN, fees=PerContractFeesConfig(fee_per_contract_usd=1.0))
    scripts: dict[str, Script] = {"a": {at(0): enter(*WIDE, quantity=2), at(2): leave}, "b": {at(1): enter(*LOWER)}}
    market = [day(0), day(1), day(2, 2870.0), day(3, 2870.0)]  # the wide spread costs 1 more per share
    outcomes = together(market, scripts, execution=fees).strategies
    assert (outcomes["a"].trades, outcomes["a"].profit, outcomes["a"].fees) == (
        1, to_micros(-208.0), to_micros(8.0),
    )  # fmt: skip
    assert (outcomes["b"].trades, outcomes["b"].profit, outcomes["b"].fees) == (1, to_micros(-2.0), to_micros(2.0))


def test_margin_is_shared_over_time() -> None:
    scripts: dict[str, Script] = {"a": {at(0): enter(*WIDE)}, "b": {at(2): enter(*LOWER, quantity=2)}, "c": {}}
    outcomes = together([day(place) for place in range(5)], scripts).strategies
    assert [one.max_margin for one in outcomes.values()] == [to_micros(5_000.0), to_micros(10_000.0), 0]
    assert [one.margin_share for one in outcomes.values()] == [0.6, 0.4, 0.0]  # three days of 5,000, one of 10,000


def test_a_sole_strategy_needs_what_the_account_needs() -> None:
    (outcome,) = together([day(0), day(1)], {"a": {at(0): enter(*WIDE)}}).strategies.values()
    assert (outcome.max_margin, outcome.margin_share) == (to_micros(5_000.0), None)  # held for no time
    (outcome,) = together([day(0), day(1), day(2)], {"a": {at(0): enter(*WIDE)}}).strategies.values()
    assert outcome.margin_share == 1.0


def test_dividends_go_to_the_strategy_that_holds_the_shares() -> None:
    bars = [BarArrived(at(place), Bar("SPY", 100.0, 100.0, 100.0, 100.0, 0.0)) for place in range(5)]
    declared = DividendDeclared(new_york(DAYS[0], "09:00"), "SPY", DAYS[3], to_micros(0.5))
    scripts: dict[str, Script] = {
        "a": {at(0): enter(Leg(Stock("SPY"), 10))},
        "b": {at(0): enter(Leg(Stock("SPY"), 30))},
    }
    result = together([declared, *bars], scripts)
    assert [one.dividends for one in result.strategies.values()] == [to_micros(5.0), to_micros(15.0)]
    assert sum(one.dividends for one in result.strategies.values()) == result.totals.dividends


ACTIONS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 6), st.sampled_from([WIDE, LOWER]), st.integers(1, 2)), max_size=8
)
PRICES = st.lists(st.floats(2850.0, 2910.0), min_size=8, max_size=8)


@given(ACTIONS, PRICES)
def test_the_profits_of_all_strategies_and_interest_are_the_profit_of_the_account(
    actions: list[tuple[str, int, tuple[Leg, ...], int]], prices: list[float]
) -> None:
    scripts: dict[str, dict[Instant, Callable[[StrategyContext], object]]] = {"a": {}, "b": {}}
    for name, place, legs, quantity in actions:
        scripts[name][at(place)] = enter(*legs, quantity=quantity)
    market = [day(place, round(price, 1)) for place, price in enumerate(prices)]
    settings = {
        "account": AccountConfig(initial_cash_usd=20_000.0, financing=FinancingConfig(benchmark_percent=5.0)),
        "execution": replace(PLAIN, fees=PerContractFeesConfig(fee_per_contract_usd=0.65)),
    }
    result = together(market, scripts, {"a": StrategyBudget(percent_of_equity=60.0)}, **settings)
    totals, outcomes = result.totals, result.strategies.values()
    profit = totals.net_liquidation - totals.initial_cash - totals.external_flows
    assert sum(one.profit for one in outcomes) + totals.interest == profit
    assert sum(one.fees for one in outcomes) == totals.fees
    shares = [one.margin_share for one in outcomes if one.margin_share is not None]
    assert not shares or sum(shares) == pytest.approx(1.0)


@given(st.lists(st.integers(0, 6), max_size=6), st.floats(5.0, 100.0))
def test_a_budget_of_equity_is_never_exceeded(places: list[int], percent: float) -> None:
    """The strategy has lost nothing by then, so net liquidation is what it began with."""
    scripts: dict[str, Script] = {"a": {at(place): enter(*WIDE) for place in places}}
    result = together([day(place) for place in range(8)], scripts, {"a": StrategyBudget(percent_of_equity=percent)})
    book = [leg for position in result.open_positions for leg in position.legs]
    required = MaximumLossMargin().requirement(NetLegs.of(book)).initial
    assert required is not None
    assert required <= 20_000_000_000 * percent / 100.0 * (1 + 1e-9)
    fits = int(20_000.0 * percent / 100.0 / 5_000.0 * (1 + 1e-9))
    assert len(result.fills) == min(len(set(places)), fits, 4)
