"""Vectors of numbers inside compiled loops: what an index from `lanes` reads, and what arithmetic makes of it.

LLVM vectorises a loop over single contracts too, but one machine vector at a time, so that each waits for its own long
chain of multiply-adds. A vector of LANES numbers is as many machine vectors as it takes, side by side, on every
processor; and there is no doubt whether a loop vectorises. The same helpers serve single numbers and vectors.
"""

import math
import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin, models, register_model

# Numba types its public names only.
_declared: Any = cgutils.get_or_insert_function
_signature: Any = signature
_lower: Any = lower_builtin
_infer: Any = infer_global
LANES, MANY = 8, 16
"""Numbers in a vector, and in a wide one for long chains."""


class Kind(types.Type):
    """Numbers or integers side by side, or the place of such a vector in a column."""

    def __init__(self, name: str, width: int, native: Any) -> None:
        self.width, self.native = width, native
        super().__init__(f"pricing.{name}{width}")


class _Model(models.PrimitiveModel):
    """How a vector is kept."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, kind.native)  # type: ignore[no-untyped-call]  # numba types public names only


class Vector(Kind):
    """So many numbers."""


class Words(Kind):
    """So many integers of 64 bits."""


class Place(Kind):
    """The place of a vector in a column."""


for _one in (Vector, Words, Place):
    register_model(_one)(_Model)

WORD = ir.IntType(64)
VECTORS = {width: Vector("Vector", width, ir.VectorType(ir.DoubleType(), width)) for width in (LANES, MANY)}
WORDS = {width: Words("Words", width, ir.VectorType(WORD, width)) for width in (LANES, MANY)}
PLACES = {width: Place("Place", width, WORD) for width in (LANES, MANY)}


def spread(builder: Any, value: Any, kind: Any) -> Any:
    """Return a vector of equal elements."""
    one = builder.insert_element(ir.Constant(kind.native, ir.Undefined), value, ir.IntType(32)(0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), kind.width), None)
    return builder.shuffle_vector(one, ir.Constant(one.type, ir.Undefined), zeros)


def _operator(symbol: Any, kind: Any, instruction: str) -> None:
    """Let an operator take two vectors, or a vector and a number."""
    plain = types.float64 if isinstance(kind, Vector) else types.int64
    pairs = [(kind, kind), (kind, plain), (plain, kind)]

    class Template(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:
            known = kind in args and len(args) == 2
            fits = known and all(one == kind or isinstance(one, types.Number) for one in args)
            return _signature(kind, *(one if one == kind else plain for one in args)) if fits else None

    _infer(symbol)(Template)

    def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
        sides = [
            side if given == kind else spread(builder, side, kind)
            for side, given in zip(arguments, chosen.args, strict=True)
        ]
        return getattr(builder, instruction)(*sides)

    for pair in pairs:
        _lower(symbol, *pair)(generate)


def _function(symbol: Any, kind: Any, make: Callable[[Any, Any], Any]) -> None:
    """Let an operator or a function take one vector."""

    class Template(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:
            return _signature(kind, kind) if tuple(args) == (kind,) else None

    _infer(symbol)(Template)
    _lower(symbol, kind)(lambda context, builder, chosen, arguments: make(builder, arguments[0]))


def library(name: str, kind: Any, result: Any = None) -> Callable[[Any, Any], Any]:
    """Return what calls a function of LLVM on a vector."""
    full = f"llvm.{name}.v{kind.width}{'f' if isinstance(kind, Vector) else 'i'}64"
    shape = ir.FunctionType(result or kind.native, [kind.native])
    return lambda builder, value: builder.call(_declared(builder.module, shape, full), [value])


def _define(vector: Any, words: Any) -> None:
    """Let the arithmetic of numbers and of integers take vectors."""
    for symbol, updating, name in (
        (operator.add, operator.iadd, "add"),
        (operator.sub, operator.isub, "sub"),
        (operator.mul, operator.imul, "mul"),
    ):
        for one in (symbol, updating):
            _operator(one, vector, f"f{name}")
            _operator(one, words, name)
    for symbol, updating, name in (
        (operator.and_, operator.iand, "and_"),
        (operator.or_, operator.ior, "or_"),
        (operator.xor, operator.ixor, "xor"),
        (operator.lshift, operator.ilshift, "shl"),
        (operator.rshift, operator.irshift, "ashr"),
    ):
        for one in (symbol, updating):
            _operator(one, words, name)
    _operator(operator.truediv, vector, "fdiv")
    _function(operator.neg, vector, lambda builder, value: builder.fneg(value))
    _function(operator.invert, words, lambda builder, value: builder.not_(value))
    _function(abs, vector, library("fabs", vector))
    _function(math.sqrt, vector, library("sqrt", vector))


for _width in (LANES, MANY):
    _define(VECTORS[_width], WORDS[_width])


class _Moved(AbstractTemplate):
    """A place so many numbers later."""

    def generic(self, args: Any, kws: Any) -> Any:
        fits = len(args) == 2 and isinstance(args[0], types.Integer) and isinstance(args[1], Place)
        return _signature(args[1], types.int64, args[1]) if fits else None


_infer(operator.add)(_Moved)
_lower(operator.add, types.int64, Place)(
    lambda context, builder, chosen, arguments: builder.add(arguments[0], arguments[1])
)


def _holds_numbers(kind: Any) -> bool:
    pointed = isinstance(kind, types.CPointer) and kind.dtype == types.float64
    return pointed or (isinstance(kind, types.Array) and kind.dtype == types.float64 and kind.layout == "C")


class _Read(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        fits = isinstance(args[1], Place) and _holds_numbers(args[0])
        return _signature(VECTORS[args[1].width], *args) if fits else None


class _Write(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        fits = isinstance(args[1], Place) and _holds_numbers(args[0]) and args[2] == VECTORS[args[1].width]
        return _signature(types.none, *args) if fits else None


def _vector_at(context: Any, builder: Any, kinds: Any, column: Any, place: Any) -> Any:
    kind, native = kinds[0], VECTORS[kinds[1].width].native
    data = column if isinstance(kind, types.CPointer) else context.make_array(kind)(context, builder, column).data
    return builder.bitcast(builder.gep(data, [place]), native.as_pointer())


def _read(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
    return builder.load(_vector_at(context, builder, chosen.args, *arguments), align=8)


def _write(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
    builder.store(arguments[2], _vector_at(context, builder, chosen.args, *arguments[:2]), align=8)
    return context.get_dummy_value()


_infer(operator.getitem)(_Read)
_infer(operator.setitem)(_Write)
for _columns in (types.CPointer, types.Array):
    _lower(operator.getitem, _columns, Place)(_read)
    _lower(operator.setitem, _columns, Place, Vector)(_write)
