"""Mills' ratio: the normal tail beyond z divided by the density at z, in a form that LLVM vectorises.

Polynomials in 1 / (z + 4), fitted to full double precision at 60 digits.
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
    """Return what `mills_pair` takes for a place z >= NEAREST: 2.4 at most, 0 at infinity."""
    return 8.0 / (z + 4.0)


@inlined
def mills_pair(near: float, far: float, half: float) -> tuple[float, float]:
    """Return Mills' ratio Y at the first of two places 2 half apart, and half its fall to the second.

    The places are given by their `nearness` u = 8 / (z + 4). Y(z) is 8 u p(x) with a polynomial p in x = 81 / 64 - u.
    Horner's scheme carries p at the first place and its divided difference between both, so the difference of close
    ratios keeps its digits.
    """
    x, y = 1.265625 - near, 1.265625 - far
    d = -3.689635315123822e-12
    p = d * x + -4.844432587899516e-12
    d, p = d * y + p, p * x + 4.3773313195262686e-11
    d, p = d * y + p, p * x + 9.286608819538095e-11
    d, p = d * y + p, p * x + -1.9579361596067617e-10
    d, p = d * y + p, p * x + -8.15875180560099e-10
    d, p = d * y + p, p * x + -5.739829221621294e-11
    d, p = d * y + p, p * x + 4.455030766432184e-09
    d, p = d * y + p, p * x + 7.2324574498458235e-09
    d, p = d * y + p, p * x + -1.5392079561887672e-08
    d, p = d * y + p, p * x + -6.662946988643858e-08
    d, p = d * y + p, p * x + 1.0574025883093255e-08
    d, p = d * y + p, p * x + 4.5326593677209955e-07
    d, p = d * y + p, p * x + 3.733178642215706e-07
    d, p = d * y + p, p * x + -2.9676324654979056e-06
    d, p = d * y + p, p * x + -4.330320432971437e-06
    d, p = d * y + p, p * x + 2.27842812835185e-05
    d, p = d * y + p, p * x + 3.205824283929224e-05
    d, p = d * y + p, p * x + -0.00023135834054570424
    d, p = d * y + p, p * x + 5.606328100324282e-06
    d, p = d * y + p, p * x + 0.0025748632100091027
    d, p = d * y + p, p * x + -0.009965468966951822
    d, p = d * y + p, p * x + 0.022028969183475952
    d, p = d * y + p, p * x + -0.03359384723945116
    d, p = d * y + p, p * x + 0.037124644427298445
    return 8.0 * near * p, half * (near * far) * (p - far * d)
