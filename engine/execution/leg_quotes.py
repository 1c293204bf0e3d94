"""A leg beside the quote it would trade against, and what keeps it from trading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Final

from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import BLOCKS_BUY, BLOCKS_SELL, UNFLAGGED, Leg, QuoteFlag

QUOTE_TOO_OLD: Final = "quote_too_old"


@dataclass(slots=True)
class LegQuote:
    """A leg and the quote it would trade against, USD per share; NaN where the chain has no value.

    Not frozen, which makes a record several times as dear: every leg of every fill has one, and is asked many times.

    Attributes:
        bid_size: contracts wanted at the bid; `ask_size` those offered at the ask.
        volume: contracts that traded so far on this day.
        underlying_price: price beside the chain.
        at: instant of the chain; `quoted_at` that of the quote.
        contracts: number that is to trade, for models whose price depends on it.
    """

    leg: Leg
    bid: float
    ask: float
    flags: QuoteFlag = UNFLAGGED
    bid_size: float = nan
    ask_size: float = nan
    volume: float = nan
    implied_volatility: float = nan
    underlying_price: float = nan
    at: Instant = 0
    quoted_at: Instant = 0
    contracts: int = 1

    @property
    def buys(self) -> bool:
        """Whether the leg takes the ask."""
        return self.leg.ratio > 0

    @property
    def size(self) -> float:
        """Contracts shown on the side that the leg takes."""
        return self.ask_size if self.buys else self.bid_size

    @property
    def sides(self) -> tuple[float, float]:
        """Bid and ask of a leg that can trade: without a bid a buyer faces 0; without an ask a seller gets the bid."""
        if not self.flags and self.bid > 0.0 and self.ask > 0.0:
            return self.bid, self.ask
        bid = self.bid if self.bid > 0.0 and not self.flags & QuoteFlag.NO_BID else 0.0
        ask = self.ask if self.ask > 0.0 and not self.flags & QuoteFlag.NO_ASK else bid
        return bid, ask

    @property
    def touch(self) -> float:
        """The side of the quote that the leg takes."""
        bid, ask = self.sides
        return ask if self.buys else bid

    def is_older_than(self, seconds: float) -> bool:
        """Whether the quote stood unchanged for longer."""
        return self.at - self.quoted_at > seconds * NANOS_PER_SECOND


_NAMED_FIRST: Final = (
    QuoteFlag.MISSING,
    QuoteFlag.EXPIRED,
    QuoteFlag.OFF_HOURS,
    QuoteFlag.CROSSED,
    QuoteFlag.STUB,
    QuoteFlag.STALE,
    QuoteFlag.OUTLIER,
    QuoteFlag.NO_BID,
    QuoteFlag.NO_ASK,
)
"""The order in which one reason is picked where a quote has several flags."""


def blocked_legs(quotes: Sequence[LegQuote | None], max_quote_age_s: float | None = None) -> tuple[str | None, ...]:
    """Why each leg cannot trade on the side it needs; None where it can.

    The reason is the flag's name in lower case. A quote that is absent, or NaN on the needed side, is `missing`; a
    needed side at zero is `no_bid` or `no_ask`, and bid above ask is `crossed`, whether the data says so or not. A
    quote beyond the age limit is `quote_too_old`, whatever else it is: nobody knows what it would be now.
    """
    reasons = []
    for quote in quotes:
        reasons.append(_blocked(quote, max_quote_age_s))
    return tuple(reasons)


def _blocked(quote: LegQuote | None, max_quote_age_s: float | None) -> str | None:
    if quote is None:
        return str(QuoteFlag.MISSING.name).lower()
    if max_quote_age_s is not None and quote.is_older_than(max_quote_age_s):
        return QUOTE_TOO_OLD
    buys, found = quote.leg.ratio > 0, quote.flags
    needed = quote.ask if buys else quote.bid
    if isnan(needed):
        found |= QuoteFlag.MISSING
    elif needed <= 0.0:
        found |= QuoteFlag.NO_ASK if buys else QuoteFlag.NO_BID
    elif quote.bid > quote.ask > 0.0:
        found |= QuoteFlag.CROSSED
    if not found:
        return None
    found &= BLOCKS_BUY if buys else BLOCKS_SELL
    return next((str(flag.name).lower() for flag in _NAMED_FIRST if flag & found), None)
