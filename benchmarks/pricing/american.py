"""An American chain: microseconds per contract beside QuantLib's engines, and errors against the converged method."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.measure import medians, timed
from benchmarks.pricing.inputs import Column, chain
from benchmarks.pricing.peers import quantlib
from benchmarks.pricing.table import Table
from engine.pricing import greeks, implied_volatility, price

FAST, ACCURATE = "ours, fast", "ours, accurate"


def study() -> tuple[Table, Table]:
    """Return microseconds per contract, and rms errors of prices per strike against the converged method."""
    terms = chain()
    prices = price(*terms, style="american")
    valuers: dict[str, Callable[[], Column]] = {
        FAST: lambda: price(*terms, style="american"),
        ACCURATE: lambda: price(*terms, style="american", method="accurate"),
        **{name: peer(terms, prices)["price"].run for name, peer in quantlib.PEERS.items()},
    }
    timers = {(name, "price"): timed(valuer) for name, valuer in valuers.items()} | {
        (FAST, "price + 5"): timed(lambda: greeks(*terms, style="american", higher_order=False)),
        (FAST, "volatility"): timed(lambda: implied_volatility(prices, *terms[:6], style="american")),
    }
    microseconds = {key: value / prices.size * 1e6 for key, value in medians(timers, 3).items()}
    exact = price(*terms, style="american", method="converged")
    errors = {
        (name, "price"): float(np.sqrt(np.mean(((valuer() - exact) / terms[2]) ** 2)))
        for name, valuer in valuers.items()
    }
    title = f"American chain of {prices.size:,} contracts"
    return (
        Table(f"{title}: microseconds per contract", microseconds),
        Table(f"{title}: rms error per strike", errors, ".1e"),
    )
