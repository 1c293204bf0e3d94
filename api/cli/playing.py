"""Plays a prepared run in a terminal: with progress or a picture of its equity, until its end or Ctrl-C."""

from __future__ import annotations

from typing import Literal, TypeAlias

from api import wiring
from api.cli.interruption import Interruption
from api.cli.live import LiveEquity, can_draw
from api.cli.progress import RunProgress, show_build
from api.mapping import FinishedRun
from api.observed_source import ObservedSource
from data.model_store import Progress
from engine.sources import EventSource, InterruptibleSource

Watching: TypeAlias = Literal["nothing", "progress", "live"]
"""What is shown on stderr while a run goes on; `live` is `progress` where nothing can be drawn."""


def builds_shown(watching: Watching) -> Progress | None:
    """Who is told of model prices that are made."""
    return None if watching == "nothing" else show_build


def play(prepared: wiring.PreparedRun, watching: Watching) -> FinishedRun:
    """Play a run.

    Raises:
        EngineError: when it fails.
        KeyboardInterrupt: when Ctrl-C is pressed twice.
    """
    first, last = prepared.config.start, prepared.config.end
    live = watching == "live" and can_draw()
    shown = LiveEquity(first, last) if live else RunProgress(first, last, watching != "nothing")
    with Interruption() as interruption, shown as watch:

        def watched(source: EventSource) -> EventSource:
            return InterruptibleSource(ObservedSource(source, watch.observe), interruption.requested)

        return wiring.play(prepared, watched, watch.listeners)
