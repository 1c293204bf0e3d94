"""Five hundred random structures on 22 real SPX days, held or closed at random: the account explains itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import chain

import pytest

from data.parquet_store import ParquetStore
from data.replay import StoredSource, open_range
from engine.config import AccountConfig, ExecutionConfig
from engine.costs.fees import fee_model
from engine.events import ContractExpired, OrderFilled, SnapshotArrived
from engine.execution.fills import fill_model
from engine.margin import MarginModel
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import ChainSnapshot, Instrument, OptionContract
from engine.money import to_micros
from engine.result import BacktestResult
from engine.risk_rules.sizing import FixedContracts
from engine.runner import Models, run_backtest_sync
from tests.engine.play import NoMargin, config
from tests.properties.random_books import RandomBook

FIRST, LAST, SEED = date(2019, 4, 25), date(2019, 5, 28), 6
PINNED = "cf9be2f6d2bb3af097e227f685e875c8367f078683823044680ec9f3f57a8117"


@pytest.fixture(scope="module")
def source(imported_spx_store: ParquetStore) -> StoredSource:
    return open_range(imported_spx_store, ["SPX"], "eod", FIRST, LAST)


def run(source: StoredSource, margin: MarginModel) -> BacktestResult:
    settings = config(
        start=FIRST, end=LAST, execution=ExecutionConfig(), account=AccountConfig(initial_cash_usd=100_000_000.0)
    )
    models = Models(
        fill_model(settings.execution.fills),
        fee_model(settings.execution.fees),
        margin,
        {"random": FixedContracts(1)},
    )
    strategy = RandomBook(SEED, opened_a_chain=32, closing_chance=0.15)
    return run_backtest_sync(settings, source, [strategy], models)


@pytest.fixture(scope="module")
def result(source: StoredSource) -> BacktestResult:
    return run(source, NoMargin())


@pytest.fixture(scope="module")
def chains(source: StoredSource) -> dict[int, ChainSnapshot]:
    return {event.at: event.snapshot for event in source if isinstance(event, SnapshotArrived)}


def test_five_hundred_structures_of_many_kinds_are_opened_closed_settled_and_left(result: BacktestResult) -> None:
    assert len(result.trades) >= 500
    assert len({trade.structure for trade in result.trades}) >= 30
    endings = Counter(trade.exit_reason for trade in result.trades)
    assert min(endings[reason] for reason in ("at_random", "expiration", "open_at_end")) >= 50


def test_the_account_balances(result: BacktestResult) -> None:
    totals = result.totals
    change = totals.net_liquidation - totals.initial_cash
    assert change == totals.realised + totals.unrealised - totals.fees
    assert change == sum(trade.profit for trade in result.trades)


def test_cash_is_on_every_day_what_fills_and_settlements_brought(result: BacktestResult) -> None:
    moved = {event.at: 0 for event in result.event_log}
    for event in result.event_log:
        if isinstance(event, OrderFilled):
            moved[event.at] += event.fill.cash - event.fill.fees
        elif isinstance(event, ContractExpired):
            moved[event.at] += event.cash - event.fee
    assert len(result.equity) == 21
    for point in result.equity:
        assert point.cash == result.totals.initial_cash + sum(cash for at, cash in moved.items() if at <= point.at)


def test_the_book_is_at_the_end_what_was_traded_and_did_not_expire(
    result: BacktestResult, chains: dict[int, ChainSnapshot]
) -> None:
    held: defaultdict[Instrument, int] = defaultdict(int)
    for event in result.event_log:
        if isinstance(event, OrderFilled):
            for leg in event.fill.legs:
                held[leg.instrument] += leg.quantity
        elif isinstance(event, ContractExpired):
            held[event.contract] -= event.quantity
    left: defaultdict[Instrument, int] = defaultdict(int)
    for kept in chain.from_iterable(position.legs for position in result.open_positions):
        left[kept.instrument] += kept.quantity
    assert {one: net for one, net in held.items() if net} == {one: net for one, net in left.items() if net}


def test_every_settlement_pays_the_intrinsic_value(result: BacktestResult) -> None:
    expired = [event for event in result.event_log if isinstance(event, ContractExpired)]
    assert len(expired) >= 150
    for event in expired:
        points = int(event.contract.right) * (to_micros(event.settlement_price) - to_micros(event.contract.strike))
        assert event.cash == event.quantity * 100 * (points if points >= 10_000 else 0)


def test_every_fill_is_within_the_quotes_of_a_chain_after_its_decision(
    result: BacktestResult, chains: dict[int, ChainSnapshot]
) -> None:
    for fill in result.fills:
        assert fill.decided_at < fill.filled_at
        for leg in fill.legs:
            assert isinstance(leg.instrument, OptionContract)
            assert fill.filled_at <= leg.instrument.series.last_trades_at
            snapshot = chains[fill.filled_at]
            row = snapshot.row(leg.instrument.contract_id)
            assert row is not None
            assert to_micros(snapshot.bid[row]) <= leg.price <= to_micros(snapshot.ask[row])


def test_a_broker_who_asks_for_margin_refuses_and_the_rest_balances(source: StoredSource) -> None:
    held_to_margin = run(source, MaximumLossMargin())
    assert {refused.rule for refused in held_to_margin.refusals} >= {"unbounded_loss"}
    assert len(held_to_margin.trades) >= 100
    totals = held_to_margin.totals
    assert totals.net_liquidation == totals.initial_cash + sum(trade.profit for trade in held_to_margin.trades)


def test_the_run_is_the_pinned_one(result: BacktestResult) -> None:
    """As it was when it was last looked at."""
    assert result.event_log_hash == PINNED
