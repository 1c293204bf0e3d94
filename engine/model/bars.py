"""Bars of underlyings and indices."""

from __future__ import annotations

from typing import NamedTuple


class Bar(NamedTuple):
    """Prices of one symbol over one interval, raw (never split-adjusted), in the data's currency.

    A named tuple rather than a dataclass: a year of minutes is made in one C call, `map(Bar._make, rows)`.
    """

    symbol: str
    open: float
    high: float
    low: float
    close: float
    volume: float
