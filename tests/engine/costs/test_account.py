"""Interest, borrowed shares, deposits and withdrawals, in runs that can be checked in the head."""

from datetime import date, time
from typing import Any

import pytest

from engine.config import AccountConfig, RunConfig
from engine.costs.account_terms import CashFlow, FinancingConfig, RateStep
from engine.errors import ConfigurationError
from engine.events import CashMoved, InterestAccrued
from engine.metrics import statistics
from engine.model import Leg, Stock
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from engine.strategy import StrategyContext
from tests.builders import call, chain, contract_table, new_york, series
from tests.engine.play import NoMargin, config, play

THURSDAY, FRIDAY, MONDAY, TUESDAY = date(2019, 5, 16), date(2019, 5, 17), date(2019, 5, 20), date(2019, 5, 21)
DAYS = (THURSDAY, FRIDAY, MONDAY, TUESDAY)
NEAR = series(date(2019, 6, 21))
TABLE = contract_table({NEAR: range(2700, 3100, 50)})
SHARES = Stock("SPY")


def account(initial_cash_usd: float = 100_000.0, **changes: Any) -> RunConfig:
    return config(account=AccountConfig(initial_cash_usd=initial_cash_usd, **changes))


def quiet(run: RunConfig, **more: Any) -> BacktestResult:
    """Four sessions with a week-end between, one chain a day, nobody trades unless told to."""
    chains = [chain(TABLE, new_york(day, "15:45"), 2880.0) for day in DAYS]
    return play(chains, more.pop("script", {}), run=run, **more)


def accrued(result: BacktestResult) -> list[tuple[date, str, float]]:
    """Date, reason and dollars of every accrual."""
    dates = dict(zip(result.day_starts, result.days, strict=True))
    return [
        (dates[event.at], event.reason, to_usd(event.amount))
        for event in result.event_log
        if isinstance(event, InterestAccrued)
    ]


# --- interest ---------------------------------------------------------------------------------------------------


def test_cash_earns_for_every_night_and_interest_earns_interest() -> None:
    result = quiet(account(financing=FinancingConfig(benchmark_percent=3.6)))
    assert accrued(result) == [(FRIDAY, "cash", 10.0), (MONDAY, "cash", 30.003), (TUESDAY, "cash", 10.004)]
    assert result.totals.interest == 50_007_000
    assert result.equity[-1].cash == result.totals.final_cash == to_micros(100_050.007)


def test_cash_below_the_threshold_earns_nothing_and_the_rest_less_than_the_benchmark() -> None:
    terms = FinancingConfig(benchmark_percent=4.1, cash_spread_percent=0.5, cash_threshold_usd=90_000.0)
    assert accrued(quiet(account(financing=terms)))[0] == (FRIDAY, "cash", 1.0)


def test_a_spread_above_the_benchmark_costs_cash_nothing() -> None:
    assert accrued(quiet(account(financing=FinancingConfig(benchmark_percent=0.2, cash_spread_percent=0.5)))) == []


def test_a_debit_costs_more_than_the_benchmark() -> None:
    terms = FinancingConfig(benchmark_percent=2.1, debit_spread_percent=1.5)
    flows = (CashFlow(date=THURSDAY, amount_usd=-110_000.0),)
    assert accrued(quiet(account(financing=terms, cash_flows=flows)))[:2] == [
        (FRIDAY, "debit", -1.0),
        (MONDAY, "debit", -3.0003),
    ]


def test_each_night_has_the_rate_of_its_date() -> None:
    steps = (RateStep(since=date(2019, 5, 18), percent=7.2), RateStep(since=date(2019, 1, 1), percent=3.6))
    assert accrued(quiet(account(financing=FinancingConfig(benchmark_percent=steps))))[1] == (MONDAY, "cash", 50.005)


def test_a_night_before_the_first_rate_is_refused() -> None:
    steps = (RateStep(since=date(2019, 5, 18), percent=7.2),)
    with pytest.raises(Exception, match="has no rate of 2019-05-16; add an earlier one"):
        quiet(account(financing=FinancingConfig(benchmark_percent=steps)))


def test_the_rates_of_the_store_must_be_there() -> None:
    with pytest.raises(ConfigurationError, match="no interest rates; import some"):
        quiet(account(financing=FinancingConfig(benchmark_percent="store")))


def test_borrowed_shares_cost_their_fee_and_their_proceeds_earn_nothing() -> None:
    spy = [chain(contract_table({}), new_york(day, "15:45"), 360.0, underlying="SPY") for day in DAYS]
    terms = FinancingConfig(benchmark_percent=3.6, borrow_percent=99.0, borrow_percent_by_symbol={"SPY": 1.0})
    sell = {spy[0].at: lambda context: context.open([Leg(SHARES, -100)], quantity=1)}
    result = play(spy, sell, run=account(financing=terms), margin=NoMargin())
    assert accrued(result)[1:3] == [(MONDAY, "cash", 30.003), (MONDAY, "borrowed SPY", -3.0)]


def test_without_financing_nothing_accrues() -> None:
    assert accrued(quiet(account())) == []


# --- deposits and withdrawals -----------------------------------------------------------------------------------


def moves(result: BacktestResult) -> list[tuple[int, float, str]]:
    return [
        (event.at, to_usd(event.amount), event.reason) for event in result.event_log if isinstance(event, CashMoved)
    ]


def test_cash_moves_at_the_open_or_at_its_time_and_at_the_next_session_where_there_is_none() -> None:
    flows = (
        CashFlow(date=date(2019, 5, 18), amount_usd=-500.0),
        CashFlow(date=THURSDAY, amount_usd=1_000.0, time=time(15, 50)),
    )
    result = quiet(account(cash_flows=flows))
    assert moves(result) == [
        (new_york(THURSDAY, "15:50"), 1_000.0, "deposit"),
        (new_york(MONDAY, "09:30"), -500.0, "withdrawal"),
    ]
    assert result.totals.external_flows == to_micros(500.0)
    assert result.totals.final_cash == to_micros(100_500.0)


def test_a_flow_outside_the_run_is_refused() -> None:
    flows = (CashFlow(date=date(2018, 5, 18), amount_usd=1.0),)
    with pytest.raises(ConfigurationError, match="2018-05-18 is outside the run"):
        quiet(account(cash_flows=flows))


def test_a_deposit_is_no_return_and_returns_are_of_the_capital_that_was_there() -> None:
    long_call = call(TABLE, NEAR, 2900.0)

    def enter(context: StrategyContext) -> None:
        context.open([Leg(long_call, 1)], quantity=10)

    first = new_york(THURSDAY, "15:45")
    flat = quiet(account(), script={first: enter})
    flows = (CashFlow(date=MONDAY, amount_usd=1_000_000.0),)
    larger = quiet(account(cash_flows=flows), script={first: enter})
    values = [to_usd(point.net_liquidation) for point in flat.equity]
    grown = values[1] * (1.0 + (values[-1] - values[1]) / (values[1] + 1_000_000.0))
    assert statistics(flat).returns.total == pytest.approx(values[-1] / 100_000.0 - 1.0, rel=1e-12)
    assert statistics(larger).returns.total == pytest.approx(grown / 100_000.0 - 1.0, rel=1e-9)
    assert statistics(larger).fills.total.at_model_usd == pytest.approx(statistics(flat).fills.total.at_model_usd)


def test_an_account_that_only_gets_and_gives_cash_returns_nothing() -> None:
    flows = (CashFlow(date=THURSDAY, amount_usd=3e6), CashFlow(date=TUESDAY, amount_usd=-2e6))
    figures = statistics(quiet(account(cash_flows=flows)))
    assert figures.returns.total == pytest.approx(0.0, abs=1e-15)
    assert figures.drawdown.max == pytest.approx(0.0, abs=1e-15)


def test_two_flows_at_one_instant_are_one() -> None:
    flows = tuple(CashFlow(date=MONDAY, amount_usd=amount) for amount in (50_000.0, -20_000.0))
    assert statistics(quiet(account(cash_flows=flows))).returns.total == pytest.approx(0.0, abs=1e-15)
