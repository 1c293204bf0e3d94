"""How reports write values: $1,234.56, MM/DD/YYYY, a true minus, and a dash for what is not defined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import isnan
from typing import Final
from zoneinfo import ZoneInfo

DASH: Final = "\N{EN DASH}"
_ACRONYMS: Final = {"cagr": "CAGR", "dte": "DTE", "iv": "IV", "usd": "USD", "vix": "VIX"}
_MINUS: Final = "\N{MINUS SIGN}"


def usd(amount: float | None, signed: bool = False) -> str:
    """Money to the cent."""
    return _signed(amount, "${:,.2f}", signed)


def signed_usd(amount: float | None) -> str:
    """Money to the cent, gains with a plus."""
    return usd(amount, signed=True)


def percent(value: float | None, signed: bool = False) -> str:
    """A decimal as percent: 0.0123 is 1.23%."""
    return _signed(None if value is None else 100 * value, "{:,.2f}%", signed)


def signed_percent(value: float | None) -> str:
    """A decimal as percent, gains with a plus."""
    return percent(value, signed=True)


def number(value: float | None) -> str:
    """A ratio, to three decimals."""
    return _signed(value, "{:,.3f}", signed=False)


def quantity(value: float | None) -> str:
    """An amount of something that is counted or measured, to at most two decimals."""
    if value is None:
        return DASH
    text = _signed(value, "{:,.2f}", signed=False)
    return text.removesuffix("0").removesuffix("0").removesuffix(".") if "." in text else text


def count(value: int | None) -> str:
    """A whole number."""
    return _signed(value, "{:,d}", signed=False)


def signed_count(value: int) -> str:
    """A whole number, with a plus where it is more than nothing."""
    return _signed(value, "{:,d}", signed=True)


def day(value: date | None) -> str:
    """A date as it is written on the screen."""
    return DASH if value is None else f"{value:%m/%d/%Y}"


def exchange_day(moment: datetime | None, zone: str) -> str:
    """Date of an instant where the exchange is."""
    return DASH if moment is None else day(moment.astimezone(ZoneInfo(zone)).date())


def exchange_time(moment: datetime | None, zone: str) -> str:
    """Date and time of an instant where the exchange is."""
    return DASH if moment is None else f"{moment.astimezone(ZoneInfo(zone)):%m/%d/%Y %H:%M}"


def in_words(name: str) -> str:
    """A name of the programs' inside a sentence: `iv_rank` is IV rank."""
    return " ".join(_ACRONYMS.get(word, word) for word in name.replace("_", " ").strip().split(" "))


def spelled(name: str) -> str:
    """The same at the beginning: `net_rounding` is Net rounding."""
    plain = in_words(name)
    return plain[:1].upper() + plain[1:]


def listed(values: Mapping[str, object]) -> str:
    """Names with their values in one line."""
    return ", ".join(f"{name}: {value}" for name, value in values.items()) or "none"


def plural(many: int, one: str) -> str:
    """`1 trade`, `2 trades`."""
    return f"{many:,} {one if many == 1 else one + 's'}"


def _signed(value: float | None, pattern: str, signed: bool) -> str:
    if value is None or isnan(value):
        return DASH
    text = pattern.format(abs(value))
    nothing = not any(digit in text for digit in "123456789")
    if nothing:
        return text
    return (_MINUS if value < 0 else "+" if signed else "") + text
