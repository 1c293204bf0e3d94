"""`ironfly validate`: everything that a run would check before it starts, without running."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from api import wiring
from api.cli.display import console
from api.cli.json_answer import print_json
from api.cli.progress import show_build
from api.cli.stored_documents import skipped_document
from api.settings import Settings
from data.facts import DataFacts
from engine.config import RunConfig
from schemas.run_request import RunRequest

_QUOTES_PER_SECOND: Final = 5_000_000
"""Order of magnitude of a run on one core, for the estimate only."""


def check(request: RunRequest, store: Path | None, *, as_json: bool) -> None:
    """Print what a valid configuration would run on.

    Raises:
        InvalidConfiguration, DataError: as a run would.
    """
    prepared = wiring.prepare(request, store or Settings().store, show_build)
    config, facts = prepared.config, prepared.data.facts
    if as_json:
        print_json(_document(config, facts) | {"warnings": prepared.cautions})
        return
    out = console()
    out.print(f"{request.document.name}: valid", soft_wrap=True)
    out.print(f"strategies: {', '.join(strategy.name for strategy in config.strategies)}", soft_wrap=True)
    out.print(f"signals: {', '.join(signal.name for signal in config.signals) or 'none'}", soft_wrap=True)
    for line in (*_coverage(facts), *(f"warning: {caution}" for caution in prepared.cautions)):
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
    lines.append(f"estimated time: about {_estimated_s(facts)} s")
    return lines


def _document(config: RunConfig, facts: DataFacts) -> dict[str, Any]:
    return {
        "name": config.name,
        "strategies": [strategy.name for strategy in config.strategies],
        "signals": [signal.name for signal in config.signals],
        "data": {
            "underlyings": facts.underlyings,
            "resolution": facts.resolution,
            "first": facts.first,
            "last": facts.last,
            "sessions_expected": facts.sessions_expected,
            "sessions_present": facts.sessions_present,
            "missing": [one._asdict() for one in facts.missing],
            "chains": facts.snapshots,
            "counts": facts.counts,
            "content_hash": facts.content_hash,
            "skipped": skipped_document(facts.skipped),
        },
        "estimated_s": _estimated_s(facts),
    }


def _estimated_s(facts: DataFacts) -> int:
    return max(1, round(facts.counts.rows / _QUOTES_PER_SECOND))
