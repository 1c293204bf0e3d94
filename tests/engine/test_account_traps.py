"""Traps of other backtesters that concern margin, money and statistics, played through whole runs."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from engine.config import AccountConfig, ExerciseConfig, PerContractFeesConfig
from engine.margin.choice import margin_model
from engine.metrics import statistics
from engine.model import ChainSnapshot, Leg, QuoteFlag, TimeInForce
from engine.money import to_micros, to_usd
from engine.result import BacktestResult, MarkSource
from engine.risk_config import RiskConfig
from engine.strategy import StrategyContext
from tests.builders import Quote, call, chain, contract_table, equity_series, new_york, put, series
from tests.engine.play import PLAIN, NoMargin, Script, config, play, refusals

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2019, 5, day) for day in range(13, 18))
INDEX, FUND = series(date(2019, 6, 21)), equity_series(FRIDAY, "SPY")
TABLE = contract_table({INDEX: [2600, 2650, 2700, 2750, 3000, 3160], FUND: [280.0]})
CONDOR = [
    Leg(put(TABLE, INDEX, 2650), 1),
    Leg(put(TABLE, INDEX, 2700), -1),
    Leg(call(TABLE, INDEX, 3000), -1),
    Leg(call(TABLE, INDEX, 3160), 1),
]
"""The put wing is 50 wide, the call wing 160."""
CHAINS = [chain(TABLE, new_york(day, "15:45"), 2880.0) for day in (MONDAY, TUESDAY, WEDNESDAY)]


def margined(model: str, script: Script, cash: float = 500_000.0) -> BacktestResult:
    run = config(account=AccountConfig(initial_cash_usd=cash), risk=RiskConfig(margin=model))  # type: ignore[arg-type]
    return play(CHAINS, script, run=run, margin=margin_model(run.risk, run.pricing))


def requirements(result: BacktestResult) -> list[float]:
    return [to_usd(point.margin_requirement or 0) for point in result.equity]


@pytest.mark.parametrize("model", ["maximum_loss", "regulation_t"])
def test_t1_a_condor_of_unequal_wings_binds_the_wider_wing(model: str) -> None:
    enter = {CHAINS[0].at: lambda context: context.open(CONDOR, quantity=2)}
    assert requirements(margined(model, enter)) == [0.0, 32_000.0, 32_000.0]
    assert refusals(margined(model, enter, 25_000.0)) == ["buying_power"]


@pytest.mark.parametrize("model", ["maximum_loss", "regulation_t"])
def test_t2_a_spread_binds_the_same_as_one_order_and_leg_by_leg(model: str) -> None:
    spread = [Leg(put(TABLE, INDEX, 2650), 1), Leg(put(TABLE, INDEX, 2700), -1)]

    together: Script = {CHAINS[0].at: lambda context: context.open(spread, quantity=3)}
    apart: Script = {
        CHAINS[0].at: lambda context: context.open(spread[:1], quantity=3),
        CHAINS[1].at: lambda context: context.open(spread[1:], quantity=3),
    }
    assert requirements(margined(model, together)) == [0.0, 15_000.0, 15_000.0]
    assert requirements(margined(model, apart)) == [0.0, 0.0, 15_000.0]


def test_t2_a_covered_book_is_not_charged_as_uncovered_because_another_spread_is_closed() -> None:
    """Two short puts and two long ones in four positions: the pairs are the book's, not the order's."""
    legs = [(2700, -1), (2750, -1), (2600, 1), (2650, 1)]

    def enter(context: StrategyContext) -> None:
        for strike, ratio in sorted(legs, key=lambda leg: -leg[1]):
            context.open([Leg(put(TABLE, INDEX, strike), ratio)], quantity=1)

    result = margined("regulation_t", {CHAINS[0].at: enter})
    assert requirements(result)[-1] == 20_000.0


def test_t15_each_days_change_of_value_is_what_marks_and_fees_explain() -> None:
    """Puts that are bought and sold again are not free: what was paid is in every day's value."""
    contract = put(TABLE, INDEX, 2700)
    bids = (10.0, 14.0, 9.0, 11.0)
    chains = [
        chain(TABLE, new_york(day, "15:45"), 2880.0, changes={contract: Quote(bid, bid + 1.0)})
        for day, bid in zip((MONDAY, TUESDAY, WEDNESDAY, THURSDAY), bids, strict=True)
    ]
    script: Script = {
        chains[0].at: lambda context: context.open([Leg(contract, 5)], quantity=1),
        chains[2].at: lambda context: context.close(context.positions[0], tag="exit"),
    }
    run = config(execution=replace(PLAIN, fees=PerContractFeesConfig(fee_per_contract_usd=0.65)))
    values = [point.net_liquidation for point in play(chains, script, run=run).equity]
    changes = [to_usd(after - before) for before, after in pairwise([to_micros(100_000.0), *values])]
    assert changes == [0.0, -3.25, 500 * (9.5 - 14.5), 500 * (11.5 - 9.5) - 3.25]


def fund(day: date, price: float, bid: float) -> ChainSnapshot:
    """A chain of the fund and its put."""
    quotes = {put(TABLE, FUND, 280.0): Quote(bid, bid + 0.2)}
    return chain(TABLE, new_york(day, "15:45"), price, changes=quotes, underlying="SPY")


def test_t24_a_loss_that_expires_away_is_in_the_marked_drawdown_and_not_in_that_of_closed_trades() -> None:
    days = [
        fund(MONDAY, 285.0, 2.0),
        fund(TUESDAY, 285.0, 2.0),
        fund(WEDNESDAY, 262.0, 19.0),
        fund(FRIDAY, 290.0, 0.1),
        fund(date(2019, 5, 20), 290.0, 0.1),
    ]
    sell: Script = {days[0].at: lambda context: context.open([Leg(put(TABLE, FUND, 280.0), -1)], quantity=10)}
    figures = statistics(play(days, sell, margin=NoMargin()))
    assert figures.drawdown.closed_trades == 0.0
    assert figures.drawdown.max == pytest.approx((2.1 - 19.1) * 1_000 / 100_000)
    assert figures.trades.winners == 1


def test_t32_an_assignment_is_a_loss_when_its_structure_lost() -> None:
    """The premium is kept and the shares are sold at a loss: one trade, one loser, no winner."""
    days = [
        fund(MONDAY, 285.0, 2.0),
        fund(TUESDAY, 285.0, 2.0),
        fund(FRIDAY, 270.0, 10.0),
        *(fund(date(2019, 5, day), 269.0, 0.1) for day in (20, 21)),
    ]
    sell: Script = {days[0].at: lambda context: context.open([Leg(put(TABLE, FUND, 280.0), -1)], quantity=1)}
    run = config(exercise=ExerciseConfig(delivered_shares="liquidate"))
    trades = statistics(play(days, sell, run=run, margin=NoMargin())).trades
    assert (trades.count, trades.winners, trades.losers, trades.open_at_end) == (1, 0, 1, 0)
    assert trades.largest_loss_usd == pytest.approx((2.1 + 269.0 - 280.0) * 100)


# --- quotes that are not there ----------------------------------------------------------------------------------


def vanishing(*quotes: Quote | None) -> list[ChainSnapshot]:
    """Chains of the days from Monday; the index put is quoted as given, or not in the chain at all."""
    contract = put(TABLE, INDEX, 2700)
    return [
        chain(TABLE, new_york(day, "15:45"), price, changes={contract: quote})
        for day, price, quote in zip(
            (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY),
            (2880.0, 2880.0, 2650.0, 2880.0, 2880.0),
            quotes,
            strict=False,
        )
    ]


def test_t13_a_contract_that_vanishes_keeps_its_last_good_mark_and_waits_with_its_order_and_both_are_counted() -> None:
    days = vanishing(Quote(10.0, 11.0), Quote(10.0, 11.0), None, None, Quote(8.0, 9.0))
    script: Script = {
        days[0].at: lambda context: context.open([Leg(put(TABLE, INDEX, 2700), 1)], quantity=1),
        days[1].at: lambda context: context.close(context.positions[0], tag="exit", time_in_force=TimeInForce.GTC),
    }
    result = play(days, script)
    assert [to_usd(point.net_liquidation) for point in result.equity] == [100_000.0] * 4 + [99_800.0]
    assert result.marks == {MarkSource.TWO_SIDED_QUOTE: 1, MarkSource.LAST_GOOD_QUOTE: 2}
    assert result.blocked_fills == {"missing": 2}
    assert [fill.filled_at for fill in result.fills] == [days[1].at, days[4].at]


def test_t20_a_mark_follows_quotes_and_never_the_last_trade() -> None:
    """Prices of trades jump up and down beside quotes that stand, and beside one that is gone."""
    lasts = (10.5, 3.0, 40.0, 1.0, 90.0)
    quotes = [Quote(10.0, 11.0, last=last) for last in lasts]
    quotes[3] = replace(quotes[3], bid=float("nan"), ask=float("nan"), flags=QuoteFlag.MISSING)
    days = vanishing(*quotes)
    script: Script = {days[0].at: lambda context: context.open([Leg(put(TABLE, INDEX, 2700), 1)], quantity=1)}
    result = play(days, script)
    assert [to_usd(point.market_value) for point in result.equity] == [0.0] + [1_050.0] * 4
    assert result.marks == {MarkSource.TWO_SIDED_QUOTE: 3, MarkSource.LAST_GOOD_QUOTE: 1}
