"""Thins out curves for the screen: a min-max decimator, which keeps what people look for, the extremes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def extremes(curves: Sequence[NDArray[np.number]], points: int) -> NDArray[np.int64]:
    """Rows to draw: first, last, and of each of equally long stretches the lowest and the highest of every curve.

    Args:
        curves: one or more, of one length; finite values.
        points: at most so many rows are chosen; at least 2, and 2 per curve more.

    Returns:
        Ascending rows; all of them where there are no more than `points`.

    Raises:
        ValueError: for too few points.
    """
    length, per_stretch = len(curves[0]), 2 * len(curves)
    if points < per_stretch + 2:
        raise ValueError(f"{points} points cannot show {len(curves)} curves; at least {per_stretch + 2}")
    if length <= points:
        return np.arange(length)
    bounds = np.linspace(0, length, (points - 2) // per_stretch + 1).astype(np.int64)
    starts, kept = bounds[:-1], [np.array([0, length - 1])]
    for curve in curves:
        kept += [_first_at(curve, starts, bounds, np.minimum), _first_at(curve, starts, bounds, np.maximum)]
    return np.unique(np.concatenate(kept))


def _first_at(
    curve: NDArray[np.number], starts: NDArray[np.int64], bounds: NDArray[np.int64], extreme: np.ufunc
) -> NDArray[np.int64]:
    """First row of each stretch at which the curve has its extreme there."""
    best = np.repeat(extreme.reduceat(curve, starts), np.diff(bounds))
    rows = np.flatnonzero(curve == best)
    return rows[np.searchsorted(rows, starts)]
