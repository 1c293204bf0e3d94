"""Many rectangles as one thing to draw, which is several times as fast as one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.typing import ColorType
from numpy.typing import ArrayLike


def boxes(
    left: ArrayLike, top: ArrayLike, right: ArrayLike, bottom: ArrayLike, colours: Sequence[ColorType]
) -> PolyCollection:
    """Rectangles between the given sides, which broadcast, each in its colour; shape (boxes,)."""
    sides = np.broadcast_arrays(left, top, right, bottom)
    west, north, east, south = (np.asarray(side, dtype=np.float64) for side in sides)
    corners = np.stack((west, north, west, south, east, south, east, north), axis=-1)
    return PolyCollection(list(corners.reshape(-1, 4, 2)), facecolors=list(colours), linewidths=0)
