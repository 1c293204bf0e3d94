"""Where entries end: at a rule of the strategy, at sizing, risk, margin or the fill, each attributed to its instant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.config import AccountConfig
from engine.funnel import entry_fates
from engine.instants import Instant
from engine.model import AT_MARKET, ChainSnapshot, Leg, Limit, OrderTerms, TimeInForce
from engine.result import BacktestResult
from engine.risk_config import RiskConfig, RiskLimits
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.strategies.spec import PercentAtRisk
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import PLAIN, config, play

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2800.0), put(TABLE, EXPIRY, 2750.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]


def day(number: int, **changes: Quote | None) -> ChainSnapshot:
    """The chain of the n-th of May 2019; `short` and `long` change the quotes of the two puts."""
    named = {{"short": SHORT, "long": LONG}[name]: quote for name, quote in changes.items()}
    at = new_york(date(2019, 5, 12) + timedelta(days=number), "15:45")
    return chain(TABLE, at, 2812.0, changes={SHORT: Quote(10.0, 11.0), LONG: Quote(4.0, 5.0)} | named)


ONE, TWO, THREE = day(1), day(2), day(3)


def opening(terms: OrderTerms = AT_MARKET, **more: Any) -> Callable[[StrategyContext], object]:
    return lambda context: context.open(SPREAD, terms=terms, **more)


def ends(result: BacktestResult) -> list[tuple[Instant, str, str, Instant | None]]:
    return [(fate.at, fate.stage, fate.reason, fate.ended_at) for fate in entry_fates(result)]


def test_an_entry_that_opens_and_one_that_its_strategy_declines() -> None:
    script = {ONE.at: opening(), TWO.at: lambda context: context.decline("signal", "too_low")}
    result = play([ONE, TWO, THREE], script)
    assert ends(result) == [(ONE.at, "opened", "", TWO.at), (TWO.at, "signal", "too_low", TWO.at)]
    assert [fate.order_id for fate in entry_fates(result)] == [1, None]
    assert result.funnel == {"scripted": {"signal: too_low": 1}}


def test_a_position_that_hedges_the_others_is_no_entry() -> None:
    result = play([ONE, TWO, THREE], {ONE.at: opening(tag=HEDGE_TAG), TWO.at: opening()})
    assert ends(result) == [(TWO.at, "opened", "", THREE.at)]


def test_what_expires_at_its_limit_belongs_to_the_instant_at_which_it_was_decided() -> None:
    result = play([ONE, TWO, THREE], {ONE.at: opening(Limit.usd(-9.0))})
    assert ends(result) == [(ONE.at, "fill", "the day ended", THREE.at)]


def test_a_replacement_is_the_fate_of_what_it_replaced() -> None:
    def better(context: StrategyContext) -> None:
        context.replace(context.pending[0], terms=Limit.usd(-5.0))

    lasting = opening(Limit.usd(-9.0), time_in_force=TimeInForce.GTC)
    result = play([ONE, TWO, THREE], {ONE.at: lasting, TWO.at: better})
    assert ends(result) == [(ONE.at, "opened", "", THREE.at)]


@pytest.mark.parametrize(
    ("settings", "quantity", "stage", "reason"),
    [
        ({"account": AccountConfig(initial_cash_usd=1_000.0)}, 1, "margin", "buying_power"),
        ({}, None, "sizing", "size_is_zero"),
    ],
)
def test_sizing_and_margin_are_stages_of_their_own(
    settings: dict[str, Any], quantity: int | None, stage: str, reason: str
) -> None:
    result = play(
        [ONE, TWO],
        {ONE.at: opening(quantity=quantity)},
        run=config(**settings),
        sizing=PercentAtRisk(kind="percent_at_risk", percent=0.01),
    )
    ((at, ended, why, ended_at),) = ends(result)
    assert (at, ended, ended_at) == (ONE.at, stage, ONE.at)
    assert reason in why


def test_what_a_limit_refuses_ends_at_risk() -> None:
    def twice(context: StrategyContext) -> None:
        opening()(context)
        opening()(context)

    limited = config(risk=RiskConfig(limits=RiskLimits(max_open_positions=1)))
    assert ends(play([ONE, TWO], {ONE.at: twice}, run=limited)) == [
        (ONE.at, "opened", "", TWO.at),
        (ONE.at, "risk", "max_open_positions at the fill", TWO.at),
    ]


def test_a_refusal_at_the_fill_belongs_to_the_instant_of_the_decision() -> None:
    """5,600 USD cover 5000 - 600 now, and not 5000 - (-900) at tomorrow's prices."""
    dear = day(2, short=Quote(4.0, 5.0), long=Quote(13.0, 14.0))
    result = play([ONE, dear], {ONE.at: opening()}, run=config(account=AccountConfig(initial_cash_usd=5_600.0)))
    assert ends(result) == [(ONE.at, "margin", "buying_power at the fill", dear.at)]


def test_what_filled_in_part_says_how_much() -> None:
    shown = replace(PLAIN, shown_size="partial")
    thin = day(2, short=Quote(10.0, 11.0, bid_size=2, ask_size=2), long=Quote(4.0, 5.0, bid_size=9, ask_size=9))
    empty = day(3, short=None)
    result = play([ONE, thin, empty], {ONE.at: opening(quantity=5)}, run=config(execution=shown))
    assert ends(result) == [(ONE.at, "opened", "in part: 2 of 5 packages, then the day ended", empty.at)]


def test_orders_that_close_are_no_entries() -> None:
    script = {ONE.at: opening(), TWO.at: lambda context: context.close(context.positions[0], tag="exit")}
    assert [fate[1] for fate in ends(play([ONE, TWO, THREE], script))] == ["opened"]
