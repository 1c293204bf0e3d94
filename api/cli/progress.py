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
from engine.runner import Listener

_BAR_EVERY_S: Final = 0.1
_LINE_EVERY_S: Final = 5.0


def show_build(build: BuildProgress) -> None:
    """Say on stderr which model prices are made; it happens once and takes seconds per year."""
    sys.stderr.write(f"making model prices of {build.underlying} {build.year} ({build.done + 1} of {build.years})\n")


class Pace:
    """How far the simulated date has come between two dates, and how long the rest may take."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, max((last - first).days + 1, 1)
        self.began = time.monotonic()

    def done(self, at: Instant) -> int:
        """Days that are over."""
        return min(max((utc_datetime(at).date() - self.first).days, 0), self.days)

    def said(self, at: Instant, now: float) -> str:
        """Simulated date, share and time left, in words."""
        done = self.done(at)
        left = "" if done == 0 else f", about {timedelta(seconds=self._remaining_s(done, now))} left"
        return f"{utc_datetime(at).date().isoformat()} {done / self.days:.0%}{left}"

    def _remaining_s(self, done: int, now: float) -> int:
        return round((now - self.began) / done * (self.days - done))


class RunProgress:
    """Shows how far the simulated date has come between two dates; silent when `enabled` is false."""

    def __init__(self, first: date, last: date, enabled: bool = True) -> None:
        self._pace, self._enabled = Pace(first, last), enabled
        self._terminal = sys.stderr.isatty()
        self._shown = self._pace.began
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
        self._task = self._bar.add_task("run", total=self._pace.days, simulated=first.isoformat())

    def __enter__(self) -> RunProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    @property
    def listeners(self) -> tuple[Listener, ...]:
        """It follows the source only."""
        return ()

    def observe(self, at: Instant) -> None:
        """Take note of the instant of an event."""
        now = time.monotonic()
        if not self._enabled or now - self._shown < (_BAR_EVERY_S if self._terminal else _LINE_EVERY_S):
            return
        self._shown = now
        if self._terminal:
            day = utc_datetime(at).date()
            self._bar.update(self._task, completed=self._pace.done(at), simulated=day.isoformat())
        else:
            sys.stderr.write(f"{self._pace.said(at, now)}\n")
