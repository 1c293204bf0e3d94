"""Every run balances to the micro-dollar, whatever is traded, charged, accrued, moved and called; money scales."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import AccountConfig, ExecutionConfig, ExerciseConfig, PerContractFeesConfig, RunConfig
from engine.costs.account_terms import CashFlow, FinancingConfig
from engine.costs.presets import PRESETS
from engine.costs.schedule import PresetFees
from engine.events import (
    CashMoved,
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    DividendPaid,
    InterestAccrued,
    OrderFilled,
    PortfolioMarked,
)
from engine.model import ChainSnapshot, Instrument, Leg, OptionContract, OptionSeries, QuoteFlag, Right, Stock
from engine.money import to_micros
from engine.result import BacktestResult
from engine.risk_config import MarginCallConfig, RiskConfig
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, equity_series, new_york, series, weekdays
from tests.engine.play import NoMargin, config, play

T = TypeVar("T")
DAYS = weekdays(date(2019, 5, 13), date(2019, 5, 22))
FRIDAY, LATER = date(2019, 5, 17), date(2019, 6, 21)
INDEX = [series(FRIDAY), series(LATER)]
FUND = [equity_series(FRIDAY, "SPY"), equity_series(LATER, "SPY")]
TABLE = contract_table({one: [2800.0, 2850.0, 2900.0] for one in INDEX} | {one: [270.0, 280.0, 290.0] for one in FUND})


@dataclass(frozen=True)
class Story:
    """One random run.

    Attributes:
        prices: relative price of both markets, by day.
        opened: by day, what is opened: instruments with ratios, or nothing.
        closed: days on which everything is closed.
    """

    prices: tuple[float, ...]
    quotes: tuple[tuple[float, QuoteFlag], ...]
    opened: tuple[tuple[tuple[Instrument, int], ...], ...]
    closed: frozenset[int]
    run: RunConfig
    trusting: bool


def contracts(of: OptionSeries, strikes: Sequence[float]) -> list[Instrument]:
    return [TABLE.find(of.root, of.expires_on, right, strike) for right in Right for strike in strikes]


ON_INDEX = [one for of in INDEX for one in contracts(of, [2800.0, 2850.0, 2900.0])]
ON_FUND = [*[one for of in FUND for one in contracts(of, [270.0, 280.0, 290.0])], Stock("SPY")]
ratios = st.integers(-3, 3).filter(bool)


def packages() -> st.SearchStrategy[tuple[tuple[Instrument, int], ...]]:
    def of(instruments: list[Instrument]) -> st.SearchStrategy[tuple[tuple[Instrument, int], ...]]:
        chosen = st.lists(st.sampled_from(instruments), min_size=1, max_size=4, unique_by=lambda one: one.symbol)
        return chosen.flatmap(lambda legs: st.tuples(*(st.tuples(st.just(leg), ratios) for leg in legs)))

    return st.one_of(st.just(()), of(ON_INDEX), of(ON_FUND))


flows = st.builds(
    CashFlow, date=st.sampled_from(DAYS), amount_usd=st.floats(-100_000, 40_000).map(lambda usd: round(usd, 2))
)
percents = st.floats(0, 9).map(lambda percent: round(percent, 3))
financing = st.builds(
    FinancingConfig,
    benchmark_percent=percents,
    cash_threshold_usd=st.sampled_from([0.0, 10_000.0]),
    cash_spread_percent=percents,
    debit_spread_percent=percents,
    borrow_percent=percents,
    days_per_year=st.sampled_from([360, 365]),
)
margin_calls = st.builds(
    MarginCallConfig,
    check=st.sampled_from(["every_mark", "interval", "session_end"]),
    measure=st.sampled_from(["cash", "net_liquidation"]),
    grace_sessions=st.sampled_from([0, 0, 1, 2]),
    liquidation=st.sampled_from(["worst_structure", "none"]),
)


@st.composite
def runs(draw: st.DrawFn) -> RunConfig:
    fees = draw(st.sampled_from(sorted(PRESETS)).map(lambda name: PresetFees(kind="preset", name=name)))
    return config(
        start=DAYS[0],
        end=DAYS[-1],
        account=AccountConfig(
            initial_cash_usd=draw(st.sampled_from([30_000.0, 100_000.0])),
            cash_flows=tuple(draw(st.lists(flows, max_size=3))),
            financing=draw(financing),
        ),
        risk=RiskConfig(margin_calls=draw(margin_calls)),
        execution=ExecutionConfig(fees=fees, worthless_long=draw(st.sampled_from(["keep", "give_up"]))),
        exercise=ExerciseConfig(delivered_shares=draw(st.sampled_from(["liquidate", "keep"]))),
        open_at_end=draw(st.sampled_from(["mark", "close_at_touch", "settle"])),
    )


def by_day(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.tuples(*[of] * len(DAYS))


def stories(configurations: st.SearchStrategy[RunConfig]) -> st.SearchStrategy[Story]:
    return st.builds(
        Story,
        prices=by_day(st.floats(0.9, 1.1).map(lambda one: round(one, 3))),
        quotes=by_day(
            st.tuples(
                st.sampled_from([0.0, 0.05, 1.0, 7.5]),
                st.sampled_from([QuoteFlag(0), QuoteFlag(0), QuoteFlag(0), QuoteFlag.STALE, QuoteFlag.NO_ASK]),
            )
        ),
        opened=by_day(packages()),
        closed=st.frozensets(st.integers(1, len(DAYS) - 1), max_size=2),
        run=configurations,
        trusting=st.booleans(),
    )


def quoted(at: int, price: float, cheapest: float, flags: QuoteFlag) -> Callable[[OptionContract], Quote]:
    """Intrinsic value and something; the cheapest of the day has no bid where its value is nothing."""

    def quote(contract: OptionContract) -> Quote:
        bid = round(max(int(contract.right) * (price - contract.strike), 0.0) + cheapest, 2)
        return Quote(bid, bid + 0.1, flags=flags | (QuoteFlag(0) if bid else QuoteFlag.NO_BID))

    return quote


def played(story: Story, times: int = 1) -> BacktestResult:
    """The run of a story, every package so many times."""
    market: list[ChainSnapshot] = []
    script: dict[int, Callable[[StrategyContext], object]] = {}
    for number, (day, price) in enumerate(zip(DAYS, story.prices, strict=True)):
        for clock, underlying, spot in (("15:30", "SPY", 280.0 * price), ("15:45", "SPX", 2850.0 * price)):
            at, (cheapest, flags) = new_york(day, clock), story.quotes[number]
            market.append(chain(TABLE, at, spot, quotes=quoted(at, spot, cheapest, flags), underlying=underlying))
        script[new_york(day, "15:45")] = _action(story, number, times)
    return play(market, script, run=story.run, margin=NoMargin() if story.trusting else None)


def _action(story: Story, day: int, times: int) -> Callable[[StrategyContext], object]:
    def act(context: StrategyContext) -> None:
        if day in story.closed:
            for held in context.positions:
                context.close(held, tag="exit")
        if story.opened[day]:
            context.open([Leg(*leg) for leg in story.opened[day]], quantity=times)

    return act


def cash_by_events(result: BacktestResult) -> int:
    """Cash as the log tells it, event by event, without the ledger."""
    cash = result.totals.initial_cash
    for event in result.event_log:
        match event:
            case OrderFilled():
                cash += event.fill.cash - event.fill.fees
            case ContractExpired() | ContractExercised() | ContractAssigned():
                cash += event.cash - event.fee
            case InterestAccrued() | CashMoved() | DividendPaid():
                cash += event.amount
            case _:
                pass
    return cash


def balances(story: Story) -> None:
    result = played(story)
    totals = result.totals
    change = totals.net_liquidation - totals.initial_cash
    assert change == (
        totals.realised + totals.unrealised - totals.fees + totals.interest + totals.dividends + totals.external_flows
    )
    assert cash_by_events(result) == totals.final_cash == result.equity[-1].cash
    assert sum(trade.profit for trade in result.trades) == totals.realised + totals.unrealised - totals.fees
    assert sum(trade.fees for trade in result.trades) == totals.fees
    assert not any(isinstance(event, PortfolioMarked) for event in result.event_log)


@settings(max_examples=500)
@given(stories(runs()))
def test_t15_a_run_balances_with_fees_interest_flows_deliveries_and_margin_calls(story: Story) -> None:
    balances(story)


@pytest.mark.long
@settings(max_examples=20_000)
@given(stories(runs()))
def test_t15_many_runs_balance_with_fees_interest_flows_deliveries_and_margin_calls(story: Story) -> None:
    balances(story)


# --- scale ------------------------------------------------------------------------------------------------------

PROPORTIONAL = PerContractFeesConfig(fee_per_contract_usd=0.65, fee_per_share_usd=0.005, fee_per_exercise_usd=5.0)


@st.composite
def scalable(draw: st.DrawFn) -> RunConfig:
    """Without minimums of fees."""
    run = draw(runs())
    return replace(run, execution=replace(run.execution, fees=PROPORTIONAL))


def enlarged(run: RunConfig, times: int) -> RunConfig:
    """The same account, so many times as large."""
    account = run.account
    terms = account.financing
    return replace(
        run,
        account=replace(
            account,
            initial_cash_usd=account.initial_cash_usd * times,
            cash_flows=tuple(replace(flow, amount_usd=flow.amount_usd * times) for flow in account.cash_flows),
            financing=terms and replace(terms, cash_threshold_usd=terms.cash_threshold_usd * times),
        ),
    )


def scales(story: Story, times: int) -> None:
    once, larger = played(story), played(replace(story, run=enlarged(story.run, times)), times)
    accruals = sum(isinstance(event, InterestAccrued) for event in larger.event_log)
    rounding = (accruals + 1) * times
    assert [fill.fees for fill in larger.fills] == [times * fill.fees for fill in once.fills]
    assert [trade.profit for trade in larger.trades] == [times * trade.profit for trade in once.trades]
    assert larger.totals.interest == pytest.approx(times * once.totals.interest, abs=rounding)
    assert larger.totals.net_liquidation == pytest.approx(times * once.totals.net_liquidation, abs=rounding)


@settings(max_examples=500)
@given(stories(scalable()), st.integers(2, 20))
def test_t36_money_scales_with_quantity(story: Story, times: int) -> None:
    scales(story, times)


@pytest.mark.long
@settings(max_examples=20_000)
@given(stories(scalable()), st.integers(2, 20))
def test_t36_money_scales_with_quantity_in_many_runs(story: Story, times: int) -> None:
    scales(story, times)


def test_the_stories_are_worth_telling() -> None:
    """One that has everything: a fill, a delivery, interest, a flow; so that the properties speak of something."""
    sold = TABLE.find("SPY", FRIDAY, Right.PUT, 290.0)
    run = config(
        start=DAYS[0],
        end=DAYS[-1],
        account=AccountConfig(
            cash_flows=(CashFlow(date=DAYS[1], amount_usd=5_000.0),),
            financing=FinancingConfig(benchmark_percent=3.6),
        ),
        execution=ExecutionConfig(fees=PresetFees(kind="preset", name="lean")),
    )
    nothing: tuple[tuple[Instrument, int], ...] = ()
    story = Story(
        (1.0,) * len(DAYS),
        ((1.0, QuoteFlag(0)),) * len(DAYS),
        (((sold, -1),), *[nothing] * (len(DAYS) - 1)),
        frozenset(),
        run,
        trusting=True,
    )
    result = played(story)
    kinds = {type(event) for event in result.event_log}
    assert {OrderFilled, ContractAssigned, InterestAccrued, CashMoved} <= kinds
    assert result.totals.external_flows == to_micros(5_000.0)
    balances(story)
