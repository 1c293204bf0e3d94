"""The goals of the pricing kernels that need no environment of their own, for `make bench`."""

from collections.abc import Callable
from functools import partial

from benchmarks.measure import Goal, interleaved_medians
from benchmarks.pricing import peers
from benchmarks.pricing.inputs import chain, contracts
from engine.pricing import greeks, implied_volatility, price

NANOSECONDS = {
    10_000: {"price": 12.0, "greeks": 13.0, "all greeks": 20.0, "volatility": 80.0},
    1_000_000: {"price": 18.0, "greeks": 13.0, "all greeks": 20.0, "volatility": 80.0},
}
LOOP, LOOP_CALLS = 2_000, 100


def measure() -> list[Goal]:
    """Measure the European kernels at both sizes, the loop over vollib, and the American chain."""
    return [*_european(10_000), *_european(1_000_000), *_loop(), *_american()]


def _european(size: int) -> list[Goal]:
    terms = contracts(size)
    prices = price(*terms)
    calls = max(1, 500_000 // size)
    tasks: dict[str, Callable[[], object]] = {
        "price": lambda: price(*terms),
        "greeks": lambda: greeks(*terms, higher_order=False),
        "all greeks": lambda: greeks(*terms),
        "volatility": lambda: implied_volatility(prices, *terms[:6]),
        "numpy price": lambda: peers.numpy_price(terms),
        "numpy greeks": lambda: peers.numpy_greeks(terms),
    }
    runs = interleaved_medians({name: partial(_repeat, task, calls) for name, task in tasks.items()})
    seconds = {name: value / calls for name, value in runs.items()}
    label = f"European, {size:,} contracts"
    goals = [
        Goal(f"{label}: {name}", seconds[name] / size * 1e9, "ns/contract", limit, at_least=False)
        for name, limit in NANOSECONDS[size].items()
    ]
    for name, least in {"price": 3.0, "greeks": 5.0}.items():
        ratio = seconds[f"numpy {name}"] / seconds[name]
        goals.append(Goal(f"{label}: {name} over numpy + ndtr", ratio, "times as fast", least, at_least=True))
    return goals


def _repeat(task: Callable[[], object], calls: int) -> None:
    for _ in range(calls):
        task()


def _loop() -> list[Goal]:
    terms = contracts(LOOP)
    prices = price(*terms)
    seconds = interleaved_medians(
        {
            "ours": partial(_repeat, lambda: implied_volatility(prices, *terms[:6]), LOOP_CALLS),
            "vollib": lambda: peers.vollib_volatility(prices, terms),
        },
        repetitions=3,
    )
    ratio = LOOP_CALLS * seconds["vollib"] / seconds["ours"]
    return [Goal("European volatility over the vollib loop", ratio, "times as fast", 250.0, at_least=True)]


def _american() -> list[Goal]:
    terms = chain()
    prices = price(*terms, style="american")
    seconds = interleaved_medians(
        {
            "fast": lambda: price(*terms, style="american"),
            "accurate": lambda: price(*terms, style="american", method="accurate"),
            "volatility": lambda: implied_volatility(prices, *terms[:6], style="american"),
            "Barone-Adesi-Whaley": lambda: peers.quantlib_american(terms, "Barone-Adesi-Whaley"),
        },
        repetitions=3,
    )
    limits = {"fast": 1_500.0, "accurate": 37_000.0, "volatility": 10_000.0}
    goals = [
        Goal(f"American chain: {name}", seconds[name] / prices.size * 1e9, "ns/contract", limit, at_least=False)
        for name, limit in limits.items()
    ]
    ratio = seconds["Barone-Adesi-Whaley"] / seconds["fast"]
    goals.append(Goal("American chain: fast over Barone-Adesi-Whaley", ratio, "times as fast", 10.0, at_least=True))
    return goals
