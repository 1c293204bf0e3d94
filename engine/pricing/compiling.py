"""How the kernels are compiled: one place for the options that decide bits and speed.

Contraction into fused multiply-adds is the only liberty taken with the arithmetic, so that a NaN stays a NaN and every
process computes the same bits. Kernels release the interpreter lock and live in numba's cache.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache
from numba.core.compiler import Compiler

Function = TypeVar("Function", bound=Callable[..., Any])


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        source = path.read_bytes()
        if b"engine.pricing.compiling" in source or b"from numba" in source:
            digest.update(source)
    return digest.hexdigest()


SOURCES = _fingerprint()
"""Hash of the sources of all compiled modules: what was computed with other ones may differ in its last bits."""


class _PackageCache(FunctionCache):
    """Numba's cache of a function, also keyed by the sources of all compiled modules.

    Numba looks only at the file of the kernel itself: a change in a helper of another file would go unnoticed.
    """

    def _index_key(self, signature: object, codegen: object) -> tuple[object, ...]:
        key = super()._index_key(signature, codegen)  # type: ignore[no-untyped-call]  # numba types public names only
        return (*key, SOURCES)


def inlined(function: Function) -> Function:
    """Compile a helper into the loop that calls it."""
    jit = numba.njit(forceinline=True, fastmath={"contract"}, error_model="numpy")
    return cast(Function, jit(function))


def loop(function: Function) -> Function:
    """Compile a part of a kernel that is called, not inlined."""
    jit = numba.njit(nogil=True, fastmath={"contract"}, error_model="numpy")
    return cast(Function, jit(function))


class _Apart(Compiler):
    """Numba's compiler, telling LLVM that no two arguments overlap."""

    def define_pipelines(self) -> list[Any]:
        self.state.flags.noalias = True
        pipelines: list[Any] = super().define_pipelines()  # type: ignore[no-untyped-call]  # numba types public names only
        return pipelines


def apart(function: Function) -> Function:
    """Compile a part of a kernel whose arrays do not overlap: its loops vectorise without checks whether they do."""
    jit = numba.njit(nogil=True, fastmath={"contract"}, error_model="numpy", pipeline_class=_Apart)
    return cast(Function, jit(function))


def kernel(function: Function) -> Function:
    """Compile a loop over arrays that Python calls."""
    dispatcher: Any = numba.njit(nogil=True, fastmath={"contract"}, error_model="numpy")(function)
    # What njit(cache=True) does with its own class; where no folder can be written, every process compiles anew.
    with suppress(RuntimeError):
        dispatcher._cache = _PackageCache(function)  # type: ignore[no-untyped-call]  # numba types public names only
    return cast(Function, dispatcher)
