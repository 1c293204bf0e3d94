"""Memory for large results, used again once the arrays that were handed out are gone.

A fresh page of memory costs more to get than ten sensitivities cost to compute, so the memory of large results that are
no longer referenced is kept for the next ones: two pieces at most.
"""

from collections import deque
from typing import Any

import numpy as np

from engine.pricing.streaming import LINE
from engine.pricing.types import FloatArray

LARGE = 1 << 19
"""Elements from which results are worth it: 4 MiB."""
_KEPT = 2
_released: deque[FloatArray] = deque(maxlen=_KEPT)


class _Lease:
    """What the arrays on a piece of memory refer to; gives the memory back when the last of them is gone."""

    __slots__ = ("__array_interface__", "_memory")

    def __init__(self, memory: FloatArray) -> None:
        self._memory = memory
        self.__array_interface__: dict[str, Any] = memory.__array_interface__

    def __del__(self) -> None:
        _released.append(self._memory)


def result_rows(rows: int, size: int) -> FloatArray:
    """Uninitialised rows of at least `size` elements; large ones begin at cache lines."""
    if rows * size < LARGE:
        return np.empty((rows, size))
    padded = -(-size // LINE) * LINE
    memory = _memory(rows * padded + LINE)
    skipped = -(memory.ctypes.data // memory.itemsize) % LINE
    return np.asarray(_Lease(memory))[skipped : skipped + rows * padded].reshape(rows, padded)


def _memory(size: int) -> FloatArray:
    """A released piece that fits, else a new one."""
    try:
        candidate = _released.pop()
    except IndexError:
        return np.empty(size)
    return candidate if size <= candidate.size <= 2 * size else np.empty(size)
