"""The units of py_vollib and of those who follow it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from benchmarks.pricing.inputs import Column

SCALES = {"delta": 1.0, "gamma": 1.0, "vega": 100.0, "theta": 365.0, "rho": 100.0}
"""Vega and rho per point become those per 1.00, theta per day becomes that per year."""


def in_our_units(found: tuple[npt.ArrayLike, Mapping[str, npt.ArrayLike]]) -> Column:
    """Rows of the price and its sensitivities by name."""
    price, sensitivities = found
    return np.array([np.asarray(price), *(scale * np.asarray(sensitivities[name]) for name, scale in SCALES.items())])
