"""What a package would trade at now, as far as anybody can tell before it fills."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

from engine.costs.deal import DealtLeg
from engine.market import Market
from engine.model import Leg, OptionContract, QuoteFlag, Refusal
from engine.money import to_micros


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
    snapshot = market.snapshots.get(contract.series.underlying)
    row = None if snapshot is None else snapshot.row(contract.contract_id)
    if snapshot is None or row is None:
        return None
    flags = snapshot.flag(row)
    bid, ask = snapshot.bid.item(row), snapshot.ask.item(row)
    without_bid = isnan(bid) or bid <= 0.0 or (bool(flags) and QuoteFlag.NO_BID in flags)
    without_ask = isnan(ask) or ask <= 0.0 or (bool(flags) and QuoteFlag.NO_ASK in flags)
    if without_bid:
        return None if without_ask else ask / 2.0
    return bid if without_ask else (bid + ask) / 2.0


def _last(leg: Leg, market: Market) -> float | None:
    price = market.last_price(leg.instrument.symbol)
    return None if price is None else price[0]
