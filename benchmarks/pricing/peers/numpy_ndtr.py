"""The formulas in numpy, with scipy's normal distribution: what one writes before looking for a library."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Task, Tasks

NAME = "numpy + ndtr"


def tasks(contracts: Contracts, _prices: Column) -> Tasks:
    return {"price": Task(lambda: price(contracts)), "price + 5": Task(lambda: sensitivities(contracts))}


def price(contracts: Contracts) -> Column:
    right, spot, strike, years, rate, carry, sigma = contracts
    deviation = sigma * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate - carry) * years) / deviation + 0.5 * deviation
    held = spot * np.exp(-carry * years) * ndtr(right * d1)
    owed = strike * np.exp(-rate * years) * ndtr(right * (d1 - deviation))
    return np.asarray(right * (held - owed))


def sensitivities(contracts: Contracts) -> tuple[Column, ...]:
    right, spot, strike, years, rate, carry, sigma = contracts
    root = np.sqrt(years)
    deviation = sigma * root
    d1 = (np.log(spot / strike) + (rate - carry) * years) / deviation + 0.5 * deviation
    paid, discount = np.exp(-carry * years), np.exp(-rate * years)
    above, below = ndtr(right * d1), ndtr(right * (d1 - deviation))
    density = paid * np.exp(-0.5 * d1 * d1) * 0.3989422804014327
    held, owed = spot * paid * above, strike * discount * below
    theta = right * (carry * held - rate * owed) - 0.5 * spot * density * sigma / root
    rho = right * years * owed
    return right * (held - owed), right * paid * above, density / (spot * deviation), spot * density * root, theta, rho
