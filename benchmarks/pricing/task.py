"""A piece of pricing work, whoever does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from benchmarks.pricing.inputs import Column, Contracts


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed, and how its answer becomes rows in our units, which is not timed.

    Rows are the price, the price and five sensitivities in the order of `engine.pricing.Greeks`, or the volatility.
    """

    run: Callable[[], Any]
    rows: Callable[[Any], Any] = np.atleast_2d

    def values(self) -> Column:
        return np.asarray(self.rows(self.run()), dtype=np.float64)


Tasks: TypeAlias = dict[str, Task]
"""By the kind of work: "price", "price + 5", "price + 9", "volatility"."""

Peer: TypeAlias = Callable[[Contracts, Column], Tasks]
"""Makes the tasks of a library for contracts and their prices."""
