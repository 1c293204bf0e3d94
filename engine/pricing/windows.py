"""Blocks of columns and of results, for the loops to read and write where they stand.

Loops run over whole vectors, so that an element's bits do not depend on its place in the array. What cannot be read or
written in whole vectors where it stands has its place aside: constants, which are spread once, the end of columns that
does not fill a vector, and results that are written past the caches.
"""

from typing import NamedTuple, TypeAlias

from engine.pricing.arguments import Column, Columns, Rows
from engine.pricing.compiling import apart, inlined
from engine.pricing.pointers import later, pointer_to
from engine.pricing.streaming import LINE, begins_line, stream_line
from engine.pricing.types import FloatArray
from engine.pricing.vectors import LANES

Source: TypeAlias = tuple[FloatArray, int]
Sources: TypeAlias = tuple[Source, Source, Source, Source, Source, Source, Source]
Seven: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]

BLOCK = 256
VECTOR = LANES
# Off the powers of two, so that columns do not compete for the same cache sets.
STRIDE = BLOCK + 8
_INPUTS, _OUTPUTS = 7, 10
ASIDE = (_INPUTS + _OUTPUTS) * STRIDE
"""Room for a block of the inputs and of the results."""
_STREAMED = 1 << 20


@inlined
def vectors_of(count: int) -> int:
    """Return the number of vectors that hold so many elements."""
    return (count + VECTOR - 1) // VECTOR


@inlined
def _source(column: Column, place: int, aside: FloatArray) -> Source:
    """Return where a column begins and by how much it goes on; a constant is spread aside and stays there."""
    numbers, size = column
    if size != 1:
        return numbers, 1
    for i in range(BLOCK):
        aside[place + i] = numbers[0]
    return pointer_to(aside, place), 0


@inlined
def sources_of(columns: Columns, aside: FloatArray) -> Sources:
    """Return where the seven inputs of a European formula are to be read."""
    return (
        _source(columns[0], 0, aside),
        _source(columns[1], STRIDE, aside),
        _source(columns[2], 2 * STRIDE, aside),
        _source(columns[3], 3 * STRIDE, aside),
        _source(columns[4], 4 * STRIDE, aside),
        _source(columns[5], 5 * STRIDE, aside),
        _source(columns[6], 6 * STRIDE, aside),
    )


@apart
def _fill(source: FloatArray, target: FloatArray, count: int) -> None:
    """Copy so many elements, and fill the last vector with the last one."""
    for i in range(count):
        target[i] = source[i]
    for i in range(count, VECTOR * vectors_of(count)):
        target[i] = source[count - 1]


@inlined
def _term(source: Source, start: int, count: int, aside: FloatArray, place: int) -> FloatArray:
    """Return a block of a column where it stands; one that does not fill its vectors is filled up aside."""
    column, step = source
    block = later(column, step * start)
    if step == 0 or count % VECTOR == 0:
        return block
    _fill(block, pointer_to(aside, place), count)
    return pointer_to(aside, place)


@inlined
def terms_at(sources: Sources, start: int, count: int, aside: FloatArray) -> Seven:
    """Return a block of each input."""
    return (
        _term(sources[0], start, count, aside, 0),
        _term(sources[1], start, count, aside, STRIDE),
        _term(sources[2], start, count, aside, 2 * STRIDE),
        _term(sources[3], start, count, aside, 3 * STRIDE),
        _term(sources[4], start, count, aside, 4 * STRIDE),
        _term(sources[5], start, count, aside, 5 * STRIDE),
        _term(sources[6], start, count, aside, 6 * STRIDE),
    )


@inlined
def _stands_aside(results: Rows, count: int) -> bool:
    """Tell whether a block of results is written aside first: parts of vectors, and rows that no cache would keep."""
    return count % VECTOR != 0 or results[1] * results[2] >= _STREAMED


@inlined
def row_at(results: Rows, k: int, start: int, count: int, aside: FloatArray) -> FloatArray:
    """Return a block of a row of the results to be written."""
    if _stands_aside(results, count):
        return pointer_to(aside, (_INPUTS + k) * STRIDE)
    return later(results[0], k * results[2] + start)


class Waiting(NamedTuple):
    """A block of results that stands aside until there is time to write it past the caches.

    Attributes:
        source: where its first row stands; `target`: where that row belongs, which is where a cache line begins.
        rows: how many wait; none do where a block was written at once.
        length: from one row of the results to the next.
    """

    source: FloatArray
    target: FloatArray
    rows: int
    length: int


@inlined
def nothing_waits(results: Rows, aside: FloatArray) -> Waiting:
    """Return what waits before the first block."""
    return Waiting(pointer_to(aside, _INPUTS * STRIDE), results[0], 0, results[2])


@inlined
def put_off(results: Rows, start: int, count: int, aside: FloatArray) -> Waiting:
    """Copy what was written aside to the results, but for a whole block of rows that no cache would keep: that waits.

    Such rows are written past the caches, line by line, which saves reading them first.
    """
    numbers, rows, length = results
    source, target = pointer_to(aside, _INPUTS * STRIDE), later(numbers, start)
    waits = count == BLOCK and rows * length >= _STREAMED and length % LINE == 0 and begins_line(target)
    if _stands_aside(results, count) and not waits:
        for k in range(rows):
            _copy(later(source, k * STRIDE), later(target, k * length), count)
    return Waiting(source, target, rows if waits else 0, length)


@inlined
def write_lines(waiting: Waiting, i: int) -> None:
    """Write the line of each row that begins with element i of the block."""
    for k in range(waiting.rows):
        stream_line(later(waiting.source, k * STRIDE + i), later(waiting.target, k * waiting.length + i))


@apart
def write_from(waiting: Waiting, first: int) -> None:
    """Write all lines of a waiting block from an element on."""
    for i in range(first, BLOCK, LINE):
        write_lines(waiting, i)


@apart
def _copy(source: FloatArray, target: FloatArray, count: int) -> None:
    for i in range(count):
        target[i] = source[i]
