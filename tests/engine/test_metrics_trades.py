"""Figures of trades, from whole runs of a few chains, and trades side by side."""

from dataclasses import replace
from datetime import date

import pytest

from engine.metrics.groups import QUESTIONS, days_bucket, delta_bucket, groups_of
from engine.metrics.trade_details import days_in_trade
from engine.metrics.trades import (
    premium_capture,
    profit_in_r,
    profit_per_margin_day,
    return_on_margin,
    trade_statistics,
)
from engine.model import Leg
from engine.money import MICROS_PER_USD, to_usd
from engine.result import Trade
from tests.builders import Quote, call, chain, contract_table, new_york, put, series
from tests.engine.play import NoMargin, Script, config, play

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2750.0), put(TABLE, EXPIRY, 2700.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]


def run_of(*middles: float) -> list[Trade]:
    """A put spread, sold at the second chain and bought back at the last; its short leg costs so much at each."""
    chains = [
        chain(
            TABLE,
            new_york(date(2019, 5, 13 + number), "15:45"),
            2812.0,
            changes={SHORT: Quote(middle - 0.1, middle + 0.1, delta=-0.3), LONG: Quote(0.9, 1.1, delta=-0.1)},
        )
        for number, middle in enumerate(middles)
    ]
    script: Script = {
        chains[0].at: lambda context: context.open(SPREAD, quantity=2, tag="entry"),
        chains[-2].at: lambda context: context.close(context.positions[0], tag="exit"),
    }
    return list(play(chains, script).trades)


def test_a_trade_knows_how_far_it_went_against_and_for_it_before_it_ended() -> None:
    (trade,) = run_of(6.0, 6.0, 14.0, 3.0, 4.0)
    assert (to_usd(trade.worst), to_usd(trade.best)) == (200 * (6.0 - 14.0), 200 * (6.0 - 3.0))
    assert to_usd(trade.profit) == 200 * (6.0 - 4.0)


def test_a_trade_that_only_fell_has_gone_for_nobody_and_ended_at_its_worst() -> None:
    (trade,) = run_of(6.0, 6.0, 7.0, 9.0)
    assert (to_usd(trade.worst), to_usd(trade.best)) == (-600.0, 0.0)


def test_what_a_trade_could_lose_bound_and_was_is_known_from_its_opening() -> None:
    (trade,) = run_of(6.0, 6.0, 3.0, 4.0)
    entry = trade.entry
    assert (entry.underlying, entry.opened_on, entry.days_to_expiration) == ("SPX", date(2019, 5, 14), 10)
    assert entry.delta == pytest.approx(0.3)
    assert entry.maximum_loss is not None
    assert to_usd(entry.maximum_loss) == 2 * (5_000 - 500)
    assert entry.requirement is not None
    assert to_usd(entry.requirement) == 2 * 5_000


def test_profit_is_measured_by_risk_by_margin_and_by_premium() -> None:
    (trade,) = run_of(6.0, 6.0, 3.0, 4.0)
    assert days_in_trade(trade) == 2.0
    assert profit_in_r(trade) == pytest.approx(400 / 9_000)
    assert return_on_margin(trade) == pytest.approx(400 / 10_000)
    assert profit_per_margin_day(trade) == pytest.approx(400 / 10_000 / 2)
    assert premium_capture(trade) == pytest.approx(400 / 1_000)
    figures = trade_statistics([trade, trade], 100_000 * MICROS_PER_USD)
    assert figures.premium_capture == pytest.approx(0.4)
    assert figures.return_on_margin == pytest.approx(0.04)
    assert figures.profit_per_margin_day == pytest.approx(0.02)
    assert figures.average_given_back_usd == pytest.approx(200.0)


def test_without_a_bound_there_is_no_r_and_without_a_credit_no_capture() -> None:
    chains = [chain(TABLE, new_york(date(2019, 5, 13 + number), "15:45"), 2812.0) for number in range(3)]
    naked = [Leg(call(TABLE, EXPIRY, 2850.0), -1)]
    (trade,) = play(chains, {chains[0].at: lambda context: context.open(naked)}, margin=NoMargin()).trades
    assert (profit_in_r(trade), return_on_margin(trade), profit_per_margin_day(trade)) == (None, None, None)
    (paid,) = play(chains, {chains[0].at: lambda context: context.open([Leg(LONG, 1)])}, run=config()).trades
    assert premium_capture(paid) is None
    assert days_in_trade(paid) == 0.0


def test_without_trades_nothing_is_defined() -> None:
    figures = trade_statistics([], 0)
    assert (figures.count, figures.premium_collected_usd, figures.longest_losing_streak) == (0, 0.0, 0)
    assert (figures.win_rate, figures.median_usd, figures.return_on_margin, figures.average_profit_r) == (None,) * 4


# --- groups -----------------------------------------------------------------------------------------------------


def test_every_question_finds_every_trade_once() -> None:
    (trade,) = run_of(6.0, 6.0, 3.0, 4.0)
    trades = [
        trade,
        replace(trade, exit_reason="stop", profit=-trade.profit),
        replace(trade, closed_at=None, entry=replace(trade.entry, delta=None, days_to_expiration=None)),
    ]
    regimes = {trade.entry.opened_on: {"trend": "rising"}}
    found = groups_of(trades, regimes)
    assert set(found) == {*QUESTIONS, "trend_regime", "volatility_regime"}
    assert [group.name for group in found["trend_regime"]] == ["rising"]
    assert [group.name for group in found["volatility_regime"]] == ["unknown"]
    for groups in found.values():
        assert sum(group.count for group in groups) == 3
        assert sum(group.profit for group in groups) == sum(trade.profit for trade in trades)
    assert [group.name for group in found["delta"]] == ["0.30 to 0.40", "unknown"]
    assert [group.name for group in found["weekday"]] == ["Tuesday"]
    assert {group.name: group.win_rate for group in found["exit_reason"]} == {"exit": 1.0, "stop": 0.0}


@pytest.mark.parametrize(("days", "name"), [(0, "0"), (1, "1 to 7"), (45, "31 to 45"), (61, "61 and more")])
def test_days_to_expiration_fall_into_buckets(days: int, name: str) -> None:
    (trade,) = run_of(6.0, 6.0, 3.0, 4.0)
    assert days_bucket(replace(trade, entry=replace(trade.entry, days_to_expiration=days))) == name


@pytest.mark.parametrize(("delta", "name"), [(0.04, "below 0.05"), (0.30, "0.30 to 0.40"), (0.6, "0.60 and above")])
def test_deltas_fall_into_buckets(delta: float, name: str) -> None:
    (trade,) = run_of(6.0, 6.0, 3.0, 4.0)
    assert delta_bucket(replace(trade, entry=replace(trade.entry, delta=delta))) == name
