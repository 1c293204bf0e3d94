"""Chains of multiply-adds have the bits of exact multiply-adds, in numbers and in vectors, however they are written."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numba
import numpy as np
import pytest

from engine.pricing import chains
from engine.pricing.chains import Steps, in_step
from engine.pricing.lanes import lanes, many_lanes
from engine.pricing.types import FloatArray
from engine.pricing.vectors import MANY

STEPS: dict[str, Steps] = {
    "polynomials": ((0.3, -0.7), (-1.1, 2.3), (0.013, 1e-9)),
    "divided_difference": ((None, -0.7), (None, 2.3), (None, 1e-9), (None, 4.0)),
    "mixed": ((0.3, -0.7), (None, 2.3), (5.0, 0.1)),
}
STARTS = 1.7, -0.9
Runner = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], None]


def multiplied_added(factor: float, other: float, addend: float) -> float:
    return float(Fraction(factor) * Fraction(other) + Fraction(addend))


def exact(steps: Steps, x: float, y: float) -> tuple[float, float]:
    p, q = STARTS
    for added, constant in steps:
        p, q = multiplied_added(p, x, q if added is None else added), multiplied_added(q, y, constant)
    return p, q


def runner(steps: Steps, kind: str) -> Runner:
    """Compiled code that runs the chains over columns of MANY places."""
    chain = in_step(*steps)
    index: Any = {"numbers": None, "vectors": lanes, "wide vectors": many_lanes}[kind]
    p, q = STARTS
    if index is None:

        @numba.njit(fastmath={"contract"})
        def run_numbers(xs: FloatArray, ys: FloatArray, ps: FloatArray, qs: FloatArray) -> None:
            for i in range(xs.size):
                ps[i], qs[i] = chain(p, q, xs[i], ys[i])

        return run_numbers

    count = 1 if kind == "wide vectors" else 2

    @numba.njit(fastmath={"contract"})
    def run_vectors(xs: FloatArray, ys: FloatArray, ps: FloatArray, qs: FloatArray) -> None:
        for k in range(count):
            i = index(k)
            ps[i], qs[i] = chain(p, q, xs[i], ys[i])

    return run_vectors


@pytest.mark.parametrize("register", ["of this processor", "unknown"])
@pytest.mark.parametrize("kind", ["numbers", "vectors", "wide vectors"])
@pytest.mark.parametrize("name", STEPS)
def test_chains_are_exact_multiply_adds(name: str, kind: str, register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if register == "unknown":
        monkeypatch.setattr(chains, "_register", lambda: 0)
    draws = np.random.default_rng(3)
    xs, ys = draws.uniform(-2.0, 2.0, (2, MANY))
    ps, qs = np.zeros((2, MANY))
    runner(STEPS[name], kind)(xs, ys, ps, qs)
    assert list(zip(ps, qs, strict=True)) == [exact(STEPS[name], x, y) for x, y in zip(xs, ys, strict=True)]


def test_two_chains_of_one_function_keep_their_own_constants() -> None:
    first, second = in_step(*STEPS["polynomials"]), in_step(*STEPS["mixed"])
    p, q = STARTS

    @numba.njit(fastmath={"contract"})
    def run(xs: FloatArray, ys: FloatArray, found: FloatArray) -> None:
        i = many_lanes(0)
        found[i], found[MANY + i] = first(p, q, xs[i], ys[i])
        found[2 * MANY + i], found[3 * MANY + i] = second(p, q, xs[i], ys[i])

    xs, ys, found = np.full(MANY, 0.3), np.full(MANY, -1.2), np.zeros(4 * MANY)
    run(xs, ys, found)
    expected = exact(STEPS["polynomials"], 0.3, -1.2) + exact(STEPS["mixed"], 0.3, -1.2)
    assert found[::MANY].tolist() == list(expected)
