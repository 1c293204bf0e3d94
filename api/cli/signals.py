"""`ironfly signals`: what the signals of a configuration say over its run, and what they are worth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from api.cli.display import console, figure_table
from api.cli.json_answer import print_json
from api.cli.progress import show_build
from api.settings import Settings
from api.signal_scores import ScoredSignal, scored_signals
from schemas.run_request import RunRequest


def show_signals(request: RunRequest, store: Path | None, *, as_json: bool) -> None:
    """Play a valid configuration and print a table of its signals, or all of their values as JSON."""
    scored = scored_signals(request, store or Settings().store, build=show_build)
    if as_json:
        print_json([_document(one) for one in scored])
        return
    out = console()
    if not scored:
        out.print("The configuration has no signals.")
        return
    out.print(_values(scored))
    out.print()
    out.print(_scores(scored))


def _document(signal: ScoredSignal) -> dict[str, Any]:
    return {
        "name": signal.name,
        "kind": signal.kind,
        "market": signal.market,
        "values": [
            {"day": day, "value": value} for day, value in zip(signal.days, signal.values.tolist(), strict=True)
        ],
        "scores": signal.scores,
    }


def _values(scored: list[ScoredSignal]) -> Any:
    table = figure_table(
        "Values at the closes", ("signal", "kind"), ("sessions", "undefined", "lowest", "median", "highest", "last")
    )
    for one in scored:
        known = one.values[np.isfinite(one.values)]
        spread = (known.min(), np.median(known), known.max(), known[-1]) if len(known) else (np.nan,) * 4
        counts = str(len(one.values)), str(len(one.values) - len(known))
        table.add_row(one.name, one.kind, *counts, *map(_figure, spread))
    return table


def _scores(scored: list[ScoredSignal]) -> Any:
    figures = "sessions ahead", "pairs", "correlation", "of ranks", "hit rate"
    table = figure_table("Against the returns that followed", ("signal", "market"), figures)
    for one in scored:
        for score in one.scores:
            rates = score.pearson, score.rank, score.hit_rate.rate
            table.add_row(one.name, one.market, str(score.horizon), str(score.count), *map(_figure, rates))
    return table


def _figure(value: float) -> str:
    return f"{value:.4g}" if np.isfinite(value) else "-"
