"""Where options are traded: calendar, clock and money. Most data is of the United States; the rest says so."""

from __future__ import annotations

from dataclasses import dataclass
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
    """

    name: str
    calendar: str
    timezone: str
    currency: str
    inverse: bool = False


US: Final = Market("US", "XNYS", "America/New_York", "USD")
NSE: Final = Market("NSE", "XBOM", "Asia/Kolkata", "INR")
EUREX: Final = Market("EUREX", "XEUR", "Europe/Berlin", "EUR")
DERIBIT: Final = Market("DERIBIT", "24/7", "UTC", "USD", inverse=True)

MARKETS: Final = MappingProxyType({market.name: market for market in (US, NSE, EUREX, DERIBIT)})
"""Markets by name."""
ACCOUNT_CURRENCY: Final = US.currency
"""The one currency that runs are counted in."""
