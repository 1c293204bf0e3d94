"""Elementary functions in a form that LLVM turns into vector instructions.

There is no vector mathematics library to rely on, and calls to the scalar one keep a loop scalar. So these are straight
lines of arithmetic: polynomials fitted to full double precision (at 60 digits) and exponent bits, without branches or
calls.
"""

from engine.pricing.chains import in_step
from engine.pricing.compiling import inlined
from engine.pricing.lanes import bits, clamp, number, shifted_right

_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest integer in the low bits
_LOG2_E = 1.4426950408889634
_LN2 = 0.6931471805599453
_LN2_HIGH = 0.6931471803691238  # 32 bits, so that its multiples are exact
_LN2_LOW = 1.9082149292705877e-10
_SIGN, _EXPONENT = -(1 << 63), -(1 << 52)
_TWO_52, _TWO_52_BITS = 4503599627370496.0, 1075 << 52
_LARGEST_EXPONENT = 800.0  # beyond the range of exp on both sides
NEAR = 0.34657359027997264
"""Half of log(2): the range of `expm1_near`."""


@inlined
def signed(value: float, sign: float) -> float:
    """Return value, or -value where sign is negative: a product with 1 or -1 that costs no multiplication."""
    return number(bits(value) ^ (bits(sign) & _SIGN))


@inlined
def chosen(sign: float, negative: float, positive: float) -> float:
    """Return one of two numbers by the sign bit of a third, which costs no comparison."""
    mask = bits(sign) >> 63
    return number((bits(negative) & mask) | (bits(positive) & ~mask))


@inlined
def positive_part(value: float) -> float:
    """Return value, or zero where it is negative."""
    return chosen(value, 0.0, value)


@inlined
def times_power_of_two(value: float, exponent: int) -> float:
    """Return value 2**exponent; both have to be normal numbers."""
    return number(bits(value) + (exponent << 52))


@inlined
def power_of_two(exponent: int) -> float:
    """Return 2**exponent for exponents of normal numbers."""
    return number((exponent + 1023) << 52)


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


_LEADING, *_OTHERS = (
    2.5105217695684516e-08,
    2.762008948195459e-07,
    2.755725539833871e-06,
    2.4801521293463862e-05,
    0.00019841269874822307,
    0.0013888888917215586,
    0.008333333333326134,
    0.04166666666662412,
    0.1666666666666667,
    0.5000000000000001,
)
_expm1_pair = in_step(*((coefficient, coefficient) for coefficient in _OTHERS))


@inlined
def expm1_near_pair(first: float, second: float) -> tuple[float, float]:
    """Return `expm1_near` of two values, to the same bits."""
    p, q = _expm1_pair(_LEADING, _LEADING, first, second)
    return first + first * first * p, second + second * second * q


@inlined
def _reduced(value: float) -> tuple[float, int]:
    """Return r and k with value = k ln 2 + r, |r| <= NEAR; valid for |value| <= 800."""
    shifted = value * _LOG2_E + _ROUND
    whole = shifted - _ROUND
    return (value - whole * _LN2_HIGH) - whole * _LN2_LOW, bits(shifted) - bits(_ROUND)


_density = in_step(
    (-2.147387807765169e-09, 3.864998062445684e-08),
    (-6.184000306400357e-07, 8.657601547693793e-06),
    (-0.00010389121887211534, 0.0010389121885540638),
    (-0.00831129750836162, 0.04986778505017816),
)


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
    even, odd = _density(-4.762541986154692e-12, 1.0755382158748396e-10, y, y)
    even = even * y + -0.19947114020071638
    p = (odd * x + even) * x + 0.3989422804014327
    return times_power_of_two(p, bits(shifted) - bits(_ROUND))


@inlined
def exp(value: float) -> float:
    """Exponentiate within one unit in the last place; 0 and infinity beyond the range."""
    rest, exponent = _reduced(clamp(value, -_LARGEST_EXPONENT, _LARGEST_EXPONENT))
    half = exponent >> 1
    # Two factors, so that results below the normal range lose bits once and do not wrap around.
    return ((1.0 + expm1_near(rest)) * power_of_two(half)) * power_of_two(exponent - half)


@inlined
def expm1(value: float) -> float:
    """Return exp(value) - 1, accurate near zero, for |value| <= 700."""
    rest, exponent = _reduced(clamp(value, -700.0, 700.0))
    scale = power_of_two(exponent)
    return scale * expm1_near(rest) + (scale - 1.0)


@inlined
def log_ratio(numerator: float, denominator: float) -> float:
    """Return log(numerator / denominator) of positive normal numbers, accurate where the ratio is close to one.

    The logarithm is k ln 2 + 2 artanh((a - b) / (a + b)) with b = denominator 2**k within a factor of 1.51 of
    a = numerator: the difference is exact. Bits read as integers grow like the logarithm, to 0.09 of a power of two.
    """
    apart = bits(numerator) - bits(denominator) + (1 << 51)
    scaled = number(bits(denominator) + (apart & _EXPONENT))
    # Not every processor converts integers of 64 bits: this one becomes the end of a number.
    exponent = number(shifted_right(apart ^ _SIGN, 52) | _TWO_52_BITS) - (_TWO_52 + 2048.0)
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
    return exponent * _LN2 + (2.0 * x + x * square * p)
