"""The account over all its marks, and trades in more detail: each figure beside one that is worked out by hand."""

from dataclasses import replace
from datetime import date
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import AccountConfig
from engine.costs.account_terms import CashFlow
from engine.metrics import statistics
from engine.metrics.account import account_statistics
from engine.metrics.dispersion import concentration, fractions_of_capital, risk_of_ruin
from engine.metrics.growth import session_ends
from engine.metrics.periods import monthly_returns, period_figures, quarterly_returns
from engine.metrics.ratios import deflated_by_chance, probabilistic_sharpe_ratio
from engine.metrics.returns import autocorrelation
from engine.metrics.trade_details import bounds, dispersion, holding_times, per_package
from engine.model import Leg
from engine.money import MICROS_PER_USD, to_usd
from engine.result import BacktestResult, EquityPoint
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import Script, config, play

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2750.0), put(TABLE, EXPIRY, 2700.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]
DAYS = [date(2019, 5, day) for day in (13, 14, 15, 16, 17)]


def spread_run(*middles: float, flows: tuple[CashFlow, ...] = ()) -> BacktestResult:
    """Two put spreads sold at the second of five chains for 500 USD each and bought back at the fourth."""
    chains = [
        chain(
            TABLE,
            new_york(day, "15:45"),
            2812.0,
            changes={SHORT: Quote(middle - 0.1, middle + 0.1), LONG: Quote(0.9, 1.1)},
        )
        for day, middle in zip(DAYS, middles, strict=True)
    ]
    script: Script = {
        chains[0].at: lambda context: context.open(SPREAD, quantity=2, tag="entry"),
        chains[2].at: lambda context: context.close(context.positions[0], tag="exit"),
    }
    return play(chains, script, run=config(account=AccountConfig(initial_cash_usd=100_000.0, cash_flows=flows)))


# --- the account ------------------------------------------------------------------------------------------------


def test_margin_buying_power_and_time_in_the_market_are_those_of_the_marks() -> None:
    result = spread_run(6.0, 6.0, 16.0, 4.0, 4.0)
    found = account_statistics(result, session_ends(result))
    assert to_usd(found.lowest_net_liquidation) == 100_000 - 200 * 10.0
    assert to_usd(found.highest_net_liquidation) == 100_000 + 200 * 2.0
    assert found.max_margin is not None
    assert found.lowest_buying_power is not None
    assert to_usd(found.max_margin) == 10_000
    assert to_usd(found.lowest_buying_power) == 98_000 - 10_000
    assert found.max_margin_fraction == pytest.approx(10_000 / 98_000)
    assert found.average_margin_fraction == pytest.approx((10_000 / 100_000 + 10_000 / 98_000) / 5)
    assert found.time_in_market == pytest.approx(3 / 5)
    traded = 200 * (6.0 + 1.0 + 4.0 + 1.0)
    mean_worth = (100_000 + 100_000 + 98_000 + 100_400 + 100_400) / 5
    assert found.turnover_per_year == pytest.approx(traded / mean_worth / (4 / 365.25))


def test_a_fall_within_a_session_is_seen_and_a_deposit_is_no_gain() -> None:
    result = spread_run(6.0, 6.0, 16.0, 4.0, 4.0)
    assert account_statistics(result, ()).deepest_fall == pytest.approx(-0.02)
    flow = CashFlow(date=DAYS[2], amount_usd=100_000.0)
    moved = spread_run(6.0, 6.0, 16.0, 4.0, 4.0, flows=(flow,))
    assert account_statistics(moved, ()).deepest_fall == pytest.approx(-0.01)


def test_a_session_counts_by_its_lowest_mark() -> None:
    result = spread_run(6.0, 6.0, 6.0, 6.0, 6.0)
    within = EquityPoint(result.equity[1].at + 1, 90_000 * MICROS_PER_USD, 0, 0)
    dipped = replace(result, equity=[*result.equity[:2], within, *result.equity[2:]])
    figures = statistics(dipped)
    assert figures.account.deepest_fall == pytest.approx(-0.1)
    ends = [point for point in dipped.equity if point is not within]
    assert account_statistics(replace(result, equity=ends), ends).deepest_fall == 0.0


def test_where_no_amount_is_enough_there_is_no_margin_figure() -> None:
    result = spread_run(6.0, 6.0, 6.0, 6.0, 6.0)
    endless = replace(result, equity=[point._replace(margin_requirement=None) for point in result.equity])
    found = account_statistics(endless, session_ends(endless))
    assert {found.max_margin, found.lowest_buying_power, found.max_margin_fraction, found.average_margin_fraction} == {
        None
    }


# --- trades in more detail --------------------------------------------------------------------------------------


def test_bounds_are_what_the_spread_could_make_and_lose() -> None:
    (trade,) = spread_run(6.0, 6.0, 16.0, 4.0, 4.0).trades
    assert trade.entry.maximum_profit is not None
    assert to_usd(trade.entry.maximum_profit) == 2 * 500
    full = replace(trade, profit=trade.entry.maximum_profit - trade.fees)
    nearly_lost = replace(trade, profit=-round(0.991 * (trade.entry.maximum_loss or 0)))
    found = bounds([trade, full, nearly_lost], [trade, full, nearly_lost])
    assert (found.maximum_profit_hit, found.maximum_loss_hit) == pytest.approx((1 / 3, 1 / 3))
    assert (found.opened_for_credit, found.largest_maximum_loss_usd) == (3, 9_000.0)


def test_times_tell_winners_from_losers_and_how_many_stood_at_once() -> None:
    (trade,) = spread_run(6.0, 6.0, 16.0, 4.0, 4.0).trades
    assert trade.closed_at is not None
    later = replace(trade, opened_at=trade.closed_at, closed_at=trade.closed_at + 86_400_000_000_000, profit=-1_000_000)
    found = holding_times([trade, later], [trade, later])
    assert (found.average_days_of_winners, found.average_days_of_losers, found.longest_days) == (2.0, 1.0, 2.0)
    assert found.most_open_at_once == 1
    assert holding_times([trade, trade], [trade, trade]).most_open_at_once == 2
    assert found.profit_per_day_usd == pytest.approx((400 - 1) / 3)
    assert per_package([trade, later]).average_usd == pytest.approx((200 - 0.5) / 2)


def test_dispersion_is_that_of_the_profits() -> None:
    (trade,) = spread_run(6.0, 6.0, 16.0, 4.0, 4.0).trades
    profits = [300.0, -100.0, 100.0, -50.0]
    trades = [replace(trade, profit=round(profit * MICROS_PER_USD)) for profit in profits]
    found = dispersion(trades, 1_000 * MICROS_PER_USD)
    assert found.deviation_usd == pytest.approx(float(np.std(profits, ddof=1)))
    assert found.downside_deviation_usd == pytest.approx(((100**2 + 50**2) / 4) ** 0.5)
    assert (found.smallest_win_usd, found.smallest_loss_usd) == (100.0, -50.0)
    assert found.win_concentration == pytest.approx(0.75**2 + 0.25**2)
    assert found.average_win_of_capital == pytest.approx((300 / 1_000 + 100 / 1_200) / 2)
    expected = exp(-2 * 62.5 * 1_250 / float(np.var(profits, ddof=1)))
    assert found.risk_of_ruin == pytest.approx(expected)


def test_nothing_is_defined_of_nothing() -> None:
    assert (concentration([]), risk_of_ruin([1.0], 1.0), risk_of_ruin([1.0, 1.0], 1.0)) == (None, None, None)
    assert risk_of_ruin([-1.0, -1.0], 1.0) == 1.0
    assert fractions_of_capital([1.0, -5.0, 3.0], 2.0) == [0.5, -5.0 / 3.0]
    assert (autocorrelation([0.1]), autocorrelation([0.1, 0.1]), deflated_by_chance([], 10)) == (None, None, None)


@given(st.floats(1e-3, 1e3), st.lists(st.floats(0.1, 10.0), min_size=2, max_size=30))
def test_the_risk_of_ruin_falls_with_the_capital(capital: float, wins: list[float]) -> None:
    outcomes = [*wins, -0.05]
    risks = [risk_of_ruin(outcomes, times * capital) for times in (1, 2, 4)]
    assert all(risk is not None for risk in risks)
    assert risks == sorted(risks, key=lambda risk: -(risk or 0.0))


# --- the curve --------------------------------------------------------------------------------------------------


def test_more_trials_leave_less_of_a_sharpe_ratio() -> None:
    returns = [0.01, -0.005, 0.012, 0.004, -0.002, 0.008] * 20
    chances = [deflated_by_chance(returns, trials) for trials in (10, 100, 1_000)]
    assert chances == sorted(chances, key=lambda chance: -(chance or 0.0))
    assert (probabilistic_sharpe_ratio(returns) or 0.0) > (chances[0] or 0.0)


def test_alternating_returns_are_anticorrelated() -> None:
    assert autocorrelation([0.01, -0.01] * 50) == pytest.approx(-99 / 100)


def test_figures_of_quarters_are_those_of_their_months_compounded() -> None:
    dates = [date(2019, month, 28) for month in (1, 2, 3, 4, 5, 7)]
    values = [100.0, 110.0, 99.0, 108.9, 119.79, 107.811, 118.5921]
    quarters = quarterly_returns(values, dates)
    assert [(one.month, one.sessions) for one in quarters] == [(1, 3), (4, 2), (7, 1)]
    totals = [1.1 * 0.9 * 1.1 - 1, 1.1 * 0.9 - 1, 0.1]
    figures = period_figures(quarters)
    assert figures.mean == pytest.approx(sum(totals) / 3)
    assert figures.win_rate == pytest.approx(2 / 3)
    months = period_figures(monthly_returns(values, dates))
    assert months.count == 6
    assert months.profit_factor == pytest.approx(0.4 / 0.2)
