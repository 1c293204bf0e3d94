"""Which strike: what can be traded on the side needed, nearest to a target, or where a relation puts it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.model import BLOCKS_BUY, BLOCKS_SELL, ChainSnapshot, OptionContract, Right
from engine.strategies.selectors.liquidity import Test, liquidity_tests
from engine.strategies.selectors.listing import Listing, Mask
from engine.strategies.selectors.measures import Measure, measure_of
from engine.strategies.selectors.nearest import nearest
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.selectors.placement import at_strike_of, at_width, from_the_money
from engine.strategies.spec.selection import ANY_LIQUIDITY, LiquidityFilter
from engine.strategies.spec.strikes import StrikeOf, StrikeOffset, StrikeTarget, Width
from engine.structures import Side

_REJECTED: Final = 1 << 15
"""A bit above all of `QuoteFlag`: a filter, or a position that holds the contract, rules it out."""
_BLOCKS: Final[Mapping[Side, int]] = {"buy": int(BLOCKS_BUY) | _REJECTED, "sell": int(BLOCKS_SELL) | _REJECTED}
_NO_TRADE: Final[Mapping[Side, str]] = {"buy": "no_ask_to_buy_at", "sell": "no_bid_to_sell_at"}
HELD_ALREADY: Final = "held_already"
NONE_TAKEN: Final[frozenset[int]] = frozenset()


class StrikeChoice(Protocol):
    """A compiled word that says which strike."""

    def find(self, listing: Listing, reference: float, taken: Collection[int]) -> int | str:
        """Entry of a listing, or why there is none.

        Args:
            reference: strike of the leg that this one is relative to; NaN where it is to none.
            taken: contract ids that must not be chosen.
        """
        ...


def strike_choice(wanted: StrikeTarget | Width | StrikeOf, side: Side, liquidity: LiquidityFilter) -> StrikeChoice:
    """What a word of the specification means for a leg on this side."""
    tests = liquidity_tests(liquidity)
    match wanted:
        case Width():
            return _Placed(lambda listing, strike, free: at_width(listing, strike, wanted, free), side, tests)
        case StrikeOf():
            return _Placed(lambda listing, strike, free: at_strike_of(listing, strike, wanted, free), side, tests)
        case StrikeOffset(strikes=int() as strikes):
            return _Placed(lambda listing, _, free: from_the_money(listing, strikes, free), side, tests)
        case _:
            return _Measured(measure_of(wanted, side), side, tests)


def select_strike(
    snapshot: ChainSnapshot,
    series: int,
    right: Right,
    side: Side,
    wanted: StrikeTarget,
    liquidity: LiquidityFilter = ANY_LIQUIDITY,
) -> OptionContract | NoMatch:
    """The contract that is nearest to the target within its bounds, both included.

    Only contracts count whose measure is known and that can be traded on the side needed now: an unblocked bid to
    sell, an unblocked ask to buy. On equal distance the one further out of the money.

    Args:
        series: position of the series in `snapshot.contracts.series`, as `select_expiration` returns it.

    Returns:
        The contract; or `NoMatch` with `none_within_delta` (`_percent_otm`, `_offset`, `_premium`, `_expected_move`),
        `no_expected_move` or `too_few_strikes_listed`; or, where strikes lie within the bounds, with what is in the
        way: `no_bid_to_sell_at`, `no_ask_to_buy_at`, or what the filter misses.
    """
    listing = Listing(snapshot, series, right)
    index = strike_choice(wanted, side, liquidity).find(listing, np.nan, NONE_TAKEN)
    return NoMatch("legs", index) if isinstance(index, str) else listing.contract(index)


class _Measured:
    """Nearest to a target among all that can be traded."""

    __slots__ = ("_blocks", "_measure", "_side", "_tests")

    def __init__(self, measure: Measure, side: Side, tests: Sequence[Test]) -> None:
        self._measure = measure
        self._side = side
        self._tests = tests
        self._blocks = _BLOCKS[side]

    def find(self, listing: Listing, reference: float, taken: Collection[int]) -> int | str:
        measure = self._measure
        values = measure.values(listing)
        if values is None:
            return measure.unknown
        span = (0, len(listing)) if reference != reference else listing.beyond(reference)  # noqa: PLR0124  # NaN
        flags = listing.flags
        if self._tests or taken:
            flags = _with_rejections(listing, self._tests, taken)
        index = nearest(values, flags, self._blocks, measure.aim, span, listing.outward)
        if index >= 0:
            return index
        _, low, high = measure.aim
        within = (values >= low) & (values <= high)
        within[: span[0]] = within[span[1] :] = False
        return _first_obstacle(within, _obstacles(listing, self._side, self._tests, taken)) or measure.outside


_Place: TypeAlias = Callable[[Listing, float, Mask | None], int | str]


class _Placed:
    """Where a relation puts it, if it can be traded there."""

    __slots__ = ("_place", "_side", "_tests")

    def __init__(self, place: _Place, side: Side, tests: Sequence[Test]) -> None:
        self._place = place
        self._side = side
        self._tests = tests

    def find(self, listing: Listing, reference: float, taken: Collection[int]) -> int | str:
        index = self._place(listing, reference, None)
        if isinstance(index, str):
            return index
        if taken and listing.contract(index).contract_id in taken:
            index = self._place(listing, reference, ~_are_taken(listing, taken))
            if isinstance(index, str):
                return HELD_ALREADY
        only = np.zeros(len(listing), np.bool_)
        only[index] = True
        return _first_obstacle(only, _obstacles(listing, self._side, self._tests, taken)) or index


# --- what is in the way ---------------------------------------------------------------------------------------------


def _obstacles(
    listing: Listing, side: Side, tests: Sequence[Test], taken: Collection[int]
) -> Iterator[tuple[str, Mask]]:
    """What may be in the way, in the order in which it is named, and which entries it is not in the way of."""
    yield _NO_TRADE[side], (listing.flags & np.uint16(_BLOCKS[side])) == 0
    for reason, passes in tests:
        yield reason, passes(listing)
    if taken:
        yield HELD_ALREADY, ~_are_taken(listing, taken)


def _first_obstacle(candidates: Mask, obstacles: Iterator[tuple[str, Mask]]) -> str | None:
    """What the last of the candidates fail at; None when there are none to begin with, or some pass everything."""
    if not candidates.any():
        return None
    for reason, passes in obstacles:
        candidates = candidates & passes
        if not candidates.any():
            return reason
    return None


def _with_rejections(listing: Listing, tests: Sequence[Test], taken: Collection[int]) -> NDArray[np.uint16]:
    rejected = np.zeros(len(listing), np.bool_)
    for _, passes in tests:
        rejected |= ~passes(listing)
    if taken:
        rejected |= _are_taken(listing, taken)
    return np.where(rejected, listing.flags | np.uint16(_REJECTED), listing.flags)


def _are_taken(listing: Listing, taken: Collection[int]) -> Mask:
    return np.isin(listing.snapshot.contract_id[listing.rows], sorted(taken))
