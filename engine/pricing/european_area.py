"""What the loops of the European formulas read and write: a block of the inputs and a work area of columns."""

from typing import NamedTuple

from engine.pricing.types import FloatArray
from engine.pricing.windows import STRIDE


class Terms(NamedTuple):
    """A block of the inputs of a European formula."""

    side: FloatArray
    spot: FloatArray
    strike: FloatArray
    years: FloatArray
    rate: FloatArray
    carry: FloatArray
    sigma: FloatArray


INVERSE_ROOT_TWO_PI = 0.3989422804014327
TINY, HUGE = 1e-300, 1e300
# Distances up to which the density is a normal number, and from which it is none.
NORMAL, VANISHED = 37.6, 38.7

# Places of columns in the work area; the first three are what `rest_block` replaces.
VALUE, NEAR_PART, DENSITY, DISTANCE, HALF, ROOT, RECIPROCAL = (k * STRIDE for k in range(7))
SPOT_LEG, STRIKE_LEG, FORWARD, REST, GATHERED = (k * STRIDE for k in range(7, 12))
# Read for the last time where those are written: a smaller area leaves more of the cache to the results.
NEAR_PLACE, FAR_PLACE = VALUE, NEAR_PART
AREA = 14 * STRIDE
