"""The run: builds its parts, lets them take their places, and feeds the source through them, day by day."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from engine import events as on
from engine.collector import collector_at_rest
from engine.config import RunConfig
from engine.costs.cash_flows import cash_events
from engine.errors import ConfigurationError, RunInterrupted
from engine.events import Event
from engine.instants import Instant
from engine.ledger import EntryKind
from engine.parts import Models, Parts
from engine.result import AccountTotals, BacktestResult, StrategyOutcome, Trade
from engine.risk_rules.breakdown import ExposureBreakdown
from engine.running_order import Listener, handlers, warm_up_handlers
from engine.sources import EventSource, merge
from engine.strategy import Strategy
from engine.strategy_outcomes import strategy_outcomes

__all__ = ["Listener", "Models", "run_backtest", "run_backtest_sync"]


_ONE_DAY: Final = timedelta(days=1)
_EVENTS_IN_A_TURN: Final = 50
"""After so many events other tasks of the process have theirs, between two days."""


async def run_backtest(
    config: RunConfig,
    source: EventSource,
    strategies: Sequence[Strategy],
    models: Models,
    listeners: Sequence[Listener] = (),
) -> BacktestResult:
    """Run strategies over a source and return what happened.

    Events before `config.start` reach signals only; those after `config.end` are not read. A source that raises
    `RunInterrupted` ends the run with what it has.

    Raises:
        ConfigurationError: when a strategy has no sizer, or two share a name.
        HandlerFailed: when a strategy or a part of the engine raised.
    """
    run = _Run(Parts(config, source, strategies, models), source, listeners)
    with collector_at_rest():
        try:
            return await run.play()
        finally:
            run.close()


def run_backtest_sync(
    config: RunConfig,
    source: EventSource,
    strategies: Sequence[Strategy],
    models: Models,
    listeners: Sequence[Listener] = (),
) -> BacktestResult:
    """`run_backtest` for scripts, and for notebooks, whose event loop already runs."""
    results: list[BacktestResult] = []
    failures: list[BaseException] = []

    async def play() -> None:
        # Not returned: asyncio prints its tasks, results and all, when it puts the signal handlers back.
        results.append(await run_backtest(config, source, strategies, models, listeners))

    def play_in_thread() -> None:
        try:
            asyncio.run(play())
        except BaseException as failure:  # noqa: BLE001 - raised again in the caller's thread, below
            failures.append(failure)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(play())
    else:
        thread = threading.Thread(target=play_in_thread, name="ironfly-run")
        thread.start()
        thread.join()
    if failures:
        raise failures[0]
    return results[0]


class _Run:
    """One run: who handles what, from the first event to the last."""

    def __init__(self, parts: Parts, source: EventSource, listeners: Sequence[Listener]) -> None:
        self.config, self.parts, self.source, self.listeners = parts.config, parts, source, listeners
        self.bus = parts.bus
        self.days: list[date] = []
        self.day_starts: list[Instant] = []
        self.market_events = 0

    # --- from the first event to the last --------------------------------------------------------------------------

    async def play(self) -> BacktestResult:
        """Feed the source through the bus, end the run, and gather the result."""
        interrupted = False
        try:
            await self._feed()
        except RunInterrupted:
            interrupted = True
        await self._end_session()
        exposure = self.parts.exposure_watch.breakdown()
        policy = "mark" if interrupted else self.config.open_at_end
        self.parts.end_of_run.carry_out(policy, self.parts.settlement)
        await self.bus.drain()
        await self._mark()
        self.parts.attribution.finish()
        self.bus.publish(on.RunFinished(self.parts.market.now, interrupted))
        await self.bus.drain()
        return self._result(interrupted, exposure)

    def close(self) -> None:
        """Let go of what holds itself: the run holds these and they hold the run."""
        self.bus.close()
        self.parts.recorder.close()

    async def _feed(self) -> None:
        start = self.source.sessions.midnight(self.config.start)
        end = self.source.sessions.midnight(self.config.end + _ONE_DAY)
        undo = [
            self.bus.subscribe(event_type, handler)
            for event_type, handler in warm_up_handlers(self.parts, self.listeners)
        ]
        feed, day_ends, count, turn = self.bus.feed, start, 0, 0
        try:
            for event in self._events():
                if event.at >= day_ends:
                    if event.at >= end:
                        break
                    if count >= turn:
                        await asyncio.sleep(0)
                        turn = count + _EVENTS_IN_A_TURN
                    day_ends = await self._new_day(event.at, undo)
                waiting = feed(event)
                if waiting is not None:
                    await waiting
                count += 1
        finally:
            self.market_events = count
        if not self.days:
            raise ConfigurationError(
                f"the source has no event from {self.config.start} to {self.config.end}; choose other dates"
            )

    def _events(self) -> Iterable[Event]:
        """The source, with cash flows and times that strategies asked for: at one instant the market comes first."""
        sessions = self.source.sessions
        wakes = [
            on.TimeReached(at, strategy.name)
            for strategy in self.parts.strategies
            for at in strategy.wake_times(sessions)
        ]
        config = self.config
        flows = cash_events(config.account.cash_flows, config.start, config.end, sessions)
        if not wakes and not flows:
            return self.source
        return merge([self.source, flows, sorted(wakes, key=lambda wake: wake.at)])

    async def _new_day(self, at: Instant, undo: Sequence[Callable[[], None]]) -> Instant:
        """Begin the run on its first day, end the day before on any other; returns the end of this day."""
        day = self.source.sessions.date_of(at)
        if self.days:
            await self._end_session()
            await self._mark()
            await self._night(self.days[-1], day)
        else:
            await self._begin(undo)
        self.days.append(day)
        self.day_starts.append(at)
        return self.source.sessions.midnight(day + _ONE_DAY)

    async def _night(self, ended: date, begins: date) -> None:
        """What happens between two sessions, on the last prices: exercise, dividends, corporate actions."""
        actions = self.parts.corporate_actions
        self.parts.overnight.carry_out(ended, begins)
        await self.bus.drain()
        self.parts.dividends.settle_night(ended, begins)
        await self.bus.drain()
        for adjustment in actions.due(ended, begins):
            actions.settle_expired(adjustment, ended)
            await self.bus.drain()
            actions.carry_out(adjustment)
            await self.bus.drain()
            self.parts.levels.restate()

    async def _end_session(self) -> None:
        """Note prices, book the interest of the nights before, and check the requirement where that is due."""
        parts = self.parts
        if self.days:
            parts.levels.end_session()
            parts.attribution.end_session(self.day_starts[-1])
            if parts.financing is not None:
                parts.financing.on_session_end(self.days[-1])
                await self.bus.drain()
        parts.margin_watch.on_session_end()
        parts.protection.on_session_end()
        parts.exposure_watch.on_session_end()
        await self.bus.drain()

    async def _mark(self) -> None:
        """Have a value of the account at the last event, also where nothing was held."""
        portfolio = self.parts.portfolio
        now, cash = self.parts.market.now, portfolio.ledger.cash
        if not self.parts.performance.curve.ends_at(now, cash, portfolio.market_value):
            portfolio.publish_mark()
            await self.bus.drain()

    async def _begin(self, undo: Sequence[Callable[[], None]]) -> None:
        """The warm-up is over: everybody takes his place, and strategies start."""
        for take_away in undo:
            take_away()
        for event_type, handler in handlers(self.parts, self.listeners):
            self.bus.subscribe(event_type, handler)
        self.parts.levels.restate()
        self.parts.host.start()
        await self.bus.drain()

    # --- what it leaves behind -------------------------------------------------------------------------------------

    def _result(self, interrupted: bool, exposure: ExposureBreakdown) -> BacktestResult:
        trades, orders = self.parts.performance.trades(), self.parts.desk.orders()
        return BacktestResult(
            started_at=self.day_starts[0],
            finished_at=self.parts.market.now,
            interrupted=interrupted,
            equity=self.parts.performance.curve,
            days=tuple(self.days),
            day_starts=tuple(self.day_starts),
            levels=self.parts.levels.by_symbol(),
            fills=tuple(self.parts.performance.fills),
            depths=tuple(self.parts.performance.depths),
            moves=self.parts.performance.moves.sums(),
            trades=trades,
            open_positions=tuple(self.parts.portfolio.positions.values()),
            settlements=tuple(self.parts.settlement.records),
            refusals=self.parts.desk.refusals(),
            funnel={name: tally.counts for name, tally in self.parts.host.tallies.items()},
            declines={name: tally.declines for name, tally in self.parts.host.tallies.items()},
            marks=dict(sorted(self.parts.portfolio.mark_counts.items())),
            blocked_fills=dict(sorted(self.parts.broker.blocked.items())),
            orders=orders,
            order_list_hash=self.parts.recorder.order_list_hash(orders),
            strategies=self._outcomes(trades),
            exposure=exposure,
            session_exposures=tuple(self.parts.exposure_watch.points),
            totals=self._totals(),
            stretches=self.parts.attribution.stretches,
            bookings=tuple(self.parts.attribution.bookings),
            market_events=self.market_events,
            event_log=tuple(self.parts.recorder.kept),
            event_log_hash=self.parts.recorder.event_log_hash(),
        )

    def _outcomes(self, trades: Sequence[Trade]) -> Mapping[str, StrategyOutcome]:
        names = [strategy.name for strategy in self.parts.strategies]
        shares = self.parts.margin_shares.shares(self.parts.market.now)
        return strategy_outcomes(names, trades, self.parts.portfolio.dividends, shares)

    def _totals(self) -> AccountTotals:
        ledger = self.parts.portfolio.ledger
        return AccountTotals(
            initial_cash=ledger.initial_cash,
            external_flows=ledger.total(EntryKind.EXTERNAL),
            realised=self.parts.portfolio.realised,
            unrealised=self.parts.portfolio.unrealised,
            fees=-ledger.total(EntryKind.FEE),
            interest=ledger.total(EntryKind.INTEREST),
            dividends=ledger.total(EntryKind.DIVIDEND),
            final_cash=ledger.cash,
            final_market_value=self.parts.portfolio.market_value,
        )
