"""Whatever happens to a company over the nights of a run, contracts end once, and the account balances."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import AccountConfig, ExerciseConfig, PricingConfig, RunConfig
from engine.events import (
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    CorporateActionApplied,
    CorporateNews,
    DividendDeclared,
    SplitAnnounced,
    SymbolChanged,
)
from engine.model import ChainSnapshot, ExerciseStyle, Leg, OptionContract
from engine.money import to_micros
from engine.pricing import price
from engine.result import BacktestResult
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, equity_series, new_york
from tests.engine.play import NoMargin, config, play
from tests.reference import REPOSITORY

DAYS = [date(2019, 5, day) for day in (13, 14, 15, 16, 17)]
"""Monday to Friday."""
NEAR, FAR = equity_series(DAYS[2], "SPY"), equity_series(DAYS[4], "SPY")
EUROPEAN = replace(FAR, root="SPYE", style=ExerciseStyle.EUROPEAN)
TABLE = contract_table({NEAR: [50, 100, 150], FAR: [50, 75, 100, 150], EUROPEAN: [50, 150]})
CONTRACTS = [TABLE.contract(number) for number in range(len(TABLE))]
OPEN, BEFORE = "10:00", "09:30"

ENDS = ContractExpired | ContractExercised | ContractAssigned


def dividends() -> st.SearchStrategy[CorporateNews]:
    amounts = st.floats(0.05, 5.0).map(to_micros)
    return st.builds(dividend, nights, amounts, st.booleans())


def dividend(day: int, amount: int, special: bool) -> CorporateNews:
    return DividendDeclared(new_york(DAYS[day], BEFORE), "SPY", DAYS[day + 1], amount, special=special)


def split(day: int, ratio: tuple[int, int]) -> CorporateNews:
    return SplitAnnounced(new_york(DAYS[day], BEFORE), "SPY", DAYS[day + 1], ratio)


def renamed(day: int) -> CorporateNews:
    return SymbolChanged(new_york(DAYS[day], BEFORE), "SPY", "QQQ", DAYS[day + 1])


nights = st.integers(0, 3)
ratios = st.sampled_from([(2, 1), (3, 1), (3, 2), (1, 8)])
news = st.lists(st.one_of(dividends(), st.builds(split, nights, ratios), st.builds(renamed, nights)), max_size=3)


def quoted(day: date, clock: str, spot: float, symbol: str) -> ChainSnapshot:
    def quote(contract: OptionContract) -> Quote:
        worth = contract.intrinsic(spot)
        return Quote(worth + 0.4, worth + 0.6, implied_volatility=0.2, open_interest=50.0)

    return chain(TABLE, new_york(day, clock), spot, quotes=quote, underlying=symbol)


def run_of(seed: int, mode: str) -> RunConfig:
    return config(
        start=DAYS[0],
        end=DAYS[-1],
        seed=seed,
        account=AccountConfig(initial_cash_usd=10_000_000.0),
        pricing=PricingConfig(rate=0.05),
        exercise=ExerciseConfig(
            early_assignment=mode,  # type: ignore[arg-type]
            early_exercise=True,
            delivered_shares="keep",
        ),
    )


def lived(
    quantities: Sequence[int], spots: Sequence[float], told: Sequence[CorporateNews], run: RunConfig
) -> BacktestResult:
    since = min((one.effective_on for one in told if isinstance(one, SymbolChanged)), default=date.max)
    days = [
        quoted(day, clock, spot, "SPY" if day < since else "QQQ")
        for day, spot in zip(DAYS, spots, strict=True)
        for clock in (OPEN, "16:00")
    ]
    legs = [Leg(one, number) for one, number in zip(CONTRACTS, quantities, strict=True) if number]
    enter: dict[int, Callable[[StrategyContext], object]] = {days[0].at: lambda context: context.open(legs, quantity=1)}
    return play([*told, *days], enter, run=run, margin=NoMargin())


books = st.lists(st.integers(-5, 5), min_size=len(CONTRACTS), max_size=len(CONTRACTS)).filter(any)
paths = st.lists(st.sampled_from([40.0, 60.0, 99.99, 100.0, 140.0, 160.0]), min_size=5, max_size=5)


lives = st.builds(
    lived,
    books,
    paths,
    news,
    st.builds(run_of, st.integers(0, 3), st.sampled_from(["optimal", "random", "off"])),
)


def contracts_end_once(result: BacktestResult) -> None:
    open_now: dict[str, int] = {}
    for leg in result.fills[0].legs:
        open_now[leg.instrument.symbol] = leg.quantity
    for event in result.event_log:
        if isinstance(event, CorporateActionApplied) and isinstance(event.after, OptionContract):
            assert open_now.pop(event.before.symbol) == event.quantity_before
            open_now[event.after.symbol] = event.quantity_after
            assert event.after.series.settles_at >= event.at
        if isinstance(event, ENDS):
            open_now[event.contract.symbol] -= event.quantity
            early = event.at < event.contract.series.settles_at
            assert not early or event.contract.series.style is ExerciseStyle.AMERICAN
            if not isinstance(event, ContractExpired) and event.reason != "expiration":
                assert early
    assert not any(open_now.values())  # everything expired by the last chain
    totals = result.totals
    assert totals.final_cash + totals.final_market_value == (
        totals.initial_cash + totals.realised + totals.unrealised + totals.dividends - totals.fees
    )


@settings(max_examples=500)
@given(lives)
def test_nothing_happens_to_a_contract_after_its_end_or_its_expiration(result: BacktestResult) -> None:
    contracts_end_once(result)


@pytest.mark.long
@settings(max_examples=20_000)
@given(lives)
def test_nothing_happens_to_a_contract_after_its_end_or_its_expiration_at_length(result: BacktestResult) -> None:
    contracts_end_once(result)


PROGRAM = """\
from tests.engine.test_lifecycle_properties import CONTRACTS, lived, run_of
found = lived([-5] * len(CONTRACTS), [60.0] * 5, [], run_of(7, "random"))
print(found.event_log_hash)
"""


def test_the_same_seed_assigns_the_same_contracts_in_any_process() -> None:
    def hash_of(hash_seed: str, zone: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone, "PYTHONPATH": str(REPOSITORY)}
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(
            command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        ).stdout

    here = lived([-5] * len(CONTRACTS), [60.0] * 5, [], run_of(7, "random"))
    assert any(isinstance(event, ContractAssigned) and event.reason == "random" for event in here.event_log)
    assert hash_of("1", "UTC") == hash_of("4711", "Asia/Tokyo") == f"{here.event_log_hash}\n"


options = st.tuples(
    st.sampled_from([1, -1]),
    st.floats(20.0, 300.0),
    st.floats(0.01, 2.0),
    st.floats(0.0, 0.1),
    st.floats(0.0, 0.1),
    st.floats(0.001, 1.0),
)


def american_is_worth_more(option: tuple[int, float, float, float, float, float]) -> None:
    right, spot, years, rate, dividend_yield, volatility = option
    american, european = (
        float(price(right, spot, 100.0, years, rate, dividend_yield, volatility, style=style))
        for style in ("american", "european")
    )
    assert american >= max(european, right * (spot - 100.0), 0.0) - 1e-7


@settings(max_examples=500)
@given(options)
def test_t33_an_american_option_is_worth_no_less_than_a_european_one_and_its_intrinsic_value(
    option: tuple[int, float, float, float, float, float],
) -> None:
    american_is_worth_more(option)


@pytest.mark.long
@settings(max_examples=20_000)
@given(options)
def test_t33_an_american_option_is_worth_no_less_at_length(
    option: tuple[int, float, float, float, float, float],
) -> None:
    american_is_worth_more(option)
