"""Limits that follow the quotes: a package's net between its middle and its touch."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, gcd

from engine.execution.leg_quotes import LegQuote, blocked_legs
from engine.execution.quotes import quote_of
from engine.market import Market
from engine.model import AT_MARKET, Leg, Limit, OptionContract, OrderTerms
from engine.money import MICROS_PER_USD


def limit_within_spread(legs: Sequence[Leg], market: Market, fraction: float | None) -> OrderTerms:
    """A limit at so much of the way from the middle to the touch, on the quotes of now, a micro-dollar at most better.

    At the market without a fraction, and where a leg cannot trade on its side: nobody could say what is fair.

    Args:
        fraction: 0 is the middle, 1 the touch.
    """
    if fraction is None or any(leg.instrument.underlying not in market.snapshots for leg in legs):
        return AT_MARKET
    quotes = [quote_of(leg, market) for leg in legs]
    if any(reason is not None for reason in blocked_legs(quotes)):
        return AT_MARKET
    options = [leg.multiplier for leg in legs if isinstance(leg.instrument, OptionContract)]
    paid = sum(quote.leg.ratio * quote.leg.multiplier * _price(quote, fraction) for quote in quotes)
    shares = max(options, default=1) * gcd(*(leg.ratio for leg in legs))
    return Limit(floor(round(paid / shares * MICROS_PER_USD, 3)))


def _price(quote: LegQuote, fraction: float) -> float:
    bid, ask = quote.sides
    towards_touch = (ask - bid) / 2 * fraction
    return (bid + ask) / 2 + (towards_touch if quote.buys else -towards_touch)
