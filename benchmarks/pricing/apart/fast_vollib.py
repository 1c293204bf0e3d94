"""fast_vollib: py_vollib's interface on numpy (its default) or numba."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Task, Tasks
from benchmarks.pricing.vollib_units import in_our_units

_peer: Any = import_module("fast_vollib")
_MODEL = "black_scholes_merton"


def tasks(contracts: Contracts, prices: Column) -> dict[str, Tasks]:
    return {
        "fast_vollib 0.2.4": _of_backend("numpy", contracts, prices),
        "fast_vollib 0.2.4, numba": _of_backend("numba", contracts, prices),
    }


def _of_backend(backend: str, contracts: Contracts, prices: Column) -> Tasks:
    right, spot, strike, years, rate, carry, sigma = contracts
    flags = np.where(right > 0.0, "c", "p")
    terms = (flags, spot, strike, years, rate, sigma, carry)

    def price() -> Any:
        return _peer.fast_black_scholes_merton(*terms, return_as="numpy", backend=backend)

    def sensitivities() -> tuple[Any, Any]:
        return price(), _peer.get_all_greeks(*terms, model=_MODEL, return_as="dict", backend=backend)

    def volatility() -> Any:
        return _peer.fast_implied_volatility(
            prices,
            *(spot, strike, years, rate, flags, carry),
            on_error="ignore",
            model=_MODEL,
            return_as="numpy",
            backend=backend,
        )

    return {"price": Task(price), "price + 5": Task(sensitivities, in_our_units), "volatility": Task(volatility)}
