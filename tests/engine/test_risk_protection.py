"""Drawdown protection in whole runs: one bought put whose price moves an account of 10,000 USD."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.risk_views import protection_of
from engine.config import AccountConfig
from engine.costs.account_terms import CashFlow
from engine.events import BarArrived, OrderCancelled, OrderRequested, ProtectionLifted, ProtectionTriggered
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, Fill, Intent, Leg, Limit, Order, QuoteFlag, Stock
from engine.money import to_usd
from engine.result import BacktestResult
from engine.risk_config import DailyLossStop, DrawdownStep, ProtectionConfig, RiskConfig, TradeStop
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, new_york, put, series, weekdays
from tests.engine.play import NoMargin, config, play, refusals

NEAR = series(date(2019, 6, 21))
TABLE = contract_table({NEAR: [2700, 2800]})
PUT, OTHER = put(TABLE, NEAR, 2800), put(TABLE, NEAR, 2700)
DAYS = weekdays(date(2019, 5, 13), date(2019, 5, 24))


def at(place: int, clock: str = "10:00") -> Instant:
    """Instant of a chain, by the place of its session."""
    return new_york(DAYS[place], clock)


def priced(mid: float, when: Instant, flags: QuoteFlag | None = None) -> ChainSnapshot:
    """A chain with the put in the middle at a price, and another one that always costs 1."""
    quote = Quote(mid - 0.5, mid + 0.5) if flags is None else Quote(mid - 0.5, mid + 0.5, flags=flags)
    return chain(TABLE, when, 2850.0, changes={PUT: quote, OTHER: Quote(0.9, 1.1)})


def daily(*mids: float) -> list[ChainSnapshot]:
    """One chain a session, from Monday on."""
    return [priced(mid, at(place)) for place, mid in enumerate(mids)]


def buy(quantity: int = 1, contract: Any = PUT, **terms: Any) -> Callable[[StrategyContext], object]:
    return lambda context: context.open([Leg(contract, 1)], quantity=quantity, **terms)


def run(
    market: Sequence[ChainSnapshot | BarArrived],
    *steps: DrawdownStep,
    script: Mapping[Instant, Callable[[StrategyContext], object]] | None = None,
    flows: tuple[CashFlow, ...] = (),
    **others: Any,
) -> BacktestResult:
    """One put is decided on at the first chain and bought at the second; more by script."""
    settings = config(
        account=AccountConfig(initial_cash_usd=10_000.0, cash_flows=flows),
        risk=RiskConfig(protection=ProtectionConfig(drawdown=steps, **others)),
    )
    return play(market, {at(0): buy(), **(script or {})}, run=settings, margin=NoMargin())


def happened(result: BacktestResult) -> list[tuple[str, Instant]]:
    """What protection began and ended, in order."""
    events = [one for one in result.event_log if isinstance(one, ProtectionTriggered | ProtectionLifted)]
    return [("began" if isinstance(one, ProtectionTriggered) else "ended", one.at) for one in events]


def closed(result: BacktestResult) -> list[tuple[str, int, Instant]]:
    """Tag, contracts and instant of every closing fill."""
    return [(fill.tag, -fill.legs[0].quantity, fill.filled_at) for fill in result.fills if _closes(fill)]


def _closes(fill: Fill) -> bool:
    return fill.order_id != fill.position_id


# --- halt -------------------------------------------------------------------------------------------------------


def test_from_the_mark_that_reaches_the_drawdown_on_nothing_is_opened() -> None:
    result = run(daily(40, 40, 30, 30), DrawdownStep(at_percent=10), script={at(2): buy(), at(3): buy()})
    (begun,) = [one for one in result.event_log if isinstance(one, ProtectionTriggered)]
    assert (begun.at, begun.rule, begun.action, begun.value, begun.limit) == (at(2), "drawdown", "halt", 10.0, 10.0)
    assert refusals(result) == ["drawdown_halt", "drawdown_halt"]
    assert result.refusals[0].first_reason == "no position is opened after a drawdown of 10 %, limit 10 %"
    assert len(result.fills) == 1
    assert not closed(result)


def test_a_smaller_drawdown_changes_nothing() -> None:
    result = run(daily(40, 40, 30.01, 30.01), DrawdownStep(at_percent=10), script={at(2): buy()})
    assert not happened(result)
    assert len(result.fills) == 2


def test_an_order_that_rests_from_before_is_refused_at_its_fill() -> None:
    resting = buy(terms=Limit.usd(30.0), time_in_force=DAYS[9])
    result = run(daily(40, 40, 31, 29, 29), DrawdownStep(at_percent=5), script={at(1): resting})
    assert refusals(result) == ["drawdown_halt"]


def test_what_changes_an_open_position_is_not_halted() -> None:
    def sell(context: StrategyContext) -> None:
        context.close(context.positions[0], tag="mine")

    def add(context: StrategyContext) -> None:
        legs, number = (Leg(OTHER, 1),), context.desk.next_order_id()
        order = Order(number, context.strategy, Intent.OPEN, legs, 1, context.now, context.positions[0].position_id)
        context.publish(OrderRequested(context.now, order))

    for change in (sell, add):
        result = run(daily(40, 40, 30, 30), DrawdownStep(at_percent=10), script={at(2): change})
        assert len(result.fills) == 2
        assert not refusals(result)


def test_it_ends_when_the_fall_is_small_again() -> None:
    step = DrawdownStep(at_percent=10, resume_within_percent=5)
    result = run(daily(40, 40, 30, 34, 35, 35), step, script={at(3): buy(), at(4): buy()})
    assert happened(result) == [("began", at(2)), ("ended", at(4))]
    assert refusals(result) == ["drawdown_halt"]
    assert result.fills[-1].filled_at == at(5)


def test_it_ends_after_sessions_and_counts_from_the_new_peak() -> None:
    step = DrawdownStep(at_percent=10, resume_after_sessions=2)
    result = run(daily(40, 40, 30, 30, 30, 22, 21), step)
    assert happened(result) == [("began", at(2)), ("ended", at(4)), ("began", at(6))]  # 9,000 to 8,100


def test_steps_stand_on_their_own() -> None:
    steps = DrawdownStep(at_percent=5), DrawdownStep(at_percent=10, action="flatten")
    result = run(daily(40, 40, 35, 30, 30), *steps)
    assert happened(result) == [("began", at(2)), ("began", at(3))]
    assert closed(result) == [("drawdown", 1, at(4))]


# --- flatten ----------------------------------------------------------------------------------------------------


def test_everything_is_closed_by_orders_that_fill_like_any_other() -> None:
    step = DrawdownStep(at_percent=10, action="flatten")
    result = run(daily(40, 40, 30, 28), step, script={at(0): lambda c: [buy()(c), buy(2, OTHER)(c)], at(3): buy()})
    assert closed(result) == [("drawdown", 1, at(3)), ("drawdown", 2, at(3))]
    assert to_usd(result.fills[-2].legs[0].price) == 28.0
    assert refusals(result) == ["drawdown_halt"]
    assert not result.open_positions
    assert [trade.exit_reason for trade in result.trades] == ["drawdown", "drawdown"]


def test_a_closing_order_rests_until_it_can_trade() -> None:
    crossed = QuoteFlag.CROSSED
    market = [*daily(40, 40, 30), priced(30, at(3), crossed), priced(30, at(4), crossed), priced(29, at(5))]
    result = run(market, DrawdownStep(at_percent=10, action="flatten"))
    assert closed(result) == [("drawdown", 1, at(5))]
    assert [record.order.tag for record in result.orders] == ["entry", "drawdown"]


def test_a_strategys_own_closing_order_makes_way() -> None:
    def rest(context: StrategyContext) -> None:
        context.close(context.positions[0], tag="mine", terms=Limit.usd(-90.0), time_in_force=DAYS[9])

    result = run(daily(40, 40, 30, 30), DrawdownStep(at_percent=10, action="flatten"), script={at(1): rest})
    (ended,) = [one for one in result.event_log if isinstance(one, OrderCancelled)]
    assert (ended.order.tag, ended.reason) == ("mine", "drawdown protection closes")
    assert closed(result) == [("drawdown", 1, at(3))]


def test_shares_are_watched_on_bars_where_no_mark_is_published() -> None:
    def bar(place: int, price: float) -> BarArrived:
        return BarArrived(at(place, "16:00"), Bar("SPY", price, price, price, price, 0.0))

    bars = [bar(place, price) for place, price in enumerate((100.0, 100.0, 100.0, 79.0, 78.0))]
    hundred_shares = {at(0, "16:00"): lambda context: context.open([Leg(Stock("SPY"), 50)], quantity=1)}
    settings = config(
        account=AccountConfig(initial_cash_usd=10_000.0),
        risk=RiskConfig(protection=ProtectionConfig(drawdown=(DrawdownStep(at_percent=10, action="flatten"),))),
    )
    result = play(bars, hundred_shares, run=settings)
    assert closed(result) == [("drawdown", 50, at(4, "16:00"))]


# --- reduce -----------------------------------------------------------------------------------------------------


def test_sizes_are_multiplied_and_a_part_is_closed() -> None:
    step = DrawdownStep(at_percent=10, action="reduce", size_factor=0.5, close_percent=40)
    script = {at(0): buy(5, OTHER), at(1): buy(2), at(3): buy(7, OTHER), at(4): buy(1, OTHER)}
    result = run(daily(20, 20, 20, 14.9, 14.9, 14.9), step, script=script)
    assert happened(result) == [("began", at(3))]
    assert closed(result) == [("drawdown", 2, at(4))]  # two of five; of two a whole package is more than 40 %
    assert [fill.quantity for fill in result.fills if not _closes(fill)] == [5, 2, 3]  # a half of seven
    assert refusals(result) == ["reduced_to_zero"]


def test_nothing_is_both_reduced_and_refused() -> None:
    steps = DrawdownStep(at_percent=5, action="reduce"), DrawdownStep(at_percent=5)
    result = run(daily(40, 40, 30, 30), *steps, script={at(2): buy()})
    assert refusals(result) == ["drawdown_halt"]


def test_reducing_closes_its_part_once() -> None:
    step = DrawdownStep(at_percent=10, action="reduce", close_percent=50)
    result = run(daily(10, 10, 7, 7, 6, 5), step, script={at(0): buy(4)})
    assert closed(result) == [("drawdown", 2, at(3))]


def test_who_reduces_and_flattens_at_one_mark_flattens() -> None:
    reduce = DrawdownStep(at_percent=5, action="reduce", close_percent=50)
    flatten = DrawdownStep(at_percent=10, action="flatten")
    result = run(daily(10, 10, 7, 7), reduce, flatten, script={at(0): buy(4)}, trade_stop=TradeStop(usd=100))
    assert closed(result) == [("drawdown", 4, at(3))]
    assert not refusals(result)


def test_a_part_that_still_rests_makes_way_for_the_whole() -> None:
    reduce = DrawdownStep(at_percent=5, action="reduce", close_percent=50)
    flatten = DrawdownStep(at_percent=10, action="flatten")
    without_bid = chain(TABLE, at(3), 2850.0, changes={PUT: Quote(0.0, 0.1, flags=QuoteFlag.NO_BID)})
    result = run([*daily(10, 10, 8), without_bid, priced(7, at(4))], reduce, flatten, script={at(0): buy(4)})
    assert closed(result) == [("drawdown", 4, at(4))]
    assert not refusals(result)
    (ended,) = [one for one in result.event_log if isinstance(one, OrderCancelled)]
    assert (ended.order.quantity, ended.reason) == (2, "drawdown protection closes")


# --- daily loss -------------------------------------------------------------------------------------------------


def half_hourly(*mids: float) -> list[ChainSnapshot]:
    """Chains of Wednesday, after one of Monday and one of Tuesday at 40."""
    clocks = [f"{10 + place // 2}:{'30' if place % 2 else '00'}" for place in range(len(mids))]
    later = [priced(mid, at(2, clock)) for mid, clock in zip(mids, clocks, strict=True)]
    return [*daily(40, 40), *later]


def test_a_daily_loss_halts_to_the_end_of_its_session() -> None:
    market = [*half_hourly(38, 37, 39), priced(30, at(3)), priced(30, at(4))]
    script = {at(2, "10:30"): buy(contract=OTHER), at(3): buy(contract=OTHER)}
    result = run(market, script=script, daily_loss=DailyLossStop(usd=300))
    assert happened(result) == [
        ("began", at(2, "10:30")), ("ended", at(2, "11:00")), ("began", at(3)), ("ended", at(3)),
    ]  # fmt: skip
    assert refusals(result) == ["daily_loss_halt", "daily_loss_halt"]


def test_a_daily_loss_is_counted_from_the_end_of_the_session_before() -> None:
    market = [*half_hourly(39, 38), priced(37, at(3)), priced(36, at(3, "10:30")), priced(35, at(3, "11:00"))]
    result = run(market, daily_loss=DailyLossStop(percent=3))  # of 9,800
    assert happened(result)[0] == ("began", at(3, "11:00"))


def test_a_daily_loss_may_close_everything() -> None:
    result = run(half_hourly(38, 37, 36), daily_loss=DailyLossStop(usd=300, action="flatten"))
    assert closed(result) == [("daily_loss", 1, at(2, "11:00"))]


# --- the stop of a trade ----------------------------------------------------------------------------------------


def test_a_position_that_has_lost_too_much_is_closed_and_no_other_one() -> None:
    script = {at(0): lambda c: [buy()(c), buy(2, OTHER)(c)]}
    result = run(daily(40, 40, 35, 29.9, 31), script=script, trade_stop=TradeStop(usd=1_000))
    (begun,) = [one for one in result.event_log if isinstance(one, ProtectionTriggered)]
    assert (begun.rule, begun.action, begun.value, begun.limit, begun.position_id) == (
        "trade_stop", "close", 1_010.0, 1_000.0, 1,
    )  # fmt: skip
    assert closed(result) == [("trade_stop", 1, at(4))]
    assert len(result.open_positions) == 1


def test_a_trade_stop_in_percent_is_of_net_liquidation() -> None:
    result = run(daily(40, 40, 31, 30.9, 31), trade_stop=TradeStop(percent=10))  # 900 of 9,100; 910 of 9,090
    assert [when for _, when in happened(result)] == [at(3)]


@pytest.mark.parametrize("flag", [QuoteFlag.CROSSED, QuoteFlag.STUB, QuoteFlag.STALE, QuoteFlag.OUTLIER])
def test_t17_no_stop_triggers_on_a_quote_that_cannot_be_trusted(flag: QuoteFlag) -> None:
    market = [*daily(40, 40), priced(20, at(2), flag), priced(39, at(3))]
    assert not happened(run(market, trade_stop=TradeStop(usd=1_000)))


def test_t17_a_loss_that_was_seen_before_triggers_nothing_either_while_its_quote_cannot_be_trusted() -> None:
    """The account falls, so that an old loss reaches a percentage of it; the position closes on its next good quote."""

    def late(place: int, flags: QuoteFlag) -> ChainSnapshot:
        quotes = {PUT: Quote(30.5, 31.5, flags=flags), OTHER: Quote(0.4, 0.6)}
        return chain(TABLE, at(place), 2850.0, changes=quotes)

    market = [*daily(40, 40, 31), late(3, QuoteFlag.CROSSED), late(4, QuoteFlag(0))]
    script = {at(0): lambda c: [buy()(c), buy(10, OTHER)(c)]}
    assert happened(run(market, script=script, trade_stop=TradeStop(percent=10))) == [("began", at(4))]


# --- what is no loss --------------------------------------------------------------------------------------------


def test_a_withdrawal_is_no_fall_and_a_deposit_heals_none() -> None:
    out, back = (CashFlow(date=DAYS[2], amount_usd=amount) for amount in (-5_000.0, 5_000.0))
    assert not happened(run(daily(40, 40, 40, 40), DrawdownStep(at_percent=10), flows=(out,)))
    assert not happened(run(daily(40, 40, 40, 40), daily_loss=DailyLossStop(usd=100), flows=(out,)))
    result = run(daily(40, 40, 30, 30), DrawdownStep(at_percent=5, resume_within_percent=1), flows=(back,))
    assert [what for what, _ in happened(result)] == ["began"]


# --- what it leaves behind --------------------------------------------------------------------------------------


def test_the_summary_counts_what_protection_did_with_its_instants() -> None:
    step = DrawdownStep(at_percent=10, action="flatten", resume_after_sessions=1)
    section = protection_of(run(daily(40, 40, 30, 30, 30), step))
    assert [(one.rule, one.action, one.value, one.limit, one.unit) for one in section.triggered] == [
        ("drawdown", "flatten", 10.0, 10.0, "%")
    ]
    assert section.triggered[0].at.isoformat() == "2019-05-15T14:00:00+00:00"
    assert section.lifted[0].at.isoformat() == "2019-05-16T14:00:00+00:00"
    assert section.closing_fills == 1


@given(st.lists(st.floats(1.0, 80.0), min_size=3, max_size=9), st.sampled_from(["halt", "reduce", "flatten"]))
def test_a_run_gives_the_same_bits_every_time_and_ends_flat_where_it_flattens(mids: list[float], action: Any) -> None:
    step = DrawdownStep(at_percent=10, action=action, close_percent=50)
    market = daily(40.0, *(round(mid, 2) for mid in mids))
    first, second = (run(market, step, script={at(0): buy(3)}) for _ in range(2))
    assert first.event_log_hash == second.event_log_hash
    begun = [when for what, when in happened(first) if what == "began"]
    if action == "flatten" and begun and begun[0] < market[-1].at:
        assert not first.open_positions


def test_a_bound_for_resuming_lies_below_the_bound_that_begins() -> None:
    with pytest.raises(ValueError, match="resume_within_percent 10 must lie below at_percent 10"):
        DrawdownStep(at_percent=10, resume_within_percent=10)
    for stop in (DailyLossStop, TradeStop):
        with pytest.raises(ValueError, match="needs `percent`, `usd`, or both"):
            stop()


def test_without_protection_nothing_is_watched() -> None:
    result = run(daily(40, 40, 10, 10))
    assert not happened(result)
