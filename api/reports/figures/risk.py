"""What was risked: Greeks over time, what is held at the end, and what jumps of the market would do to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from api.decimation import extremes
from api.reports.figures.bars import Column, bars
from api.reports.figures.cells import cells
from api.reports.figures.figure import Figure
from api.reports.figures.scales import date_axis, days_of, money_axis, plain_axis, roomy
from api.reports.figures.style import AXIS, INK, panels, plain, signed_colour
from api.reports.figures.words import about_prices, day, number, plainly, profit
from api.runs import StoredRun
from engine.risk_rules.exposure import DELTA, GAMMA, THETA, VEGA
from schemas.sections.risk import Greeks

_POINTS: Final = 320
_MOST_ROWS: Final = 10
_HEADINGS: Final = {
    "delta_shares": "Delta, shares",
    "gamma_shares_per_point": "Gamma, shares per point",
    "vega_usd_per_point": "Vega, USD per vol. point",
    "theta_usd_per_day": "Theta, USD per day",
    "beta_weighted_delta_shares": "Beta-weighted delta, shares",
    "worst_stress_usd": "Worst of the shocks, USD",
}
_GREEKS: Final = (DELTA, GAMMA, VEGA, THETA)


def greeks_over_time(run: StoredRun, axes: Axes) -> None:
    """Exposure of everything held at the end of each session, a panel per Greek."""
    shown = _columns(run)
    drawn = panels(axes, len(shown) // 2 + len(shown) % 2, 2, gaps=(0.14, 0.14 if len(shown) > 4 else 0.2))
    at = days_of(run.greeks["at"])
    for place, (panel, column) in enumerate(zip(drawn, shown, strict=False)):
        values = run.greeks[column].to_numpy(np.float64)
        rows = extremes([np.nan_to_num(values)], _POINTS)
        plain(panel, _HEADINGS[column])
        panel.axhline(0.0, color=AXIS, linewidth=0.6)
        panel.plot(at[rows], values[rows], color=INK, linewidth=0.8)
        panel.set_ylim(*roomy(values, 0.0))
        (money_axis if "usd" in column else plain_axis)(panel.yaxis, *panel.get_ylim(), ticks=4)
        date_axis(panel, float(at[0]), float(at[-1]), run.summary.data.timezone, labelled=place >= len(shown) - 2)
    for panel in drawn[len(shown) :]:
        panel.set_axis_off()


def exposure(run: StoredRun, axes: Axes) -> None:
    """Greeks at the end of the run by underlying, expiration and structure: a column per Greek, a row per group."""
    rows = _rows(run)
    columns = []
    for greek in _GREEKS:
        values = [getattr(row, greek.field) for row in rows.values()]
        words = [number(value, 0 if abs(value) >= 10 else 2) for value in values]
        heading = _HEADINGS[greek.field].replace(", ", ",\n", 1)
        columns.append(Column(heading, values, words, list(map(signed_colour, values))))
    bars(axes, list(rows), columns)


def stress(run: StoredRun, axes: Axes) -> None:
    """Gains under jumps of all prices (columns) and all volatilities (rows) at the end of the run."""
    found = run.summary.exposure.stress
    if found is None:
        return
    gains = {
        (row, column): (gain, profit(gain))
        for column, of_spot in enumerate(found.gains_usd)
        for row, gain in enumerate(of_spot)
    }
    volatility = [f"vol. {_signed(points)} pts" for points in found.volatility_points]
    cells(axes, gains, volatility, [f"price {_signed(move)}%" for move in found.spot_percent])


def _columns(run: StoredRun) -> list[str]:
    """Columns that say something; none where nothing was ever held at the end of a session."""
    said = [column for column in _HEADINGS if run.greeks[column].notna().any()]
    return said if run.greeks[said].to_numpy(np.float64).any() else []


def _rows(run: StoredRun) -> dict[str, Greeks]:
    """Groups of the exposure by their names, those of one question together."""
    found = run.summary.exposure
    return {
        **_largest(found.by_underlying),
        **{_expiration(name): greeks for name, greeks in _largest(found.by_expiration).items()},
        **{plainly(name): greeks for name, greeks in _largest(found.by_structure).items()},
    }


def _expiration(name: str) -> str:
    """A date as the page writes it; what shares add stands under a word."""
    return day(date.fromisoformat(name)) if name[:1].isdigit() else name


def _largest(groups: Mapping[str, Greeks]) -> dict[str, Greeks]:
    """The groups with the most vega and delta, in their own order."""
    ranked = sorted(groups, key=lambda name: (-abs(groups[name].vega_usd_per_point), -abs(groups[name].delta_shares)))
    chosen = set(ranked[:_MOST_ROWS])
    return {name: greeks for name, greeks in groups.items() if name in chosen}


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value, 0 if value == round(value) else 1)


def _greeks_alt(run: StoredRun) -> str:
    said = []
    for column in _columns(run):
        values = run.greeks[column].dropna()
        said.append(f"{_HEADINGS[column]}: {number(float(values.min()))} to {number(float(values.max()))}")
    return "; ".join(said) + "."


def _exposure_alt(run: StoredRun) -> str:
    total = run.summary.exposure.total
    said = [f"{_HEADINGS[greek.field]}: {number(getattr(total, greek.field))}" for greek in _GREEKS]
    return "In all: " + "; ".join(said) + "."


def _stress_alt(run: StoredRun) -> str:
    found = run.summary.exposure.stress
    gains = [] if found is None else [gain for of_spot in found.gains_usd for gain in of_spot]
    return f"Gains between {profit(min(gains))} and {profit(max(gains))}." if gains else "No shocks."


GREEKS: Final = Figure(
    name="greeks",
    title="Greeks over time",
    caption=lambda run: about_prices(run, "Of everything held, at the end of each session."),
    alt=_greeks_alt,
    draw=greeks_over_time,
    applies=lambda run: bool(_columns(run)),
    height=lambda run: 2.7 if len(_columns(run)) <= 4 else 3.9,
)

EXPOSURE: Final = Figure(
    name="exposure",
    title="Exposure at the end of the run",
    caption=lambda run: about_prices(
        run, "By underlying, expiration and structure, before positions that are still open are dealt with."
    ),
    alt=_exposure_alt,
    draw=exposure,
    applies=lambda run: bool(_rows(run)),
    height=lambda run: 0.6 + 0.2 * len(_rows(run)),
)

STRESS: Final = Figure(
    name="stress",
    title="Shocks at the end of the run",
    caption=lambda run: about_prices(
        run, "Gain in USD when all prices and all implied volatilities jump at once and time stands still."
    ),
    alt=_stress_alt,
    draw=stress,
    applies=lambda run: run.summary.exposure.stress is not None,
    height=lambda run: (
        0.4 + 0.24 * len(run.summary.exposure.stress.volatility_points if run.summary.exposure.stress else ())
    ),
)
