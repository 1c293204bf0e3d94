"""Ctrl-C: the first asks the run to stop and keep what it has, the second aborts."""

from __future__ import annotations

import signal
import sys
from types import FrameType, TracebackType
from typing import Any


class Interruption:
    """While it is entered, the first SIGINT only sets a flag; the second raises KeyboardInterrupt."""

    def __init__(self) -> None:
        self._requested = False
        self._before: Any = None

    def __enter__(self) -> Interruption:
        self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def requested(self) -> bool:
        """Whether the user asked to stop."""
        return self._requested

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._requested:
            raise KeyboardInterrupt
        self._requested = True
        sys.stderr.write("stopping; press Ctrl-C again to abort without a result\n")
