"""What the result rests on, and what its fills paid: counted here once more, in another way."""

from dataclasses import replace
from datetime import date
from math import fsum, nan

import pytest
from hypothesis import given, settings

from engine.config import ExecutionConfig, NoFeesConfig, SpreadFractionFills, TouchFills
from engine.events import CashMoved
from engine.metrics.capacity import capacity
from engine.metrics.sensitivity import fill_sensitivity, spread_cost
from engine.metrics.trust import Reason, Share, trust
from engine.model import Intent, Leg, QuoteFlag
from engine.money import to_usd
from engine.result import BacktestResult, MarkSource, Trade
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import NoMargin, Script, config, play
from tests.engine.test_account_properties import Story, played, runs, stories

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2750.0), put(TABLE, EXPIRY, 2700.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]
DAYS = [date(2019, 5, day) for day in (13, 14, 15, 16, 17)]
GOOD = QuoteFlag(0)


def spread_run(*flags: QuoteFlag, leave: bool = True, execution: ExecutionConfig | None = None) -> BacktestResult:
    """Two put spreads sold at the second chain; closed at the fourth where asked for.

    The short leg is quoted a dollar wide, with these flags.
    """
    chains = [
        chain(
            TABLE,
            new_york(day, "15:45"),
            2812.0,
            changes={
                SHORT: Quote(5.5, 6.5, flags=flag, bid_size=4.0, ask_size=1.0),
                LONG: Quote(0.9, 1.1, bid_size=50.0, ask_size=50.0),
            },
        )
        for day, flag in zip(DAYS, flags, strict=True)
    ]
    script: Script = {chains[0].at: lambda context: context.open(SPREAD, quantity=2, tag="entry")}
    if leave:
        script = {**script, chains[2].at: lambda context: context.close(context.positions[0], tag="exit")}
    run = config() if execution is None else config(execution=execution)
    return play(chains, script, run=run)


def share(trades: list[Trade]) -> Share:
    return Share(len(trades), sum(trade.profit for trade in trades), sum(abs(trade.profit) for trade in trades))


# --- what trades rest on ----------------------------------------------------------------------------------------


def test_a_trade_on_good_quotes_touches_nothing() -> None:
    found = trust(spread_run(*[GOOD] * 5), model_quotes=False)
    assert (found.every.trades, found.touched) == (1, Share(0, 0, 0))
    assert not any(found.by_reason.values())


def test_flags_of_quotes_are_told_apart_by_entry_and_exit() -> None:
    at_entry = trust(spread_run(GOOD, QuoteFlag.ARBITRAGE, GOOD, GOOD, GOOD), model_quotes=False)
    at_exit = trust(spread_run(GOOD, GOOD, GOOD, QuoteFlag.ARBITRAGE, GOOD), model_quotes=False)
    assert at_entry.by_reason[Reason.ENTRY_QUOTE] == {"arbitrage": at_entry.every}
    assert at_exit.by_reason[Reason.EXIT_QUOTE] == {"arbitrage": at_exit.every}
    assert at_entry.by_reason[Reason.EXIT_QUOTE] == at_exit.by_reason[Reason.ENTRY_QUOTE] == {}


def test_a_fill_on_a_crossed_quote_touches_it_although_it_looked_at_one_side_alone() -> None:
    crossed = Quote(6.5, 5.5, flags=QuoteFlag.CROSSED)
    chains = [
        chain(TABLE, new_york(day, "15:45"), 2812.0, changes={SHORT: crossed if place == 1 else Quote(5.5, 6.5)})
        for place, day in enumerate(DAYS)
    ]
    run = config(execution=ExecutionConfig(crossed_quotes="trade"))
    result = play(chains, {chains[0].at: lambda context: context.open(SPREAD, quantity=1)}, run=run)
    assert not result.fills[0].legs[0].flags
    found = trust(result, model_quotes=False)
    assert found.by_reason[Reason.ENTRY_QUOTE] == {"crossed": found.every}


def test_a_trade_that_ends_with_the_run_touches_what_its_last_mark_rests_on() -> None:
    result = spread_run(GOOD, GOOD, GOOD, GOOD, QuoteFlag.STALE, leave=False)
    assert result.trades[0].last_marks == (MarkSource.LAST_GOOD_QUOTE, MarkSource.TWO_SIDED_QUOTE)
    found = trust(result, model_quotes=False)
    assert found.by_reason[Reason.LAST_MARK] == {"last_good_quote": found.every}
    assert trust(spread_run(*[GOOD] * 5, leave=False), model_quotes=False).touched.trades == 0


def test_on_computed_quotes_every_trade_touches_them() -> None:
    found = trust(spread_run(*[GOOD] * 5), model_quotes=True)
    assert found.touched == found.every == found.by_reason[Reason.MODEL_QUOTES]["model_quotes"]


def test_moves_of_the_account_to_and_from_a_mark_that_is_no_quote_are_counted() -> None:
    chains = [
        chain(TABLE, new_york(day, "15:45"), 2812.0, changes={SHORT: Quote(middle - 0.5, middle + 0.5, flags=flag)})
        for day, middle, flag in zip(
            DAYS, (6.0, 6.0, 9.0, 9.0, 8.0), (GOOD, GOOD, GOOD, QuoteFlag.STALE, GOOD), strict=True
        )
    ]
    result = play(chains, {chains[0].at: lambda context: context.open([Leg(SHORT, -1)], quantity=1)}, margin=NoMargin())
    curve = trust(result, model_quotes=False).curve
    assert (to_usd(curve.moved), to_usd(curve.moved_unquoted)) == (300.0 + 100.0, 100.0)
    assert (curve.marks, curve.unquoted) == (5, 1)


@settings(max_examples=20)
@given(stories(runs()))
def test_shares_are_those_that_a_second_count_finds(story: Story) -> None:
    result = played(story)
    found = trust(result, model_quotes=False)
    by_id = {trade.position_id: trade for trade in result.trades}
    opened: dict[str, set[int]] = {}
    ended: dict[str, set[int]] = {}
    for fill in result.fills:
        for leg in fill.legs:
            for flag in QuoteFlag:
                if leg.flags & flag:
                    side = ended if fill.intent is Intent.CLOSE else opened
                    side.setdefault(str(flag.name).lower(), set()).add(fill.position_id)
    for reason, sets in ((Reason.ENTRY_QUOTE, opened), (Reason.EXIT_QUOTE, ended)):
        assert found.by_reason[reason] == {
            kind: share([by_id[one] for one in sorted(ids)]) for kind, ids in sets.items()
        }
    proxies = [trade for trade in result.trades if trade.proxy_settled]
    assert found.by_reason[Reason.PROXY_SETTLEMENT] == ({"proxy_settlement": share(proxies)} if proxies else {})
    assert found.every == share(list(result.trades))
    largest = max((one.moved for kinds in found.by_reason.values() for one in kinds.values()), default=0)
    assert largest <= found.touched.moved <= found.every.moved


@settings(max_examples=15)
@given(stories(runs()))
def test_moves_of_the_account_are_those_of_its_marks(story: Story) -> None:
    result = played(story)
    flows = [(event.at, event.amount) for event in result.event_log if isinstance(event, CashMoved)]
    moves, worth = 0, None
    for point in result.equity:
        now = point.net_liquidation - sum(amount for at, amount in flows if at <= point.at)
        moves += 0 if worth is None else abs(now - worth)
        worth = now
    # Within an instant the account may be valued more than once; the curve keeps the last.
    assert result.moves.moved >= moves
    assert 0 <= result.moves.moved_unquoted <= result.moves.moved


# --- what fills paid --------------------------------------------------------------------------------------------


def test_fills_at_the_touch_paid_the_whole_spread() -> None:
    execution = ExecutionConfig(fills=TouchFills(kind="touch"), fees=NoFeesConfig(kind="none"), net_rounding="none")
    table = fill_sensitivity(spread_run(*[GOOD] * 5, execution=execution))
    assert table.total.fraction_paid == pytest.approx(1.0)
    assert (table.total.legs, table.total.two_sided) == (4, 4)
    assert table.total.cost_usd == pytest.approx(2 * 200 * (0.5 + 0.1))
    assert table.total.at_touch_usd == pytest.approx(table.total.at_model_usd)
    assert table.total.cost_per_trade_usd == table.total.cost_usd
    assert table.by_structure == {"put_credit_spread": table.total}


def test_a_fraction_of_the_spread_is_found_again() -> None:
    execution = ExecutionConfig(
        fills=SpreadFractionFills(fraction_by_legs=(0.7, 0.7, 0.7, 0.7)),
        fees=NoFeesConfig(kind="none"),
        net_rounding="none",
    )
    assert fill_sensitivity(spread_run(*[GOOD] * 5, execution=execution)).total.fraction_paid == pytest.approx(0.7)


@settings(max_examples=15)
@given(stories(runs()))
def test_groups_add_up_to_the_trades_of_the_run(story: Story) -> None:
    result = played(story)
    table = fill_sensitivity(result)
    for groups in (table.by_strategy, table.by_structure):
        assert sum(group.legs for group in groups.values()) == table.total.legs
        assert fsum(group.cost_usd for group in groups.values()) == pytest.approx(table.total.cost_usd, abs=1e-6)
        trades = to_usd(sum(trade.profit for trade in result.trades))
        assert fsum(group.at_model_usd for group in groups.values()) == pytest.approx(trades, abs=1e-6)
    paid = [spread_cost(leg)[0] for fill in result.fills for leg in fill.legs]
    assert table.total.cost_usd == pytest.approx(fsum(paid))


# --- capacity ---------------------------------------------------------------------------------------------------


def test_fills_are_measured_by_the_size_that_was_shown_on_their_side() -> None:
    found = capacity(spread_run(*[GOOD] * 5))
    assert found.legs_with_size == 4
    assert found.largest_of_size == 2 / 1
    assert found.tightest_symbol == SHORT.symbol
    assert found.median_of_size == pytest.approx((2 / 50 + 2 / 4) / 2)
    assert found.scale_within_size is not None
    assert 1 / 2 < found.scale_within_size < 2.0
    assert (found.legs_with_volume, found.largest_of_volume) == (0, None)


def test_without_sizes_nothing_is_said_of_capacity() -> None:
    result = spread_run(*[GOOD] * 5)
    unknown = replace(result, depths=tuple(tuple(replace(one, size=nan) for one in leg) for leg in result.depths))
    found = capacity(unknown)
    assert (found.legs_with_size, found.median_of_size, found.scale_within_size) == (0, None, None)
