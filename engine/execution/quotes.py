"""The quotes that the legs of an order would trade against."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from engine.execution.leg_quotes import LegQuote
from engine.market import Market
from engine.model import ChainSnapshot, Leg, OptionContract, Order, QuoteFlag


def quotes_of(order: Order, market: Market) -> tuple[LegQuote, ...] | None:
    """Quotes of all legs at the present instant, or None while one of its markets has no chain of this instant.

    Shares in a package trade at their own quote where the data have one, else at the underlying price of the chain.
    """
    now, snapshots = market.now, market.snapshots
    quotes: list[LegQuote] = []
    for leg in order.legs:
        snapshot = snapshots.get(leg.instrument.underlying)
        if snapshot is None or snapshot.at != now:
            return None
        quotes.append(_quote_in(snapshot, leg, market))
    return tuple(quotes)


def quote_of(leg: Leg, market: Market) -> LegQuote:
    """Last quote of one leg; a contract that the chain does not quote is MISSING."""
    return _quote_in(market.snapshots[leg.instrument.underlying], leg, market)


def _quote_in(snapshot: ChainSnapshot, leg: Leg, market: Market) -> LegQuote:
    if not isinstance(leg.instrument, OptionContract):
        price, quoted = snapshot.underlying_price, market.share_quote(leg.instrument.symbol)
        bid, ask, at = (price, price, snapshot.at) if quoted is None else (quoted.bid, quoted.ask, quoted.at)
        return LegQuote(leg, bid, ask, underlying_price=price, at=snapshot.at, quoted_at=at)
    row = snapshot.row(leg.instrument.contract_id)
    if row is None:
        return LegQuote(leg, nan, nan, QuoteFlag.MISSING, at=snapshot.at, quoted_at=snapshot.at)
    return LegQuote(
        leg,
        snapshot.entries.bid[row],
        snapshot.entries.ask[row],
        snapshot.flag(row),
        snapshot.bid_size.item(row),
        snapshot.ask_size.item(row),
        snapshot.volume.item(row),
        snapshot.entries.implied_volatility[row],
        snapshot.underlying_price,
        snapshot.at,
        snapshot.quoted_at.item(row),
    )


def side_alone(quote: LegQuote) -> LegQuote:
    """A crossed quote with nothing but the side that its leg takes; any other quote as it is."""
    if not quote.bid > quote.ask > 0.0:
        return quote
    side = quote.ask if quote.leg.ratio > 0 else quote.bid
    return replace(quote, bid=side, ask=side, flags=quote.flags & ~QuoteFlag.CROSSED)
