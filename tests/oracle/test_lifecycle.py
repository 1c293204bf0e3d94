"""Expiration, exercise and assignment, played through the whole engine, against the published cases."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.config import ExecutionConfig, ExerciseConfig, MidFills, PerContractFeesConfig
from engine.events import ContractAssigned, ContractExercised, ContractExpired, OrderFilled, SettlementPublished
from engine.instants import Instant
from engine.model import ChainSnapshot, ContractTable, Deliverable, Leg, OptionSeries, Right, Stock
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, equity_series, new_york, series, weekdays
from tests.engine.play import NoMargin, config, play
from tests.reference import find_reference_data

Case = dict[str, Any]
KINDS = ("expiry_single", "expiry_multi", "expiry_adjusted", "expiry_dates")


def cases(*kinds: str) -> list[Any]:
    folder = find_reference_data()
    if folder is None:
        return []
    found = json.loads((folder / "oracle" / "lifecycle_cases.json").read_text())["cases"]
    return [pytest.param(one, id=one["id"]) for one in found if one["kind"] in kinds]


def expiring(case: Case) -> OptionSeries:
    """The series of a case, which expires on a Friday of 2019 where the case does not care for the date."""
    on = date.fromisoformat(case.get("expiry", "2019-06-21"))
    if case["settlement"] != "physical":
        return series(on, "SPX" if case["settlement"] == "cash_AM" else "SPXW", underlying="SPY")
    given = case.get("deliverable_per_contract") or {}
    multiplier = case["legs"][0]["multiplier"]
    shares, cash = given.get("shares", multiplier), to_micros(given.get("cash", 0))
    made = equity_series(on, "SPY", Deliverable(shares, cash))
    return replace(made, strike_multiplier=multiplier)


def quoted(table: ContractTable, at: Instant, price: float) -> ChainSnapshot:
    """Every contract at the same quote: premiums are not what these cases are about."""
    return chain(table, at, price, quotes=lambda _: Quote(10.0, 10.2), underlying="SPY")


def settled(case: Case) -> BacktestResult:
    """The legs, and shares where the case begins with some, are opened two sessions ahead and held to the end."""
    of = expiring(case)
    price = float(case["settlement_value_soq" if case["settlement"] == "cash_AM" else "closing_price"])
    eve, later = (float(case.get(f"decoy_{day}_close", price)) for day in ("thursday", "friday"))
    table = contract_table({of: sorted({leg["strike"] for leg in case["legs"]})})
    before = weekdays(of.expires_on - timedelta(days=9), of.expires_on - timedelta(days=1))[-4:-2]
    days = [quoted(table, new_york(day, "12:00"), eve) for day in before]
    value = SettlementPublished(of.settles_at, of.root, of.settles_at, price, "official")
    after = quoted(table, new_york(of.expires_on, "16:30"), later)
    contracts = [
        table.find(of.root, of.expires_on, Right.CALL if leg["right"] == "C" else Right.PUT, leg["strike"])
        for leg in case["legs"]
    ]
    legs = [Leg(contract, leg["qty"]) for contract, leg in zip(contracts, case["legs"], strict=True)]
    shares = [Leg(Stock("SPY"), case["stock_before"])] if case["stock_before"] else []

    def enter(context: StrategyContext) -> None:
        context.open([*legs, *shares], quantity=1)

    fees = PerContractFeesConfig(fee_per_contract_usd=0.0, fee_per_exercise_usd=case["exercise_fee_per_contract"])
    run = config(
        start=before[0],
        end=of.expires_on,
        account=replace(config().account, initial_cash_usd=10_000_000.0),
        execution=ExecutionConfig(fills=MidFills(kind="mid"), fees=fees, net_rounding="none"),
        exercise=ExerciseConfig(delivered_shares="keep"),
    )

    def instruct(context: StrategyContext) -> None:
        for number in (case.get("instructions") or {"do_not_exercise": []})["do_not_exercise"]:
            context.waive_exercise(context.positions[0], contracts[number])

    return play([*days, value, after], {days[0].at: enter, days[1].at: instruct}, run=run, margin=NoMargin())


def outcome(event: ContractExpired | ContractExercised | ContractAssigned) -> str:
    if isinstance(event, ContractExercised):
        return "exercised"
    if isinstance(event, ContractAssigned):
        return "assigned"
    if event.cash:
        return "exercised" if event.quantity > 0 else "assigned"
    in_money = event.contract.exercise_micros(event.settlement_price) > 0
    return "expired_unexercised_itm" if in_money else "expired_worthless"


@pytest.mark.parametrize("case", cases(*KINDS))
def test_an_expiration_moves_the_cash_and_the_shares_that_it_must(case: Case) -> None:
    result = settled(case)
    (fill,) = [event.fill for event in result.event_log if isinstance(event, OrderFilled)]
    ends = {
        event.contract.symbol: event
        for event in result.event_log
        if isinstance(event, ContractExpired | ContractExercised | ContractAssigned)
    }
    expected = case["expected"]
    options = [leg.instrument.symbol for leg in fill.legs if not isinstance(leg.instrument, Stock)]
    assert [outcome(ends[symbol]) for symbol in options] == expected.get("outcomes", [expected.get("outcome")])
    flow = result.totals.final_cash - result.totals.initial_cash - fill.cash
    assert to_usd(flow) == pytest.approx(expected["cash_flow"], abs=1e-9)
    assert sum(event.fee for event in ends.values()) == to_micros(expected["fees"])
    held = [leg for position in result.open_positions for leg in position.legs]
    assert all(isinstance(leg.instrument, Stock) for leg in held)
    assert sum(leg.quantity for leg in held) == expected["stock_after"]
    assert result.totals.final_cash + result.totals.final_market_value == (
        result.totals.initial_cash + result.totals.realised + result.totals.unrealised - result.totals.fees
    )
