"""Option chains as the page shows them; prices are USD per share, null where there is no value."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.sections.base import Moment, Number, Section


class Expiration(Section):
    """One series of a chain."""

    root: str
    expires_on: date
    settles_at: Moment
    dte: int
    """Calendar days from the chain's date to the expiration."""
    years: Number
    """From the chain's instant to settlement, actual/365."""


class QuoteColumns(Section):
    """Quotes as columns of one length."""

    root: tuple[str, ...]
    expires_on: tuple[date, ...]
    right: tuple[Literal["call", "put"], ...]
    strike: tuple[Number, ...]
    bid: tuple[Number | None, ...]
    ask: tuple[Number | None, ...]
    iv: tuple[Number | None, ...]
    """Implied volatility of the data, else of the middle of bid and ask at zero rates."""
    delta: tuple[Number | None, ...]
    """Delta of the data, else of the implied volatility."""


class Chain(Section):
    """All quotes of one underlying at one instant."""

    underlying: str
    at: Moment
    underlying_price: Number
    model_prices: bool
    """Prices of a model, not of a market."""
    expirations: tuple[Expiration, ...]
    quotes: QuoteColumns
