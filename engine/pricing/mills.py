"""Mills' ratio: the normal tail beyond z divided by the density at z, in a form that LLVM vectorises.

Polynomials in 1 / (z + 4) and 1 / (z + 5), fitted to full double precision at 60 digits.
"""

from engine.pricing.chains import in_step
from engine.pricing.compiling import inlined

NEAREST, FARTHEST = -0.6, 38.9
"""Range of `mills_pair`; beyond its end the density is below the smallest number."""


@inlined
def mills(z: float) -> float:
    """Return the normal tail beyond z divided by the density at z (Mills' ratio), for z >= 0.

    (z + 4) times the ratio is smooth in u = (z - 4) / (z + 4), which maps the half-line to [-1, 1].
    """
    inverse = 1.0 / (z + 4.0)
    x = 1.0 - 8.0 * inverse
    p = 2.946488876280441e-10
    p = p * x + 8.53083886026053e-10
    p = p * x + -2.142295344399263e-09
    p = p * x + -9.35134044482434e-09
    p = p * x + 3.5919778637323777e-09
    p = p * x + 5.3711037651589576e-08
    p = p * x + 3.66737949934239e-08
    p = p * x + -2.1774195022039326e-07
    p = p * x + -3.922932522029295e-07
    p = p * x + 6.829633831673466e-07
    p = p * x + 2.563178850836918e-06
    p = p * x + -1.5787665654677373e-06
    p = p * x + -1.484070957232045e-05
    p = p * x + 1.7963971214040778e-06
    p = p * x + 8.809493632053581e-05
    p = p * x + -4.783264259417208e-06
    p = p * x + -0.0005792691439164002
    p = p * x + 0.0003342446162328441
    p = p * x + 0.004087855661108637
    p = p * x + -0.008722295274260125
    p = p * x + -0.018900450860304858
    p = p * x + 0.15139176231244347
    p = p * x + -0.4675409629983781
    p = p * x + 0.9704095548675884
    p = p * x + -1.523770910819983
    p = p * x + 1.8932190633084853
    return p * inverse


@inlined
def nearness(z: float) -> float:
    """Return what `mills_pair` takes for a place z >= NEAREST: 0.23 at most, 0 at infinity."""
    return 1.0 / (z + 5.0)


_LEADING, _SECOND, *_OTHERS = (
    1.2066954746739604e13,
    2.8572644300175215e12,
    -1.261940878506351e12,
    -4.022177622760505e11,
    7.166605160045518e10,
    3.543181633760871e10,
    -3.1995291515130744e09,
    -2.7467212196136675e09,
    1.6741317932318655e08,
    2.1366618535514143e08,
    -1.7663426458165884e07,
    -1.7057619123599835e07,
    2.9931173278632043e06,
    1.2051431316918235e06,
    -5.106402504831728e05,
    -3387.3985772662786,
    5.9905905009584174e04,
    -2.5884803916141846e04,
    6824.643844963515,
    -1325.0169310928495,
    201.63595470239423,
    -24.65552206383475,
    2.4367223896808263,
)
_divided = in_step(*((None, coefficient) for coefficient in _OTHERS))


@inlined
def mills_pair(near: float, far: float, half: float) -> tuple[float, float]:
    """Return Mills' ratio Y at the first of two places 2 half apart, and half its fall to the second.

    The places are given by their `nearness` u = 1 / (z + 5). Y(z) is u p(x) with a polynomial p in x = 1 / 8 - u.
    Horner's scheme carries p at the first place and d, its divided difference between both, so the difference of close
    ratios keeps its digits.
    """
    x, y = 0.125 - near, 0.125 - far
    d, p = _divided(_LEADING, _LEADING * x + _SECOND, y, x)
    return near * p, half * (near * far) * (p - far * d)
