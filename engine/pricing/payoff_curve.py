"""Profit and loss at the first of several expiries: a curve with kinks, measured numerically."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from engine.pricing.elementwise import exp
from engine.pricing.lognormal import Lognormal
from engine.pricing.payoff_legs import Market, PayoffLeg, market_value
from engine.pricing.types import FloatArray

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_WIDEST_SCORE = 12.0
_PANEL = 0.5

Curve = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Shape:
    """Zeros, zero and profit intervals, extremes, probabilities and partial expectations of a profit and loss."""

    zeros: list[float]
    flats: list[tuple[float, float | None]] = field(default_factory=list)
    profits: list[tuple[float, float | None]] = field(default_factory=list)
    highest: float | None = None
    lowest: float | None = None
    probability_of_profit: float = 0.0
    probability_of_loss: float = 0.0
    profit_part: float = 0.0
    loss_part: float = 0.0


def shape(legs: Sequence[PayoffLeg], market: Market, outlook: Lognormal, paid: float) -> Shape:
    """Measure the profit and loss at the outlook's horizon."""

    def curve(spot: FloatArray) -> FloatArray:
        return market_value(legs, market, spot, outlook.years) - paid

    grid = _grid(legs, market, outlook)
    values = curve(grid)
    zeros = _zeros(curve, grid, values)
    slope = _slope_at_infinity(legs, market, outlook.years)
    profits = _profits(curve, zeros, float(grid[-1]))
    kinks = [leg.strike for leg in legs if leg.strike is not None and market.expiry(leg) == outlook.years]
    gain, loss = _parts(curve, outlook, [*zeros, *kinks])
    chance = math.fsum(outlook.probability(low, math.inf if high is None else high) for low, high in profits)
    return Shape(
        zeros=zeros,
        profits=profits,
        highest=None if slope > 0.0 else _highest(curve, grid, values),
        lowest=None if slope < 0.0 else -_highest(lambda spot: -curve(spot), grid, -values),
        probability_of_profit=chance,
        probability_of_loss=max(0.0, 1.0 - chance),
        profit_part=gain,
        loss_part=loss,
    )


def _grid(legs: Sequence[PayoffLeg], market: Market, outlook: Lognormal) -> FloatArray:
    """Spots at which nothing can hide between: strikes, and steps of a quarter deviation around each."""
    points = [np.zeros(1), outlook.spot * exp(np.linspace(-12.0, 12.0, 193))]
    for leg in legs:
        if leg.strike:
            left = max(market.expiry(leg) - outlook.years, 0.0)
            width = market.sigma(leg) * math.sqrt(left)
            points += [np.array([leg.strike]), leg.strike * exp(width * np.linspace(-9.0, 9.0, 73))]
    return np.unique(np.concatenate(points))


def _zeros(curve: Curve, grid: FloatArray, values: FloatArray) -> list[float]:
    zeros = [float(spot) for spot in grid[values == 0.0]]
    for k in np.flatnonzero(values[:-1] * values[1:] < 0.0):
        zeros.append(float(brentq(lambda spot: float(curve(np.array(spot))), grid[k], grid[k + 1], xtol=1e-13)))
    return sorted(zeros)


def _slope_at_infinity(legs: Sequence[PayoffLeg], market: Market, years: float) -> float:
    terms = [leg.shares for leg in legs if leg.kind == "stock"]
    for leg in legs:
        if leg.kind == "call":
            terms.append(leg.shares * math.exp(-market.dividend_yield * (market.expiry(leg) - years)))
    total = math.fsum(terms)
    return 0.0 if abs(total) <= 1e-12 * math.fsum(abs(term) for term in terms) else total


def _profits(curve: Curve, zeros: list[float], end: float) -> list[tuple[float, float | None]]:
    bounds = [0.0, *(zero for zero in zeros if zero > 0.0), end]
    found: list[tuple[float, float | None]] = []
    for k in range(len(bounds) - 1):
        low, high = bounds[k], bounds[k + 1]
        if float(curve(np.array(0.5 * (low + high)))) > 0.0:
            found.append((low, None if k == len(bounds) - 2 else high))
    return found


def _highest(curve: Curve, grid: FloatArray, values: FloatArray) -> float:
    """Refine the highest points of the grid between their neighbours."""
    best = float(values.max())
    inner = np.flatnonzero((values[1:-1] >= values[:-2]) & (values[1:-1] >= values[2:])) + 1
    for k in inner:
        found = minimize_scalar(
            lambda spot: -float(curve(np.array(spot))),
            bounds=(grid[k - 1], grid[k + 1]),
            method="bounded",
            options={"xatol": 1e-10 * grid[k]},
        )
        best = max(best, -float(found.fun))
    return best


def _parts(curve: Curve, outlook: Lognormal, cuts: list[float]) -> tuple[float, float]:
    """Integrate profit and loss over the normal variable, panel by panel between zeros and kinks."""
    if outlook.deviation == 0.0:
        value = float(curve(np.array(outlook.mean)))
        return max(value, 0.0), min(value, 0.0)
    span = _WIDEST_SCORE + outlook.deviation
    edges = np.concatenate(
        [np.arange(-_WIDEST_SCORE, span + _PANEL, _PANEL), [outlook.score(cut) for cut in cuts if cut > 0.0]]
    )
    edges = np.unique(np.clip(edges, -_WIDEST_SCORE, span))
    half = 0.5 * np.diff(edges)[:, None]
    scores = 0.5 * (edges[1:] + edges[:-1])[:, None] + half * _NODES
    density = exp(-0.5 * scores**2) / math.sqrt(2.0 * math.pi)
    spots = outlook.mean * exp(outlook.deviation * (scores - 0.5 * outlook.deviation))
    panels = (curve(spots) * density * half * _WEIGHTS).sum(axis=1)
    return float(panels[panels > 0.0].sum()), float(panels[panels < 0.0].sum())
