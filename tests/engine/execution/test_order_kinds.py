"""Limits, stops, orders on the close, and how long they rest."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from engine.errors import OrderRejected
from engine.model import AT_MARKET, Intent, Limit, MarketOnClose, Order, QuoteFlag, Stop, StopLimit, TimeInForce
from engine.money import to_micros
from engine.strategy import StrategyContext
from tests.builders import Quote
from tests.engine.execution.spread_runs import MONDAY, SHORT, SPREAD, acted, day, ends, opened

DEARER = Quote(12.0, 13.0)
"""The short put at 12.5: the spread brings 8."""
CHEAPER = Quote(8.0, 9.0)
"""The short put at 8.5: the spread brings 4."""
STALE = Quote(12.0, 13.0, flags=QuoteFlag.STALE)


# --- limits


def test_a_limit_that_is_marketable_when_it_comes_fills_at_the_models_price() -> None:
    (fill,) = opened([day(0), day(1, short=DEARER)], Limit.usd(-6.0)).fills
    assert fill.cash == to_micros(800.0)


def test_t31_a_limit_that_becomes_marketable_later_fills_at_its_net_price() -> None:
    """The second chain offers 6.0 for the package, the third 8.0: it gets the 7.0 it asked for, on the package."""
    days = [day(0), day(1), day(2, short=DEARER)]
    (fill,) = opened(days, Limit.usd(-7.0), time_in_force=TimeInForce.GTC).fills
    assert (fill.filled_at, fill.cash) == (days[2].at, to_micros(700.0))


def test_a_limit_through_which_the_market_gaps_fills_at_the_touch() -> None:
    """The third chain bids 20 - 5 = 15 for the package: nobody sells for 7 there."""
    days = [day(0), day(1), day(2, short=Quote(20.0, 21.0))]
    (fill,) = opened(days, Limit.usd(-7.0), time_in_force=TimeInForce.GTC).fills
    assert fill.cash == to_micros(1500.0)


def test_a_limit_between_two_ticks_acts_as_the_better_one() -> None:
    days = [day(0), day(1), day(2, short=DEARER)]
    rounding = {"net_rounding": "against_trader"}
    (fill,) = opened(days, Limit.usd(-7.02), time_in_force=TimeInForce.GTC, execution=rounding).fills
    assert fill.cash == to_micros(705.0)


def test_a_limit_out_of_reach_waits_and_is_not_called_blocked() -> None:
    result = opened([day(0), day(1), day(2)], Limit.usd(-9.0))
    assert (result.fills, result.blocked_fills) == ((), {})
    assert ends(result) == [("cancelled", 0, "the day ended")]


def test_a_limit_that_saw_a_blocked_quote_first_has_rested() -> None:
    days = [day(0), day(1, "11:00", short=STALE), day(1, short=DEARER)]
    (fill,) = opened(days, Limit.usd(-6.0)).fills
    assert fill.cash == to_micros(700.0)  # its limit, 6, is worse than the touch, 12 - 5


def test_a_limit_on_twice_a_package_is_the_price_of_one() -> None:
    days = [day(0), day(1), day(2, short=DEARER)]
    doubled = [replace(leg, ratio=2 * leg.ratio) for leg in SPREAD]
    open_doubled = {0: lambda context: context.open(doubled, terms=Limit.usd(-7.0), time_in_force=TimeInForce.GTC)}
    (fill,) = acted(days, open_doubled).fills
    assert fill.cash == 2 * to_micros(700.0)


def test_a_close_at_a_limit_pays_no_more_and_its_worthless_long_leg_does_not_change_that() -> None:
    worthless = Quote(0.0, 0.10, flags=QuoteFlag.NO_BID)
    days = [
        day(0),
        day(1),
        day(2, short=Quote(1.0, 1.2), long=worthless),
        day(3, short=Quote(0.4, 0.6), long=worthless),
    ]
    enter = {0: lambda context: context.open(SPREAD)}
    leave = {
        1: lambda context: context.close(
            context.positions[0], tag="target", terms=Limit.usd(0.55), time_in_force=TimeInForce.GTC
        )
    }
    _, exit_ = acted(days, enter | leave).fills
    assert (exit_.filled_at, exit_.cash, len(exit_.left_open)) == (days[3].at, to_micros(-55.0), 1)


# --- stops


def test_a_stop_waits_for_its_trigger_and_fills_at_what_is_there() -> None:
    """Bought for 6, the spread of 8.0 and then of 4.0 is sold when it is worth 5 or less: at 4, through the stop."""
    days = [day(0), day(1, short=DEARER), day(2, short=CHEAPER)]
    bought = [replace(leg, ratio=-leg.ratio) for leg in SPREAD]
    script = {0: lambda context: context.open(bought, quantity=1)}
    stop = {
        1: lambda context: context.close(
            context.positions[0], tag="stop", terms=Stop.usd(-5.0), time_in_force=TimeInForce.GTC
        )
    }
    entry, exit_ = acted(days, script | stop).fills
    assert (entry.cash, exit_.cash) == (to_micros(-800.0), to_micros(400.0))
    assert (exit_.filled_at, exit_.triggered_at) == (days[2].at, days[2].at)


@pytest.mark.parametrize("flag", [QuoteFlag.STUB, QuoteFlag.STALE, QuoteFlag.CROSSED, QuoteFlag.OUTLIER])
def test_t17_t18_a_flagged_quote_triggers_no_stop(flag: QuoteFlag) -> None:
    """To buy the spread back at 8 or more: the flagged quote says 20, its intrinsic value 20 too, the next day 6."""
    bought = [replace(leg, ratio=-leg.ratio) for leg in SPREAD]
    flagged = replace(day(1, short=Quote(24.0, 25.0, flags=flag)), underlying_price=2776.0)
    days = [day(0), flagged, day(2), day(3, short=DEARER)]
    stop = {0: lambda context: context.open(bought, terms=Stop.usd(8.0), time_in_force=TimeInForce.GTC, quantity=1)}
    (fill,) = acted(days, stop).fills
    assert (fill.filled_at, fill.triggered_at) == (days[3].at, days[3].at)


def test_a_stop_once_reached_stays_reached() -> None:
    """The trigger is met by marks; the fill comes when both legs can trade."""
    bought = [replace(leg, ratio=-leg.ratio) for leg in SPREAD]
    no_bid = Quote(0.0, 0.10, flags=QuoteFlag.NO_BID)
    days = [day(0), day(1, short=DEARER, long=no_bid), day(2)]
    stop = {0: lambda context: context.open(bought, terms=Stop.usd(8.0), time_in_force=TimeInForce.GTC, quantity=1)}
    (fill,) = acted(days, stop).fills
    assert (fill.triggered_at, fill.filled_at, fill.cash) == (days[1].at, days[2].at, to_micros(-600.0))


def test_a_stop_with_a_limit_does_not_follow_a_gap() -> None:
    """To buy back at 7 or more, but for no more than 7.5: the gap to 10 is too dear, the next day's 7 is not."""
    bought = [replace(leg, ratio=-leg.ratio) for leg in SPREAD]
    days = [day(0), day(1, short=Quote(14.0, 15.0)), day(2, short=Quote(11.0, 12.0))]
    terms = StopLimit.usd(7.0, 7.5)
    stop = {0: lambda context: context.open(bought, terms=terms, time_in_force=TimeInForce.GTC, quantity=1)}
    (fill,) = acted(days, stop).fills
    assert (fill.triggered_at, fill.filled_at, fill.cash) == (days[1].at, days[2].at, to_micros(-750.0))


# --- on the close


def test_an_order_on_the_close_fills_on_the_first_chain_of_the_last_minutes() -> None:
    days = [day(0, "11:00"), day(0, "12:00"), day(0, "15:44"), day(0, "15:45", short=DEARER), day(0, "15:59")]
    (fill,) = opened(days, MarketOnClose()).fills
    assert (fill.filled_at, fill.cash) == (days[3].at, to_micros(800.0))


def test_what_counts_as_the_close_is_configured() -> None:
    days = [day(0, "11:00"), day(0, "15:45"), day(0, "16:00", short=DEARER)]
    (fill,) = opened(days, MarketOnClose(), execution={"market_on_close_minutes": 0}).fills
    assert fill.filled_at == days[2].at


# --- how long they rest


def test_an_order_good_till_a_date_rests_to_the_end_of_that_date() -> None:
    until = MONDAY + timedelta(days=2)
    result = opened([day(0), day(1), day(2), day(3, short=DEARER)], Limit.usd(-7.0), time_in_force=until)
    assert ends(result) == [("cancelled", 0, "the date passed")]
    reached = opened([day(0), day(1), day(2, short=DEARER)], Limit.usd(-7.0), time_in_force=until)
    assert ends(reached) == [("filled", 1, "")]


def test_a_date_belongs_to_an_order_good_till_date_and_to_no_other() -> None:
    for life, until in ((TimeInForce.GTD, None), (TimeInForce.DAY, date(2019, 5, 14))):
        with pytest.raises(OrderRejected, match="GTD"):
            Order(1, "a", Intent.OPEN, tuple(SPREAD), 1, 0, time_in_force=life, good_until=until)


def test_t19_t22_no_order_fills_before_its_latency_is_over() -> None:
    days = [day(0, "11:00"), day(0, "11:01"), day(0, "11:02", short=DEARER)]
    (fill,) = opened(days, AT_MARKET, execution={"latency_s": 61.0}).fills
    assert (fill.decided_at, fill.filled_at) == (days[0].at, days[2].at)
    on_time = opened(days, AT_MARKET, execution={"latency_s": 60.0})
    assert on_time.fills[0].filled_at == days[1].at
    same = opened(days, AT_MARKET, execution={"latency_s": 60.0, "fill_timing": "same_snapshot"})
    assert same.fills[0].filled_at == days[1].at


def test_t16_an_order_waits_while_a_quote_is_older_than_its_limit() -> None:
    old = day(1, "11:00")
    old = replace(old, quoted_at=old.at - np.where(old.contract_id == SHORT.contract_id, 31 * 10**9, 0))
    days = [day(0), old, day(1)]
    result = opened(days, AT_MARKET, execution={"max_quote_age_s": 30.0})
    assert result.fills[0].filled_at == days[2].at
    assert result.blocked_fills == {"quote_too_old": 1}
    assert opened(days, AT_MARKET, execution={"max_quote_age_s": 31.0}).fills[0].filled_at == days[1].at


def test_t16_an_old_quote_triggers_no_stop() -> None:
    bought = [replace(leg, ratio=-leg.ratio) for leg in SPREAD]
    old = day(1, "11:00", short=DEARER)
    old = replace(old, quoted_at=old.quoted_at - 31 * 10**9)
    stop = {0: lambda context: context.open(bought, terms=Stop.usd(8.0), quantity=1)}
    result = acted([day(0), old, day(1)], stop, max_quote_age_s=30.0)
    assert result.fills == ()


# --- cancel and replace


def test_a_replaced_order_ends_and_its_replacement_passes_risk_anew() -> None:
    days = [day(0), day(1), day(2), day(3)]
    script = {
        0: lambda context: context.open(SPREAD, terms=Limit.usd(-9.0), time_in_force=TimeInForce.GTC),
        1: lambda context: context.replace(context.pending[0], terms=Limit.usd(-5.5)),
    }
    result = acted(days, script)
    assert ends(result) == [("cancelled", 0, "replaced by order 2"), ("filled", 1, "")]
    assert (result.fills[0].filled_at, result.fills[0].cash) == (days[2].at, to_micros(600.0))


def test_an_order_that_is_over_is_not_replaced() -> None:
    seen: list[Order] = []

    def enter(context: StrategyContext) -> None:
        context.open(SPREAD)
        seen.append(Order(1, "scripted", Intent.OPEN, tuple(SPREAD), 1, context.now))

    script = {0: enter, 1: lambda context: context.replace(seen[0], terms=AT_MARKET)}
    assert ends(acted([day(0), day(1), day(2)], script)) == [("filled", 1, "")]


# --- the record


def test_the_order_list_has_every_order_with_its_end_and_a_hash_that_tells_runs_apart() -> None:
    days = [day(0), day(1), day(2)]
    one = opened(days, AT_MARKET)
    again, other = opened(days, AT_MARKET), opened(days, Limit.usd(-6.0))
    (record,) = one.orders
    assert (record.approved, record.filled, record.fills, record.ended_at) == (1, 1, 1, days[1].at)
    assert one.order_list_hash == again.order_list_hash != other.order_list_hash
    assert one.event_log_hash != other.event_log_hash


def test_t23_all_legs_of_a_package_share_the_chain_they_trade_on() -> None:
    days = [day(0), day(1, "11:00", long=None), day(1, "12:00", short=STALE), day(1)]
    (fill,) = opened(days, AT_MARKET).fills
    assert fill.filled_at == days[3].at
    assert len(fill.legs) == 2
