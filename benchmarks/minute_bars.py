"""One year of minute bars, a moving-average cross that trades shares at its crosses, recorder on."""

from __future__ import annotations

from collections import deque
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.measure import Goal, interleaved_medians
from engine.config import DataSelection, ExecutionConfig, NoFeesConfig, RunConfig
from engine.costs.fees import fee_model
from engine.events import BarArrived, Event
from engine.execution.fills import fill_model
from engine.instants import NANOS_PER_SECOND, instant
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import Bar, ContractTable, Leg, Session, SessionTable, Stock, Underlying, UnderlyingKind
from engine.result import BacktestResult
from engine.risk import position_sizer
from engine.runner import Models, run_backtest_sync
from engine.sources import RecordedSource
from engine.strategies.spec import FixedContracts, PythonStrategy
from engine.strategy import Strategy, StrategyContext

SESSIONS, MINUTES = 252, 390
SYMBOL = "SPY"
_ZONE = ZoneInfo("America/New_York")


class MovingAverages:
    """Two simple moving averages, updated in constant time."""

    def __init__(self, fast: int = 50, slow: int = 200) -> None:
        self._fast, self._slow = fast, slow
        self._closes: deque[float] = deque(maxlen=slow)
        self._fast_sum = self._slow_sum = 0.0

    def fast_is_above(self, close: float) -> bool | None:
        """Whether the fast average is above the slow one, or None while there are too few bars."""
        closes = self._closes
        full = len(closes) == self._slow
        self._slow_sum += close - closes[0] if full else close
        self._fast_sum += close - closes[-self._fast] if len(closes) >= self._fast else close
        closes.append(close)
        return self._fast_sum * self._slow > self._slow_sum * self._fast if full else None


class MovingAverageCross(Strategy):
    """Long a hundred shares while the fast average is above the slow one."""

    def __init__(self) -> None:
        super().__init__("cross", None)
        self._averages = MovingAverages()
        self._long = False

    def on_bar(self, context: StrategyContext, bar: Bar) -> None:
        above = self._averages.fast_is_above(bar.close)
        if above is None or above == self._long or context.pending:
            return
        self._long = above
        if above:
            context.open([Leg(Stock(SYMBOL), 100)], quantity=1, tag="cross")
        for position in () if above else context.positions:
            context.close(position, tag="cross")


def minute_source(days: int = SESSIONS) -> RecordedSource:
    """So many sessions of minutes of a random walk, seeded; the same bars every time."""
    generator = np.random.default_rng(1)
    count = days * MINUTES
    closes = np.round(300 * np.exp(np.cumsum(generator.normal(0, 4e-4, count))), 2)
    opens = np.concatenate(([300.0], closes[:-1]))
    highs, lows = np.maximum(opens, closes) + 0.02, np.minimum(opens, closes) - 0.02
    sessions = _sessions(days)
    ends = np.concatenate(
        [one.opens_at + 60 * NANOS_PER_SECOND * np.arange(1, MINUTES + 1, dtype=np.int64) for one in sessions.sessions]
    )
    columns = (opens.tolist(), highs.tolist(), lows.tolist(), closes.tolist(), [1_000.0] * count)
    bars = map(Bar, [SYMBOL] * count, *columns)
    return RecordedSource(
        _Minutes(ends.tolist(), list(bars)),
        ContractTable.build((), np.zeros(0, int), np.zeros(0, int), np.zeros(0)),
        sessions,
        {SYMBOL: Underlying(SYMBOL, UnderlyingKind.ETF)},
    )


class _Minutes:
    """Makes a fresh event per bar while it is read, as a replay does."""

    def __init__(self, ends: list[int], bars: list[Bar]) -> None:
        self._ends, self._bars = ends, bars

    def __iter__(self) -> map[Event]:
        return map(BarArrived, self._ends, self._bars)


def _sessions(count: int) -> SessionTable:
    days: list[date] = []
    day = date(2021, 1, 4)
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    return SessionTable(
        "weekdays",
        "America/New_York",
        tuple(Session(one, _at(one, 9, 30), _at(one, 16, 0)) for one in days),
    )


def _at(day: date, hour: int, minute: int) -> int:
    return instant(datetime(day.year, day.month, day.day, hour, minute, tzinfo=_ZONE))


def run(source: RecordedSource) -> BacktestResult:
    """The whole run, wiring included."""
    sessions = source.sessions.sessions
    config = RunConfig(
        name="minute-bars",
        start=sessions[0].on,
        end=sessions[-1].on,
        data=DataSelection(underlyings=(SYMBOL,)),
        strategies=(PythonStrategy(name="cross", kind="python", source="benchmarks.minute_bars:MovingAverageCross"),),
        execution=ExecutionConfig(fees=NoFeesConfig(kind="none")),
    )
    models = Models(
        fill_model(config.execution.fills),
        fee_model(config.execution.fees),
        MaximumLossMargin(),
        {"cross": position_sizer(FixedContracts())},
    )
    return run_backtest_sync(config, source, [MovingAverageCross()], models)


def bare_loop(source: RecordedSource) -> None:
    """The reference of the same run: the averages alone, over the same events, without bus, book or log."""
    averages = MovingAverages()
    for event in source:
        if isinstance(event, BarArrived):
            averages.fast_is_above(event.bar.close)


def measure() -> list[Goal]:
    """Bars per second through the whole engine, and how many bare loops one run costs."""
    source = minute_source()
    count = SESSIONS * MINUTES
    result = run(source)
    if result.market_events != count:
        raise RuntimeError(f"the engine saw {result.market_events} of {count} bars")
    seconds = interleaved_medians({"engine": lambda: run(source), "bare": lambda: bare_loop(source)})
    print(
        f"minute bars: {count:,} bars, {len(result.fills):,} fills, bare loop {count / seconds['bare']:,.0f} bars/s, "
    )
    return [
        Goal("minute bars through the engine", count / seconds["engine"], "bars/s", 300_000, at_least=True),
        Goal("engine over bare loop", seconds["engine"] / seconds["bare"], "times", 6, at_least=False),
    ]
