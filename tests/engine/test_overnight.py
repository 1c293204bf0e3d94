"""The night after a session: instructions, early exercise of own options, random assignment, dividends on shares."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.config import ExerciseConfig, PricingConfig, RunConfig
from engine.events import (
    ContractAssigned,
    ContractExercised,
    DividendDeclared,
    DividendPaid,
    ExerciseReason,
    ExerciseRefused,
)
from engine.model import ChainSnapshot, Leg, OptionContract, Stock
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from engine.strategy import StrategyContext
from tests.builders import Quote, call, chain, contract_table, equity_series, new_york, put, series
from tests.engine.play import NoMargin, config, play

MONDAY, TUESDAY, WEDNESDAY = date(2019, 5, 13), date(2019, 5, 14), date(2019, 5, 15)
SERIES = equity_series(date(2019, 6, 21), "SPY")
EUROPEAN = series(date(2019, 6, 21), "XEO", underlying="SPY")
TABLE = contract_table({SERIES: [80, 100, 150], EUROPEAN: [100]})
CALL, PUT, DEEP = call(TABLE, SERIES, 80), put(TABLE, SERIES, 100), put(TABLE, SERIES, 150)
SHARES = Stock("SPY")


def quoted(day: date, clock: str, price: float = 100.0) -> ChainSnapshot:
    """Every contract at volatility 0.2, with an open interest of a thousand."""
    quote = Quote(20.0, 20.2, implied_volatility=0.2, open_interest=1_000.0)
    return chain(TABLE, new_york(day, clock), price, quotes=lambda _: quote, underlying="SPY")


FIRST, SECOND, THIRD, LAST = (
    quoted(MONDAY, "10:00"), quoted(MONDAY, "16:00"), quoted(TUESDAY, "10:00"), quoted(WEDNESDAY, "10:00"),
)  # fmt: skip
DIVIDEND = DividendDeclared(FIRST.at - 1, "SPY", TUESDAY, to_micros(2.0))


def terms(seed: int = 0, rate: float = 0.05, **exercise: object) -> RunConfig:
    return config(
        exercise=ExerciseConfig(**exercise),  # type: ignore[arg-type]
        pricing=PricingConfig(rate=rate),
        seed=seed,
    )


def held(
    *legs: Leg,
    then: Callable[[StrategyContext], object] | None = None,
    run: RunConfig | None = None,
    dividend: DividendDeclared | None = None,
) -> BacktestResult:
    script: dict[int, Callable[[StrategyContext], object]] = {FIRST.at: lambda context: context.open(legs, quantity=1)}
    if then is not None:
        script[SECOND.at] = then
    known = () if dividend is None else (dividend,)
    return play([*known, FIRST, SECOND, THIRD, LAST], script, run=run or terms(), margin=NoMargin())


def exercise(contract: OptionContract, quantity: int = 1) -> Callable[[StrategyContext], object]:
    return lambda context: context.exercise(context.positions[0], contract, quantity)


def of(result: BacktestResult, kind: type) -> list[object]:
    return [event for event in result.event_log if isinstance(event, kind)]


def test_an_instruction_is_carried_out_over_the_night() -> None:
    (event,) = of(held(Leg(CALL, 2), then=exercise(CALL), run=terms(delivered_shares="keep")), ContractExercised)
    assert isinstance(event, ContractExercised)
    assert (event.quantity, event.shares, event.reason) == (1, 100, ExerciseReason.INSTRUCTION)
    assert SECOND.at <= event.at < THIRD.at


def test_the_rest_of_a_leg_stays_after_a_part_was_exercised() -> None:
    result = held(Leg(CALL, 2), then=exercise(CALL), run=terms(delivered_shares="keep"))
    (position,) = result.open_positions
    assert {leg.instrument: leg.quantity for leg in position.legs} == {CALL: 1, SHARES: 100}


def test_a_european_option_is_not_exercised_before_its_last_session() -> None:
    contract = call(TABLE, EUROPEAN, 100)
    (event,) = of(held(Leg(contract, 1), then=exercise(contract)), ExerciseRefused)
    assert isinstance(event, ExerciseRefused)
    assert event.reason == "European: it can be exercised on 2019-06-21 only"


def test_more_than_is_held_is_not_exercised() -> None:
    (event,) = of(held(Leg(CALL, 1), then=exercise(CALL, 2)), ExerciseRefused)
    assert isinstance(event, ExerciseRefused)
    assert event.reason == "the position holds 1 of them long, the instruction is on 2"


def test_own_options_are_exercised_when_it_is_optimal_only_where_asked_for() -> None:
    assert not of(held(Leg(DEEP, 1)), ContractExercised)
    (event,) = of(held(Leg(DEEP, 1), run=terms(early_exercise=True)), ContractExercised)
    assert isinstance(event, ContractExercised)
    assert event.reason is ExerciseReason.NO_TIME_VALUE


def test_a_deep_put_is_not_assigned_where_waiting_costs_nothing() -> None:
    assert of(held(Leg(DEEP, -1)), ContractAssigned)
    assert not of(held(Leg(DEEP, -1), run=terms(rate=0.0)), ContractAssigned)


def test_t3_the_long_leg_stays_when_the_short_one_is_assigned_and_can_still_be_exercised() -> None:
    result = held(Leg(DEEP, -1), Leg(PUT, 1), run=terms(delivered_shares="keep"))
    (position,) = result.open_positions
    assert {leg.instrument: leg.quantity for leg in position.legs} == {PUT: 1, SHARES: 100}


def test_shares_of_an_assignment_are_sold_at_the_next_chain() -> None:
    result = held(Leg(DEEP, -1))
    assert not result.open_positions
    assert result.fills[-1].filled_at == THIRD.at


@pytest.mark.parametrize(("quantity", "amount"), [(100, 200.0), (-100, -200.0)])
def test_shares_receive_a_dividend_and_short_ones_owe_it(quantity: int, amount: float) -> None:
    result = held(Leg(SHARES, quantity), dividend=DIVIDEND)
    (event,) = of(result, DividendPaid)
    assert isinstance(event, DividendPaid)
    assert to_usd(event.amount) == amount
    assert result.totals.dividends == to_micros(amount)


def test_who_buys_on_the_ex_date_gets_no_dividend() -> None:
    late = {THIRD.at: lambda context: context.open([Leg(SHARES, 100)], quantity=1)}
    assert not of(play([DIVIDEND, FIRST, SECOND, THIRD, LAST], late, margin=NoMargin()), DividendPaid)


def drawn(seed: int) -> list[int]:
    run = terms(seed=seed, early_assignment="random", assignment_probability=0.3, delivered_shares="keep")
    events = of(held(Leg(DEEP, -20), run=run), ContractAssigned)
    assert all(isinstance(event, ContractAssigned) and event.reason is ExerciseReason.RANDOM for event in events)
    return [-event.quantity for event in events]  # type: ignore[attr-defined]


def test_random_assignment_is_the_same_for_one_seed_and_differs_between_seeds() -> None:
    assert drawn(1) == drawn(1)
    several = [drawn(seed) for seed in range(8)]
    assert len({tuple(one) for one in several}) > 1
    assert all(0 < sum(one) <= 20 for one in several)


def test_a_call_with_more_time_value_than_its_dividend_is_not_assigned() -> None:
    at_the_money = call(TABLE, SERIES, 100)
    assert not of(held(Leg(at_the_money, -1), dividend=DIVIDEND), ContractAssigned)
    (event,) = of(held(Leg(CALL, -1), dividend=DIVIDEND), ContractAssigned)
    assert isinstance(event, ContractAssigned)
    assert event.reason is ExerciseReason.DIVIDEND
