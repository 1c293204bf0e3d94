"""Elementary functions of arrays, with the same bits on every processor.

numpy's own take other polynomials where a processor has AVX-512: the same run would have another hash there. These call
the C library for one number after the other, as Python's `math` does. What lies outside of a function's domain is NaN
or infinite, without a warning. Kernels have functions of their own (`elementary`).
"""

import math

import numpy as np

from engine.pricing.compiling import kernel
from engine.pricing.types import FloatArray, Numbers

_EXP, _EXPM1, _LOG, _LOG1P, _COS, _ARCCOS = range(6)


def exp(values: Numbers) -> FloatArray:
    """Exponential function, in the shape of the values."""
    return _each(_EXP, values)


def expm1(values: Numbers) -> FloatArray:
    """exp(value) - 1, accurate near zero, in the shape of the values."""
    return _each(_EXPM1, values)


def log(values: Numbers) -> FloatArray:
    """Natural logarithm, in the shape of the values; -infinity at zero, NaN below."""
    return _each(_LOG, values)


def log1p(values: Numbers) -> FloatArray:
    """log(1 + value), accurate near zero, in the shape of the values."""
    return _each(_LOG1P, values)


def cos(values: Numbers) -> FloatArray:
    """Cosine of radians, in the shape of the values."""
    return _each(_COS, values)


def arccos(values: Numbers) -> FloatArray:
    """Radians in [0, pi], in the shape of the values; NaN outside of [-1, 1]."""
    return _each(_ARCCOS, values)


def power(values: Numbers, exponent: float) -> FloatArray:
    """Positive values to one exponent, in the shape of the values."""
    return exp(exponent * log(values))


def _each(which: int, values: Numbers) -> FloatArray:
    array = np.ascontiguousarray(values, np.float64)
    # A copy of what is read-only: another type to the compiler.
    column = array.reshape(-1) if array.flags.writeable else array.flatten()
    results = np.empty(column.size)
    _apply(which, column, results)
    return results.reshape(np.shape(values))


@kernel
def _apply(which: int, values: FloatArray, results: FloatArray) -> None:
    for place in range(values.size):
        value = values[place]
        if which == _EXP:
            results[place] = math.exp(value)
        elif which == _EXPM1:
            results[place] = math.expm1(value)
        elif which == _LOG:
            results[place] = math.log(value)
        elif which == _LOG1P:
            results[place] = math.log1p(value)
        elif which == _COS:
            results[place] = math.cos(value)
        else:
            results[place] = math.acos(value)
