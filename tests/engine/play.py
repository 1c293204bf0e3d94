"""Plays a few chains and bars through the whole engine, with a strategy that does what the test says.

result = play([day1, day2], {day1.at: lambda context: context.open([...])}, execution={"fills": Mid})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from engine.config import DataSelection, ExecutionConfig, MidFills, NoFeesConfig, RunConfig
from engine.costs.fees import fee_model
from engine.events import (
    BarArrived,
    CorporateNews,
    DividendDeclared,
    Event,
    OrderCancelled,
    OrderRefused,
    SettlementPublished,
    SharesQuoted,
    SnapshotArrived,
    SplitAnnounced,
    SymbolChanged,
)
from engine.execution.fills import fill_model
from engine.instants import Instant, utc_datetime
from engine.margin import MarginModel, MarginRequirement
from engine.margin.maximum_loss import MaximumLossMargin
from engine.market import Market
from engine.model import Bar, ChainSnapshot, ContractTable, Fill, NetLeg, Underlying, UnderlyingKind
from engine.result import BacktestResult
from engine.risk import position_sizer
from engine.runner import Models, run_backtest_sync
from engine.sources import RecordedSource, merge
from engine.strategies.spec import FixedContracts, PythonStrategy, SizingConfig
from engine.strategy import Strategy, StrategyContext
from tests.builders import contract_table, session_table

Script = Mapping[Instant, Callable[[StrategyContext], object]]

PLAIN = ExecutionConfig(fills=MidFills(kind="mid"), fees=NoFeesConfig(kind="none"), net_rounding="none")
"""Fills at mid without fees or rounding: numbers that can be checked in the head."""


NEWS = (DividendDeclared, SplitAnnounced, SymbolChanged)


class Scripted(Strategy):
    """Does at each instant what the script says, and remembers its fills."""

    def __init__(self, script: Script, name: str = "scripted") -> None:
        super().__init__(name, None)
        self.fills: list[Fill] = []
        self._script = script

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        self._act(context)

    def on_bar(self, context: StrategyContext, bar: Bar) -> None:
        self._act(context)

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        self.fills.append(fill)

    def _act(self, context: StrategyContext) -> None:
        action = self._script.get(context.now)
        if action is not None:
            action(context)


class NoMargin:
    """A broker who trusts everybody: for books that a test wants whatever they risk."""

    name = "none"
    follows_prices = False

    def on(self, market: Market) -> NoMargin:
        return self

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        return MarginRequirement(0, 0, lambda: "nothing is required")


def config(**changes: Any) -> RunConfig:
    """A run over all of 2019 on SPX, plain execution, one scripted strategy."""
    base = RunConfig(
        name="test",
        start=date(2019, 1, 2),
        end=date(2019, 12, 31),
        data=DataSelection(underlyings=("SPX",)),
        strategies=(PythonStrategy(name="scripted", kind="python", source="tests.engine.play:Scripted"),),
        execution=PLAIN,
    )
    return replace(base, **changes)


def play(
    market: Sequence[ChainSnapshot | BarArrived | SharesQuoted | SettlementPublished | CorporateNews],
    script: Script,
    *,
    run: RunConfig | None = None,
    sizing: SizingConfig | None = None,
    strategies: Sequence[Strategy] | None = None,
    margin: MarginModel | None = None,
) -> BacktestResult:
    """Run a script over market events, which may stand in any order of kinds."""
    settings = run or config()
    events: list[Event] = [
        SnapshotArrived(item.at, item) if isinstance(item, ChainSnapshot) else item for item in market
    ]
    players = list(strategies) if strategies is not None else [Scripted(script)]
    sizers = {player.name: position_sizer(sizing or FixedContracts()) for player in players}
    models = Models(
        fill_model(settings.execution.fills),
        fee_model(settings.execution.fees),
        margin or MaximumLossMargin(),
        sizers,
    )
    return run_backtest_sync(settings, _source(events), players, models)


def cancellations(result: BacktestResult) -> list[str]:
    """Reasons of the orders that ended without a fill."""
    return [event.reason for event in result.event_log if isinstance(event, OrderCancelled)]


def refusals(result: BacktestResult) -> list[str]:
    """Rules that refused an order, one entry each."""
    return [event.refusal.rule for event in result.event_log if isinstance(event, OrderRefused)]


def _source(events: Sequence[Event]) -> RecordedSource:
    tables: list[ContractTable] = [event.snapshot.contracts for event in events if isinstance(event, SnapshotArrived)]
    first, last = (utc_datetime(at).date() for at in (min(e.at for e in events), max(e.at for e in events)))
    return RecordedSource(
        list(merge([sorted(group, key=lambda event: event.at) for group in _by_kind(events)])),
        tables[0] if tables else contract_table({}),
        session_table(first - timedelta(days=7), last + timedelta(days=60)),
        {
            "SPX": Underlying("SPX", UnderlyingKind.INDEX),
            "NDX": Underlying("NDX", UnderlyingKind.INDEX),
            "SPY": Underlying("SPY", UnderlyingKind.ETF),
        },
    )


def _by_kind(events: Sequence[Event]) -> list[list[Event]]:
    return [
        [event for event in events if isinstance(event, kind)]
        for kind in (SettlementPublished, SharesQuoted, BarArrived, SnapshotArrived, *NEWS)
    ]
