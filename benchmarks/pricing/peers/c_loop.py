"""A loop in C, compiled here and now: `black_scholes.c`, called through ctypes.

Once with the scalar functions of the C library, which nobody vectorises, and once with its vector functions (glibc's
libmvec, good to 4 units in the last place), which -ffast-math allows.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Peer, Task, Tasks

_SOURCE = Path(__file__).with_name("black_scholes.c")
_SCALAR = ("-O3", "-march=native", "-fPIC")
_VECTOR = (*_SCALAR, "-ffast-math")
_WIDEST = (*_VECTOR, "-mprefer-vector-width=512")


class NoCompiler(Exception):
    """No C compiler, or none that compiles this; the message says which."""


def peers() -> dict[str, Peer]:
    """Compile both; their names say how. Raises `NoCompiler`."""
    wide = _has_avx512()
    vectors = "AVX-512" if wide else "no AVX-512 on this machine"
    return {
        "C, scalar functions (-O3 -march=native)": _tasks(_compiled(_SCALAR)),
        f"C, vector functions (and -ffast-math; {vectors})": _tasks(_compiled(_WIDEST if wide else _VECTOR)),
    }


def _tasks(library: ctypes.CDLL) -> Peer:
    def tasks(contracts: Contracts, _prices: Column) -> Tasks:
        size = contracts[0].size
        return {
            "price": Task(_call(library.prices, contracts, (1, size))),
            "price + 5": Task(_call(library.sensitivities, contracts, (6, size))),
        }

    return tasks


def _call(function: Callable[..., None], contracts: Contracts, shape: tuple[int, int]) -> Callable[[], Column]:
    count, columns = ctypes.c_long(shape[1]), [_pointer(column) for column in contracts]

    def call() -> Column:
        results = np.empty(shape)
        function(count, *columns, *(_pointer(row) for row in results))
        return results

    return call


def _pointer(array: Column) -> ctypes.c_void_p:
    return array.ctypes.data_as(ctypes.c_void_p)


def _has_avx512() -> bool:
    return "__AVX512F__" in _cc("-march=native", "-dM", "-E", "-x", "c", "/dev/null")


def _compiled(options: tuple[str, ...]) -> ctypes.CDLL:
    with tempfile.TemporaryDirectory() as folder:
        compiled, library = f"{folder}/black_scholes.o", f"{folder}/black_scholes.so"
        _cc(*options, "-c", str(_SOURCE), "-o", compiled)
        # Linked without -ffast-math, which would switch denormal numbers off for the whole process.
        _cc("-shared", compiled, "-o", library, "-lm")
        return ctypes.CDLL(library)


def _cc(*arguments: str) -> str:
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoCompiler("there is no C compiler (cc)")
    done = subprocess.run([compiler, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoCompiler(f"cc {' '.join(arguments)} failed: {done.stderr.strip()}")
    return done.stdout
