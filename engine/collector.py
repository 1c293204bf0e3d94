"""Python's garbage collector while runs are on: a run makes no cycles, so that looking for them finds nothing."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_ALLOCATIONS_BETWEEN_LOOKS: Final = 100_000
_lock = threading.Lock()
_runs: list[tuple[int, int, int]] = []
"""The thresholds that each run under way found, the first one those of the process."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector leave alone what existed before, and look at the rest a hundred times as seldom as usual.

    Scanning every imported module again and again would cost a tenth of a run over bars, and scanning the growing
    record of a run a twentieth of it. What was usual holds again when the last of several runs has ended.
    """
    with _lock:
        _runs.append(gc.get_threshold())
        gc.set_threshold(_ALLOCATIONS_BETWEEN_LOOKS, *_runs[0][1:])
        gc.freeze()
    try:
        yield
    finally:
        with _lock:
            # What the run leaves is taken among the old at once, instead of being looked through first.
            gc.freeze()
            gc.unfreeze()
            usual = _runs[0]
            _runs.pop()
            if not _runs:
                gc.set_threshold(*usual)
