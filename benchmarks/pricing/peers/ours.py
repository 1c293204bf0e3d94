"""The kernels that are measured."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Task, Tasks
from engine.pricing import greeks, implied_volatility, price

NAME = "ours"


def tasks(contracts: Contracts, prices: Column) -> Tasks:
    return {
        "price": Task(lambda: price(*contracts)),
        "price + 5": Task(lambda: greeks(*contracts, higher_order=False), lambda found: np.array(found[:6])),
        "price + 9": Task(lambda: greeks(*contracts)),
        "volatility": Task(lambda: implied_volatility(prices, *contracts[:6]), _volatility),
    }


def _volatility(found: tuple[Any, Any]) -> Column:
    return np.atleast_2d(found[0])
