"""At what price an adjustment may trade."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from engine.market import Market
from engine.model import Leg, Limit, OrderTerms
from engine.money import to_micros
from engine.strategies.limits import limit_within_spread
from engine.strategies.selectors import NoMatch


def terms_within(
    legs: Sequence[Leg], market: Market, maximum_debit_usd: float | None, fraction: float | None
) -> OrderTerms | NoMatch:
    """Terms that keep to a maximum debit per share of the package; at the market without one, and without a fraction.

    Args:
        legs: the change; its package is these in lowest terms.
        fraction: as `EntryRules.limit_spread_fraction`.

    Returns:
        The terms; or `NoMatch` with `debit_too_large`, where already the middle of the quotes of now asks for more.
    """
    packages = gcd(*(leg.ratio for leg in legs))
    package = [Leg(leg.instrument, leg.ratio // packages) for leg in legs]
    terms = limit_within_spread(package, market, fraction)
    if maximum_debit_usd is None:
        return terms
    most = to_micros(maximum_debit_usd)
    middle = limit_within_spread(package, market, 0.0)
    if isinstance(middle, Limit) and middle.net_price > most:
        return NoMatch("adjustment", "debit_too_large")
    return Limit(min(terms.net_price, most) if isinstance(terms, Limit) else most)
