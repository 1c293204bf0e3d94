"""`ironfly audit`: plays a configuration again with its future taken away or changed, and compares every decision.

The future is changed in a copy of the store, from which the whole run is opened anew: chains, contracts, bars,
settlement values, signals, and whatever a strategy reads out of `IRONFLY_STORE` by itself.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from api import wiring
from api.data_access import MODEL_FOLDER
from api.errors import one_line
from api.signal_files import with_other_file
from data.altered_store import OtherFuture, write_altered_store
from data.model_store import Progress, model_folder
from engine.config import SignalConfig
from engine.errors import EngineError
from engine.events import Event
from engine.instants import Instant
from engine.model import ContractTable, OptionContract, SessionTable
from engine.research.listed_source import ListedSource
from engine.research.look_ahead import (
    Change,
    Decision,
    DecisionLog,
    HorizonSource,
    audit_instants,
    events_until,
    first_change,
    other_quotes,
)
from engine.sources import EventSource
from engine.strategy import Strategy
from schemas.run_request import RunRequest
from signals.other_values import OtherValues

OTHER_SESSIONS: Final = 20
"""Sessions that another future has, at most."""
_AT_ONCE: Final = 2
"""Orders that are looked at of those that filled on the quotes that they were decided on."""


class Alteration(StrEnum):
    """What is done to the future."""

    NOTHING_COMES = "the future is cut off"
    OTHERS_COME = "the future is another one"
    OTHER_FILLS = "the quotes that it filled on are others"


@dataclass(frozen=True, slots=True)
class Finding:
    """A run whose decisions came out differently.

    Attributes:
        after: last instant that stayed as it was; of `OTHER_FILLS` the instant of the changed quotes.
    """

    alteration: Alteration
    after: Instant
    change: Change


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit looked at and found.

    Attributes:
        decisions: of the whole run.
        instants: at which the future was taken away or changed, ascending.
        runs: played, the first one included.
        findings: one for each run that came out differently, earliest change first.
    """

    decisions: int
    instants: tuple[Instant, ...]
    runs: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AuditTerms:
    """How thorough an audit is.

    Attributes:
        points: number of instants, of which each costs two runs up to it.
        observe: told the number of runs that are over, and how many there will be.
        build: told when model prices are made.
    """

    points: int = 8
    seed: int = 0
    observe: Callable[[int, int], None] = lambda done, runs: None
    build: Progress | None = None


def audit(request: RunRequest, store: Path, terms: AuditTerms) -> AuditReport:
    """Play a configuration as it is, then with other futures.

    Args:
        store: folder of imported market data; it is only read.

    Raises:
        InvalidConfiguration, DataError, EngineError: as the run itself would.
    """
    auditor = _Auditor(request, store, terms)
    log, calendar = auditor.true_run()
    since = calendar.midnight(request.config.start)
    instants = audit_instants(log, since, terms.points, terms.seed)
    at_once = log.filled_at_once()[:_AT_ONCE]
    looks: list[Callable[[], Finding | None]] = [
        partial(auditor.without_future, alteration, at)
        for at in instants
        for alteration in (Alteration.NOTHING_COMES, Alteration.OTHERS_COME)
    ]
    looks += [partial(auditor.with_other_fills, order_id) for order_id in at_once]
    findings = []
    for done, look in enumerate(looks, 1):
        terms.observe(done, len(looks) + 1)
        found = look()
        findings += [] if found is None else [found]
    terms.observe(len(looks) + 1, len(looks) + 1)
    ordered = sorted(findings, key=lambda one: (one.change.at, one.after))
    return AuditReport(len(log.decisions()), tuple(instants), len(looks) + 1, tuple(ordered))


class _Auditor:
    """The true run, and runs to compare with it."""

    def __init__(self, request: RunRequest, store: Path, terms: AuditTerms) -> None:
        self._request, self._store, self._terms = request, store, terms
        self._log = DecisionLog()
        self._decisions: tuple[Decision, ...] = ()

    def true_run(self) -> tuple[DecisionLog, SessionTable]:
        """Play it as it is; the log, and the sessions of its data."""
        with _reading(self._store):
            prepared = wiring.prepare(self._request, self._store, self._terms.build)
            wiring.play(prepared, lambda source: HorizonSource(source, self._log), (self._log,))
        self._calendar, self._contracts = prepared.data.source.sessions, prepared.data.source.contracts
        self._decisions = self._log.decisions()
        return self._log, self._calendar

    def without_future(self, alteration: Alteration, after: Instant) -> Finding | None:
        """Play it up to an instant, from a store that knows nothing of what came later."""
        log = DecisionLog()
        day = self._calendar.date_of(after)
        ends_at = self._calendar.midnight(day + timedelta(days=1))
        sessions = OTHER_SESSIONS if alteration is Alteration.OTHERS_COME else 0
        since = self._calendar.midnight(self._request.config.start)
        future = OtherFuture(after, day, ends_at, since, sessions, self._terms.seed)
        with tempfile.TemporaryDirectory(prefix="ironfly-audit-") as folder, _reading(Path(folder) / "store") as store:
            try:
                covered = self._copy(store, future)
                config = replace(
                    self._request.config,
                    end=min(self._request.config.end, covered),
                    signals=self._signals(Path(folder), OtherValues(after, self._calendar, sessions > 0)),
                )
                self._play(replace(self._request, config=config), store, _Horizon(after), log)
            except EngineError as error:
                return Finding(alteration, after, self._failed(log, error))
        change = first_change(self._decisions, log.decisions(), events_until(self._log.arrived, after))
        return None if change is None else Finding(alteration, after, change)

    def with_other_fills(self, order_id: int) -> Finding | None:
        """Play it up to the event after an order, with other quotes at the instant at which it was decided."""
        log, decision = DecisionLog(), self._log.decision_of(order_id)
        later = self._log.arrived[decision.number : decision.number + 1]
        horizon = _Horizon(later[0] if later else decision.at, other_quotes(decision.at, self._terms.seed))
        with _reading(self._store):
            try:
                self._play(self._request, self._store, horizon, log)
            except EngineError as error:
                return Finding(Alteration.OTHER_FILLS, decision.at, self._failed(log, error))
        made = [one for one in log.decisions() if one.at == decision.at]
        if any(one.said == decision.said for one in made):
            return None
        became = next((one.said for one in made if one.strategy == decision.strategy), None)
        return Finding(
            Alteration.OTHER_FILLS, decision.at, Change(decision.at, decision.strategy, decision.said, became)
        )

    # --- inside ----------------------------------------------------------------------------------------------------

    def _copy(self, store: Path, future: OtherFuture) -> date:
        """Write the altered store of the run's data; returns the last day that it covers."""
        data = self._request.config.data
        keys = [(name, data.resolution) for name in sorted(set(data.underlyings))]
        if data.source == "store":
            return write_altered_store(self._store, store, keys, future)
        true, altered = (model_folder(one.parent / MODEL_FOLDER, data.model_seed) for one in (self._store, store))
        return write_altered_store(true, altered, keys, future)

    def _signals(self, folder: Path, others: OtherValues) -> tuple[SignalConfig, ...]:
        """Signals whose files publish something else later on."""
        base, signals = self._request.base, enumerate(self._request.config.signals)
        return tuple(with_other_file(one, base, folder / f"signal-{place}.csv", others) for place, one in signals)

    def _play(self, request: RunRequest, store: Path, horizon: _Horizon, log: DecisionLog) -> None:
        prepared = wiring.prepare(request, store, self._terms.build)

        def wrap(source: EventSource) -> EventSource:
            listed = ListedSource.of(source, self._named_later(prepared.strategies, source.contracts))
            return HorizonSource(listed, log, horizon.until, self._calendar, horizon.change)

        wiring.play(prepared, wrap, (log,))

    def _named_later(self, strategies: Sequence[Strategy], listed: ContractTable) -> list[OptionContract]:
        """What strategies name by themselves and the true future lists only; it tells them nothing (T21)."""
        symbols = dict.fromkeys(symbol for strategy in strategies for symbol in strategy.named_symbols())
        later = {symbol: self._contracts.named(symbol) for symbol in symbols if listed.named(symbol) is None}
        return [contract for contract in dict.fromkeys(later.values()) if contract is not None]

    def _failed(self, log: DecisionLog, error: Exception) -> Change:
        """A run that cannot go on without the true future is a change too."""
        made = log.decisions()
        change = first_change(self._decisions[: len(made)], made, len(log.arrived))
        if change is not None:
            return change
        missed = self._decisions[len(made) : len(made) + 1]
        at = log.arrived[-1] if log.arrived else self._log.arrived[0]
        was = missed[0].said if missed else None
        return Change(at, missed[0].strategy if missed else "", was, f"the run fails: {one_line(error)}")


@dataclass(frozen=True, slots=True)
class _Horizon:
    until: Instant
    change: Callable[[Event], Event] = lambda event: event


@contextmanager
def _reading(store: Path) -> Iterator[Path]:
    """Let `Settings().store` be this folder, also for strategies that read it by themselves."""
    before = os.environ.get("IRONFLY_STORE")
    os.environ["IRONFLY_STORE"] = str(store)
    try:
        yield store
    finally:
        if before is None:
            del os.environ["IRONFLY_STORE"]
        else:
            os.environ["IRONFLY_STORE"] = before
