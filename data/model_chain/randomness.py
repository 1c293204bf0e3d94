"""Random numbers by name: the same for a seed and a key in any process and in any order of asking.

Philox counts instead of remembering, and numpy promises its raw output, unlike that of its distributions.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri


def uniforms(count: int, seed: int, *key: object) -> NDArray[np.float64]:
    """Numbers strictly between 0 and 1."""
    named = hashlib.blake2b("|".join(map(str, (seed, *key))).encode(), digest_size=16).digest()
    generator = np.random.Philox(key=int.from_bytes(named, "big"))
    raw: NDArray[np.uint64] = generator.random_raw(count)
    return ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normals(count: int, seed: int, *key: object) -> NDArray[np.float64]:
    """Standard normal numbers."""
    return np.asarray(ndtri(uniforms(count, seed, *key)))
