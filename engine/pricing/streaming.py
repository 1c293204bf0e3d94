"""Writing whole cache lines to memory without reading them first."""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.pricing.compiling import inlined
from engine.pricing.types import FloatArray

LINE = 8
"""Doubles in a cache line."""


def _address_of(typing_context: Any, numbers: Any) -> Any:
    """The address as a number."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ptrtoint(arguments[0], context.get_value_type(types.int64))

    return types.int64(numbers), generate


_address = cast(Callable[[FloatArray], int], intrinsic(_address_of))


def _write_line(typing_context: Any, source: Any, target: Any) -> Any:
    """Store one line with LLVM's hint that it will not be read again soon."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        line = ir.VectorType(ir.DoubleType(), LINE).as_pointer()
        origin, destination = (builder.bitcast(numbers, line) for numbers in arguments)
        written = builder.store(builder.load(origin, align=8), destination, align=8 * LINE)
        written.set_metadata("nontemporal", builder.module.add_metadata([ir.IntType(32)(1)]))
        return context.get_dummy_value()

    return types.void(source, target), generate


_write = cast(Callable[[FloatArray, FloatArray], None], intrinsic(_write_line))


@inlined
def stream_line(source: FloatArray, target: FloatArray) -> None:
    """Copy a line to where a cache line begins."""
    _write(source, target)


@inlined
def begins_line(target: FloatArray) -> bool:
    """Tell whether a place begins a cache line."""
    return _address(target) % (8 * LINE) == 0
