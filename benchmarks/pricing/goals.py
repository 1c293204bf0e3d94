"""What is asked of the pricing kernels; `measure` prints the figures and returns them as goals."""

from __future__ import annotations

from benchmarks.measure import Goal
from benchmarks.pricing import american, fresh_process, small_calls, two_threads
from benchmarks.pricing.apart.client import Client, peers_apart
from benchmarks.pricing.apart.environment import EnvironmentUnavailable
from benchmarks.pricing.european import Study, study
from benchmarks.pricing.inputs import LARGE
from benchmarks.pricing.peers import c_loop, numpy_ndtr, ours, quantlib, vollib_loop
from benchmarks.pricing.table import Table
from benchmarks.pricing.task import Peer

_LOOP, _SMALL = 2_000, 10_000
_NANOSECONDS = {
    _SMALL: {"price": 12.0, "price + 5": 13.0, "price + 9": 20.0, "volatility": 80.0},
    LARGE: {"price": 18.0, "price + 5": 13.0, "price + 9": 20.0, "volatility": 80.0},
}
_TIMES_AS_FAST = {
    numpy_ndtr.NAME: {"price": 3.0, "price + 5": 5.0},
    vollib_loop.NAME: {"price": 250.0, "price + 5": 250.0, "volatility": 250.0},
    "py_vollib_vectorized 0.1.1": {"price": 15.0, "price + 5": 75.0, "volatility": 8.0},
}
_IV_ENGINE, _OVER_IV_ENGINE = "iv_engine 0.1.1, two threads, forwards given", 3.0
_OVER_ONE_THREAD = 1.7
_SMALL_KERNEL = {"price": 20.0, "price + 5": 25.0, "volatility": 100.0}
_WRAPPER_MICROSECONDS = 5.0
_AMERICAN_MICROSECONDS = {
    (american.FAST, "price"): 1.5,
    (american.ACCURATE, "price"): 37.0,
    (american.FAST, "volatility"): 10.0,
}
_AMERICAN_MILLIONTHS = {american.FAST: 10.0, american.ACCURATE: 0.3}
_AMERICAN_TIMES_AS_FAST = {
    (american.FAST, quantlib.BARONE_ADESI_WHALEY): 10.0,
    (american.ACCURATE, quantlib.QD_FP_FAST): 1.0,
}
_TIMES_AS_EXACT = 20.0


def measure() -> list[Goal]:
    """Measure European kernels of all sizes, the American chain, and a fresh process."""
    try:
        with peers_apart() as apart:
            european = _european(apart)
    except EnvironmentUnavailable as reason:
        print(f"left out: py_vollib_vectorized, fast_vollib, iv_engine: {reason}")
        european = _european(None)
    return [*european, *_two_threads(), *_small_calls(), *_american(), _fresh_process()]


def _european(apart: Client | None) -> list[Goal]:
    peers: dict[str, Peer] = {numpy_ndtr.NAME: numpy_ndtr.tasks}
    try:
        peers |= c_loop.peers()
    except c_loop.NoCompiler as reason:
        print(f"left out: the loops in C: {reason}")
    studies = [
        study(_LOOP, {vollib_loop.NAME: vollib_loop.tasks}),
        study(_SMALL, peers, apart),
        study(LARGE, peers, apart),
    ]
    for name, why in apart.missing.items() if apart else ():
        print(f"left out: {name}: {why}")
    for one in studies:
        print(*one.tables(), sep="\n")
    return [goal for one in studies for goal in (*_limits(one), *_ratios(one), *_over_iv_engine(one))]


def _limits(of: Study) -> list[Goal]:
    return [
        Goal(f"{_label(of)}: {work}", of.nanoseconds[ours.NAME, work], "ns/contract", most, at_least=False)
        for work, most in _NANOSECONDS.get(of.size, {}).items()
    ]


def _ratios(of: Study) -> list[Goal]:
    return [
        Goal(f"{_label(of)}: {work} over {peer}", of.ratio(peer, work), "times as fast", least, at_least=True)
        for peer, all_least in _TIMES_AS_FAST.items()
        for work, least in all_least.items()
        if (peer, work) in of.nanoseconds
    ]


def _over_iv_engine(of: Study) -> list[Goal]:
    if not {(two_threads.NAME, "volatility"), (_IV_ENGINE, "volatility")} <= of.nanoseconds.keys():
        return []
    ratio = of.ratio(_IV_ENGINE, "volatility", two_threads.NAME)
    name = f"{_label(of)}: volatility over iv_engine, both in two threads"
    return [Goal(name, ratio, "times as fast", _OVER_IV_ENGINE, at_least=True)]


def _two_threads() -> list[Goal]:
    table = two_threads.study()
    print(table)
    return [
        Goal(f"European, {LARGE:,}: {work}, two threads", ratio, "times as fast", _OVER_ONE_THREAD, at_least=True)
        for (row, work), ratio in table.cells.items()
        if row == two_threads.NAME
    ]


def _label(of: Study) -> str:
    return f"European, {of.size:,}"


def _small_calls() -> list[Goal]:
    table = small_calls.study()
    print(table)
    label = f"European, {small_calls.SIZE}"
    kernels = [
        Goal(f"{label}: {work}, kernel", table.cells[small_calls.KERNEL, work], "ns/contract", most, at_least=False)
        for work, most in _SMALL_KERNEL.items()
    ]
    wrappers = [
        Goal(f"{label}: {work}, wrapper", value, "microseconds", _WRAPPER_MICROSECONDS, at_least=False)
        for (row, work), value in table.cells.items()
        if row == small_calls.WRAPPER
    ]
    return [*kernels, *wrappers]


def _american() -> list[Goal]:
    times, errors = american.study()
    print(times, errors, sep="\n")
    label = "American chain"
    limits = [
        Goal(f"{label}: {work}, {method}", times.cells[method, work], "microseconds", most, at_least=False)
        for (method, work), most in _AMERICAN_MICROSECONDS.items()
    ]
    inexact = [
        Goal(
            f"{label}: rms error, {method}", errors.cells[method, "price"] * 1e6, "1e-6 of strike", most, at_least=False
        )
        for method, most in _AMERICAN_MILLIONTHS.items()
    ]
    faster = [
        Goal(f"{label}: {method} over {peer}", _ratio(times, peer, method), "times as fast", least, at_least=True)
        for (method, peer), least in _AMERICAN_TIMES_AS_FAST.items()
    ]
    name, least = f"{label}: {american.FAST} over {quantlib.BARONE_ADESI_WHALEY}", _TIMES_AS_EXACT
    exact = _ratio(errors, quantlib.BARONE_ADESI_WHALEY, american.FAST)
    return [*limits, *inexact, *faster, Goal(name, exact, "times as exact", least, at_least=True)]


def _ratio(of: Table, peer: str, method: str) -> float:
    return of.cells[peer, "price"] / of.cells[method, "price"]


def _fresh_process() -> Goal:
    return Goal("first price of a fresh process", fresh_process.first_price(), "seconds", 1.0, at_least=False)
