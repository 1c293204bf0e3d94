"""What holds in every run, whatever the market, the orders and the broker: 500 random runs, and 20,000 at length."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import MidFills, NoFeesConfig
from engine.events import ContractAssigned, ContractExercised, ContractExpired, OrderFilled
from engine.model import UNTRUSTED, ChainSnapshot, Instrument, Intent, LegFill, OptionContract, QuoteFlag, Stock
from engine.money import to_micros
from engine.result import BacktestResult
from tests.properties.random_runs import Opener, RandomRun, random_runs

Ended = ContractExpired | ContractExercised | ContractAssigned

# --- the account ------------------------------------------------------------------------------------------------


def account_explains_itself(result: BacktestResult) -> None:
    """Totals, trades and the curve; cash anew from the event log alone, at every point."""
    totals = result.totals
    change = totals.net_liquidation - totals.initial_cash
    assert change == totals.realised + totals.unrealised - totals.fees
    assert change == sum(trade.profit for trade in result.trades)
    moved = [(event.at, brought(event)) for event in result.event_log]
    for point in result.equity:
        assert point.cash == totals.initial_cash + sum(cash for at, cash in moved if at <= point.at)
    last = result.equity[-1]
    assert (last.cash, last.market_value) == (totals.final_cash, totals.final_market_value)


def brought(event: object) -> int:
    """Cash that an event brought, its fees taken off."""
    if isinstance(event, OrderFilled):
        return event.fill.cash - event.fill.fees
    return event.cash - event.fee if isinstance(event, Ended) else 0


def book_is_what_was_traded_and_delivered(result: BacktestResult) -> None:
    held: Counter[Instrument] = Counter()
    for event in result.event_log:
        if isinstance(event, OrderFilled):
            for leg in event.fill.legs:
                held[leg.instrument] += leg.quantity
        elif isinstance(event, Ended):
            held[event.contract] -= event.quantity
            if not isinstance(event, ContractExpired):
                held[Stock(event.contract.series.underlying)] += event.shares
    for position in result.open_positions:
        for kept in position.legs:
            held[kept.instrument] -= kept.quantity
    assert not any(held.values())


# --- fills ------------------------------------------------------------------------------------------------------


def fills_are_within_the_quotes(result: BacktestResult, chains: dict[int, ChainSnapshot]) -> None:
    """Rounding of the package included; no flagged side trades, and nothing before it was decided (T19)."""
    for fill in result.fills:
        assert fill.decided_at <= fill.filled_at
        for leg in fill.legs:
            if isinstance(leg.instrument, OptionContract):
                option_is_within(leg, leg.instrument, chains[fill.filled_at], closes=fill.intent is Intent.CLOSE)
            else:
                assert leg.price == to_micros(chains[fill.filled_at].underlying_price)


def option_is_within(leg: LegFill, contract: OptionContract, snapshot: ChainSnapshot, *, closes: bool) -> None:
    row = snapshot.row(contract.contract_id)
    assert row is not None
    flags, bid, ask = QuoteFlag(int(snapshot.flags[row])), to_micros(snapshot.bid[row]), to_micros(snapshot.ask[row])
    assert not flags & UNTRUSTED
    if flags & QuoteFlag.NO_ASK:
        assert leg.quantity < 0
        assert leg.price == bid
    elif leg.quantity < 0 and flags & QuoteFlag.NO_BID:
        assert closes  # a long leg that nobody wants is given up
        assert leg.price == 0
        assert leg.fee == 0
    else:
        assert bid <= leg.price <= ask


# --- the life of a contract -------------------------------------------------------------------------------------


def nothing_happens_after_expiration(result: BacktestResult, *, settled_at_end: bool) -> None:
    ended: dict[OptionContract, int] = {}
    for event in result.event_log:
        if isinstance(event, Ended):
            assert event.at >= event.contract.series.settles_at or (settled_at_end and event.at == result.finished_at)
            assert ended.setdefault(event.contract, event.at) == event.at
        elif isinstance(event, OrderFilled):
            for leg in event.fill.legs:
                if isinstance(leg.instrument, OptionContract):
                    assert event.at <= leg.instrument.series.last_trades_at
                    assert leg.instrument not in ended
    for position in result.open_positions:
        for kept in position.legs:
            if isinstance(kept.instrument, OptionContract):
                assert kept.instrument.series.settles_at > result.finished_at
                assert kept.instrument not in ended


# --- all of it --------------------------------------------------------------------------------------------------


def everything_holds(run: RandomRun) -> None:
    result = run.play()
    account_explains_itself(result)
    book_is_what_was_traded_and_delivered(result)
    fills_are_within_the_quotes(result, {one.at: one for one in run.chains()})
    nothing_happens_after_expiration(result, settled_at_end=run.open_at_end == "settle")


def scales_linearly(run: RandomRun, factor: int) -> None:
    once, often = run.play(), run.times(factor).play()
    initial = once.totals.initial_cash
    assert [fill.quantity * factor for fill in once.fills if fill.intent is Intent.OPEN] == [
        fill.quantity for fill in often.fills if fill.intent is Intent.OPEN
    ]
    assert [(factor * (point.cash - initial), factor * point.market_value) for point in once.equity] == [
        (point.cash - initial, point.market_value) for point in often.equity
    ]
    assert [factor * trade.profit for trade in once.trades] == [trade.profit for trade in often.trades]
    assert factor * once.totals.fees == often.totals.fees


def opposite_books_are_worth_nothing(run: RandomRun) -> None:
    """What one side of every contract gains through fills, settlement and delivery the other side loses."""
    execution = replace(run.execution, fills=MidFills(kind="mid"), fees=NoFeesConfig(kind="none"), net_rounding="none")
    fair = replace(run, execution=execution, open_at_end="mark" if run.open_at_end == "mark" else "settle")
    result = fair.play([Opener(fair, "one"), Opener(fair, "other", side=-1)])
    assert {point.cash + point.market_value for point in result.equity} == {result.totals.initial_cash}
    assert result.totals.realised == -result.totals.unrealised


@settings(max_examples=500)
@given(random_runs())
def test_account_fills_and_expirations_are_right_in_every_run(run: RandomRun) -> None:
    everything_holds(run)


@pytest.mark.long
@settings(max_examples=20_000)
@given(random_runs())
def test_account_fills_and_expirations_are_right_at_length(run: RandomRun) -> None:
    everything_holds(run)


@settings(max_examples=500)
@given(random_runs(), st.integers(2, 50))
def test_so_many_times_the_quantity_is_so_many_times_the_money(run: RandomRun, factor: int) -> None:
    scales_linearly(run, factor)


@pytest.mark.long
@settings(max_examples=20_000)
@given(random_runs(), st.integers(2, 50))
def test_so_many_times_the_quantity_is_so_many_times_the_money_at_length(run: RandomRun, factor: int) -> None:
    scales_linearly(run, factor)


@settings(max_examples=500)
@given(random_runs(misquoted=False))
def test_settlement_and_delivery_create_and_lose_nothing(run: RandomRun) -> None:
    opposite_books_are_worth_nothing(run)


@pytest.mark.long
@settings(max_examples=20_000)
@given(random_runs(misquoted=False))
def test_settlement_and_delivery_create_and_lose_nothing_at_length(run: RandomRun) -> None:
    opposite_books_are_worth_nothing(run)
