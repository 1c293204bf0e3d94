"""Columns of numbers in, columns of numbers out, on one thread or several."""

import math
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import pairwise

import numpy as np

from engine.pricing.arguments import ColumnsKernel
from engine.pricing.errors import PricingInputError
from engine.pricing.result_memory import result_rows
from engine.pricing.types import Columns, FloatArray, Numbers
from engine.pricing.windows import BLOCK

_PARALLEL_FROM = 100_000
_SMALLEST_PIECE = 32 * BLOCK
_FLOAT64 = np.dtype(np.float64)

_threads: ContextVar[int] = ContextVar("pricing_threads", default=1)


@contextmanager
def pricing_threads(count: int) -> Iterator[None]:
    """Let calls inside the context use `count` threads for more than 100,000 elements.

    One thread is the default, because runs are better spread over processes. Results have the same bits either way.
    Raises `PricingInputError` for a count below one.
    """
    if count < 1:
        raise PricingInputError(f"the number of pricing threads is at least 1, not {count}")
    token = _threads.set(count)
    try:
        yield
    finally:
        _threads.reset(token)


def apply(kernel: ColumnsKernel, inputs: tuple[Numbers, ...], outputs: int) -> FloatArray:
    """Run the kernel over the broadcast inputs; the first axis of the result numbers the outputs.

    Raises `PricingInputError` when the inputs are not numbers or do not broadcast.
    """
    size = _size_of_columns(inputs)
    results = result_rows(outputs, size)
    # Most calls need no conversion, and the kernel finds out sooner than numpy.
    if size and _run(kernel, inputs, results, size):
        return results if results.shape[1] == size else results[:, :size]
    columns, shape, size = flatten(inputs)
    results = result_rows(outputs, size)
    if size and not _run(kernel, columns, results, size):
        raise PricingInputError("pricing inputs must be numbers that numpy holds as float64")
    results = results if results.shape[1] == size else results[:, :size]
    return results if len(shape) == 1 else results.reshape((outputs, *shape))


def _size_of_columns(inputs: tuple[Numbers, ...]) -> int:
    """Return the size of the first array if it has one dimension, else zero."""
    for value in inputs:
        if type(value) is np.ndarray:
            return value.size if value.ndim == 1 else 0
    return 0


def _run(kernel: ColumnsKernel, inputs: tuple[Numbers, ...], results: FloatArray, size: int) -> bool:
    if size < _PARALLEL_FROM or _threads.get() < 2:
        return kernel.run(inputs, results, 0, size)
    return _run_in_threads(kernel, inputs, results, size)


def flatten(inputs: Sequence[Numbers]) -> tuple[Columns, tuple[int, ...], int]:
    """Return contiguous columns of one element or of the broadcast size, the broadcast shape, and its size."""
    shape: tuple[int, ...] = ()
    try:
        arrays = [np.array(value, np.float64, copy=None) for value in inputs]
        for array in arrays:
            if array.shape != shape and array.ndim:
                shape = np.broadcast_shapes(shape, array.shape) if shape else array.shape
        return tuple([_column(array, shape) for array in arrays]), shape, math.prod(shape)
    except (TypeError, ValueError) as error:
        raise PricingInputError(f"pricing inputs must be numbers of shapes that broadcast: {error}") from error


def _column(array: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    if array.shape != shape and array.size > 1:
        array = np.broadcast_to(array, shape)
    # A read-only array would be another type to the compiler: another compilation of every kernel.
    if not array.flags.carray:
        array = array.copy()
    if array.dtype is not _FLOAT64:  # only equal to it
        array = array.view(_FLOAT64)
    return array if array.ndim == 1 else array.reshape(-1)


def _run_in_threads(kernel: ColumnsKernel, inputs: tuple[Numbers, ...], results: FloatArray, size: int) -> bool:
    workers = min(_threads.get(), 2 * size // _PARALLEL_FROM)
    pieces = deque(pairwise(_bounds(size, workers)))

    def work() -> bool:
        while True:
            try:
                first, last = pieces.popleft()
            except IndexError:  # the other one took the last piece
                return True
            if not kernel.run(inputs, results, first, last):
                return False

    # This thread is one of the workers.
    others = [_pool(workers - 1).submit(work) for _ in range(workers - 1)]
    return all([work(), *(other.result() for other in others)])


def _bounds(size: int, workers: int) -> list[int]:
    """Bounds of the pieces: half of each worker's share of what is left.

    The first are large, so that there are few; the last are small, so that nobody waits long for a worker that was
    held up (guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987).
    """
    bounds = [0]
    while (left := size - bounds[-1]) > _SMALLEST_PIECE:
        bounds.append(bounds[-1] + max(left // (2 * workers) // BLOCK * BLOCK, _SMALLEST_PIECE))
    return [*bounds, size]


@cache
def _pool(workers: int) -> ThreadPoolExecutor:
    """Threads that stay: one costs as much to start as ten thousand contracts."""
    return ThreadPoolExecutor(workers, "pricing")


# A forked process has none of the threads.
os.register_at_fork(after_in_child=_pool.cache_clear)
