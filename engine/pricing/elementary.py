"""Elementary functions in a form that LLVM turns into vector instructions.

There is no vector mathematics library to rely on, and calls to the scalar one keep a loop scalar. So these are straight
lines of arithmetic: polynomials fitted to full double precision (at 60 digits) and exponent bits, without branches or
calls.
"""

import numpy as np

from engine.pricing.compiling import inlined

_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest integer in the low bits
_LOG2_E = 1.4426950408889634
_LN2 = 0.6931471805599453
_LN2_HIGH = 0.6931471803691238  # 32 bits, so that its multiples are exact
_LN2_LOW = 1.9082149292705877e-10
_SIGN = -(1 << 63)
_LARGEST_EXPONENT = 800.0  # beyond the range of exp on both sides
NEAR = 0.34657359027997264
"""Half of log(2): the range of `expm1_near`."""


@inlined
def bits(value: float) -> np.int64:
    """Return the number that the bits of a float spell as an integer."""
    return np.float64(value).view(np.int64)


@inlined
def signed(value: float, sign: float) -> float:
    """Return value, or -value where sign is negative: a product with 1 or -1 that costs no multiplication."""
    return np.int64(bits(value) ^ (bits(sign) & np.int64(_SIGN))).view(np.float64)


@inlined
def chosen(sign: float, negative: float, positive: float) -> float:
    """Return one of two numbers by the sign bit of a third, which costs no comparison."""
    mask = bits(sign) >> 63
    return np.int64((bits(negative) & mask) | (bits(positive) & ~mask)).view(np.float64)


@inlined
def positive_part(value: float) -> float:
    """Return value, or zero where it is negative."""
    return chosen(value, 0.0, value)


@inlined
def times_power_of_two(value: float, exponent: np.int64) -> float:
    """Return value 2**exponent; both have to be normal numbers."""
    return np.int64(bits(value) + (exponent << 52)).view(np.float64)


@inlined
def power_of_two(exponent: np.int64) -> float:
    """Return 2**exponent for exponents of normal numbers."""
    return np.int64((exponent + 1023) << 52).view(np.float64)


@inlined
def expm1_near(value: float) -> float:
    """Return exp(value) - 1 for |value| <= NEAR, accurate near zero."""
    p = 2.5105217695684516e-08
    p = p * value + 2.762008948195459e-07
    p = p * value + 2.755725539833871e-06
    p = p * value + 2.4801521293463862e-05
    p = p * value + 0.00019841269874822307
    p = p * value + 0.0013888888917215586
    p = p * value + 0.008333333333326134
    p = p * value + 0.04166666666662412
    p = p * value + 0.1666666666666667
    p = p * value + 0.5000000000000001
    return value + value * value * p


@inlined
def _reduced(value: float) -> tuple[float, np.int64]:
    """Return r and k with value = k ln 2 + r, |r| <= NEAR; valid for |value| <= 800."""
    shifted = value * _LOG2_E + _ROUND
    whole = shifted - _ROUND
    return (value - whole * _LN2_HIGH) - whole * _LN2_LOW, bits(shifted) - bits(_ROUND)


@inlined
def normal_density(square: float) -> float:
    """Return exp(-square / 2) / sqrt(2 pi) for 0 <= square <= 1414, where it is a normal number.

    The error is that of a rounding of the exponent.
    """
    shifted = square * (-0.5 * _LOG2_E) + _ROUND
    whole = shifted - _ROUND
    x = (square + whole * (2.0 * _LN2_HIGH)) + whole * (2.0 * _LN2_LOW)
    # Two chains instead of one: a loop with many other things to do would wait for a long one.
    y = x * x
    even = -4.762541986154692e-12
    even = even * y + -2.147387807765169e-09
    even = even * y + -6.184000306400357e-07
    even = even * y + -0.00010389121887211534
    even = even * y + -0.00831129750836162
    even = even * y + -0.19947114020071638
    odd = 1.0755382158748396e-10
    odd = odd * y + 3.864998062445684e-08
    odd = odd * y + 8.657601547693793e-06
    odd = odd * y + 0.0010389121885540638
    odd = odd * y + 0.04986778505017816
    p = (odd * x + even) * x + 0.3989422804014327
    return times_power_of_two(p, bits(shifted) - bits(_ROUND))


@inlined
def exp(value: float) -> float:
    """Exponentiate within one unit in the last place; 0 and infinity beyond the range."""
    bounded = -_LARGEST_EXPONENT if value < -_LARGEST_EXPONENT else value
    bounded = _LARGEST_EXPONENT if bounded > _LARGEST_EXPONENT else bounded
    rest, exponent = _reduced(bounded)
    half = exponent >> 1
    # Two factors, so that results below the normal range lose bits once and do not wrap around.
    return ((1.0 + expm1_near(rest)) * power_of_two(half)) * power_of_two(exponent - half)


@inlined
def expm1(value: float) -> float:
    """Return exp(value) - 1, accurate near zero, for |value| <= 700."""
    bounded = -700.0 if value < -700.0 else value
    bounded = 700.0 if bounded > 700.0 else bounded
    rest, exponent = _reduced(bounded)
    scale = power_of_two(exponent)
    return scale * expm1_near(rest) + (scale - 1.0)


@inlined
def log_ratio(numerator: float, denominator: float) -> float:
    """Return log(numerator / denominator) of positive normal numbers, accurate where the ratio is close to one.

    The logarithm is k ln 2 + 2 artanh((a - b) / (a + b)) with b = denominator 2**k within a factor of 1.51 of
    a = numerator: the difference is exact. Bits read as integers grow like the logarithm, to 0.09 of a power of two.
    """
    exponent = (bits(numerator) - bits(denominator) + (1 << 51)) >> 52
    scaled = times_power_of_two(denominator, exponent)
    x = (numerator - scaled) / (numerator + scaled)
    square = x * x
    p = 0.13612048090203863
    p = p * square + 0.13209314929104482
    p = p * square + 0.1538888782211309
    p = p * square + 0.18181737124755143
    p = p * square + 0.2222222305474816
    p = p * square + 0.28571428567237483
    p = p * square + 0.4000000000000803
    p = p * square + 0.6666666666666666
    return float(exponent) * _LN2 + (2.0 * x + x * square * p)
