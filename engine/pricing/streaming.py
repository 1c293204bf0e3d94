"""Writing whole cache lines to memory without reading them first."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.pricing.compiling import inlined
from engine.pricing.types import FloatArray

LINE = 8
"""Doubles in a cache line."""


def _address_of(typing_context: Any, array: Any) -> Any:
    """Address of the first element."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        return builder.ptrtoint(data, context.get_value_type(types.int64))

    return types.int64(array), generate


_address = cast(Callable[[FloatArray], int], intrinsic(_address_of))


def _write_line(typing_context: Any, source: Any, place: Any, target: Any, start: Any) -> Any:
    """Store one line with LLVM's hint that it will not be read again soon."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        line = ir.VectorType(ir.DoubleType(), LINE).as_pointer()
        origin, destination = (
            builder.bitcast(builder.gep(context.make_array(kind)(context, builder, array).data, [index]), line)
            for kind, array, index in (
                (signature.args[0], arguments[0], arguments[1]),
                (signature.args[2], arguments[2], arguments[3]),
            )
        )
        written = builder.store(builder.load(origin, align=8), destination, align=8 * LINE)
        written.set_metadata("nontemporal", builder.module.add_metadata([ir.IntType(32)(1)]))
        return context.get_dummy_value()

    return types.void(source, place, target, start), generate


_write = cast(Callable[[FloatArray, np.uintp, FloatArray, np.uintp], None], intrinsic(_write_line))


@inlined
def stream_line(source: FloatArray, place: int, target: FloatArray, start: int) -> None:
    """Copy a line from a place of the source to a flat position in the target, which has to begin a cache line."""
    _write(source, np.uintp(place), target, np.uintp(start))


@inlined
def begins_line(target: FloatArray, start: int) -> bool:
    """Tell whether a flat position in a contiguous array begins a cache line."""
    return (_address(target) // 8 + start) % LINE == 0
