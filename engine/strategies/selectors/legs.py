"""All legs of a package, each by its own word, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from types import MappingProxyType
from typing import Final

from engine.model import ChainSnapshot, Leg, OptionContract, Stock
from engine.strategies.selectors.demand import HELD_ALREADY, NONE_TAKEN
from engine.strategies.selectors.listing import RIGHTS, Listing
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.selectors.strikes import StrikeChoice, strike_choice
from engine.strategies.spec.selection import (
    ALLOW_SAME_STRIKE,
    ANY_LIQUIDITY,
    AnyLeg,
    LegSpec,
    LiquidityFilter,
    SameStrikeRule,
    SharesSpec,
    selection_order,
)
from engine.structures import shares_per_unit, signed

NONE_STANDING: Final[Mapping[str, OptionContract]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Step:
    """One option leg as it is chosen; `side` is its expiration and right, as said."""

    name: str
    side: tuple[str, str]
    relative_to: str | None
    choice: StrikeChoice


class LegSelector:
    """The legs of a specification, compiled: what they do not use costs nothing.

    Args:
        legs: in any order; a leg is chosen after the one that it is relative to.
        liquidity: filter of the legs that have none of their own.
        same_strike: what to do about contracts that are held already; whose, the caller says by what he hands over.
        standing: legs that are held, by name: others may be relative to them.

    Raises:
        ValueError: for a leg that is relative to none there is, or to itself through others.
    """

    def __init__(
        self,
        legs: Sequence[AnyLeg],
        liquidity: LiquidityFilter = ANY_LIQUIDITY,
        same_strike: SameStrikeRule = ALLOW_SAME_STRIKE,
        standing: Mapping[str, OptionContract] = NONE_STANDING,
    ) -> None:
        self.same_strike = same_strike
        self._standing = dict(standing)
        self._ratios = [(leg, signed(leg.side, leg.ratio)) for leg in legs]
        self._steps = tuple(_step(leg, leg.liquidity or liquidity) for leg in selection_order(legs, standing))

    def select(
        self, snapshot: ChainSnapshot, expirations: Mapping[str, int], held: frozenset[int] = NONE_TAKEN
    ) -> tuple[Leg, ...] | NoMatch:
        """Every leg, in the order of the specification; or the first that finds nothing, with its name.

        Args:
            expirations: position of the series by name, as `select_expirations` returns it.
            held: ids of contracts that are held already; without meaning where the policy is `allow`.
        """
        listings: dict[tuple[str, str], Listing] = {}
        chosen = self._standing.copy()
        policy = self.same_strike.policy
        taken = held if policy == "move" else NONE_TAKEN
        for step in self._steps:
            listing = listings.get(step.side)
            if listing is None:
                expiration, right = step.side
                listing = listings[step.side] = Listing(snapshot, expirations[expiration], RIGHTS[right])
            reference = nan if step.relative_to is None else chosen[step.relative_to].strike
            found = step.choice.find(listing, reference, taken)
            if isinstance(found, str):
                return NoMatch("legs", f"{step.name}:{found}")
            contract = chosen[step.name] = listing.contract(found)
            if policy == "skip" and contract.contract_id in held:
                return NoMatch("legs", f"{step.name}:{HELD_ALREADY}")
        return self._package(snapshot.underlying, chosen)

    def _package(self, underlying: str, chosen: Mapping[str, OptionContract]) -> tuple[Leg, ...] | NoMatch:
        legs: list[Leg] = []
        for leg, ratio in self._ratios:
            if isinstance(leg, SharesSpec):
                per_unit = shares_per_unit(chosen.values())
                if per_unit is None:
                    return NoMatch("legs", f"{leg.name}:deliverables_differ")
                legs.append(Leg(Stock(underlying), ratio * per_unit))
            else:
                legs.append(Leg(chosen[leg.name], ratio))
        return tuple(legs)


def select_legs(
    snapshot: ChainSnapshot,
    expirations: Mapping[str, int],
    wanted: Sequence[AnyLeg],
    liquidity: LiquidityFilter = ANY_LIQUIDITY,
) -> tuple[Leg, ...] | NoMatch:
    """`LegSelector.select` for once; who chooses again and again makes the selector once."""
    return LegSelector(wanted, liquidity).select(snapshot, expirations)


def _step(leg: LegSpec, liquidity: LiquidityFilter) -> _Step:
    choice = strike_choice(leg.strike, leg.side, liquidity)
    return _Step(leg.name, (leg.expiration, leg.right), leg.relative_to, choice)
