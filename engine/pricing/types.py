"""The vocabulary of the pricing functions: what goes in, what comes out."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
StatusArray: TypeAlias = npt.NDArray[np.int8]
Columns: TypeAlias = tuple[FloatArray, ...]
Numbers: TypeAlias = npt.ArrayLike
Style: TypeAlias = Literal["european", "american"]
Method: TypeAlias = Literal["fast", "accurate", "converged"]
Dividends: TypeAlias = Sequence[tuple[float, float]]


class IvStatus(IntEnum):
    """Why an element of `implied_volatility` has, or has not, a number."""

    OK = 0
    BELOW_INTRINSIC = 1
    AT_OR_ABOVE_MAXIMUM = 2
    EXPIRED = 3
    INVALID_INPUT = 4
    UNRECOVERABLE = 5


class Greeks(NamedTuple):
    """Price and sensitivities per share, each of the broadcast shape of the inputs.

    delta per 1.00 of spot, gamma per 1.00 of spot squared, vega and volga per 1.00 of volatility, theta and charm per
    year of passing time (theta = -dV/dT, charm = -d delta/dT), rho per 1.00 of rate, dividend_rho per 1.00 of yield,
    vanna = d2V/dS dsigma. The last four are None when higher-order Greeks were not asked for.
    """

    price: FloatArray
    delta: FloatArray
    gamma: FloatArray
    vega: FloatArray
    theta: FloatArray
    rho: FloatArray
    dividend_rho: FloatArray | None
    vanna: FloatArray | None
    volga: FloatArray | None
    charm: FloatArray | None
