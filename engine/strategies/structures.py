"""The table of structures: which legs each has, and the order in which their strikes must stand.

Strikes and expirations are ranks, as STRUCTURES writes them (`K1 < K2`, `T1 < T2`): legs of one rank share it, a
higher rank lies strictly higher. A new structure is one entry of `STRUCTURES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from engine.errors import ConfigurationError
from engine.model import Leg, OptionContract, OptionSeries, Right
from engine.strategies.naming import unknown_name

Side: TypeAlias = Literal["buy", "sell"]

CUSTOM: Final = "custom"
"""Name of a structure that asks for no geometry: any legs will do."""


@dataclass(frozen=True, slots=True)
class LegPattern:
    """What a structure asks of one leg.

    Attributes:
        strike: rank of its strike among the structure's strikes, from 1.
        ratio: contracts per package, positive.
        expiration: rank of its expiration among the structure's expirations, from 1.
    """

    side: Side
    right: Right
    strike: int
    ratio: int = 1
    expiration: int = 1

    @property
    def signed_ratio(self) -> int:
        """Contracts per package, negative when sold."""
        return signed(self.side, self.ratio)

    def __str__(self) -> str:
        """As a person writes it, e.g. `sell 1 put K2 T1`."""
        return f"{self.side} {self.ratio} {self.right.name.lower()} K{self.strike} T{self.expiration}"


@dataclass(frozen=True, slots=True)
class Structure:
    """A named, ordered list of legs."""

    name: str
    legs: tuple[LegPattern, ...]

    def __str__(self) -> str:
        """Name and legs in their order."""
        return f"{self.name} ({', '.join(map(str, self.legs))})"


def _table(structures: Iterable[Structure]) -> Mapping[str, Structure]:
    return MappingProxyType({one.name: one for one in structures})


STRUCTURES: Final = _table(
    [
        # bull put: the short strike lies above the long one, so it brings more than the long one costs
        Structure("put_credit_spread", (LegPattern("buy", Right.PUT, 1), LegPattern("sell", Right.PUT, 2))),
        Structure(
            "iron_condor",
            (
                LegPattern("buy", Right.PUT, 1),
                LegPattern("sell", Right.PUT, 2),
                LegPattern("sell", Right.CALL, 3),
                LegPattern("buy", Right.CALL, 4),
            ),
        ),
    ]
)


def signed(side: Side, ratio: int) -> int:
    """A ratio as `Leg` wants it: positive when bought, negative when sold."""
    return ratio if side == "buy" else -ratio


def structure_named(name: str) -> Structure | None:
    """The structure of a name; None for `custom`, which has no geometry.

    Raises:
        ConfigurationError: when there is none; names the nearest.
    """
    if name == CUSTOM:
        return None
    found = STRUCTURES.get(name)
    if found is None:
        raise ConfigurationError(unknown_name("structure", name, [*STRUCTURES, CUSTOM]))
    return found


def geometry_fault(structure: Structure | None, legs: Sequence[Leg]) -> str | None:
    """Why legs, in the structure's order, do not make the structure; None when they do (T27).

    Nothing is moved to make it fit. A wing that fell on its body's strike, or beyond it, is a fault. Without a
    structure (`custom`) the only fault is an instrument that stands twice.

    Returns:
        `instrument_twice`; `legs_differ` (number, side, right or ratio); `series_differ` (legs of one expiration
        rank are not of one series: an AM and a PM series of one date are two); `expirations_out_of_order`;
        `strikes_differ` (legs of one strike rank); or `strikes_out_of_order`.
    """
    if structure is None:
        return "instrument_twice" if len({leg.instrument.symbol for leg in legs}) < len(legs) else None
    contracts = [leg.instrument for leg in legs if isinstance(leg.instrument, OptionContract)]
    if len(contracts) != len(legs) or len(legs) != len(structure.legs):
        return "legs_differ"
    strikes: dict[int, list[float]] = {}
    expirations: dict[int, list[OptionSeries]] = {}
    for pattern, leg, contract in zip(structure.legs, legs, contracts, strict=True):
        if leg.ratio != pattern.signed_ratio or contract.right is not pattern.right:
            return "legs_differ"
        strikes.setdefault(pattern.strike, []).append(contract.strike)
        expirations.setdefault(pattern.expiration, []).append(contract.series)
    return _expiration_fault(expirations) or _strike_fault(strikes)


def _expiration_fault(groups: Mapping[int, list[OptionSeries]]) -> str | None:
    if any(one != group[0] for group in groups.values() for one in group):
        return "series_differ"
    dates = [groups[rank][0].expires_on for rank in sorted(groups)]
    if any(later <= earlier for earlier, later in pairwise(dates)):
        return "expirations_out_of_order"
    return None


def _strike_fault(groups: Mapping[int, list[float]]) -> str | None:
    if any(strike != group[0] for group in groups.values() for strike in group):
        return "strikes_differ"
    ascending = [groups[rank][0] for rank in sorted(groups)]
    if any(later <= earlier for earlier, later in pairwise(ascending)):
        return "strikes_out_of_order"
    return None
