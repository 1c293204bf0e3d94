"""Ticks that read as money, percent, numbers and dates, set once from the limits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from api.reports.figures.words import MINUS
from engine.instants import NANOS_PER_DAY

Days = NDArray[np.float64]
"""Days since 1970-01-01 UTC, which matplotlib takes for dates."""

_EPOCH: Final = date(1970, 1, 1)
_MOST_TICKS: Final = 8
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
_DAY_STEPS: Final = (1, 2, 7, 14)
_MINUTE_STEPS: Final = (1, 5, 15, 30, 60, 120, 240)
_MINUTES_PER_DAY: Final = 1440.0
_DAYS_PER_MONTH: Final = 30.4
_SHORTEST_DAYS: Final = 1.0 / 24.0
_MARGIN: Final = 0.015
"""Beside the first and the last day, as a share of the time between: a run from 3 January on shows its year."""


def days_of(column: pd.Series[Any]) -> Days:
    """Instants or dates of a table as numbers; NaN where there is none."""
    nanos = column.to_numpy(dtype="datetime64[ns]")
    days: Days = nanos.astype(np.int64) / NANOS_PER_DAY
    days[np.isnat(nanos)] = np.nan
    return days


def days_at(at: datetime) -> float:
    """An instant as a number."""
    return at.timestamp() / 86_400.0


def date_axis(axes: Axes, low: float, high: float, zone: str, *, labelled: bool = True) -> None:
    """Limits and ticks of time between two days; less than three days show the clock of the zone.

    Without labels there are no ticks: those of the panel below serve both.
    """
    if high - low < _SHORTEST_DAYS:
        low, high = low - _SHORTEST_DAYS, high + _SHORTEST_DAYS
    margin = _MARGIN * (high - low)
    axes.set_xlim(low - margin, high + margin)
    if not labelled:
        axes.set_xticks([])
        return
    places, labels = _clock_ticks(low, high, ZoneInfo(zone)) if high - low < 3.0 else _calendar_ticks(low, high)
    axes.set_xticks(places, labels)


def money_axis(axis: Axis, low: float, high: float, *, ticks: int = 5) -> None:
    """Ticks in USD: `$250k`, `-$1.5k`, `$40`."""
    _number_axis(axis, (low, high), ticks, "$")


def plain_axis(axis: Axis, low: float, high: float, *, ticks: int = 5, whole: bool = False) -> None:
    """Ticks without a unit: `1.5`, `-20`, `12k`."""
    _number_axis(axis, (low, high), ticks, "", whole=whole)


def percent_axis(axis: Axis, low: float, high: float, *, ticks: int = 5) -> None:
    """Ticks of decimals in percent: `-10%`."""
    places = _round_numbers(100 * low, 100 * high, ticks, whole=False)
    digits = _digits(places)
    axis.set_ticks([place / 100 for place in places], labels=[f"{_text(place, digits)}%" for place in places])


def roomy(values: NDArray[np.float64], *including: float) -> tuple[float, float]:
    """Limits around values, a little wider than they are but for a side that is zero; around 0 where there are none."""
    finite = np.concatenate([values[np.isfinite(values)], np.array(including, dtype=np.float64)])
    if not finite.any():
        return -1.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    margin = 0.06 * (high - low) or 0.05 * abs(high)
    return low - margin * (low != 0), high + margin * (high != 0)


def _number_axis(axis: Axis, limits: tuple[float, float], ticks: int, sign: str, *, whole: bool = False) -> None:
    places = _round_numbers(*limits, ticks, whole=whole)
    largest = max((abs(place) for place in places), default=0.0)
    unit, letter = next(
        ((unit, letter) for unit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")) if largest >= 5 * unit), (1.0, "")
    )
    digits = _digits([place / unit for place in places])
    if digits and sign and not letter:
        digits = 2  # cents
    labels = [_text(place / unit, digits, sign) + (letter if place else "") for place in places]
    axis.set_ticks(places, labels=labels)


def _round_numbers(low: float, high: float, ticks: int, *, whole: bool) -> list[float]:
    """Round numbers within the limits."""
    found = MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, high)
    tolerance = 1e-9 * (high - low)
    return [float(place) + 0.0 for place in found if low - tolerance <= place <= high + tolerance]


def _digits(places: list[float]) -> int:
    """Decimals that tell the places apart."""
    if len(places) < 2:
        return 0 if all(place == round(place) for place in places) else 2
    step = places[1] - places[0]
    return next((digits for digits in range(6) if abs(round(step, digits) - step) < 1e-6 * step), 6)


def _text(place: float, digits: int, sign: str = "") -> str:
    if abs(place) < 0.5 * 10.0**-digits:
        return f"{sign}0"
    return f"{MINUS if place < 0 else ''}{sign}{abs(place):,.{digits}f}"


def _calendar_ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Beginnings of months or years, or every few days of a short time; the year stands where it begins."""
    for step in _DAY_STEPS:
        if (high - low) / step <= _MOST_TICKS:
            return _day_ticks(low, high, step)
    span, near = (high - low) / _DAYS_PER_MONTH, _MARGIN * (high - low)
    step = next((step for step in _MONTH_STEPS if span / step <= _MOST_TICKS), _MONTH_STEPS[-1])
    first = _EPOCH + timedelta(days=low)
    start = first.year * 12 + first.month - 1
    places, labels, said = [], [], None
    for month in range(start - start % step, int(start + span) + 2, step):
        begins = date(month // 12, month % 12 + 1, 1)
        place = float((begins - _EPOCH).days)
        if low - near <= place <= high + near:
            year = "" if begins.year == said else f"\n{begins.year}"
            labels.append(f"{begins.year}" if step >= 12 else f"{begins:%b}{year}")
            places.append(place)
            said = begins.year
    return places, labels


def _day_ticks(low: float, high: float, step: int) -> tuple[list[float], list[str]]:
    places = np.arange(np.ceil(low), high + 1e-9, step)
    dates = [_EPOCH + timedelta(days=int(place)) for place in places]
    labels = [f"{one:%m/%d}" for one in dates]
    if labels:
        labels[0] += f"\n{dates[0].year}"
    return places.tolist(), labels


def _clock_ticks(low: float, high: float, zone: ZoneInfo) -> tuple[list[float], list[str]]:
    """Round times of the day in the zone of the exchange, the date under the first of each day."""
    minutes = (high - low) * _MINUTES_PER_DAY
    step = next((step for step in _MINUTE_STEPS if minutes / step <= _MOST_TICKS), _MINUTE_STEPS[-1])
    first = datetime.fromtimestamp(low * 86_400.0, UTC).astimezone(zone)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    seconds = np.arange(midnight, high * 86_400.0 + 1e-6, 60.0 * step)
    places, labels, said = [], [], None
    for second in seconds[seconds >= low * 86_400.0]:
        local = datetime.fromtimestamp(second, zone)
        places.append(float(second) / 86_400.0)
        labels.append(f"{local:%H:%M}" + ("" if local.date() == said else f"\n{local:%m/%d/%Y}"))
        said = local.date()
    return places, labels
