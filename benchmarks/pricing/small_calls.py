"""Calls with a hundred contracts: what the compiled kernel takes, and what the way to it costs."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.measure import medians, timed
from benchmarks.pricing.inputs import contracts
from benchmarks.pricing.peers import ours
from benchmarks.pricing.table import Table
from engine.pricing.european_kernels import first_order_kernel, greeks_kernel, price_kernel
from engine.pricing.implied_vol import implied_kernel

SIZE = 100
KERNEL, WRAPPER = "kernel, ns per contract", "wrapper, microseconds per call"
_CALLS = 2_000
# A round takes a quarter of a second, in which other guests may have the core.
_ROUNDS = 41
_KERNELS = {
    "price": (price_kernel, 1),
    "price + 5": (first_order_kernel, 6),
    "price + 9": (greeks_kernel, 10),
    "volatility": (implied_kernel, 2),
}


def study() -> Table:
    """Kernel: called from Python on columns that are ready. Wrapper: what the public function takes beyond it."""
    terms = contracts(SIZE)
    prices = ours.tasks(terms, terms[0])["price"].values()[0]
    tasks, timers = ours.tasks(terms, prices), {}
    for work, (kernel, rows) in _KERNELS.items():
        columns = (prices, *terms[:6]) if work == "volatility" else terms
        results = np.empty((rows, SIZE))
        timers["kernel", work] = timed(partial(kernel.run, columns, results, 0, SIZE), _CALLS, warm_up=True)
        timers["call", work] = timed(tasks[work].run, _CALLS, warm_up=True)
    seconds = medians(timers, _ROUNDS)
    cells = {(KERNEL, work): seconds["kernel", work] / SIZE * 1e9 for work in _KERNELS}
    cells |= {(WRAPPER, work): (seconds["call", work] - seconds["kernel", work]) * 1e6 for work in _KERNELS}
    return Table(f"European, {SIZE} contracts", cells)
