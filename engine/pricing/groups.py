"""Which contracts have terms in common."""

import numpy as np
import numpy.typing as npt

from engine.pricing.compiling import inlined, kernel
from engine.pricing.lanes import bits, shifted_right
from engine.pricing.types import FloatArray

Places = npt.NDArray[np.intp]

_FACTOR = -7046029254386353131
"""2**64 less 2**64 over the golden ratio, as a signed integer: its products have well-mixed high bits."""


def alike(terms: FloatArray, rows: tuple[int, ...], places: Places) -> list[Places]:
    """Split columns of terms, at these places, into groups that agree in these rows to the last bit.

    Groups stand in the order of their first columns, and columns of a group in the order in which they were given.
    """
    order, ends = np.empty_like(places), np.empty_like(places)
    slots = np.full(2 << int(places.size).bit_length(), -1)
    count = group_kernel(terms, np.array(rows), places, slots, order, ends)
    starts = [0, *ends[: count - 1].tolist()]
    return [order[start:end] for start, end in zip(starts, ends[:count].tolist(), strict=True)] if count else []


@kernel
def group_kernel(terms: FloatArray, rows: Places, places: Places, slots: Places, order: Places, ends: Places) -> int:
    """Write places group by group, and where each group ends; return how many there are.

    slots is a table of a power of two of places, all -1, that first columns of groups are found in by their bits.
    """
    groups, count = np.empty(places.size, np.intp), 0
    for i in range(places.size):
        code = 0
        for row in rows:
            code = (code ^ bits(terms[row, places[i]])) * _FACTOR
        slot = shifted_right(code, 24) & (slots.size - 1)
        while slots[slot] >= 0 and not _agree(terms, rows, places[slots[slot]], places[i]):
            slot = (slot + 1) & (slots.size - 1)
        if slots[slot] < 0:
            slots[slot], groups[i] = i, count
            ends[count] = 0
            count += 1
        groups[i] = groups[slots[slot]]
        ends[groups[i]] += 1
    before = 0
    for group in range(count):
        # For now where the group begins; it moves on with every member.
        before, ends[group] = before + ends[group], before
    for i in range(places.size):
        order[ends[groups[i]]] = places[i]
        ends[groups[i]] += 1
    return count


@inlined
def _agree(terms: FloatArray, rows: Places, one: int, other: int) -> bool:
    same = True
    for row in rows:
        same &= bits(terms[row, one]) == bits(terms[row, other])
    return same
