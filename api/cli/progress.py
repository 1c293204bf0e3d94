"""Progress of a run on stderr: a bar with the simulated date on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from types import TracebackType
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from data.model_store import BuildProgress
from engine.instants import Instant, utc_datetime

_BAR_EVERY_S: Final = 0.1
_LINE_EVERY_S: Final = 5.0


def show_build(build: BuildProgress) -> None:
    """Say on stderr which model prices are made; it happens once and takes seconds per year."""
    sys.stderr.write(f"making model prices of {build.underlying} {build.year} ({build.done + 1} of {build.years})\n")


class RunProgress:
    """Shows how far the simulated date has come between two dates; silent when `enabled` is false."""

    def __init__(self, first: date, last: date, enabled: bool = True) -> None:
        self._first, self._days = first, max((last - first).days + 1, 1)
        self._enabled = enabled
        self._terminal = sys.stderr.isatty()
        self._began = self._shown = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.fields[simulated]}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("ETA"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not (enabled and self._terminal),
        )
        self._task = self._bar.add_task("run", total=self._days, simulated=first.isoformat())

    def __enter__(self) -> RunProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def observe(self, at: Instant) -> None:
        """Take note of the instant of an event."""
        now = time.monotonic()
        if not self._enabled or now - self._shown < (_BAR_EVERY_S if self._terminal else _LINE_EVERY_S):
            return
        self._shown = now
        day = utc_datetime(at).date()
        done = min(max((day - self._first).days, 0), self._days)
        if self._terminal:
            self._bar.update(self._task, completed=done, simulated=day.isoformat())
        else:
            sys.stderr.write(f"{day.isoformat()} {done / self._days:.0%}{self._eta(done, now)}\n")

    def _eta(self, done: int, now: float) -> str:
        if done == 0:
            return ""
        remaining = timedelta(seconds=round((now - self._began) / done * (self._days - done)))
        return f", about {remaining} left"
