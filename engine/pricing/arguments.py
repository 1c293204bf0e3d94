"""What a kernel is called with, read where Python keeps it.

Numba checks the type of every argument and counts references to every array, which for seven columns takes as long
as to price a hundred contracts. A kernel of columns takes two Python objects instead, the tuple of its inputs and the
array of its results, and looks into them itself. The layouts are those of tuples and floats in CPython and of arrays in
numpy (`PyArrayObject_fields` in numpy/ndarraytypes.h), which extensions compiled elsewhere rely on.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeAlias, cast

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import NativeValue, intrinsic, models, register_model, unbox

from engine.pricing.compiling import inlined, kernel
from engine.pricing.pointers import NUMBERS
from engine.pricing.types import FloatArray, Numbers

Inputs: TypeAlias = tuple[Numbers, ...]
Column: TypeAlias = tuple[FloatArray, int]
"""Where a column begins, and its elements: one for a constant."""
Columns: TypeAlias = tuple[Column, Column, Column, Column, Column, Column, Column]
Rows: TypeAlias = tuple[FloatArray, int, int]
"""Where the results begin, the number of rows, and the elements of each."""

_variable: Any = cgutils.alloca_once_value
_tuple_of: Any = types.Tuple

UNUSABLE = -1
"""The size of what is no column."""

_TUPLE_ITEMS = tuple.__basicsize__
_FLOAT_VALUE = float.__basicsize__ - 8
_TYPE = object.__basicsize__ - 8
_DATA, _DIMENSIONS, _LENGTHS, _DTYPE, _FLAGS = (object.__basicsize__ + k for k in (0, 8, 16, 40, 48))
_CONTIGUOUS_AND_ALIGNED = 0x0001 | 0x0100


class _Object(types.Opaque):
    """A Python object, as it is."""

    def __init__(self) -> None:
        super().__init__("pricing.Object")


_OBJECT: Any = _Object()
register_model(_Object)(models.OpaqueModel)


def _as_it_is(kind: Any, handed: Any, context: Any) -> Any:
    return NativeValue(handed)  # type: ignore[no-untyped-call]  # numba types public names only


unbox(_Object)(_as_it_is)  # type: ignore[no-untyped-call]  # numba types public names only


def _load(builder: Any, origin: Any, offset: int, kind: Any) -> Any:
    place = builder.gep(origin, [ir.Constant(ir.IntType(64), offset)])
    return builder.load(builder.bitcast(place, kind.as_pointer()))


_BYTES, _LONG, _INT = ir.IntType(8).as_pointer(), ir.IntType(64), ir.IntType(32)


def _column(typing_context: Any, inputs: Any, results: Any, place: Any) -> Any:
    """One of the inputs: a float, or a plain array of the results' type of numbers with one dimension."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        inputs, results, place = arguments
        offset = builder.add(builder.mul(place, _LONG(8)), _LONG(_TUPLE_ITEMS))
        one = builder.load(builder.bitcast(builder.gep(inputs, [offset]), _BYTES.as_pointer()))
        data, size = _variable(builder, one), _variable(builder, _LONG(UNUSABLE))
        kind = _load(builder, one, _TYPE, _BYTES)
        with builder.if_else(builder.icmp_unsigned("==", kind, _load(builder, results, _TYPE, _BYTES))) as (yes, no):
            with yes:
                flags = builder.and_(_load(builder, one, _FLAGS, _INT), _INT(_CONTIGUOUS_AND_ALIGNED))
                plain = builder.icmp_unsigned("==", flags, _INT(_CONTIGUOUS_AND_ALIGNED))
                alike = (_load(builder, array, _DTYPE, _BYTES) for array in (one, results))
                plain = builder.and_(plain, builder.icmp_unsigned("==", *alike))
                flat = builder.icmp_unsigned("==", _load(builder, one, _DIMENSIONS, _INT), _INT(1))
                with builder.if_then(builder.and_(plain, flat)):
                    builder.store(_load(builder, one, _DATA, _BYTES), data)
                    builder.store(_load(builder, _load(builder, one, _LENGTHS, _BYTES), 0, _LONG), size)
            with no:
                name = "PyFloat_Type"
                floats = builder.bitcast(context.get_c_value(builder, _LONG, name, dllimport=True), _BYTES)
                with builder.if_then(builder.icmp_unsigned("==", kind, floats)):
                    builder.store(builder.gep(one, [_LONG(_FLOAT_VALUE)]), data)
                    builder.store(_LONG(1), size)
        numbers = builder.bitcast(builder.load(data), context.get_value_type(NUMBERS))
        return context.make_tuple(builder, signature.return_type, (numbers, builder.load(size)))

    return _tuple_of((NUMBERS, types.int64))(inputs, results, place), generate


def _rows(typing_context: Any, results: Any) -> Any:
    """Where the results begin, the number of rows, and the elements of each."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        numbers = builder.bitcast(_load(builder, arguments[0], _DATA, _BYTES), context.get_value_type(NUMBERS))
        lengths = _load(builder, arguments[0], _LENGTHS, _BYTES)
        rows, length = (_load(builder, lengths, 8 * k, _LONG) for k in range(2))
        return context.make_tuple(builder, signature.return_type, (numbers, rows, length))

    return _tuple_of((NUMBERS, types.int64, types.int64))(results), generate


_column_of = cast(Callable[[Inputs, FloatArray, int], Column], intrinsic(_column))
rows_of = cast(Callable[[FloatArray], Rows], intrinsic(_rows))


@inlined
def columns_of(inputs: Inputs, results: FloatArray) -> Columns:
    """Return the columns in a tuple of seven inputs; what is neither a column nor a float has the size UNUSABLE."""
    return (
        _column_of(inputs, results, 0),
        _column_of(inputs, results, 1),
        _column_of(inputs, results, 2),
        _column_of(inputs, results, 3),
        _column_of(inputs, results, 4),
        _column_of(inputs, results, 5),
        _column_of(inputs, results, 6),
    )


@inlined
def usable(columns: Columns, length: int) -> bool:
    """Tell whether all columns are constants or of one size, which the rows hold."""
    widest = 1
    for _, size in columns:
        widest = max(widest, size)
    same = widest <= length
    for _, size in columns:
        same &= (size == 1) | (size == widest)
    return same


class ColumnsKernel:
    """A compiled loop over columns: kernel(inputs, results, first, last), true if the inputs are usable as they are.

    `run` is the compiled function itself; it compiles, or is loaded, when it is asked for first.
    """

    def __init__(self, function: Callable[[Inputs, FloatArray, int, int], bool]) -> None:
        self.compiler: Any = kernel(function)

    @cached_property
    def run(self) -> Callable[[Inputs, FloatArray, int, int], bool]:
        """Write elements first to last of the results, an array of two dimensions; false: nothing is written.

        Inputs are a tuple of seven floats or plain arrays of float64 with one dimension and one size.
        """
        kinds = (_OBJECT, _OBJECT, types.int64, types.int64)
        self.compiler.compile(kinds)
        run: Callable[[Inputs, FloatArray, int, int], bool] = self.compiler.overloads[kinds].entry_point
        return run
