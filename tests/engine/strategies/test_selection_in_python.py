"""The same legs, said and programmed: whole runs with the same event log, orders and funnel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.config import AccountConfig
from engine.model import ChainSnapshot
from engine.result import BacktestResult
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.entries import open_or_opening
from engine.strategies.selectors import LegSelector, NoMatch, held_contracts, select_expirations
from engine.strategies.spec import (
    AnyLeg,
    DeclarativeStrategy,
    DeltaTarget,
    EntryRules,
    ExpectedMoveTarget,
    Expiration,
    ExpirationSpec,
    LaterExpiration,
    LegSpec,
    LiquidityFilter,
    SameStrikeRule,
    SharesSpec,
    StrikeOf,
    Width,
)
from engine.strategy import Strategy, StrategyContext
from engine.structures import Side, geometry_fault, structure_named
from tests.builders import chain, contract_table, equity_series, new_york, series, weekdays
from tests.engine.play import NoMargin, config, play

DAYS = weekdays(date(2019, 4, 8), date(2019, 4, 30))
EXPIRATIONS: dict[str, Expiration] = {
    "front": ExpirationSpec(target_dte=15, min_dte=5, max_dte=30),
    "back": LaterExpiration(after="front", min_days=5, cycle="weekly"),
}
FILTER = LiquidityFilter(minimum_bid_usd=0.05, maximum_spread_percent=60)
RULE = SameStrikeRule(policy="move")


def option(name: str, right: str, side: Side, expiration: str = "front", **strike: object) -> LegSpec:
    return LegSpec(name=name, side=side, right=right, expiration=expiration, **strike)  # type: ignore[arg-type]


STRUCTURES: dict[str, tuple[AnyLeg, ...]] = {
    "iron_condor": (
        option("long_put", "put", "buy", width=Width(leg="short_put", points=50)),
        option("short_put", "put", "sell", expected_move=ExpectedMoveTarget(target=1.0)),
        option("short_call", "call", "sell", delta=DeltaTarget(target=0.2)),
        option("long_call", "call", "buy", width=Width(leg="short_call", strikes=2)),
    ),
    "long_put_calendar": (
        option("near", "put", "sell", delta=DeltaTarget(target=0.3)),
        option("far", "put", "buy", "back", strike_of=StrikeOf(leg="near")),
    ),
    "covered_call": (
        SharesSpec(name="stock", instrument="shares", side="buy"),
        option("short_call", "call", "sell", delta=DeltaTarget(target=0.3, tolerance=0.1)),
    ),
}


def market(symbol: str) -> list[ChainSnapshot]:
    fridays = [day for day in weekdays(date(2019, 4, 12), date(2019, 6, 7)) if day.weekday() == 4]
    listed = [series(day) if symbol == "SPX" else equity_series(day, symbol) for day in fridays]
    table = contract_table({one: range(2600, 3201, 25) for one in listed})
    return [
        chain(table, new_york(day, "15:45"), 2900.0 + 20 * ((3 * number) % 7 - 3), underlying=symbol)
        for number, day in enumerate(DAYS)
    ]


class Programmed(Strategy):
    """Chooses and opens as `SpecifiedStrategy` does, step by step."""

    def __init__(self, structure: str) -> None:
        super().__init__("selection", None)
        self.structure = structure
        self.selector = LegSelector(STRUCTURES[structure], FILTER, RULE)
        used = {leg.expiration for leg in STRUCTURES[structure] if isinstance(leg, LegSpec)}
        self.expirations = {name: one for name, one in EXPIRATIONS.items() if name == "front" or name in used}

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        context.passed("entry_instant")
        context.passed("signal")
        if open_or_opening(context.positions, context.pending) >= 3:
            context.decline("max_open", "reached")
            return
        context.passed("max_open")
        chosen = select_expirations(snapshot, context.today, self.expirations, context.market.sessions)
        if isinstance(chosen, NoMatch):
            context.decline(chosen.stage, chosen.reason)
            return
        context.passed("expiration")
        legs = self.selector.select(snapshot, chosen, held_contracts(context, RULE))
        if isinstance(legs, NoMatch):
            context.decline(legs.stage, legs.reason)
            return
        context.passed("legs")
        fault = geometry_fault(structure_named(self.structure), legs)
        if fault is not None:
            context.decline("geometry", fault)
            return
        context.passed("geometry")
        context.open(legs, structure=self.structure)


def said(structure: str, symbol: str) -> DeclarativeStrategy:
    return DeclarativeStrategy(
        name="selection",
        structure=structure,
        underlying=symbol,
        expirations=EXPIRATIONS,
        legs=STRUCTURES[structure],
        liquidity=FILTER,
        same_strike=RULE,
        entry=EntryRules(max_open_positions=3),
    )


def run_of(strategy: Strategy, symbol: str) -> BacktestResult:
    rich = config(account=AccountConfig(initial_cash_usd=2_000_000))
    return play(market(symbol), {}, run=rich, strategies=[strategy], margin=NoMargin())


@pytest.mark.parametrize(
    ("structure", "symbol"), [("iron_condor", "SPX"), ("long_put_calendar", "SPX"), ("covered_call", "XYZ")]
)
def test_what_is_said_and_what_is_programmed_leave_the_same_event_log(structure: str, symbol: str) -> None:
    specified = run_of(SpecifiedStrategy(said(structure, symbol)), symbol)
    programmed = run_of(Programmed(structure), symbol)
    assert specified.event_log_hash == programmed.event_log_hash
    assert specified.funnel == programmed.funnel
    assert len(specified.fills) >= 3


def test_the_order_of_the_legs_in_the_specification_changes_no_contract() -> None:
    condor = said("iron_condor", "SPX")
    turned = replace(condor, structure="custom", legs=condor.legs[::-1])
    first, second = (run_of(SpecifiedStrategy(one), "SPX").fills[0] for one in (condor, turned))
    assert {leg.instrument.symbol for leg in first.legs} == {leg.instrument.symbol for leg in second.legs}
