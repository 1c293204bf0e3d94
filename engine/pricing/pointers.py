"""Places in columns as bare pointers: what the loops read and write, without the bookkeeping of who owns it.

Numba counts references when it takes an array from a tuple or cuts one, which costs more than to price a vector.
"""

from collections.abc import Callable
from typing import Any, cast

from numba import types
from numba.extending import intrinsic

from engine.pricing.compiling import inlined
from engine.pricing.types import FloatArray

NUMBERS: Any = types.CPointer(types.float64)  # type: ignore[no-untyped-call]  # numba types public names only


def _point(typing_context: Any, array: Any, place: Any) -> Any:
    """Address of an element of an array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        return builder.gep(data, [arguments[1]])

    return NUMBERS(array, place), generate


def _advance(typing_context: Any, pointer: Any, steps: Any) -> Any:
    """Address so many elements later."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [arguments[1]])

    return pointer(pointer, steps), generate


_pointer = cast(Callable[[FloatArray, int], FloatArray], intrinsic(_point))
_later = cast(Callable[[FloatArray, int], FloatArray], intrinsic(_advance))


@inlined
def pointer_to(array: FloatArray, place: int) -> FloatArray:
    """Return what follows a flat position of an array, which has to outlive it; it can be indexed, and nothing else."""
    return _pointer(array, place)


@inlined
def later(numbers: FloatArray, steps: int) -> FloatArray:
    """Return what follows so many numbers later."""
    return _later(numbers, steps)
