"""Whether a contract is liquid enough; a filter does what its name says and nothing else (T38)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from engine.strategies.selectors.listing import Listing, Mask
from engine.strategies.selectors.nearest import SAME
from engine.strategies.spec.selection import LiquidityFilter

Test: TypeAlias = tuple[str, Callable[[Listing], Mask]]
"""Why an entry of a listing is not liquid enough, and which ones are; NaN never is."""


def liquidity_tests(wanted: LiquidityFilter) -> tuple[Test, ...]:
    """The tests that a filter asks for, in the order of its fields: a filter that asks for nothing has none."""
    return tuple(_tests(wanted))


def _tests(wanted: LiquidityFilter) -> Iterator[Test]:
    if wanted.minimum_open_interest is not None:
        yield "open_interest_too_low", _at_least("open_interest", wanted.minimum_open_interest)
    if wanted.minimum_volume is not None:
        yield "volume_too_low", _at_least("volume", wanted.minimum_volume)
    if wanted.minimum_bid_usd is not None:
        yield "bid_too_low", _at_least("bid", wanted.minimum_bid_usd)
    if wanted.maximum_spread_usd is not None:
        yield "spread_too_wide", _spread_within(wanted.maximum_spread_usd)
    if wanted.maximum_spread_percent is not None:
        yield "spread_percent_too_wide", _spread_within_percent(wanted.maximum_spread_percent)


def _at_least(column: str, least: float) -> Callable[[Listing], Mask]:
    return lambda listing: listing.column(column) >= least


def _spread_within(most_usd: float) -> Callable[[Listing], Mask]:
    # 1.30 - 1.20 is 0.10, and 0.10000000000000009 in binary.
    return lambda listing: listing.column("ask") - listing.column("bid") <= most_usd + SAME


def _spread_within_percent(most: float) -> Callable[[Listing], Mask]:
    def passes(listing: Listing) -> Mask:
        bid, ask = listing.column("bid"), listing.column("ask")
        # Multiplied out, so that a middle of zero divides nothing: it passes only without any spread.
        return (ask - bid) * 200 <= most * (ask + bid) + SAME

    return passes
