"""py_vollib_vectorized: py_vollib's formulas compiled; its sensitivities are numerical differences."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Task, Tasks
from benchmarks.pricing.vollib_units import in_our_units

_peer: Any = import_module("py_vollib_vectorized")
_MODEL = "black_scholes_merton"


def tasks(contracts: Contracts, prices: Column) -> dict[str, Tasks]:
    right, spot, strike, years, rate, carry, sigma = contracts
    flags = np.where(right > 0.0, "c", "p")
    terms = (flags, spot, strike, years, rate, sigma, carry)

    def price() -> Any:
        return _peer.vectorized_black_scholes_merton(*terms, return_as="numpy")

    def sensitivities() -> tuple[Any, Any]:
        return price(), _peer.get_all_greeks(*terms, model=_MODEL, return_as="dict")

    def volatility() -> Any:
        return _peer.vectorized_implied_volatility(
            prices, spot, strike, years, rate, flags, q=carry, on_error="ignore", model=_MODEL, return_as="numpy"
        )

    return {
        "py_vollib_vectorized 0.1.1": {
            "price": Task(price),
            "price + 5": Task(sensitivities, in_our_units),
            "volatility": Task(volatility),
        }
    }
