"""Elementary functions in a form that LLVM turns into vector instructions.

There is no vector mathematics library to rely on, and calls to the scalar one keep a loop scalar. So these are straight
lines of arithmetic: polynomials fitted to full double precision (Chebyshev interpolation at 60 digits) and exponent
bits, without branches or calls.
"""

import numpy as np

from engine.pricing.compiling import inlined

_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest integer in the low bits
_LOG2_E = 1.4426950408889634
_LN2_HIGH = 0.6931471803691238  # 32 bits, so that its multiples are exact
_LN2_LOW = 1.9082149292705877e-10
_LARGEST_EXPONENT = 800.0  # beyond the range of exp on both sides


@inlined
def exponent_bits(value: float) -> np.int64:
    """Return the power of two of a positive normal number."""
    return (np.float64(value).view(np.int64) >> 52) - 1023


@inlined
def power_of_two(exponent: np.int64) -> float:
    """Return 2**exponent for exponents of normal numbers."""
    return np.int64((exponent + 1023) << 52).view(np.float64)


@inlined
def _mantissa(value: float) -> float:
    """Return the number in [1, 2) that a positive normal number is a power of two times of."""
    bits = np.float64(value).view(np.int64)
    return np.int64((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000).view(np.float64)


@inlined
def expm1_reduced(value: float) -> tuple[float, np.int64]:
    """Return exp(r) - 1 and k with value = k ln 2 + r, |r| <= ln(2) / 2; valid for |value| <= 800."""
    shifted = value * _LOG2_E + _ROUND
    whole = shifted - _ROUND
    x = (value - whole * _LN2_HIGH) - whole * _LN2_LOW
    p = 2.5105217695684516e-08
    p = p * x + 2.762008948195459e-07
    p = p * x + 2.755725539833871e-06
    p = p * x + 2.4801521293463862e-05
    p = p * x + 0.00019841269874822307
    p = p * x + 0.0013888888917215586
    p = p * x + 0.008333333333326134
    p = p * x + 0.04166666666662412
    p = p * x + 0.1666666666666667
    p = p * x + 0.5000000000000001
    return x + x * x * p, np.float64(shifted).view(np.int64) - np.float64(_ROUND).view(np.int64)


@inlined
def exp(value: float) -> float:
    """Exponentiate within one unit in the last place; 0 and infinity beyond the range."""
    bounded = -_LARGEST_EXPONENT if value < -_LARGEST_EXPONENT else value
    bounded = _LARGEST_EXPONENT if bounded > _LARGEST_EXPONENT else bounded
    fraction, exponent = expm1_reduced(bounded)
    half = exponent >> 1
    # Two factors, so that results below the normal range lose bits once and do not wrap around.
    return ((1.0 + fraction) * power_of_two(half)) * power_of_two(exponent - half)


@inlined
def expm1(value: float) -> float:
    """Return exp(value) - 1, accurate near zero, for |value| <= 700."""
    bounded = -700.0 if value < -700.0 else value
    bounded = 700.0 if bounded > 700.0 else bounded
    fraction, exponent = expm1_reduced(bounded)
    scale = power_of_two(exponent)
    return scale * fraction + (scale - 1.0)


@inlined
def log_ratio(numerator: float, denominator: float) -> float:
    """Return log(numerator / denominator) of positive normal numbers, accurate where the ratio is close to one.

    The logarithm is k ln 2 + 2 artanh((a - b) / (a + b)) with b = denominator 2**k within a factor of sqrt(2) of
    a = numerator: the difference is exact.
    """
    # Mantissas side by side tell the exponent of the ratio without a division.
    mantissa = _mantissa(numerator) - 1.4142135623730951 * _mantissa(denominator)
    twice = 2.0 * _mantissa(numerator) - 1.4142135623730951 * _mantissa(denominator)
    exponent = exponent_bits(numerator) - exponent_bits(denominator)
    exponent = exponent + 1 if mantissa > 0.0 else exponent
    exponent = exponent - 1 if twice < 0.0 else exponent
    scaled = denominator * power_of_two(exponent)
    x = (numerator - scaled) / (numerator + scaled)
    square = x * x
    p = 0.13090038559224643
    p = p * square + 0.13268442080686296
    p = p * square + 0.15386252270168196
    p = p * square + 0.18181795404646028
    p = p * square + 0.22222222393967142
    p = p * square + 0.28571428570793406
    p = p * square + 0.40000000000000896
    p = p * square + 0.6666666666666666
    whole = float(exponent)
    return whole * _LN2_HIGH + (2.0 * x + (x * square * p + whole * _LN2_LOW))
