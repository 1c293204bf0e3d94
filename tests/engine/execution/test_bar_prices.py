"""Orders for shares that fill on bars: at the open, at a limit or stop within the bar, at the close."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.events import BarArrived, SharesQuoted
from engine.instants import NANOS_PER_DAY
from engine.model import AT_MARKET, Bar, Leg, Limit, MarketOnClose, OrderTerms, Stock, Stop, StopLimit, TimeInForce
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from tests.builders import new_york
from tests.engine.play import PLAIN, NoMargin, cancellations, config, play

MONDAY = date(2019, 5, 13)
MINUTE = NANOS_PER_DAY // 1440
BUY, SELL = [Leg(Stock("SPY"), 100)], [Leg(Stock("SPY"), -100)]


def bar(minute: int, open_: float, low: float, high: float, close: float | None = None) -> BarArrived:
    at = new_york(MONDAY, "10:00") + minute * MINUTE
    return BarArrived(at, Bar("SPY", open_, high, low, open_ if close is None else close, 1000.0))


def ordered(terms: OrderTerms, *bars: BarArrived, legs: list[Leg] = BUY, **execution: Any) -> BacktestResult:
    """An order on the first bar; half the spread is one cent."""
    settings = replace(PLAIN, share_half_spread_usd=0.01, **execution)
    script = {bars[0].at: lambda context: context.open(legs, quantity=1, terms=terms, time_in_force=TimeInForce.GTC)}
    return play(bars, script, run=config(execution=settings), margin=NoMargin())


FIRST = bar(0, 280.0, 279.0, 281.0)


def filled(result: BacktestResult) -> list[tuple[float, int]]:
    """Price and bar of every fill."""
    return [(to_usd(fill.legs[0].price), (fill.filled_at - FIRST.at) // MINUTE) for fill in result.fills]


def test_a_limit_fills_at_an_open_that_is_better() -> None:
    assert filled(ordered(Limit.usd(280.5), FIRST, bar(1, 280.0, 279.0, 281.0))) == [(280.01, 1)]


def test_t31_a_limit_fills_at_its_price_where_the_bar_reaches_it_spread_included() -> None:
    bars = FIRST, bar(1, 280.0, 279.0, 281.0), bar(2, 280.0, 278.49, 281.0)
    assert filled(ordered(Limit.usd(278.5), *bars)) == [(278.5, 2)]
    assert filled(ordered(Limit.usd(278.499), *bars)) == []


def test_a_sale_counts_a_credit_negative() -> None:
    bars = FIRST, bar(1, 280.0, 279.0, 281.0), bar(2, 280.0, 279.0, 283.0)
    assert filled(ordered(Limit.usd(-282.0), *bars, legs=SELL)) == [(282.0, 2)]
    assert filled(ordered(Limit.usd(-279.0), *bars, legs=SELL)) == [(279.99, 1)]


def test_a_stop_fills_at_its_trigger_or_at_the_open_that_gaps_through_it() -> None:
    assert filled(ordered(Stop.usd(282.0), FIRST, bar(1, 280.0, 279.0, 282.0))) == [(282.01, 1)]
    assert filled(ordered(Stop.usd(282.0), FIRST, bar(1, 285.0, 284.0, 286.0))) == [(285.01, 1)]
    assert filled(ordered(Stop.usd(-278.0), FIRST, bar(1, 280.0, 278.0, 282.0), legs=SELL)) == [(277.99, 1)]
    assert filled(ordered(Stop.usd(282.0), FIRST, bar(1, 280.0, 279.0, 281.99))) == []


def test_a_stop_whose_limit_does_not_hold_rests_from_the_next_bar_on() -> None:
    """The first bar gaps to 285 and comes back to 281, when nobody knows; the next one opens at 281."""
    bars = FIRST, bar(1, 285.0, 281.0, 286.0), bar(2, 281.0, 280.0, 282.0)
    result = ordered(StopLimit.usd(282.0, 282.5), *bars)
    assert filled(result) == [(281.01, 2)]
    assert result.fills[0].triggered_at == bars[1].at


def test_shares_on_the_close_fill_at_the_close_of_the_bar_that_ends_there() -> None:
    last = BarArrived(new_york(MONDAY, "16:00"), Bar("SPY", 281.0, 282.0, 280.0, 281.5, 1.0))
    assert filled(ordered(MarketOnClose(), FIRST, bar(1, 280.0, 279.0, 281.0), last)) == [(281.51, 360)]


def test_t22_with_latency_an_order_needs_a_bar_that_begins_after_it() -> None:
    bars = FIRST, bar(1, 280.0, 279.0, 281.0), bar(2, 290.0, 289.0, 291.0)
    assert filled(ordered(AT_MARKET, *bars)) == [(280.01, 1)]
    assert filled(ordered(AT_MARKET, *bars, latency_s=1.0)) == [(290.01, 2)]


def test_t19_a_day_order_for_shares_ends_with_its_day() -> None:
    later = BarArrived(new_york(MONDAY + timedelta(days=1), "10:00"), Bar("SPY", 270.0, 270.0, 270.0, 270.0, 1.0))
    bars = [FIRST, bar(1, 280.0, 279.0, 281.0), later]
    script = {FIRST.at: lambda context: context.open(BUY, quantity=1, terms=Limit.usd(275.0))}
    result = play(bars, script, run=config(execution=PLAIN))
    assert (result.fills, cancellations(result)) == ((), ["the day ended"])


def test_where_shares_are_quoted_limits_and_stops_go_by_the_touch_and_not_by_the_bar() -> None:
    quoted = SharesQuoted(FIRST.at + MINUTE, "SPY", 280.0, 280.2)
    wide = bar(1, 280.0, 270.0, 290.0)
    for terms, price in ((Limit.usd(280.2), [280.2]), (Limit.usd(280.1), []), (Stop.usd(280.2), [280.2])):
        script = {FIRST.at: lambda context, terms=terms: context.open(BUY, quantity=1, terms=terms)}
        fills = play([FIRST, quoted, wide], script, run=config(execution=PLAIN)).fills
        assert [to_usd(fill.legs[0].price) for fill in fills] == price
        assert all((fill.legs[0].bid, fill.legs[0].ask) == (280.0, 280.2) for fill in fills)


@pytest.mark.parametrize("limit", [278.5, 279.0, 280.0, 281.0, 285.0])
def test_t31_no_limit_on_a_bar_is_worse_than_its_price(limit: float) -> None:
    bars = FIRST, bar(1, 280.0, 279.0, 281.0), bar(2, 284.0, 278.0, 285.0)
    for legs, sign in ((BUY, 1), (SELL, -1)):
        for fill in ordered(Limit.usd(sign * limit), *bars, legs=legs).fills:
            assert sign * fill.legs[0].price <= sign * to_micros(limit)
