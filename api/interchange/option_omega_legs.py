"""Legs as Option Omega's logs write them: `1 Nov 21 6430 P STO 3.65 | 1 Nov 21 6350 P BTO 1.20`.

Contracts over the whole trade, expiration without its year, strike, right, `STO` sold or `BTO` bought to open, and the
price per share. A symbol may stand after the number of contracts. How a leg was closed is never said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.model import Right

_SEPARATOR: Final = " | "
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEG: Final = re.compile(
    rf"(?P<contracts>\d+) (?:(?P<ticker>[A-Z^$][A-Z0-9.]*) )?(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}) "
    r"(?P<strike>\d+(?:\.\d+)?) (?P<right>[CP]) (?P<action>STO|BTO) (?P<price>\d+(?:\.\d+)?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class LoggedLeg:
    """One leg of a trade as it was opened.

    Attributes:
        quantity: contracts of the whole trade, negative when sold.
        expires_on: exchange date.
        price_usd: per share, not negative.
        ticker: of the underlying, where the leg names it.
    """

    quantity: int
    expires_on: date
    strike: float
    right: Right
    price_usd: float
    ticker: str | None = None


def parse_legs(text: str, opened_on: date) -> tuple[LoggedLeg, ...]:
    """Legs of a trade. An expiration is the first date of its month and day that is not before the opening.

    Raises:
        ValueError: naming the leg that is none.
    """
    return tuple(_leg(part.strip(), opened_on) for part in text.split("|"))


def legs_text(legs: Sequence[LoggedLeg]) -> str:
    """The same legs as text."""
    return _SEPARATOR.join(map(_text, legs))


def _leg(text: str, opened_on: date) -> LoggedLeg:
    found = _LEG.fullmatch(text)
    if found is None:
        raise ValueError(f"leg {text!r} does not read like `1 Nov 21 6430 P STO 3.65`")
    contracts, strike = int(found["contracts"]), float(found["strike"])
    if not contracts or not strike:
        raise ValueError(f"leg {text!r} has no contracts, or no strike")
    return LoggedLeg(
        quantity=-contracts if found["action"] == "STO" else contracts,
        expires_on=_expiration(text, _MONTHS.index(found["month"]) + 1, int(found["day"]), opened_on),
        strike=strike,
        right=Right.CALL if found["right"] == "C" else Right.PUT,
        price_usd=float(found["price"]),
        ticker=found["ticker"],
    )


def _expiration(text: str, month: int, day: int, opened_on: date) -> date:
    year = opened_on.year + ((month, day) < (opened_on.month, opened_on.day))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"leg {text!r}: {year} has no such day") from None


def _text(leg: LoggedLeg) -> str:
    month, right = _MONTHS[leg.expires_on.month - 1], "C" if leg.right is Right.CALL else "P"
    action = "STO" if leg.quantity < 0 else "BTO"
    strike, price = decimal_text(leg.strike), decimal_text(leg.price_usd, places=2)
    return f"{abs(leg.quantity)} {month} {leg.expires_on.day} {strike} {right} {action} {price}"


def decimal_text(value: float, places: int = 0) -> str:
    """A number to the millionth, with at least so many decimals and otherwise none that are 0."""
    whole, _, decimals = f"{round(value, 6) + 0.0:.6f}".partition(".")  # + 0.0: never -0
    kept = decimals.rstrip("0").ljust(places, "0")
    return f"{whole}.{kept}" if kept else whole
