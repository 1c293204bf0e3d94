"""Decisions with and without a future: numbered by events, compared in order, instants chosen by seed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import ExecutionConfig
from engine.costs.fees import fee_model
from engine.events import SnapshotArrived
from engine.execution.fills import fill_model
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import Leg, Underlying, UnderlyingKind
from engine.research.listed_source import ListedSource
from engine.research.look_ahead import (
    Change,
    Decision,
    DecisionLog,
    HorizonSource,
    audit_instants,
    events_until,
    first_change,
    other_quotes,
)
from engine.research.perturbation import perturbed_price, perturbed_quotes, perturbed_snapshot, price_factors
from engine.risk import position_sizer
from engine.runner import Models, run_backtest_sync
from engine.sources import RecordedSource
from engine.strategies.spec import FixedContracts
from engine.strategy import StrategyContext
from tests.builders import chain, contract_table, new_york, put, series, session_table, weekdays
from tests.engine.play import PLAIN, Scripted, config

NEAR = series(date(2019, 5, 24))
TABLE = contract_table({NEAR: range(2700, 2900, 25)})
DAYS = weekdays(date(2019, 5, 13), date(2019, 5, 17))
CHAINS = [chain(TABLE, new_york(day, "15:45"), 2800.0 + number) for number, day in enumerate(DAYS)]
SOURCE = RecordedSource(
    [SnapshotArrived(one.at, one) for one in CHAINS],
    TABLE,
    session_table(date(2019, 5, 6), date(2019, 6, 28)),
    {"SPX": Underlying("SPX", UnderlyingKind.INDEX)},
)


def buy(strike: float) -> Callable[[StrategyContext], object]:
    return lambda context: context.open([Leg(put(TABLE, NEAR, strike), 1)], quantity=2)


SCRIPT = {CHAINS[1].at: buy(2700), CHAINS[3].at: buy(2750)}


def logged(until: int | None = None, execution: ExecutionConfig = PLAIN) -> DecisionLog:
    """The log of a run over the five days, up to an instant."""
    log, settings = DecisionLog(), config(execution=execution)
    models = Models(
        fill_model(execution.fills),
        fee_model(execution.fees),
        MaximumLossMargin(),
        {"scripted": position_sizer(FixedContracts())},
    )
    run_backtest_sync(settings, HorizonSource(SOURCE, log, until), [Scripted(SCRIPT)], models, (log,))
    return log


# --- decisions --------------------------------------------------------------------------------------------------


def test_a_decision_says_order_and_size_and_after_how_many_events() -> None:
    first, second = logged().decisions()
    assert first == Decision(
        2, CHAINS[1].at, "scripted", "order 1, open custom (entry), +1 SPXW  190524P02700000 x 2: 2 packages"
    )
    assert (second.number, second.at) == (4, CHAINS[3].at)


def test_a_horizon_ends_the_run_and_what_the_end_brings_is_no_decision() -> None:
    log = logged(until=CHAINS[2].at)
    assert log.arrived == [one.at for one in CHAINS[:3]]
    assert log.decisions() == logged().decisions()[:1]


def test_orders_that_fill_before_another_event_arrives() -> None:
    assert logged().filled_at_once() == []
    assert logged(execution=replace(PLAIN, fill_timing="same_snapshot")).filled_at_once() == [1, 2]


MADE = logged().decisions()


def test_equal_decisions_are_no_change() -> None:
    assert first_change(MADE, MADE, until=5) is None


def test_the_first_decision_that_differs_is_named() -> None:
    other = (MADE[0], replace(MADE[1], said="order 2, something else"))
    assert first_change(MADE, other, until=4) == Change(
        CHAINS[3].at, "scripted", MADE[1].said, "order 2, something else"
    )


def test_a_decision_that_is_missing_and_one_that_is_new_are_changes() -> None:
    assert first_change(MADE, MADE[:1], until=4) == Change(CHAINS[3].at, "scripted", MADE[1].said, None)
    assert first_change(MADE[:1], MADE, until=4) == Change(CHAINS[3].at, "scripted", None, MADE[1].said)


def test_what_comes_after_the_horizon_is_not_compared() -> None:
    assert first_change(MADE, MADE[:1], until=3) is None


# --- instants ---------------------------------------------------------------------------------------------------


def test_the_first_decision_of_a_strategy_is_always_looked_at() -> None:
    assert all(CHAINS[1].at in audit_instants(logged(), 0, 1, seed) for seed in range(5))


@given(st.integers(1, 9), st.integers(0, 99))
def test_instants_are_market_events_of_the_run_in_order_and_as_many_as_wanted(count: int, seed: int) -> None:
    since = CHAINS[1].at
    found = audit_instants(_LOG, since, count, seed)
    assert found == sorted(set(found))
    assert set(found) <= {one.at for one in CHAINS[1:]}
    assert len(found) == min(count, 3)
    assert found == audit_instants(_LOG, since, count, seed)


_LOG = logged()


def test_events_up_to_an_instant_are_counted_with_it() -> None:
    assert [events_until(_LOG.arrived, CHAINS[1].at + shift) for shift in (-1, 0, 1)] == [1, 2, 2]


# --- other futures ----------------------------------------------------------------------------------------------


@given(st.floats(10, 5000), st.floats(0.8, 1.25), st.integers(0, 99))
def test_a_move_is_turned_round_and_never_kept(before: float, move: float, seed: int) -> None:
    (factor,) = price_factors(np.array([before * move]), before, np.random.default_rng(seed))
    assert abs(factor - 1) >= 0.00499
    if abs(move - 1) > 0.01:
        assert (move * factor - 1) * (move - 1) < 0


def test_another_price_is_rounded_to_cents() -> None:
    assert perturbed_price(2800.0, 2828.0, np.random.default_rng(0)) == 2856.28


def test_other_quotes_keep_bids_below_asks_and_nan_where_it_was() -> None:
    columns = {
        name: np.array([1.0, np.nan]) for name in ("bid", "last", "bid_size", "ask_size", "volume", "open_interest")
    } | {"ask": np.array([1.1, np.nan])}
    greeks = {name: np.array([0.2, np.nan]) for name in ("implied_volatility", "gamma", "theta", "vega")}
    changed = perturbed_quotes(columns | greeks | {"delta": np.array([-0.3, np.nan])}, np.random.default_rng(1))
    assert changed["bid"][0] < changed["ask"][0]
    assert changed["delta"][0] == pytest.approx(-0.7)
    assert all(np.isnan(column[1]) for column in changed.values())
    assert all(changed[name][0] != column[0] for name, column in (columns | greeks).items())


def test_quotes_of_one_instant_only_are_others() -> None:
    change = other_quotes(CHAINS[1].at, seed=3)
    before, now, after = (change(SnapshotArrived(one.at, one)) for one in CHAINS[:3])
    assert isinstance(before, SnapshotArrived)
    assert isinstance(now, SnapshotArrived)
    assert isinstance(after, SnapshotArrived)
    assert (before.snapshot, after.snapshot) == (CHAINS[0], CHAINS[2])
    assert now.snapshot.digest != CHAINS[1].digest
    assert (now.snapshot.contract_id == CHAINS[1].contract_id).all()
    again = perturbed_snapshot(CHAINS[1], np.random.default_rng([3, CHAINS[1].at]))
    assert now.snapshot.digest == again.digest


def test_a_source_can_list_contracts_that_it_does_not_quote() -> None:
    later = contract_table({NEAR: [2710.0], series(date(2019, 5, 17)): [2500.0]})
    also = [put(later, NEAR, 2710.0), put(later, series(date(2019, 5, 17)), 2500.0)]
    source = ListedSource.of(SOURCE, also)
    assert all(source.contracts.named(one.symbol) is not None for one in also)
    first = next(iter(source))
    assert isinstance(first, SnapshotArrived)
    assert first.snapshot.content_digest() == CHAINS[0].digest
    assert ListedSource.of(SOURCE, []) is SOURCE
