"""What is priced: a seeded spread of listed-looking options, and one American chain."""

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Contracts = tuple[Column, Column, Column, Column, Column, Column, Column]

LARGE = 1_000_000
"""Contracts that no cache holds."""


def contracts(size: int) -> Contracts:
    """Draw right, spot, strike, years, rate, yield and volatility."""
    draws = np.random.default_rng(20)
    return (
        draws.choice([1.0, -1.0], size),
        np.full(size, 100.0),
        draws.uniform(70.0, 140.0, size),
        draws.uniform(0.02, 2.0, size),
        draws.uniform(0.0, 0.06, size),
        draws.uniform(0.0, 0.03, size),
        draws.uniform(0.08, 0.7, size),
    )


def chain() -> Contracts:
    """2,000 American contracts: ten expirations, a hundred strikes, calls and puts, a smile."""
    expiries = np.array([7.0, 14.0, 30.0, 60.0, 91.0, 182.5, 273.75, 365.0, 547.5, 730.0]) / 365.0
    years, strike, right = (
        grid.reshape(-1)
        for grid in np.meshgrid(expiries, np.linspace(60.0, 150.0, 100), np.array([1.0, -1.0]), indexing="ij")
    )
    smile = 0.22 + 0.15 * np.abs(np.log(strike / 100.0)) / np.sqrt(years + 0.1) + 0.03 * years
    flat = np.ones_like(years)
    return right, 100.0 * flat, strike, years, 0.04 * flat, 0.015 * flat, smile
