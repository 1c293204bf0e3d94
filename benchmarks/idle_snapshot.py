"""An idle chain snapshot: 2,000 contracts arrive, signals look, the strategy has nothing to do, the log is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.measure import Goal, interleaved_medians
from engine.config import DataSelection, RunConfig
from engine.costs.fees import fee_model
from engine.events import Event, SnapshotArrived
from engine.execution.fills import fill_model
from engine.instants import NANOS_PER_SECOND, Instant, instant
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import (
    ChainSnapshot,
    ContractTable,
    ExerciseStyle,
    OptionSeries,
    Session,
    SessionTable,
    SettlementMethod,
    SettlementSession,
    TickRule,
    Underlying,
    UnderlyingKind,
)
from engine.result import BacktestResult
from engine.risk import position_sizer
from engine.runner import Models, run_backtest_sync
from engine.sources import RecordedSource
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.spec import (
    DeclarativeStrategy,
    DeltaTarget,
    EntryRules,
    ExpirationSpec,
    LegSpec,
    SignalCondition,
)
from signals.catalogue import default_registry
from signals.service import SignalService
from signals.technical import MovingAverageTrendParameters

SNAPSHOTS = 2_000
EXPIRATIONS, STRIKES = 20, 50
DAY = date(2021, 3, 1)
_ZONE = ZoneInfo("America/New_York")


def _at(day: date, clock: time) -> Instant:
    return instant(datetime.combine(day, clock, _ZONE))


def _series(number: int) -> OptionSeries:
    expires_on = DAY + timedelta(days=2 + 3 * number)
    close = _at(expires_on, time(16))
    return OptionSeries(
        "SPX",
        "SPXW",
        expires_on,
        expires_on,
        close,
        close,
        ExerciseStyle.EUROPEAN,
        SettlementMethod.CASH,
        SettlementSession.PM,
        ticks=TickRule(0.05, 0.10, 0.05),
    )


def index_chain(expirations: int, strikes: int) -> ChainSnapshot:
    """One chain of so many expirations and strikes around 3,850, calls and puts."""
    series = [_series(number) for number in range(expirations)]
    index = np.repeat(np.arange(expirations), 2 * strikes)
    right = np.tile(np.repeat([-1, 1], strikes), expirations)
    strike = np.tile(3850.0 + 10 * (np.arange(strikes) - strikes // 2), 2 * expirations)
    table = ContractTable.build(series, index, right, strike)
    moneyness = (3850.0 - strike) / 100
    delta = np.where(right > 0, 1, 0) - 1 / (1 + np.exp(moneyness))
    bid = np.round(np.maximum(right * (3850.0 - strike), 0) + 5.0, 1)
    columns = {
        "contract_id": np.arange(len(table)),
        "bid": bid,
        "ask": bid + 0.5,
        "delta": delta,
        "implied_volatility": np.full(len(table), 0.2),
    }
    return ChainSnapshot.build(_at(DAY, time(9, 31)), "SPX", 3850.0, table, columns)


class _Stream:
    """The same quotes second by second, a fresh snapshot and event each, as a replay makes them."""

    def __init__(self, snapshot: ChainSnapshot) -> None:
        self._snapshot = snapshot

    def __iter__(self) -> Iterator[Event]:
        snapshot = self._snapshot
        for second in range(SNAPSHOTS):
            at = snapshot.at + second * NANOS_PER_SECOND
            yield SnapshotArrived(at, replace(snapshot, at=at))


def _spec() -> DeclarativeStrategy:
    """A put spread whose signal never lets it enter."""
    return DeclarativeStrategy(
        name="idle",
        structure="put_credit_spread",
        underlying="SPX",
        expirations={"front": ExpirationSpec(target_dte=14, min_dte=7, max_dte=30)},
        legs=(
            LegSpec(name="long", side="buy", right="put", expiration="front", delta=DeltaTarget(target=0.1)),
            LegSpec(name="short", side="sell", right="put", expiration="front", delta=DeltaTarget(target=0.3)),
        ),
        entry=EntryRules(conditions=(SignalCondition(signal="trend", above=9.0),)),
    )


def _source() -> RecordedSource:
    snapshot = index_chain(EXPIRATIONS, STRIKES)
    days = [DAY + timedelta(days=offset) for offset in range(90)]
    sessions = tuple(Session(day, _at(day, time(9, 30)), _at(day, time(16))) for day in days)
    return RecordedSource(
        _Stream(snapshot),
        snapshot.contracts,
        SessionTable("every day", "America/New_York", sessions),
        {"SPX": Underlying("SPX", UnderlyingKind.INDEX)},
    )


def _run(source: RecordedSource) -> BacktestResult:
    spec = _spec()
    config = RunConfig(name="idle", start=DAY, end=DAY, data=DataSelection(underlyings=("SPX",)), strategies=(spec,))
    models = Models(
        fill_model(config.execution.fills),
        fee_model(config.execution.fees),
        MaximumLossMargin(),
        {"idle": position_sizer(spec.sizing)},
    )
    trend = default_registry().create(
        "moving_average_trend",
        name="trend",
        underlying="SPX",
        parameters=MovingAverageTrendParameters(fast_sessions=2, slow_sessions=3),
        sessions=source.sessions,
    )
    return run_backtest_sync(config, source, [SpecifiedStrategy(spec)], models, [SignalService([trend])])


def measure() -> list[Goal]:
    """Microseconds per idle snapshot, and how many readings of the bare stream that is."""
    source = _source()
    if _run(source).market_events != SNAPSHOTS:
        raise RuntimeError("the engine did not see every snapshot")
    seconds = interleaved_medians({"engine": lambda: _run(source), "bare": lambda: [None for _ in source]})
    return [
        Goal(
            "idle snapshot of 2,000 contracts", seconds["engine"] / SNAPSHOTS * 1e6, "microseconds", 60, at_least=False
        )
    ]
