"""Margin calls: when they are made, what they close, at which prices, and when they are met."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from engine.config import AccountConfig, PerContractFeesConfig
from engine.costs.account_terms import CashFlow
from engine.events import BarArrived, LiquidationOrdered, MarginCalled, MarginCallMet, OrderFilled
from engine.margin.choice import margin_model
from engine.model import Bar, ChainSnapshot, Fill, Leg, QuoteFlag, Stock
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from engine.risk_config import MarginCallConfig, RiskConfig
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import PLAIN, NoMargin, config, play, refusals

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2019, 5, day) for day in (13, 14, 15, 16))
NEAR = series(date(2019, 6, 21))
TABLE = contract_table({NEAR: [2600, 2700, 2750, 2775, 2800]})
WIDE = (Leg(put(TABLE, NEAR, 2700), -1), Leg(put(TABLE, NEAR, 2600), 1))
"""Requires 10,000 USD."""
NARROW = (Leg(put(TABLE, NEAR, 2775), -1), Leg(put(TABLE, NEAR, 2750), 1))
"""Requires 2,500 USD."""
QUOTES = {
    put(TABLE, NEAR, 2600): Quote(1.0, 1.2),
    put(TABLE, NEAR, 2700): Quote(4.0, 4.4),
    put(TABLE, NEAR, 2750): Quote(9.0, 9.4),
    put(TABLE, NEAR, 2775): Quote(12.0, 12.4),
}


def at(day: date, clock: str, **changes: Quote) -> ChainSnapshot:
    """A chain of the quotes above but for changes, which are named by strike, e.g. `p2600`."""
    different = {put(TABLE, NEAR, float(name[1:])): quote for name, quote in changes.items()}
    return chain(TABLE, new_york(day, clock), 2880.0, changes={**QUOTES, **different})


def enter(context: StrategyContext) -> None:
    context.open(list(NARROW), quantity=1, tag="narrow")
    context.open(list(WIDE), quantity=1, tag="wide")


def short_of_cash(
    chains: list[ChainSnapshot], *, take: float = 10_000.0, when: CashFlow | None = None, **calls: Any
) -> BacktestResult:
    """20,000 USD, two put spreads on the second chain, and a withdrawal on the second day."""
    flow = when or CashFlow(date=TUESDAY, amount_usd=-take)
    run = config(
        account=AccountConfig(initial_cash_usd=20_000.0, cash_flows=(flow,)),
        risk=RiskConfig(margin_calls=MarginCallConfig(**calls)),
    )
    return play(chains, {chains[0].at: enter}, run=run)


CHAINS = [at(MONDAY, "10:00"), at(MONDAY, "10:05"), *(at(day, "10:00") for day in (TUESDAY, WEDNESDAY, THURSDAY))]


def liquidations(result: BacktestResult) -> list[Fill]:
    return [fill for fill in result.fills if fill.tag == "margin_call"]


def events(result: BacktestResult, *kinds: type[Any]) -> list[Any]:
    return [event for event in result.event_log if isinstance(event, kinds)]


# --- what is closed ---------------------------------------------------------------------------------------------


def test_by_itself_a_call_closes_nothing() -> None:
    result = short_of_cash(CHAINS)
    (call,) = events(result, MarginCalled)
    assert (call.at, call.requirement) == (new_york(TUESDAY, "09:30"), to_micros(12_500.0))
    assert not liquidations(result)


def test_the_worst_structure_is_closed_whole_at_the_touch_of_the_next_chain() -> None:
    result = short_of_cash(CHAINS, liquidation="worst_structure")
    (fill,) = liquidations(result)
    assert [(leg.quantity, to_usd(leg.price)) for leg in fill.legs] == [(1, 4.4), (-1, 1.0)]
    assert (fill.decided_at, fill.filled_at) == (new_york(TUESDAY, "09:30"), new_york(TUESDAY, "10:00"))
    assert [order.requirement for order in events(result, LiquidationOrdered)] == [to_micros(10_000.0)]
    assert [trade.exit_reason for trade in result.trades] == ["open_at_end", "margin_call"]
    (order,) = [record for record in result.orders if record.order.tag == "margin_call"]
    assert (order.order.submitted_at, order.ended_at, order.filled) == (fill.decided_at, fill.filled_at, 1)
    assert [(event.at, event.requirement) for event in events(result, MarginCallMet)] == [
        (new_york(TUESDAY, "10:00"), to_micros(2_500.0))
    ]


def test_structures_are_closed_until_the_rest_is_covered() -> None:
    result = short_of_cash(CHAINS, take=18_500.0, liquidation="worst_structure")
    assert [order.requirement for order in events(result, LiquidationOrdered)] == [
        to_micros(10_000.0),
        to_micros(2_500.0),
    ]
    assert not result.open_positions


def test_fees_are_charged_on_what_a_call_closes() -> None:
    run = config(
        account=AccountConfig(initial_cash_usd=20_000.0, cash_flows=(CashFlow(date=TUESDAY, amount_usd=-10_000.0),)),
        risk=RiskConfig(margin_calls=MarginCallConfig(liquidation="worst_structure")),
        execution=replace(PLAIN, fees=PerContractFeesConfig(fee_per_contract_usd=0.65)),
    )
    (fill,) = liquidations(play(CHAINS, {CHAINS[0].at: enter}, run=run))
    assert fill.fees == to_micros(1.30)


def test_a_long_leg_without_a_bid_stays_and_a_short_leg_without_an_ask_makes_the_structure_wait() -> None:
    chains = [
        *CHAINS[:2],
        at(TUESDAY, "10:00", p2700=Quote(4.0, 0.0, flags=QuoteFlag.NO_ASK)),
        at(WEDNESDAY, "10:00", p2600=Quote(0.0, 0.3, flags=QuoteFlag.NO_BID)),
    ]
    result = short_of_cash(chains, liquidation="worst_structure")
    (fill,) = liquidations(result)
    assert fill.filled_at == chains[3].at
    assert fill.left_open == (put(TABLE, NEAR, 2600).symbol,)
    assert [leg.quantity for leg in fill.legs] == [1]


def test_shares_alone_are_closed_at_the_open_of_their_next_bar() -> None:
    spy = chain(contract_table({}), new_york(MONDAY, "10:00"), 280.0, underlying="SPY")
    bars = [
        BarArrived(new_york(day, "16:00"), Bar("SPY", 290.0, 291.0, 280.0, 285.0, 0.0)) for day in (MONDAY, TUESDAY)
    ]
    run = config(
        account=AccountConfig(initial_cash_usd=40_000.0, cash_flows=(CashFlow(date=TUESDAY, amount_usd=-20_000.0),)),
        risk=RiskConfig(margin_calls=MarginCallConfig(liquidation="worst_structure")),
    )
    buy = {spy.at: lambda context: context.open([Leg(Stock("SPY"), 100)], quantity=1)}
    (fill,) = liquidations(play([spy, *bars], buy, run=run))
    assert to_usd(fill.legs[0].price) == 290.0 - PLAIN.share_half_spread_usd


# --- when it is checked -----------------------------------------------------------------------------------------


def test_an_interval_is_checked_at_its_first_mark() -> None:
    chains = [*CHAINS[:2], *(at(TUESDAY, f"10:0{minute}") for minute in (4, 6, 7, 9)), at(TUESDAY, "10:10")]
    flow = CashFlow(date=TUESDAY, amount_usd=-10_000.0, time=time.fromisoformat("10:06"))
    result = short_of_cash(chains, when=flow, check="interval", interval_minutes=5, liquidation="worst_structure")
    (call,) = events(result, MarginCalled)
    assert call.at == new_york(TUESDAY, "10:10")
    assert not liquidations(result)


def test_a_session_end_is_checked_after_its_last_chain_and_closes_in_the_next_session() -> None:
    result = short_of_cash(CHAINS, check="session_end", liquidation="worst_structure")
    assert [call.at for call in events(result, MarginCalled)] == [new_york(TUESDAY, "10:00")]
    assert [fill.filled_at for fill in liquidations(result)] == [new_york(WEDNESDAY, "10:00")]


@pytest.mark.parametrize(("sessions", "closed_on"), [(0, TUESDAY), (1, THURSDAY)])
def test_nothing_is_closed_before_the_grace_is_over(sessions: int, closed_on: date) -> None:
    result = short_of_cash(CHAINS, grace_sessions=sessions, liquidation="worst_structure")
    assert [fill.filled_at for fill in liquidations(result)] == [new_york(closed_on, "10:00")]
    assert len(events(result, MarginCalled)) == 1


def test_a_deposit_within_the_grace_meets_the_call() -> None:
    run = config(
        account=AccountConfig(
            initial_cash_usd=20_000.0,
            cash_flows=(
                CashFlow(date=TUESDAY, amount_usd=-10_000.0),
                CashFlow(date=TUESDAY, amount_usd=5_000.0, time=time.fromisoformat("11:00")),
            ),
        ),
        risk=RiskConfig(margin_calls=MarginCallConfig(grace_sessions=1, liquidation="worst_structure")),
    )
    result = play(CHAINS, {CHAINS[0].at: enter}, run=run)
    assert [event.at for event in events(result, MarginCallMet)] == [new_york(TUESDAY, "11:00")]
    assert not liquidations(result)


def test_net_liquidation_can_be_what_has_to_cover_the_requirement() -> None:
    """Cash of 12,610 covers 12,500, but 610 of it is owed on the shorts."""
    covered = short_of_cash(CHAINS, take=8_000.0)
    called = short_of_cash(CHAINS, take=8_000.0, measure="net_liquidation")
    assert not events(covered, MarginCalled)
    (call,) = events(called, MarginCalled)
    assert (call.requirement, call.cash) == (to_micros(12_500.0), to_micros(12_000.0))


def test_an_account_without_requirement_is_never_called() -> None:
    run = config(risk=RiskConfig(margin_calls=MarginCallConfig(liquidation="worst_structure")))
    result = play(CHAINS, {CHAINS[0].at: enter}, run=run, margin=NoMargin())
    assert not events(result, MarginCalled)


# --- the cash account -------------------------------------------------------------------------------------------


def test_a_cash_account_refuses_what_it_cannot_pay() -> None:
    """A long put for 420 and its fee, with a cent too little; 420.66 would do."""
    fees = PerContractFeesConfig(fee_per_contract_usd=0.65)

    def bought(cash: float) -> BacktestResult:
        run = config(
            account=AccountConfig(initial_cash_usd=cash),
            risk=RiskConfig(margin="cash"),
            execution=replace(PLAIN, fees=fees),
        )
        buy = {CHAINS[0].at: lambda context: context.open([Leg(put(TABLE, NEAR, 2700), 1)], quantity=1)}
        return play(CHAINS[:2], buy, run=run, margin=margin_model(run.risk, run.pricing))

    assert refusals(bought(420.64)) == ["buying_power"]
    assert [event.fill.cash for event in events(bought(420.65), OrderFilled)] == [to_micros(-420.0)]
    assert bought(420.65).totals.final_cash == 0
