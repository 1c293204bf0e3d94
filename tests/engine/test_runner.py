"""The run as a whole: order of handlers, warm-up, limits at the fill, the end, the account."""

import asyncio
import gc
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bus import Handler, Publish
from engine.config import AccountConfig, ExecutionConfig
from engine.costs.fees import NoFees
from engine.errors import ConfigurationError, HandlerFailed, RunInterrupted
from engine.events import BarArrived, MarginCalled, SignalUpdated, SnapshotArrived
from engine.execution.fills import Mid
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import Bar, ChainSnapshot, Leg, QuoteFlag, Stock, Underlying, UnderlyingKind
from engine.money import to_micros
from engine.result import BacktestResult, MarkSource
from engine.risk import position_sizer
from engine.risk_config import RiskConfig, RiskLimits
from engine.runner import Models, run_backtest, run_backtest_sync
from engine.sources import InterruptibleSource, RecordedSource
from engine.strategies.spec import FixedContracts
from engine.strategy import Strategy, StrategyContext
from tests.builders import Quote, call, chain, contract_table, new_york, put, series, session_table
from tests.engine.play import PLAIN, Scripted, config, play, refusals

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2800.0), put(TABLE, EXPIRY, 2750.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]
MONDAY = date(2019, 5, 13)


def _day(offset: int, short: Quote | None = None, long: Quote | None = None, clock: str = "15:45") -> ChainSnapshot:
    quotes = {SHORT: short or Quote(10.0, 11.0), LONG: long or Quote(4.0, 5.0)}
    return chain(TABLE, new_york(MONDAY + timedelta(days=offset), clock), 2812.0, changes=quotes)


DAYS = [_day(offset) for offset in range(5)]


def _enter(context: StrategyContext) -> None:
    context.open(SPREAD, tag="entry")


# --- who sees what, and when ------------------------------------------------------------------------------------


def test_an_order_of_a_bar_does_not_fill_on_the_chain_of_the_same_instant() -> None:
    """T22: what a decision can see and what it can trade on are never of one instant."""
    bar = BarArrived(DAYS[0].at, Bar("SPX", 2812.0, 2812.0, 2812.0, 2812.0, 0.0))

    class OnBar(Strategy):
        def on_bar(self, context: StrategyContext, bar: Bar) -> None:
            _enter(context)

    result = play([_day(0, clock="11:00"), bar, *DAYS[:2]], {}, strategies=[OnBar("scripted", None)])
    assert [fill.filled_at for fill in result.fills] == [DAYS[1].at]


def test_a_fill_is_in_the_book_before_the_book_is_marked_and_before_the_strategy_looks() -> None:
    seen: list[int] = []
    script = {DAYS[0].at: _enter, DAYS[1].at: lambda context: seen.append(len(context.positions))}
    result = play(DAYS[:2], script)
    assert seen == [1]
    assert result.equity[-1].cash == to_micros(100_600.0)
    assert result.equity[-1].market_value == to_micros(-600.0)


class _Probe:
    """A listener that writes down what it hears."""

    def __init__(self, slot: Literal["signals", "observers"]) -> None:
        self.slot: Literal["signals", "observers"] = slot
        self.heard: list[int] = []

    def handlers(self, publish: Publish) -> Mapping[type[Any], Handler]:
        def hear(event: SnapshotArrived) -> None:
            self.heard.append(event.at)
            if self.slot == "signals":
                publish(SignalUpdated(event.at, "count", float(len(self.heard))))

        return {SnapshotArrived: hear}


def _run(
    listeners: list[_Probe],
    strategy: Strategy,
    start: date = MONDAY,
    source: Callable[[RecordedSource], Any] | None = None,
) -> BacktestResult:
    market = RecordedSource(
        [SnapshotArrived(day.at, day) for day in DAYS],
        TABLE,
        session_table(date(2019, 5, 1), date(2019, 6, 28)),
        {"SPX": Underlying("SPX", UnderlyingKind.INDEX)},
    )
    models = Models(Mid(), NoFees(), MaximumLossMargin(), {strategy.name: position_sizer(FixedContracts())})
    run = config(start=start, end=date(2019, 5, 16))
    return run_backtest_sync(run, source(market) if source else market, [strategy], models, listeners)


def test_the_warm_up_reaches_signals_only_and_nothing_after_the_end_is_read() -> None:
    signals, observer = _Probe("signals"), _Probe("observers")
    values: list[float | None] = []
    strategy = Scripted({day.at: lambda context: values.append(context.signal("count")) for day in DAYS})
    result = _run([signals, observer], strategy, start=date(2019, 5, 15))
    assert signals.heard == [day.at for day in DAYS[:4]]
    assert observer.heard == [day.at for day in DAYS[2:4]]
    assert values == [3.0, 4.0]
    assert result.days == (date(2019, 5, 15), date(2019, 5, 16))


def test_a_range_without_events_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="choose other dates"):
        play([DAYS[0]], {}, run=config(start=date(2019, 6, 3)))


def test_a_failing_strategy_ends_the_run_and_is_named() -> None:
    def fail(context: StrategyContext) -> None:
        raise ZeroDivisionError("ratio of nothing")

    with pytest.raises(
        HandlerFailed,
        match=r"strategy 'scripted', on_snapshot, failed on SnapshotArrived at 2019-05-15T19:45:00Z.*ratio of nothing",
    ):
        play(DAYS, {DAYS[2].at: fail})


def test_the_synchronous_form_works_inside_a_running_loop() -> None:
    async def notebook() -> BacktestResult:
        return play(DAYS[:2], {DAYS[0].at: _enter})

    assert asyncio.run(notebook()).event_log_hash == play(DAYS[:2], {DAYS[0].at: _enter}).event_log_hash


def test_two_strategies_share_an_account_and_hear_of_their_own_fills_only() -> None:
    first, second = Scripted({DAYS[0].at: _enter}, "first"), Scripted({DAYS[1].at: _enter}, "second")
    result = play(DAYS, {}, strategies=[first, second])
    assert [fill.strategy for fill in first.fills + second.fills] == ["first", "second"]
    assert result.totals.final_cash == to_micros(101_200.0)


def test_strategies_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="different names"):
        play(DAYS, {}, strategies=[Scripted({}), Scripted({})])


def test_run_backtest_refuses_a_strategy_without_a_sizer() -> None:
    source = RecordedSource([], TABLE, session_table(MONDAY, MONDAY), {})
    models = Models(Mid(), NoFees(), MaximumLossMargin(), {})
    with pytest.raises(ConfigurationError, match="no sizer"):
        asyncio.run(run_backtest(config(), source, [Scripted({})], models))


# --- limits -----------------------------------------------------------------------------------------------------


def test_limits_are_checked_again_at_the_fill() -> None:
    """At approval the spread brings 6.00 and 4,450 of cash are enough; a day later it brings 0.50 and they are not."""
    poor = config(account=AccountConfig(initial_cash_usd=4_450.0))
    days = [DAYS[0], _day(1, short=Quote(5.0, 5.0), long=Quote(4.5, 4.5))]
    result = play(days, {DAYS[0].at: _enter}, run=poor)
    assert result.fills == ()
    assert refusals(result) == ["buying_power"]
    (tally,) = result.refusals
    assert (tally.rule, tally.count, tally.first_at) == ("buying_power", 1, days[1].at)
    assert "USD" in tally.first_reason


def test_two_orders_that_fill_on_one_chain_are_checked_one_after_the_other() -> None:
    """Cash is enough for one spread; the second is refused at the fill, against a book that holds the first."""
    one = config(account=AccountConfig(initial_cash_usd=5_000.0))

    def twice(context: StrategyContext) -> None:
        _enter(context)
        _enter(context)

    result = play(DAYS[:2], {DAYS[0].at: twice}, run=one)
    assert (len(result.fills), refusals(result)) == (1, ["buying_power"])


def test_a_position_is_not_closed_twice_on_one_chain() -> None:
    def leave_twice(context: StrategyContext) -> None:
        for tag in ("first", "second"):
            context.close(context.positions[0], tag=tag)

    result = play(DAYS, {DAYS[0].at: _enter, DAYS[1].at: leave_twice})
    assert [fill.tag for fill in result.fills] == ["entry", "first"]
    assert refusals(result) == ["nothing_to_close"]
    assert result.open_positions == ()


def test_an_order_without_a_bound_on_its_loss_is_refused() -> None:
    naked = [Leg(call(TABLE, EXPIRY, 2875.0), -1)]
    result = play(DAYS[:2], {DAYS[0].at: lambda context: context.open(naked)})
    assert refusals(result) == ["unbounded_loss"]


def test_more_positions_than_allowed_are_refused() -> None:
    one = config(risk=RiskConfig(limits=RiskLimits(max_open_positions=1)))
    result = play(DAYS[:3], {DAYS[0].at: _enter, DAYS[1].at: _enter}, run=one)
    assert (len(result.fills), refusals(result)) == (1, ["max_open_positions"])


def test_the_requirement_on_the_book_stands_in_the_curve() -> None:
    result = play(DAYS[:2], {DAYS[0].at: _enter})
    assert [point.margin_requirement for point in result.equity] == [0, to_micros(5_000.0)]


def test_margin_is_called_when_the_requirement_exceeds_the_cash() -> None:
    """A short put is covered by a long one of another position; when that one is closed, cash is not enough."""

    def cover(context: StrategyContext) -> None:
        context.open([Leg(SHORT, 1)], tag="cover")

    script = {
        DAYS[0].at: cover,
        DAYS[1].at: lambda context: context.open([Leg(LONG, -1)], tag="covered"),
        DAYS[2].at: lambda context: context.close(context.positions[0], tag="uncover"),
    }
    result = play(DAYS, script)
    calls = [event for event in result.event_log if isinstance(event, MarginCalled)]
    assert [(event.at, event.requirement) for event in calls] == [(DAYS[3].at, to_micros(275_000.0))]


# --- marks ------------------------------------------------------------------------------------------------------


def test_every_mark_that_is_no_two_sided_quote_is_counted() -> None:
    days = [
        DAYS[0],
        DAYS[1],
        _day(2, long=Quote(0.0, 0.30, flags=QuoteFlag.NO_BID)),
        _day(3, short=Quote(10.0, 11.0, flags=QuoteFlag.STALE)),
    ]
    result = play(days, {DAYS[0].at: _enter})
    assert result.marks == {
        MarkSource.TWO_SIDED_QUOTE: 4,
        MarkSource.HALF_ASK: 1,
        MarkSource.LAST_GOOD_QUOTE: 1,
    }


def test_without_a_bid_the_mark_is_half_the_ask_and_at_most_one_tick() -> None:
    wide = play([*DAYS[:2], _day(2, long=Quote(0.0, 0.30, flags=QuoteFlag.NO_BID))], {DAYS[0].at: _enter})
    narrow = play([*DAYS[:2], _day(2, long=Quote(0.0, 0.06, flags=QuoteFlag.NO_BID))], {DAYS[0].at: _enter})
    assert wide.equity[-1].market_value == to_micros(-1_050.0 + 5.0)
    assert narrow.equity[-1].market_value == to_micros(-1_050.0 + 3.0)


@pytest.mark.parametrize("flag", [QuoteFlag.CROSSED, QuoteFlag.STALE, QuoteFlag.STUB, QuoteFlag.OUTLIER])
def test_t17_a_flagged_quote_neither_marks_the_book_nor_counts_as_trusted(flag: QuoteFlag) -> None:
    trusted: list[bool] = []
    days = [*DAYS[:2], _day(2, short=Quote(90.0, 99.0, flags=flag))]
    look = {day.at: lambda context: trusted.append(context.value_of(context.positions[0]).trusted) for day in days[1:]}
    result = play(days, {DAYS[0].at: _enter, **look})
    assert trusted == [True, False]
    assert result.equity[-1].market_value == to_micros(-600.0)


def test_a_mark_of_an_earlier_instant_is_not_trusted() -> None:
    trusted: list[bool] = []
    bar = BarArrived(new_york(MONDAY + timedelta(days=1), "15:50"), Bar("SPX", 2812.0, 2812.0, 2812.0, 2812.0, 0.0))
    look = {bar.at: lambda context: trusted.append(context.value_of(context.positions[0]).trusted)}
    play([*DAYS[:2], bar], {DAYS[0].at: _enter, **look})
    assert trusted == [False]


def test_shares_are_marked_with_every_bar_and_the_mark_is_published_when_the_book_changed() -> None:
    bars = [
        BarArrived(new_york(MONDAY, f"10:0{minute}"), Bar("SPY", 280.0 + minute, 282.0, 279.0, 280.5 + minute, 1.0))
        for minute in range(4)
    ]
    buy = {bars[0].at: lambda context: context.open([Leg(Stock("SPY"), 10)], quantity=1)}
    free = config(execution=replace(PLAIN, share_half_spread_usd=0.0))
    result = play(bars, buy, run=free)
    assert [point.net_liquidation - to_micros(100_000.0) for point in result.equity] == [
        to_micros(amount) for amount in (5.0, 15.0, 25.0)
    ]


# --- the end ----------------------------------------------------------------------------------------------------


def test_an_interrupted_run_keeps_what_happened_and_leaves_positions_marked() -> None:
    seen: list[int] = []

    def interruptible(source: RecordedSource) -> InterruptibleSource:
        return InterruptibleSource(source, lambda: len(seen) >= 2)

    def enter(context: StrategyContext) -> None:
        seen.append(1)
        _enter(context)

    def look(context: StrategyContext) -> None:
        seen.append(2)

    strategy = Scripted({DAYS[0].at: enter, DAYS[1].at: look})
    result = _run([], strategy, source=interruptible)
    assert result.interrupted
    assert (len(result.fills), len(result.open_positions), len(result.days)) == (1, 1, 2)


def test_an_interrupted_run_does_not_close_what_the_configuration_would_close() -> None:
    class Source:
        def __init__(self, inner: RecordedSource) -> None:
            self.contracts, self.sessions, self.underlyings = inner.contracts, inner.sessions, inner.underlyings

        def __iter__(self) -> Any:
            yield from (SnapshotArrived(day.at, day) for day in DAYS[:3])
            raise RunInterrupted("stop")

    inner = RecordedSource([], TABLE, session_table(date(2019, 5, 1), date(2019, 6, 28)), {})
    models = Models(Mid(), NoFees(), MaximumLossMargin(), {"scripted": position_sizer(FixedContracts())})
    run = config(open_at_end="settle")
    result = run_backtest_sync(run, Source(inner), [Scripted({DAYS[0].at: _enter})], models)
    assert len(result.open_positions) == 1


# --- the account ------------------------------------------------------------------------------------------------

quotes = st.tuples(st.integers(0, 400), st.integers(0, 40), st.sampled_from([0, 0, 0, 2, 8, 16]))


@given(
    st.lists(st.tuples(quotes, quotes, st.sampled_from("oc.")), min_size=5, max_size=5),
    st.sampled_from(["mark", "close_at_touch", "settle"]),
)
def test_t15_every_run_balances_whatever_the_quotes_and_whatever_is_traded(
    days: list[tuple[tuple[int, int, int], tuple[int, int, int], str]], open_at_end: Any
) -> None:
    """Cash comes from the ledger and profit from the cost bases; LedgerImbalance would end the run."""

    def quote(numbers: tuple[int, int, int]) -> Quote:
        bid, width, flag = numbers
        flags = QuoteFlag(flag) | (QuoteFlag.NO_BID if bid == 0 else QuoteFlag(0))
        return Quote(bid / 20, (bid + width + 1) / 20, flags=flags)

    market = [_day(offset, quote(short), quote(long)) for offset, (short, long, _) in enumerate(days)]
    script: dict[int, Callable[[StrategyContext], object]] = {}
    for snapshot, (_, _, action) in zip(market, days, strict=True):
        if action == "o":
            script[snapshot.at] = _enter
        elif action == "c":
            script[snapshot.at] = lambda context: [context.close(held, tag="exit") for held in context.positions]
    run = config(execution=ExecutionConfig(), open_at_end=open_at_end, account=AccountConfig(initial_cash_usd=50_000.0))
    result = play(market, script, run=run)
    totals = result.totals
    parts = totals.realised + totals.unrealised - totals.fees
    assert totals.net_liquidation - totals.initial_cash == parts
    assert sum(trade.profit for trade in result.trades) == parts
    assert all(fill.filled_at > fill.decided_at or fill.tag == "open_at_end" for fill in result.fills)


# --- afterwards -------------------------------------------------------------------------------------------------


def test_a_finished_run_leaves_nothing_to_the_collector() -> None:
    """What is frozen during a run is not collected after it: a process that plays thousands of runs would fill up."""
    script = {DAYS[0].at: _enter}
    play(DAYS, script)
    gc.collect()
    gc.disable()
    try:
        play(DAYS, script)
        assert gc.collect() == 0
    finally:
        gc.enable()
