"""Updates to snapshots: what held at the end of each minute (one snapshot a minute, nothing older than it)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.instants import NANOS_PER_SECOND

MINUTE: Final = 60 * NANOS_PER_SECOND


class MinuteEnds(NamedTuple):
    """The last update of each contract in each minute, by contract and minute.

    Attributes:
        rows: int64, positions of those updates.
        at: int64, instants of the minutes' ends.
        group: int64, for every update that was given, position in `rows` of the one that ends its minute.
    """

    rows: NDArray[np.int64]
    at: NDArray[np.int64]
    group: NDArray[np.int64]


def minute_ends(contract: NDArray[Any], at: NDArray[np.int64], sequence: NDArray[np.int64]) -> MinuteEnds:
    """Last updates up to and including each minute's end; those of one instant in the order of `sequence`.

    Args:
        contract: what tells contracts apart, one entry per update.
        at: instants of the updates, in any order.
        sequence: ascending with time among updates of one instant.
    """
    _, code = np.unique(contract, return_inverse=True)
    # An update at 09:31:00 sharp is known at 09:31:00: it belongs to the minute that ends then.
    minute = -(-at // MINUTE)
    order = np.lexsort((sequence, at, code))
    changes = (np.diff(code[order]) != 0) | (np.diff(minute[order]) != 0)
    rows = order[np.append(changes, True)]
    group = np.empty(len(order), np.int64)
    group[order] = np.concatenate([[0], np.cumsum(changes)])
    return MinuteEnds(rows, minute[rows] * MINUTE, group)


def latest_of_chain(
    values: NDArray[np.float64], underlying: NDArray[Any], at: NDArray[np.int64], *order: NDArray[Any]
) -> NDArray[np.float64]:
    """One value for all rows of a chain: that of the greatest `order`, the last key first; NaN where none is known.

    Args:
        values: what each row says, e.g. the price of its underlying at its own moment.
        underlying: with `at`, tells chains apart.
    """
    _, names = np.unique(underlying, return_inverse=True)
    _, chain = np.unique(np.column_stack([names, at]), axis=0, return_inverse=True)
    known = np.flatnonzero(np.isfinite(values))
    known = known[np.lexsort([*(key[known] for key in order), chain[known]])]
    found = np.full(int(chain.max()) + 1, np.nan)
    found[chain[known]] = values[known]  # of several of one chain, the last one stays
    return np.asarray(found[chain])
