"""What a package would trade at now, as far as anybody can tell before it fills."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from engine.costs.deal import DealtLeg
from engine.market import Market
from engine.model import Leg, OptionContract, QuoteFlag, Refusal
from engine.money import to_micros

_NO_BID: Final = int(QuoteFlag.NO_BID)
_NO_ASK: Final = int(QuoteFlag.NO_ASK)


def estimated_legs(legs: Iterable[Leg], market: Market) -> tuple[DealtLeg, ...] | Refusal:
    """The legs of one package at the middle of the last quotes.

    Without a bid an option counts half its ask, without an ask its bid; shares count their last price.

    Returns:
        The legs, or a refusal `no_market` where a leg has neither quote nor price.
    """
    dealt = []
    for leg in legs:
        instrument = leg.instrument
        price = _middle(instrument, market) if isinstance(instrument, OptionContract) else _last(leg, market)
        if price is None:
            return Refusal("no_market", f"{instrument.symbol} has no quote to estimate its price from")
        dealt.append(DealtLeg(instrument, leg.ratio, to_micros(price), leg.closes))
    return tuple(dealt)


def _middle(contract: OptionContract, market: Market) -> float | None:
    snapshot = market.snapshots.get(contract.underlying)
    row = None if snapshot is None else snapshot.row(contract.contract_id)
    if snapshot is None or row is None:
        return None
    entries = snapshot.entries
    flags, bid, ask = entries.flags[row], entries.bid[row], entries.ask[row]
    has_bid, has_ask = bid > 0.0 and not flags & _NO_BID, ask > 0.0 and not flags & _NO_ASK  # NaN is above nothing
    if has_bid:
        return (bid + ask) / 2.0 if has_ask else bid
    return ask / 2.0 if has_ask else None


def _last(leg: Leg, market: Market) -> float | None:
    price = market.last_price(leg.instrument.symbol)
    return None if price is None else price[0]
