"""`ironfly validate`: everything that a run would check before it starts, without running."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from api import wiring
from api.cli.display import console
from api.cli.progress import show_build
from api.settings import Settings
from data.facts import DataFacts
from schemas.run_request import RunRequest

_QUOTES_PER_SECOND: Final = 5_000_000
"""Order of magnitude of a run on one core, for the estimate only."""


def check(request: RunRequest, store: Path | None) -> None:
    """Print what a valid configuration would run on.

    Raises:
        InvalidConfiguration, DataError: as a run would.
    """
    prepared = wiring.prepare(request, store or Settings().store, show_build)
    out = console()
    config, facts = prepared.config, prepared.data.facts
    out.print(f"{request.document.name}: valid", soft_wrap=True)
    out.print(f"strategies: {', '.join(strategy.name for strategy in config.strategies)}", soft_wrap=True)
    out.print(f"signals: {', '.join(signal.name for signal in config.signals) or 'none'}", soft_wrap=True)
    for line in _coverage(facts):
        out.print(line, soft_wrap=True)


def _coverage(facts: DataFacts) -> list[str]:
    lines = [
        f"data: {', '.join(facts.underlyings)} ({facts.resolution}), {facts.first} to {facts.last}, "
        f"{facts.sessions_present} of {facts.sessions_expected} sessions, {facts.snapshots} chains, "
        f"{facts.counts.rows:,} quotes"
    ]
    if facts.missing:
        lines.append("no data of " + ", ".join(f"{one.day} ({one.underlying})" for one in facts.missing))
    lines += [f"{one.source.name}: {one.rows} rows left out: {one.reason}" for one in facts.skipped]
    lines.append(f"estimated time: about {max(1, round(facts.counts.rows / _QUOTES_PER_SECOND))} s")
    return lines
