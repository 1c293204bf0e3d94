"""Mills' ratio: the normal tail beyond z divided by the density at z, in a form that LLVM vectorises.

Polynomials in 1 / (z + 4), fitted to full double precision by Chebyshev interpolation at 60 digits.
"""

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
    """Return what `mills_pair` takes of a place z >= NEAREST: 1 near its beginning, 0 at infinity."""
    return 1.0 / (z + 4.0)


@inlined
def mills_pair(near: float, far: float, half: float) -> tuple[float, float]:
    """Return Mills' ratio Y at the first and half its fall to the second of two places that are 2 half apart.

    The places are given by their `nearness` u = 1 / (z + 4). Y(z) / u is a polynomial p in x = 75 / 64 - 7.375 u.
    Horner's scheme carries p at the first place and its divided difference between both, so the difference of close
    ratios keeps its digits.
    """
    x, y = 1.171875 - 7.375 * near, 1.171875 - 7.375 * far
    d = -2.322962170582073e-09
    p = d * x + -2.0176173532133683e-09
    d, p = d * y + p, p * x + 2.096344153356585e-08
    d, p = d * y + p, p * x + 3.212711730430055e-08
    d, p = d * y + p, p * x + -7.761594853358238e-08
    d, p = d * y + p, p * x + -2.413600677543709e-07
    d, p = d * y + p, p * x + 2.3392877536909536e-08
    d, p = d * y + p, p * x + 1.1415880422312229e-06
    d, p = d * y + p, p * x + 1.5868831338061218e-06
    d, p = d * y + p, p * x + -3.477050876653008e-06
    d, p = d * y + p, p * x + -1.3046554236892366e-05
    d, p = d * y + p, p * x + 2.897597145515448e-06
    d, p = d * y + p, p * x + 7.683058329997483e-05
    d, p = d * y + p, p * x + 5.372756487463352e-05
    d, p = d * y + p, p * x + -0.0004315823836666927
    d, p = d * y + p, p * x + -0.0005542566543469829
    d, p = d * y + p, p * x + 0.0028214520434322885
    d, p = d * y + p, p * x + 0.003510704462249494
    d, p = d * y + p, p * x + -0.024251153165850383
    d, p = d * y + p, p * x + 0.001282935740121232
    d, p = d * y + p, p * x + 0.22814006028435818
    d, p = d * y + p, p * x + -0.8187486473599932
    d, p = d * y + p, p * x + 1.6714947651131933
    d, p = d * y + p, p * x + -2.3492850501429055
    d, p = d * y + p, p * x + 2.387978091534101
    return near * p, half * (near * far) * (p - 7.375 * far * d)
