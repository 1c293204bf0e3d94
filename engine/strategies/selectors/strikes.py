"""Which strike: what can be traded on the side needed, nearest to a target, or where a relation puts it."""

from __future__ import annotations

from math import isnan, nan
from typing import Protocol

import numpy as np

from engine.model import ChainSnapshot, OptionContract, Right
from engine.strategies.selectors.demand import HELD_ALREADY, NONE_TAKEN, Demand, are_taken
from engine.strategies.selectors.listing import Listing
from engine.strategies.selectors.measures import Measure, measure_of
from engine.strategies.selectors.nearest import nearest
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.selectors.placement import Place, at_strike_of, at_width, from_the_money
from engine.strategies.spec.selection import ANY_LIQUIDITY, LiquidityFilter
from engine.strategies.spec.strikes import StrikeOf, StrikeOffset, StrikeTarget, Width
from engine.structures import Side


class StrikeChoice(Protocol):
    """A compiled word that says which strike."""

    def find(self, listing: Listing, reference: float, taken: frozenset[int]) -> int | str:
        """Entry of a listing, or why there is none.

        Args:
            reference: strike of the leg that this one is relative to; NaN where it is to none.
            taken: contract ids that must not be chosen.
        """
        ...


def strike_choice(wanted: StrikeTarget | Width | StrikeOf, side: Side, liquidity: LiquidityFilter) -> StrikeChoice:
    """What a word of the specification means for a leg on this side."""
    demand = Demand(side, liquidity)
    match wanted:
        case Width():
            return _Placed(at_width(wanted), demand)
        case StrikeOf():
            return _Placed(at_strike_of(wanted), demand)
        case StrikeOffset(strikes=int() as strikes):
            return _Placed(from_the_money(strikes), demand)
        case _:
            return _Measured(measure_of(wanted, side), demand)


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
    index = strike_choice(wanted, side, liquidity).find(listing, nan, NONE_TAKEN)
    return NoMatch("legs", index) if isinstance(index, str) else listing.contract(index)


class _Measured:
    """Nearest to a target among all that meet the demand."""

    __slots__ = ("_demand", "_measure")

    def __init__(self, measure: Measure, demand: Demand) -> None:
        self._measure = measure
        self._demand = demand

    def find(self, listing: Listing, reference: float, taken: frozenset[int]) -> int | str:
        measure, demand = self._measure, self._demand
        values = measure.values(listing)
        if values is None:
            return measure.unknown
        if not isnan(reference):
            values = np.where(listing.beyond(reference), values, nan)
        flags = demand.flags_of(listing, taken)
        index = nearest(values, flags, demand.blocks, measure.aim, listing.outward, measure.sizes)
        if index >= 0:
            return index
        _, low, high = measure.aim
        values = np.abs(values) if measure.sizes else values
        within = (values >= low) & (values <= high)
        return demand.obstacle(listing, within, taken) or measure.outside


class _Placed:
    """Where a relation puts it, if the contract there meets the demand; a held one gives way to the next."""

    __slots__ = ("_demand", "_place")

    def __init__(self, place: Place, demand: Demand) -> None:
        self._place = place
        self._demand = demand

    def find(self, listing: Listing, reference: float, taken: frozenset[int]) -> int | str:
        index = self._place(listing, reference, None)
        if isinstance(index, str):
            return index
        if taken and listing.contract(index).contract_id in taken:
            index = self._place(listing, reference, are_taken(listing, taken))
            if isinstance(index, str):
                return HELD_ALREADY
        if not int(self._demand.flags_of(listing, taken)[index]) & self._demand.blocks:
            return index
        only = np.arange(len(listing)) == index
        return self._demand.obstacle(listing, only, taken) or index
