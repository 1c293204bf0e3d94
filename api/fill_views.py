"""What the summary says of the prices that were paid: at other prices, by strategy and structure, beside the depth."""

from __future__ import annotations

from dataclasses import asdict

from api.figures import figure
from engine.metrics import Statistics, capacity, sensitivity
from schemas.sections.fills import Capacity, FillGroup, FillSensitivity


def fill_sensitivity_of(statistics: Statistics) -> FillSensitivity:
    """The whole run, its strategies and structures, and a hint at its capacity."""
    fills = statistics.fills
    return FillSensitivity(
        **_group(fills.total).model_dump(),
        by_strategy={name: _group(found) for name, found in fills.by_strategy.items()},
        by_structure={name: _group(found) for name, found in fills.by_structure.items()},
        capacity=_capacity(statistics.capacity),
    )


def _group(found: sensitivity.FillSensitivity) -> FillGroup:
    return FillGroup(
        mid_usd=figure(found.at_mid_usd),
        model_usd=figure(found.at_model_usd),
        touch_usd=figure(found.at_touch_usd),
        breakeven_spread_fraction=figure(found.breakeven_fraction),
        legs=found.legs,
        legs_two_sided=found.two_sided,
        spread_fraction_paid=figure(found.fraction_paid),
        spread_cost_usd=figure(found.cost_usd),
        spread_cost_per_trade_usd=figure(found.cost_per_trade_usd),
    )


def _capacity(found: capacity.Capacity) -> Capacity:
    figures = asdict(found)
    tightest = figures.pop("tightest_symbol") or None
    counts = {name: figures.pop(name) for name in ("legs_with_size", "legs_with_volume")}
    return Capacity(tightest_symbol=tightest, **counts, **{name: figure(value) for name, value in figures.items()})
