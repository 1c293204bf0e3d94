"""Exact money: whole micro-dollars.

Cash, fees, cost bases and marks are integers of 1e-6 account currency, so that sums are exact in any order.
Quotes and model values are float64 until the moment they become money.
"""

from __future__ import annotations

from typing import Final, TypeAlias

Micros: TypeAlias = int

MICROS_PER_USD: Final = 1_000_000
MICROS_PER_CENT: Final = 10_000


def to_micros(amount_usd: float) -> Micros:
    """Nearest micro-dollar of an amount in dollars (ties to even); `ValueError` for NaN, `OverflowError` for inf."""
    return round(amount_usd * MICROS_PER_USD)


def to_usd(amount: Micros) -> float:
    """Dollars of an exact amount, for people and for statistics."""
    return amount / MICROS_PER_USD
