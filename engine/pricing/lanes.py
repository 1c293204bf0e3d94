"""What compiled loops do with vectors beyond arithmetic; most of it serves single numbers too."""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.pricing.types import FloatArray
from engine.pricing.vectors import LANES, MANY, PLACES, VECTORS, WORD, WORDS, Kind, Vector, Words, library, spread

_declared: Any = cgutils.get_or_insert_function


def _index(width: int) -> Any:
    def lanes(typing_context: Any, vector: Any) -> Any:
        """Index of the elements of a vector by its number."""

        def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
            return builder.mul(arguments[0], WORD(width))

        return PLACES[width](types.int64), generate

    return lanes


def _bits(typing_context: Any, value: Any) -> Any:
    """The integers that the bits of numbers spell, or the other way round."""
    if isinstance(value, Kind):
        result: Any = (WORDS if isinstance(value, Vector) else VECTORS)[value.width]
    else:
        result = types.int64 if isinstance(value, types.Float) else types.float64

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(result))

    return result(value), generate


def _words(typing_context: Any, value: Any) -> Any:
    """A vector of equal integers."""

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        return spread(builder, arguments[0], WORDS[LANES])

    return WORDS[LANES](types.int64), generate


def _union(typing_context: Any, words: Any) -> Any:
    """The bits that any of the integers has."""

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        return library("vector.reduce.or", words, WORD)(builder, arguments[0])

    return types.int64(words), generate


def _zero_from(typing_context: Any, kind: Any, place: Any, limit: Any) -> Any:
    """Value, or zero where the place is not below the limit."""

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        value, place, limit = arguments
        if isinstance(kind, Vector):
            limit = spread(builder, limit, kind)
        return builder.select(builder.fcmp_ordered(">=", place, limit), ir.Constant(value.type, None), value)

    return kind(kind, place, types.float64), generate


def _clamp(typing_context: Any, kind: Any, low: Any, high: Any) -> Any:
    """Value, or the bound that it is beyond."""

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        value, *bounds = arguments
        if isinstance(kind, Vector):
            bounds = [spread(builder, bound, kind) for bound in bounds]
        for sign, bound in zip("<>", bounds, strict=True):
            value = builder.select(builder.fcmp_ordered(sign, value, bound), bound, value)
        return value

    return kind(kind, types.float64, types.float64), generate


def _shift(typing_context: Any, kind: Any, count: Any) -> Any:
    """Bits shifted right, with zeros on the left."""

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        words, count = arguments
        return builder.lshr(words, spread(builder, count, kind) if isinstance(kind, Words) else count)

    return kind(kind, types.int64), generate


def _ask(typing_context: Any, numbers: Any, place: Any) -> Any:
    """Ask for the cache line of a place, which need not exist."""

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        target = builder.bitcast(builder.gep(arguments[0], [arguments[1]]), byte)
        prefetch = _declared(builder.module, shape, "llvm.prefetch.p0")
        builder.call(prefetch, [target, flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(numbers, types.int64), generate


ask_for = cast(Callable[[FloatArray, int], None], intrinsic(_ask))
clamp = cast(Callable[[float, float, float], float], intrinsic(_clamp))
shifted_right = cast(Callable[[int, int], int], intrinsic(_shift))
lanes = cast(Callable[[int], int], intrinsic(_index(LANES)))
many_lanes = cast(Callable[[int], int], intrinsic(_index(MANY)))
words_of = cast(Callable[[int], int], intrinsic(_words))
union = cast(Callable[[int], int], intrinsic(_union))
zero_from = cast(Callable[[float, float, float], float], intrinsic(_zero_from))
bits = cast(Callable[[float], int], intrinsic(_bits))
number = cast(Callable[[int], float], intrinsic(_bits))
