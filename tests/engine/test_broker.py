"""The broker: when an order fills, waits, ends, and what it never trades on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.config import DataSelection, ExecutionConfig
from engine.events import BarArrived
from engine.instants import NANOS_PER_DAY
from engine.model import Bar, ChainSnapshot, Leg, QuoteFlag, Stock, TimeInForce
from engine.money import to_micros
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import PLAIN, Scripted, cancellations, config, play, refusals

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2800.0), put(TABLE, EXPIRY, 2750.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]
MONDAY = date(2019, 5, 13)


def _day(offset: int, clock: str = "15:45", **quotes: Quote | None) -> ChainSnapshot:
    """Chain of a weekday after MONDAY; `short` and `long` change the quotes of the two puts."""
    changes = {{"short": SHORT, "long": LONG}[name]: quote for name, quote in quotes.items()}
    base = {SHORT: Quote(10.0, 11.0), LONG: Quote(4.0, 5.0)}
    return chain(TABLE, new_york(MONDAY + timedelta(days=offset), clock), 2812.0, changes=base | changes)


def _enter(context: StrategyContext) -> None:
    context.open(SPREAD, tag="entry")


def _leave(context: StrategyContext) -> None:
    context.close(context.positions[0], tag="exit")


def test_t22_an_order_fills_on_the_chain_after_the_one_it_was_decided_on() -> None:
    """The decision sees 10.5 - 4.5; the fill is at the next day's 12.5 - 4.5."""
    first, second = _day(0), _day(1, short=Quote(12.0, 13.0))
    (fill,) = play([first, second], {first.at: _enter}).fills
    assert (fill.decided_at, fill.filled_at) == (first.at, second.at)
    assert fill.cash == to_micros(800.0)


def test_t22_same_snapshot_fills_are_possible_where_the_configuration_says_so() -> None:
    first, second = _day(0), _day(1, short=Quote(12.0, 13.0))
    same = config(execution=replace(PLAIN, fill_timing="same_snapshot"))
    (fill,) = play([first, second], {first.at: _enter}, run=same).fills
    assert (fill.decided_at, fill.filled_at) == (first.at, first.at)
    assert fill.cash == to_micros(600.0)


@pytest.mark.parametrize(
    "flag", [QuoteFlag.CROSSED, QuoteFlag.STALE, QuoteFlag.STUB, QuoteFlag.OUTLIER, QuoteFlag.NO_ASK]
)
def test_t17_t18_a_flag_blocks_the_side_it_concerns_and_the_whole_package_waits(flag: QuoteFlag) -> None:
    bad = Quote(4.0, 5.0, flags=flag)
    first, second, third = _day(0), _day(1, clock="11:00", long=bad), _day(1)
    result = play([first, second, third], {first.at: _enter})
    (fill,) = result.fills
    assert fill.filled_at == third.at
    assert result.blocked_fills == {str(flag.name).lower(): 1}


def test_a_long_leg_without_a_bid_can_still_be_bought() -> None:
    first, second = _day(0), _day(1, long=Quote(0.0, 0.10, flags=QuoteFlag.NO_BID))
    (fill,) = play([first, second], {first.at: _enter}).fills
    assert fill.filled_at == second.at


def test_a_contract_that_is_not_quoted_keeps_its_package_waiting() -> None:
    first, second, third = _day(0), _day(1, "11:00", short=None), _day(1)
    result = play([first, second, third], {first.at: _enter})
    assert result.fills[0].filled_at == third.at
    assert result.blocked_fills == {"missing": 1}


def test_t19_a_day_order_ends_with_the_session_of_the_first_chain_it_could_see() -> None:
    bad = Quote(4.0, 5.0, flags=QuoteFlag.STALE)
    first, second, third = _day(0), _day(1, long=bad), _day(2)
    result = play([first, second, third], {first.at: _enter})
    assert result.fills == ()
    assert cancellations(result) == ["the day ended"]


def test_a_gtc_order_rests_until_it_fills() -> None:
    bad = Quote(4.0, 5.0, flags=QuoteFlag.STALE)
    days = [_day(0), _day(1, long=bad), _day(2, long=bad), _day(3)]
    script = {days[0].at: lambda context: context.open(SPREAD, time_in_force=TimeInForce.GTC)}
    (fill,) = play(days, script).fills
    assert fill.filled_at == days[3].at


def test_a_cancelled_order_does_not_fill() -> None:
    bad = Quote(4.0, 5.0, flags=QuoteFlag.STALE)
    days = [_day(0), _day(1, "11:00", long=bad), _day(1)]
    script = {
        days[0].at: _enter,
        days[1].at: lambda context: context.cancel(context.pending[0].order_id, "changed my mind"),
    }
    result = play(days, script)
    assert (result.fills, cancellations(result)) == ((), ["changed my mind"])


def test_an_order_still_resting_at_the_end_is_cancelled() -> None:
    day = _day(0)
    result = play([day], {day.at: _enter})
    assert cancellations(result) == ["end of run"]


NO_BID = Quote(0.0, 0.10, flags=QuoteFlag.NO_BID)


def test_a_closing_package_leaves_a_long_leg_without_a_bid_open_and_names_it() -> None:
    days = [_day(0), _day(1), _day(2, long=NO_BID), _day(3, long=NO_BID), _day(4, long=Quote(0.05, 0.15))]
    closing: list[bool] = []
    look = {day.at: lambda context: closing.append(context.positions[0].closing) for day in days[2:4]}
    result = play(days, {days[0].at: _enter, days[1].at: _leave, **look})
    assert closing == [True, True]
    entry, exit_, sale = result.fills
    assert [leg.instrument for leg in entry.legs] == [SHORT, LONG]
    assert [leg.instrument for leg in exit_.legs] == [SHORT]
    assert exit_.left_open == (LONG.symbol,)
    assert ([leg.instrument for leg in sale.legs], sale.filled_at, sale.cash) == ([LONG], days[4].at, to_micros(10.0))
    (trade,) = result.trades
    assert (trade.exit_reason, trade.left_open, trade.closed_at) == ("exit", (LONG.symbol,), days[4].at)
    assert trade.profit == to_micros(600.0 - 1050.0 + 10.0)


def test_a_trade_of_which_only_a_worthless_wing_is_left_ended_for_its_reason() -> None:
    days = [_day(0), _day(1), _day(2, long=NO_BID), _day(3, long=NO_BID)]
    (trade,) = play(days, {days[0].at: _enter, days[1].at: _leave}).trades
    assert (trade.exit_reason, trade.left_open, trade.closed_at) == ("exit", (LONG.symbol,), None)
    (held,) = play(days[:2], {days[0].at: _enter}).trades
    assert (held.exit_reason, held.left_open) == ("open_at_end", ())


def test_a_worthless_long_can_be_given_up_for_nothing() -> None:
    days = [_day(0), _day(1), _day(2, long=NO_BID)]
    give_up = config(execution=replace(PLAIN, worthless_long="give_up"))
    result = play(days, {days[0].at: _enter, days[1].at: _leave}, run=give_up)
    (trade,) = result.trades
    assert {leg.symbol: (leg.exit_cash, leg.exit_kind) for leg in trade.legs} == {
        SHORT.symbol: (to_micros(-1050.0), "closed"),
        LONG.symbol: (0, "given_up"),
    }
    assert result.open_positions == ()


def test_a_short_leg_without_an_ask_keeps_the_close_waiting() -> None:
    days = [_day(0), _day(1), _day(2, "11:00", short=Quote(10.0, 0.0, flags=QuoteFlag.NO_ASK)), _day(2)]
    result = play(days, {days[0].at: _enter, days[1].at: _leave})
    assert result.fills[1].filled_at == days[3].at


# --- shares -----------------------------------------------------------------------------------------------------

HALF_SPREAD = ExecutionConfig(share_half_spread_usd=0.01)
MINUTE = NANOS_PER_DAY // 1440


def _bar(minute: int, open_: float, symbol: str = "SPY") -> BarArrived:
    at = new_york(MONDAY, "10:00") + minute * MINUTE
    return BarArrived(at, Bar(symbol, open_, open_ + 1.0, open_ - 1.0, open_ + 0.5, 1000.0))


def test_shares_fill_at_the_next_bars_open_plus_the_half_spread() -> None:
    bars = [_bar(0, 280.0), _bar(1, 281.0), _bar(2, 284.0)]
    script = {
        bars[0].at: lambda context: context.open([Leg(Stock("SPY"), 100)], quantity=1),
        bars[1].at: lambda context: context.close(context.positions[0], tag="exit"),
    }
    result = play(bars, script, run=config(execution=replace(PLAIN, share_half_spread_usd=0.01)))
    assert [fill.legs[0].price for fill in result.fills] == [to_micros(281.01), to_micros(283.99)]
    assert [fill.filled_at for fill in result.fills] == [bars[1].at, bars[2].at]
    assert result.totals.realised == to_micros(298.0)


def test_t22_an_order_of_one_symbols_bar_does_not_fill_on_another_symbols_bar_of_the_same_instant() -> None:
    """The open of that bar lies before the decision."""
    bars = [_bar(0, 280.0), _bar(1, 2800.0, "NDX"), _bar(1, 281.0), _bar(2, 284.0)]

    class OnIndex(Scripted):
        def on_bar(self, context: StrategyContext, bar: Bar) -> None:
            if bar.symbol == "NDX":
                context.open([Leg(Stock("SPY"), 100)], quantity=1)

    result = play(bars, {}, strategies=[OnIndex({})])
    assert [fill.filled_at for fill in result.fills] == [bars[3].at]


def test_an_index_cannot_be_bought() -> None:
    bars = [_bar(0, 2800.0, "SPX"), _bar(1, 2800.0, "SPX")]
    result = play(bars, {bars[0].at: lambda context: context.open([Leg(Stock("SPX"), 1)], quantity=1)})
    assert result.fills == ()
    assert refusals(result) == ["index_not_tradable"]


def test_positions_open_at_the_end_can_be_closed_at_the_touch() -> None:
    days = [_day(0), _day(1)]
    result = play(days, {days[0].at: _enter}, run=config(open_at_end="close_at_touch"))
    entry, exit_ = result.fills
    assert (entry.cash, exit_.cash) == (to_micros(600.0), to_micros(-1100.0 + 400.0))
    assert result.open_positions == ()
    assert result.totals.net_liquidation == to_micros(100_000.0 - 100.0)


# --- packages with shares ---------------------------------------------------------------------------------------

CASH_SETTLED = series(date(2019, 5, 24), "SPYW", underlying="SPY")
FUND = contract_table({CASH_SETTLED: [280.0, 285.0]})


def test_shares_of_a_package_fill_with_the_chain_at_its_underlying_price() -> None:
    calls = {put(FUND, CASH_SETTLED, 280.0): Quote(2.0, 2.2)}
    days = [
        chain(FUND, new_york(MONDAY + timedelta(days=offset), "15:45"), price, underlying="SPY", changes=calls)
        for offset, price in enumerate([281.0, 282.5, 283.0])
    ]
    protected = [Leg(Stock("SPY"), 100), Leg(put(FUND, CASH_SETTLED, 280.0), 1)]
    script = {
        days[0].at: lambda context: context.open(protected, structure="protective_put", quantity=1),
        days[1].at: lambda context: context.close(context.positions[0], tag="exit"),
    }
    result = play(days, script, run=config(data=DataSelection(underlyings=("SPY",))))
    assert [leg.price for fill in result.fills for leg in fill.legs] == [
        to_micros(282.5),
        to_micros(2.1),
        to_micros(283.0),
        to_micros(2.1),
    ]
    assert result.totals.realised == to_micros(50.0)
