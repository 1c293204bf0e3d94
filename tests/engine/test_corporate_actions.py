"""Splits, special dividends and new symbols: holdings change over the night, and nothing is gained or lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import ExerciseConfig, RunConfig
from engine.events import (
    AdjustmentReason,
    ContractExercised,
    CorporateActionApplied,
    CorporateNews,
    DividendDeclared,
    OrderCancelled,
    SplitAnnounced,
    SymbolChanged,
)
from engine.model import (
    ChainSnapshot,
    ContractTable,
    Deliverable,
    Instrument,
    Leg,
    OptionContract,
    OptionSeries,
    Stock,
)
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from engine.strategies.selectors import NoMatch, select_expiration
from engine.strategies.spec import ExpirationSpec
from engine.strategy import StrategyContext
from tests.builders import Quote, call, chain, contract_table, equity_series, new_york, put
from tests.engine.play import NoMargin, config, play

MONDAY, TUESDAY, WEDNESDAY = date(2019, 5, 13), date(2019, 5, 14), date(2019, 5, 15)
EXPIRY = date(2019, 6, 21)
SPY = equity_series(EXPIRY, "SPY")
SPY1 = replace(SPY, root="SPY1")
QQQ = equity_series(EXPIRY, "QQQ")
TABLE = contract_table({SPY: [25, 50, 99, 100, 200, 400], SPY1: [100, 400], QQQ: [100]})
SHARES = Stock("SPY")
KNOWN_AT = new_york(MONDAY, "09:30")

Script = Callable[[StrategyContext], object]


def quoted(day: date, clock: str, spot: float, middle: float, symbol: str = "SPY") -> ChainSnapshot:
    return chain(
        TABLE, new_york(day, clock), spot, quotes=lambda _: Quote(middle - 0.1, middle + 0.1), underlying=symbol
    )


FIRST, SECOND = quoted(MONDAY, "10:00", 100.0, 8.0), quoted(MONDAY, "16:00", 100.0, 8.0)


def split(after: int, before: int = 1) -> SplitAnnounced:
    return SplitAnnounced(KNOWN_AT, "SPY", TUESDAY, (after, before))


def over_night(
    legs: Sequence[Leg],
    news: CorporateNews,
    later: Sequence[ChainSnapshot] = (),
    script: dict[int, Script] | None = None,
    run: RunConfig | None = None,
) -> BacktestResult:
    """Legs are opened on Monday; the news takes effect on Tuesday."""
    market = [news, FIRST, SECOND, *(later or [quoted(TUESDAY, "10:00", 100.0, 8.0)])]
    enter: dict[int, Script] = {FIRST.at: lambda context: context.open(legs, quantity=1)}
    return play(market, enter | (script or {}), run=run or config(), margin=NoMargin())


def applied(result: BacktestResult) -> list[CorporateActionApplied]:
    return [event for event in result.event_log if isinstance(event, CorporateActionApplied)]


def held(result: BacktestResult) -> dict[str, int]:
    return {
        " ".join(leg.instrument.symbol.split()): leg.quantity
        for position in result.open_positions
        for leg in position.legs
    }


def test_t25_a_whole_split_multiplies_contracts_and_divides_strikes() -> None:
    result = over_night([Leg(call(TABLE, SPY, 400), 3), Leg(put(TABLE, SPY, 100), -1), Leg(SHARES, 50)], split(4))
    assert held(result) == {"SPY 190621C00100000": 12, "SPY 190621P00025000": -4, "SPY": 200}
    assert {event.reason for event in applied(result)} == {AdjustmentReason.SPLIT}


def test_t25_a_held_contract_is_marked_on_the_chain_of_after_the_split() -> None:
    result = over_night([Leg(call(TABLE, SPY, 100), 1)], split(4), [quoted(TUESDAY, "10:00", 25.0, 3.0)])
    assert to_usd(result.totals.final_market_value) == 4 * 100 * 3.0


def test_t25_an_odd_split_changes_what_the_contract_delivers() -> None:
    result = over_night([Leg(call(TABLE, SPY, 100), 2)], split(3, 2), [quoted(TUESDAY, "10:00", 66.0, 5.0)])
    (leg,) = result.open_positions[0].legs
    assert isinstance(leg.instrument, OptionContract)
    assert (leg.instrument.series.root, leg.instrument.strike, leg.quantity) == ("SPY1", 100.0, 2)
    assert leg.instrument.series.deliverable == Deliverable(150)
    assert to_usd(result.totals.final_market_value) == 2 * 100 * 5.0


def test_t25_a_reverse_split_delivers_fewer_shares_and_cash_for_a_fraction() -> None:
    (event,) = applied(over_night([Leg(call(TABLE, SPY, 100), 1)], split(1, 8)))
    assert isinstance(event.after, OptionContract)
    assert event.after.series.deliverable == Deliverable(12, to_micros(0.5 * 800.0))
    assert event.after.exercise_micros(800.0) == event.before.exercise_micros(100.0)  # type: ignore[union-attr]


def test_an_adjusted_contract_is_exercised_for_what_it_delivers() -> None:
    contract = call(TABLE, SPY, 99)
    later = [quoted(TUESDAY, "10:00", 70.0, 5.0), quoted(WEDNESDAY, "10:00", 70.0, 5.0)]
    script: dict[int, Script] = {
        later[0].at: lambda context: context.exercise(
            context.positions[0], context.positions[0].legs[0].instrument, 1  # type: ignore[arg-type]
        )
    }  # fmt: skip
    keep = config(exercise=ExerciseConfig(delivered_shares="keep"))
    result = over_night([Leg(contract, 1)], split(3, 2), later, script, keep)
    (event,) = [event for event in result.event_log if isinstance(event, ContractExercised)]
    assert (event.shares, to_usd(event.cash)) == (150, -9_900.0)


def test_fractions_of_shares_are_paid_in_cash() -> None:
    result = over_night([Leg(SHARES, 55)], split(1, 10), [quoted(TUESDAY, "10:00", 1_000.0, 8.0)])
    (event,) = applied(result)
    assert (event.quantity_before, event.quantity_after, to_usd(event.cash)) == (55, 5, 500.0)
    assert result.totals.final_cash + result.totals.final_market_value == result.totals.initial_cash


def test_one_share_stays_one_and_brings_cash_in_a_split_of_three_for_two() -> None:
    (event,) = applied(over_night([Leg(SHARES, 1)], split(3, 2), [quoted(TUESDAY, "10:00", 66.0, 8.0)]))
    assert (event.quantity_before, event.quantity_after, event.cash) == (1, 1, round(to_micros(100.0 / 1.5) / 2))


def test_a_holding_of_which_only_a_fraction_is_left_becomes_cash() -> None:
    result = over_night([Leg(SHARES, 5)], split(1, 10), [quoted(TUESDAY, "10:00", 1_000.0, 8.0)])
    assert not result.open_positions
    assert result.totals.final_cash == result.totals.initial_cash
    assert result.trades[0].closed_at == SECOND.at


def test_a_special_dividend_cuts_strikes_from_an_eighth_on() -> None:
    special = DividendDeclared(KNOWN_AT, "SPY", TUESDAY, to_micros(1.0), special=True)
    assert held(over_night([Leg(call(TABLE, SPY, 100), -1)], special)) == {"SPY 190621C00099000": -1}
    for unadjusted in (replace(special, amount=to_micros(0.12)), replace(special, special=False)):
        assert held(over_night([Leg(call(TABLE, SPY, 400), -1)], unadjusted)) == {"SPY 190621C00400000": -1}


def test_a_new_symbol_names_shares_and_contracts_anew() -> None:
    news = SymbolChanged(KNOWN_AT, "SPY", "QQQ", TUESDAY)
    later = [quoted(TUESDAY, "10:00", 100.0, 9.0, "QQQ")]
    result = over_night([Leg(call(TABLE, SPY, 100), 1), Leg(SHARES, 100)], news, later)
    assert held(result) == {"QQQ 190621C00100000": 1, "QQQ": 100}
    assert to_usd(result.totals.final_market_value) == 100 * 9.0 + 100 * 100.0


def test_t25_what_was_adjusted_can_be_closed() -> None:
    later = [quoted(TUESDAY, "10:00", 25.0, 2.0), quoted(TUESDAY, "11:00", 25.0, 2.0)]
    script: dict[int, Script] = {later[0].at: lambda context: context.close(context.positions[0], tag="over")}
    result = over_night([Leg(call(TABLE, SPY, 400), 1), Leg(put(TABLE, SPY, 100), -1)], split(4), later, script)
    assert not result.open_positions
    (trade,) = result.trades
    assert trade.profit == 0
    assert sorted(leg.quantity for leg in trade.legs) == [-4, 4]


def test_an_order_that_closes_goes_on_for_what_the_holding_has_become() -> None:
    script: dict[int, Script] = {SECOND.at: lambda context: context.close(context.positions[0], tag="over")}
    result = over_night([Leg(call(TABLE, SPY, 400), 1)], split(4), [quoted(TUESDAY, "10:00", 25.0, 2.0)], script)
    assert not result.open_positions
    assert [leg.quantity for leg in result.fills[-1].legs] == [-4]


def test_an_order_that_closes_shares_goes_on_for_all_of_them() -> None:
    script: dict[int, Script] = {SECOND.at: lambda context: context.close(context.positions[0], tag="over")}
    result = over_night([Leg(SHARES, 100)], split(3, 2), [quoted(TUESDAY, "10:00", 66.0, 2.0)], script)
    assert not result.open_positions
    assert sum(leg.quantity for leg in result.fills[-1].legs) == -150


def test_an_order_that_opens_ends_with_the_contract_it_was_for() -> None:
    script: dict[int, Script] = {SECOND.at: lambda context: context.open([Leg(call(TABLE, SPY, 200), 1)], quantity=1)}
    result = over_night([Leg(SHARES, 1)], split(4), [quoted(TUESDAY, "10:00", 25.0, 2.0)], script)
    assert [event.reason for event in result.event_log if isinstance(event, OrderCancelled)] == ["split"]


def test_t14_what_expired_before_a_split_settles_on_the_price_of_before() -> None:
    expired = equity_series(MONDAY, "SPY")
    table = contract_table({expired: [90]})
    days = [
        chain(table, new_york(day, clock), spot, quotes=lambda _: Quote(9.9, 10.1), underlying="SPY")
        for day, clock, spot in (
            (MONDAY, "10:00", 100.0),
            (MONDAY, "15:45", 100.0),
            (TUESDAY, "10:00", 25.0),
            (TUESDAY, "11:00", 25.0),
        )
    ]
    enter: dict[int, Script] = {days[0].at: lambda context: context.open([Leg(call(table, expired, 90), 1)])}
    result = play([split(4), *days], enter, margin=NoMargin())
    (event,) = [event for event in result.event_log if isinstance(event, ContractExercised)]
    assert (event.shares, event.price) == (100, 100.0)
    assert [fill.legs[0].quantity for fill in result.fills[1:]] == [-400]
    assert result.totals.final_cash == result.totals.initial_cash


@pytest.mark.parametrize("roots", [(), ("SPY1",)])
def test_t25_adjusted_roots_are_chosen_only_where_they_are_named(roots: tuple[str, ...]) -> None:
    wanted = ExpirationSpec(target_dte=39, min_dte=30, max_dte=50, roots=roots)
    table = contract_table({SPY1: [100]})
    snapshot = chain(table, FIRST.at, 100.0, underlying="SPY")
    found = select_expiration(snapshot, MONDAY, wanted)
    assert found == (0 if roots else NoMatch("expiration", "none_within_dte"))


def legs_of(table: ContractTable, series: OptionSeries) -> list[Instrument]:
    return [SHARES, *(make(table, series, strike) for make in (call, put) for strike in (50, 100, 200, 400))]


@settings(max_examples=500)
@given(
    quantities=st.lists(st.integers(-30, 30), min_size=9, max_size=9).filter(any),
    ratio=st.sampled_from([(2, 1), (3, 1), (4, 1), (7, 1), (3, 2), (5, 4), (1, 8), (1, 10), (1, 30)]),
    spot=st.integers(1_000, 30_000).map(lambda cents: cents / 100),
)
def test_a_split_moves_no_money_but_what_rounding_costs(
    quantities: list[int], ratio: tuple[int, int], spot: float
) -> None:
    """Half a micro-dollar per share held: prices are whole micro-dollars."""
    days = [quoted(MONDAY, clock, spot, 8.0) for clock in ("10:00", "15:00")]
    legs = [Leg(one, held) for one, held in zip(legs_of(TABLE, SPY), quantities, strict=True) if held]
    rich: Any = config()
    rich = replace(rich, account=replace(rich.account, initial_cash_usd=10_000_000.0))
    enter: dict[int, Script] = {days[0].at: lambda context: context.open(legs, quantity=1)}
    no_chain = DividendDeclared(new_york(TUESDAY, "12:00"), "QQQ", WEDNESDAY, 1)
    result = play([split(*ratio), *days, no_chain], enter, run=rich, margin=NoMargin())
    value = result.totals.final_cash + result.totals.final_market_value
    rounded = sum(abs(leg.quantity) * leg.instrument.multiplier for held in result.open_positions for leg in held.legs)
    assert applied(result)
    assert abs(value - result.totals.initial_cash) <= rounded / 2 + len(legs) * 31
