"""Columns of numbers in, columns of numbers out, by way of one small work area that the loops see.

The loops work on one flat array in the first-level cache, in which every column has a fixed place. LLVM then knows that
columns do not overlap and vectorises without checks, and constant columns are spread once. Loops run over whole
vectors, so that an element's bits do not depend on its place in the array.
"""

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise
from typing import TypeAlias, cast

import numpy as np

from engine.pricing.compiling import inlined, loop
from engine.pricing.errors import PricingInputError
from engine.pricing.result_memory import result_rows
from engine.pricing.streaming import LINE, begins_line, stream_line
from engine.pricing.types import FloatArray, Numbers

Columns: TypeAlias = tuple[FloatArray, ...]
# Columns, results, first and last element: results has a row for each output.
Kernel: TypeAlias = Callable[[Columns, FloatArray, int, int], None]

BLOCK = 64
# Off the powers of two, so that columns do not compete for the same cache sets.
STRIDE = BLOCK + 8
_VECTOR = 8
_PARALLEL_FROM = 100_000
_PIECES = 8
_STREAMED = 1 << 20

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


def apply(kernel: Kernel, inputs: Sequence[Numbers], outputs: int) -> FloatArray:
    """Run the kernel over the broadcast inputs; the first axis of the result numbers the outputs.

    Raises `PricingInputError` when the inputs are not numbers or do not broadcast.
    """
    columns, shape, size = flatten(inputs)
    results = result_rows(outputs, size)
    if size < _PARALLEL_FROM or _threads.get() < 2:
        kernel(columns, results, 0, size)
    else:
        _apply_in_threads(kernel, columns, results, size)
    results = results if results.shape[1] == size else results[:, :size]
    return results if len(shape) == 1 else results.reshape((outputs, *shape))


def flatten(inputs: Sequence[Numbers]) -> tuple[Columns, tuple[int, ...], int]:
    """Return contiguous columns of one element or of the broadcast size, the broadcast shape, and its size."""
    if _are_columns(inputs):
        columns = cast(Columns, tuple(inputs))
        return columns, columns[0].shape, columns[0].size
    shape: tuple[int, ...] = ()
    try:
        arrays = [np.array(value, np.float64, copy=None) for value in inputs]
        for array in arrays:
            if array.shape != shape and array.ndim:
                shape = np.broadcast_shapes(shape, array.shape) if shape else array.shape
        return tuple([_column(array, shape) for array in arrays]), shape, math.prod(shape)
    except (TypeError, ValueError) as error:
        raise PricingInputError(f"pricing inputs must be numbers of shapes that broadcast: {error}") from error


def _are_columns(inputs: Sequence[Numbers]) -> bool:
    """Tell whether nothing is to be converted: most calls are such, and numpy takes its time to find out."""
    shape = getattr(inputs[0], "shape", ())
    if len(shape) != 1:
        return False
    for value in inputs:
        if type(value) is not np.ndarray or value.dtype is not _FLOAT64 or value.shape != shape:
            return False
        if not value.flags.carray:
            return False
    return True


def _column(array: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    if array.shape != shape and array.size > 1:
        array = np.broadcast_to(array, shape)
    # A read-only array would be another type to the compiler: another compilation of every kernel.
    if not array.flags.carray:
        array = array.copy()
    return array if array.ndim == 1 else array.reshape(-1)


def _apply_in_threads(kernel: Kernel, columns: Columns, results: FloatArray, size: int) -> None:
    workers = min(_threads.get(), 2 * size // _PARALLEL_FROM)
    # More pieces than workers, so that one that is held up does not hold up the others.
    count = _PIECES * workers
    bounds = [size * k // count // BLOCK * BLOCK for k in range(count)] + [size]
    pieces = deque(pairwise(bounds))

    def work() -> None:
        while True:
            try:
                first, last = pieces.popleft()
            except IndexError:  # the other one took the last piece
                return
            kernel(columns, results, first, last)

    # This thread is one of the workers: a thread costs as much to start as ten thousand contracts.
    with ThreadPoolExecutor(workers - 1) as pool:
        others = [pool.submit(work) for _ in range(workers - 1)]
        work()
    for other in others:
        other.result()


@inlined
def whole_vectors(count: int) -> int:
    """Return count rounded up to full vectors."""
    return (count + _VECTOR - 1) // _VECTOR * _VECTOR


@loop
def load(column: FloatArray, start: int, count: int, area: FloatArray, place: int, first: int) -> None:
    """Copy elements start .. start + count of a column to its place; pad to full vectors.

    A constant is spread in the first block, and stays there.
    """
    # Unsigned, so that the compiler need not ask whether an index counts from the end, and vectorises.
    source, target, length = np.uintp(start), np.uintp(place), np.uintp(count)
    whole = np.uintp(whole_vectors(count))
    if column.size > 1:
        for i in range(length):
            area[target + i] = column[source + i]
        for i in range(length, whole):
            area[target + i] = column[source + length - np.uintp(1)]
    elif start == first:
        for i in range(whole):
            area[target + i] = column[0]


@inlined
def load_seven(columns: Columns, start: int, count: int, area: FloatArray, first: int) -> None:
    """Load the seven inputs of a European formula to the head of the work area."""
    load(columns[0], start, count, area, 0, first)
    load(columns[1], start, count, area, STRIDE, first)
    load(columns[2], start, count, area, 2 * STRIDE, first)
    load(columns[3], start, count, area, 3 * STRIDE, first)
    load(columns[4], start, count, area, 4 * STRIDE, first)
    load(columns[5], start, count, area, 5 * STRIDE, first)
    load(columns[6], start, count, area, 6 * STRIDE, first)


@loop
def store(area: FloatArray, place: int, results: FloatArray, row: int, start: int, count: int) -> None:
    """Copy the first count elements of a column of the work area to a row of the results.

    Rows that no cache would keep are written past it, which saves reading them first.
    """
    source, target, line = np.uintp(place), np.uintp(start), np.uintp(row)
    streamed = 0
    if results.size >= _STREAMED and begins_line(results, row * results.shape[1] + start):
        streamed = count // LINE * LINE
    for i in range(0, streamed, LINE):
        stream_line(area, place + i, results, row * results.shape[1] + start + i)
    for i in range(np.uintp(streamed), np.uintp(count)):
        results[line, target + i] = area[source + i]
