"""Units of a vendor's greeks, measured where no column says them, and volatilities that a vendor did not find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from data.errors import BadFile
from data.raw_rows import VendorUnits
from engine.pricing.elementwise import exp

PER_POINT_AND_DAY: Final = VendorUnits(vega=100.0, theta=365.0)
"""Vega per point of volatility, theta per calendar day."""
_MEASURED_DELTAS: Final = (0.1, 0.9)
"""Beyond these, vegas are too small, and a rounded delta says too little about them."""


def measured_units(
    name: str, columns: Mapping[str, NDArray[Any]], vega_column: str, unmeasured: VendorUnits | None = None
) -> VendorUnits:
    """Units of the greeks, from vegas against price x density(d1) x sqrt(years), with d1 from the row's own delta.

    Args:
        name: of the file, for messages.
        columns: `delta`, `vega`, `underlying_price`, `expiration` and `quote_date` of `RawRows`.
        vega_column: what the file calls the vega, for messages.
        unmeasured: what is assumed when no row tells; without it, greeks per 1.00 of volatility and per year.

    Raises:
        BadFile: when the vegas are neither per 1.00 nor per point of volatility.
    """
    delta, vega = np.abs(columns["delta"]), columns["vega"]
    years = (columns["expiration"] - columns["quote_date"]).astype(np.int64) / 365
    least, most = _MEASURED_DELTAS
    rows = (delta > least) & (delta < most) & (years > 0) & (vega > 0) & (columns["underlying_price"] > 0)
    if not rows.any():
        return unmeasured or VendorUnits()
    density = exp(-(ndtri(delta[rows]) ** 2) / 2) / np.sqrt(2 * np.pi)
    expected = columns["underlying_price"][rows] * density * np.sqrt(years[rows])
    ratio = float(np.median(vega[rows] / expected))
    for factor, units in ((1.0, VendorUnits()), (0.01, PER_POINT_AND_DAY)):
        if factor / 2 < ratio < factor * 2:
            return units
    raise BadFile(
        f"{name}: column {vega_column!r}: vegas are {ratio:.3g} of what price, delta and time make them, neither 1 "
        "(per 1.00 of volatility) nor 0.01 (per point); ask the vendor for the units"
    )


def found_volatility(volatility: NDArray[np.float64]) -> NDArray[np.float64]:
    """Implied volatilities with NaN for zero, by which vendors say that they found none."""
    return np.where(volatility == 0, np.nan, volatility)
