"""py_vollib_vectorized, which needs an environment of its own; run by that environment's interpreter.

Reads the contracts and prices of an .npz file; prints the seconds of prices, sensitivities and volatilities.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np


def main(path: str) -> None:
    warnings.simplefilter("ignore")
    peer: Any = import_module("py_vollib_vectorized")
    columns = np.load(path)
    right, spot, strike, years, rate, carry, sigma = columns["contracts"]
    flags = np.where(right > 0.0, "c", "p")
    terms = (flags, spot, strike, years, rate, sigma, carry)
    options = {"model": "black_scholes_merton", "return_as": "numpy"}

    def sensitivities() -> None:
        peer.vectorized_black_scholes_merton(*terms, return_as="numpy")
        for name in ("delta", "gamma", "vega", "theta", "rho"):
            getattr(peer.greeks, name)(flags, spot, strike, years, rate, sigma, carry, **options)

    tasks: dict[str, Callable[[], object]] = {
        "price": lambda: peer.vectorized_black_scholes_merton(*terms, return_as="numpy"),
        "greeks": sensitivities,
        "volatility": lambda: peer.vectorized_implied_volatility(
            columns["prices"], spot, strike, years, rate, flags, q=carry, on_error="ignore", **options
        ),
    }
    seconds = {}
    for name, task in tasks.items():
        task()
        runs = []
        for _ in range(5):
            start = time.perf_counter()
            task()
            runs.append(time.perf_counter() - start)
        seconds[name] = sorted(runs)[2]
    print(json.dumps(seconds))


main(sys.argv[1])
