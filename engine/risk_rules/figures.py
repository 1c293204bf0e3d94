"""Numbers as reasons say them."""

from __future__ import annotations

from engine.money import Micros, to_usd


def number(value: float) -> str:
    """A number for people: thousands separated, at most two decimals, none where they are zero."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def dollars(amount: Micros) -> str:
    """An exact amount for people."""
    return f"{to_usd(amount):,.2f} USD"


def percent_of(amount: Micros, whole: Micros) -> float:
    """An amount in percent of a whole; infinite of a whole that is nothing or less."""
    return 100.0 * amount / whole if whole > 0 else float("inf")
