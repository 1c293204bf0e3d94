"""What a contract must be besides being at the right strike: tradable on its side, liquid, not held already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.model import BLOCKS_BUY, BLOCKS_SELL
from engine.strategies.selectors.liquidity import liquidity_tests
from engine.strategies.selectors.listing import Listing, Mask
from engine.strategies.spec.selection import LiquidityFilter
from engine.structures import Side

HELD_ALREADY: Final = "held_already"
NONE_TAKEN: Final[frozenset[int]] = frozenset()

_REJECTED: Final = 1 << 15
"""A bit above all of `QuoteFlag`: a filter, or a position that holds the contract, rules it out."""
_BLOCKS: Final[Mapping[Side, int]] = {"buy": int(BLOCKS_BUY) | _REJECTED, "sell": int(BLOCKS_SELL) | _REJECTED}
_NO_TRADE: Final[Mapping[Side, str]] = {"buy": "no_ask_to_buy_at", "sell": "no_bid_to_sell_at"}


class Demand:
    """A leg's side and filter, compiled.

    Attributes:
        blocks: bits of `flags_of` that rule an entry out.
    """

    __slots__ = ("_liquidity", "_no_trade", "_tests", "blocks")

    def __init__(self, side: Side, liquidity: LiquidityFilter) -> None:
        self.blocks = _BLOCKS[side]
        self._no_trade = _NO_TRADE[side]
        self._liquidity = liquidity
        self._tests = liquidity_tests(liquidity)

    def flags_of(self, listing: Listing, taken: frozenset[int]) -> NDArray[np.uint16]:
        """Flags of a listing, with a further one on entries that a filter rejects or that are taken."""
        if not self._tests and not taken:
            return listing.flags
        key = self._liquidity, taken
        flags = listing.flags_beside.get(key)
        if flags is None:
            rejected = are_taken(listing, taken)
            for _, passes in self._tests:
                rejected |= ~passes(listing)
            flags = listing.flags_beside[key] = np.where(rejected, listing.flags | np.uint16(_REJECTED), listing.flags)
        return flags

    def obstacle(self, listing: Listing, candidates: Mask, taken: frozenset[int]) -> str | None:
        """What the last of the candidates fail at; None when there are none to begin with, or some fail at nothing."""
        if not candidates.any():
            return None
        for reason, passes in self._obstacles(listing, taken):
            candidates = candidates & passes
            if not candidates.any():
                return reason
        return None

    def _obstacles(self, listing: Listing, taken: frozenset[int]) -> Iterator[tuple[str, Mask]]:
        """What may be in the way, in the order in which it is named, and which entries it is not in the way of."""
        yield self._no_trade, (listing.flags & np.uint16(self.blocks)) == 0
        for reason, passes in self._tests:
            yield reason, passes(listing)
        yield HELD_ALREADY, ~are_taken(listing, taken)


def are_taken(listing: Listing, taken: frozenset[int]) -> Mask:
    """Entries of a listing whose contracts must not be chosen."""
    if not taken:
        return np.zeros(len(listing), np.bool_)
    return np.isin(listing.snapshot.contract_id[listing.rows], sorted(taken))
