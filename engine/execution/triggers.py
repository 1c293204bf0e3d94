"""Stops: whether the package has become as dear as the trigger, on a mark that can be trusted (T17).

One rule serves both directions. The net of a package counts a debit positive: buying back a short spread gets dearer
as its price rises, selling a long one gets dearer (less credit) as its price falls.
"""

from __future__ import annotations

from typing import Final

from engine.execution.leg_quotes import LegQuote
from engine.execution.quotes import quotes_of
from engine.execution.resting import Resting
from engine.market import Market
from engine.marks import mark_option
from engine.model import OptionContract, Order, Stop, StopLimit
from engine.money import Micros, to_micros

STOPS: Final = (Stop, StopLimit)
"""A pair of types: to write `Stop | StopLimit` makes an object, and every order is asked at every chain."""


def trigger_of(order: Order) -> Micros | None:
    """Money of one package, as its legs stand, at which its stop is reached; None without a stop."""
    return order.money_of(order.terms.trigger) if isinstance(order.terms, STOPS) else None


def waits_for_trigger(resting: Resting, market: Market, max_quote_age_s: float | None) -> bool:
    """Whether a stop has not been reached; notes the instant at which it is."""
    trigger = trigger_of(resting.order)
    if trigger is None or resting.triggered_at is not None:
        return False
    paid = package_mark(resting.order, market, max_quote_age_s)
    if paid is None or paid < trigger:
        return True
    resting.triggered_at = market.now
    return False


def package_mark(order: Order, market: Market, max_quote_age_s: float | None) -> Micros | None:
    """Money that one package would cost at the present marks of its legs; None while one of them is not to be trusted.

    Marks are those of the book: the middle of a trustworthy two-sided quote, without a bid half the ask.
    """
    quotes = quotes_of(order, market)
    if quotes is None:
        return None
    paid = 0
    for quote in quotes:
        price = _mark(quote, market)
        if price is None or (max_quote_age_s is not None and quote.is_older_than(max_quote_age_s)):
            return None
        paid += quote.leg.ratio * quote.leg.multiplier * price
    return paid


def _mark(quote: LegQuote, market: Market) -> Micros | None:
    contract = quote.leg.instrument
    if not isinstance(contract, OptionContract):
        return to_micros(quote.underlying_price)
    snapshot = market.snapshots[contract.series.underlying]
    mark = mark_option(contract, snapshot, snapshot.row(contract.contract_id), None)
    return mark.price if mark.trusted else None
