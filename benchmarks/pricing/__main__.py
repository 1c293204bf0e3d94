"""Print nanoseconds per contract, ours and the peers', from interleaved runs on one thread.

IRONFLY_BENCH_VECTORIZED names the interpreter of an environment with py_vollib_vectorized; without it that peer is left
out.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.pricing import peers
from benchmarks.pricing.inputs import Column, Contracts, chain, contracts
from engine.pricing import greeks, implied_volatility, price
from engine.pricing.blocks import pricing_threads

Task = Callable[[], object]
LOOP = 2_000


def medians(tasks: dict[str, Task], repeats: int, calls: int = 1) -> dict[str, float]:
    """Median seconds of a call of each task, taken in turns so that all meet the same load."""
    runs: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(repeats):
        for name, task in tasks.items():
            start = time.perf_counter()
            for _ in range(calls):
                task()
            runs[name].append((time.perf_counter() - start) / calls)
    return {name: float(np.median(values)) for name, values in runs.items()}


def report(title: str, seconds: dict[str, float], size: int) -> None:
    print(f"\n{title}, {size:,} contracts, load {os.getloadavg()[0]:.1f}")
    for name, value in seconds.items():
        print(f"  {name:<44}{value / size * 1e9:>12,.1f} ns")


def european(size: int) -> None:
    terms = contracts(size)
    prices = price(*terms)
    tasks: dict[str, Task] = {
        "price: ours": lambda: price(*terms),
        "price: numpy + ndtr": lambda: peers.numpy_price(terms),
        "price + 5: ours": lambda: greeks(*terms, higher_order=False),
        "price + 5: numpy + ndtr": lambda: peers.numpy_greeks(terms),
        "price + 9: ours": lambda: greeks(*terms),
        "volatility: ours": lambda: implied_volatility(prices, *terms[:6]),
    }
    report("European", medians(tasks, 15 if size <= 100_000 else 5, max(1, 50_000 // size)), size)
    vectorized(terms, prices)
    if size > 100_000:
        with pricing_threads(2):
            two = medians({name: task for name, task in tasks.items() if "ours" in name}, 5)
        report("European, two threads", two, size)


def vectorized(terms: Contracts, prices: Column) -> None:
    interpreter = os.environ.get("IRONFLY_BENCH_VECTORIZED")
    if interpreter is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inputs.npz"
        np.savez(path, contracts=np.array(terms), prices=prices)
        script = Path(__file__).with_name("clashing.py")
        answer = subprocess.run([interpreter, script, path], check=True, capture_output=True, text=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    report("py_vollib_vectorized", found, prices.size)


def loops() -> None:
    terms = contracts(LOOP)
    prices = price(*terms)
    tasks: dict[str, Task] = {
        "price: vollib": lambda: peers.vollib_price(terms),
        "price + 5: vollib": lambda: peers.vollib_greeks(terms),
        "volatility: vollib": lambda: peers.vollib_volatility(prices, terms),
    }
    report("Loops over vollib", medians(tasks, 3), LOOP)


def american() -> None:
    terms = chain()
    exact = price(*terms, style="american", method="converged")
    prices = price(*terms, style="american")
    tasks: dict[str, Task] = {
        "price: fast": lambda: price(*terms, style="american"),
        "price: accurate": lambda: price(*terms, style="american", method="accurate"),
        "price + 5: fast": lambda: greeks(*terms, style="american", higher_order=False),
        "volatility: fast": lambda: implied_volatility(prices, *terms[:6], style="american"),
        "price: QuantLib Barone-Adesi-Whaley": lambda: peers.quantlib_american(terms, "Barone-Adesi-Whaley"),
        "price: QuantLib QdFp fast": lambda: peers.quantlib_american(terms, "QdFp fast"),
    }
    report("American chain", medians(tasks, 3), exact.size)
    values = {
        "fast": prices,
        "accurate": price(*terms, style="american", method="accurate"),
        "QuantLib Barone-Adesi-Whaley": peers.quantlib_american(terms, "Barone-Adesi-Whaley"),
        "QuantLib QdFp fast": peers.quantlib_american(terms, "QdFp fast"),
    }
    print("  rms error per strike against the converged method")
    for name, found in values.items():
        print(f"  {name:<44}{np.sqrt(np.mean(((found - exact) / terms[2]) ** 2)):>12.1e}")


def main() -> None:
    for size in (100, 10_000, 1_000_000):
        european(size)
    loops()
    american()


if __name__ == "__main__":
    main()
