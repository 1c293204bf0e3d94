"""Where options are traded: calendar, clock and money. Most data is of the United States; the rest says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Market:
    """A market.

    Attributes:
        calendar: name in `exchange_calendars`.
        timezone: IANA name of the zone whose dates are exchange dates.
        currency: what prices are in; for inverse contracts what strikes and the underlying are in.
        inverse: quotes count coins of the underlying, not money.
        expires_at: by its clock, when options expire; None where the session's close, or the root, says it.
    """

    name: str
    calendar: str
    timezone: str
    currency: str
    inverse: bool = False
    expires_at: time | None = None


US: Final = Market("US", "XNYS", "America/New_York", "USD")
NSE: Final = Market("NSE", "XBOM", "Asia/Kolkata", "INR")
EUREX: Final = Market("EUREX", "XEUR", "Europe/Berlin", "EUR", expires_at=time(12))
DERIBIT: Final = Market("DERIBIT", "24/7", "UTC", "USD", inverse=True, expires_at=time(8))

MARKETS: Final = MappingProxyType({market.name: market for market in (US, NSE, EUREX, DERIBIT)})
"""Markets by name."""
ACCOUNT_CURRENCY: Final = US.currency
"""The one currency that runs are counted in."""
