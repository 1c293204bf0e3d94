"""iv_engine: "Let's Be Rational" in Rust, on Black's undiscounted formula, for calls or for puts.

Forwards, undiscounted prices and the split into calls and puts are given to it and not timed.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Task, Tasks

_peer: Any = import_module("iv_engine")


def tasks(contracts: Contracts, prices: Column) -> dict[str, Tasks]:
    right, spot, strike, years, rate, carry, _ = contracts
    calls = right > 0.0
    columns = (prices * np.exp(rate * years), spot * np.exp((rate - carry) * years), strike, years)
    halves = [
        (*(column[chosen] for column in columns), is_call) for chosen, is_call in ((calls, True), (~calls, False))
    ]

    def volatility(parallel: bool) -> list[Any]:
        return [_peer.implied_volatilities(*half, parallel) for half in halves]

    def rows(found: list[Any]) -> Column:
        together = np.empty((1, calls.size))
        together[0, calls], together[0, ~calls] = found
        return together

    return {
        "iv_engine 0.1.1, forwards given": {"volatility": Task(partial(volatility, False), rows)},
        "iv_engine 0.1.1, two threads, forwards given": {"volatility": Task(partial(volatility, True), rows)},
    }
