"""What a structure is: legs whose strikes and expirations are ranks, and whether given legs have that geometry.

Ranks are written as the field writes them (`K1 < K2`, `T1 < T2`): legs of one rank share it, a higher rank lies
strictly higher. Shares stand beside the legs: one unit is what one contract delivers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from engine.errors import ConfigurationError
from engine.model import Leg, OptionContract, Right, Stock
from engine.money import to_micros

Side: TypeAlias = Literal["buy", "sell"]
Widths: TypeAlias = Literal["any", "equal", "unequal"]
Step: TypeAlias = tuple[int, int, bool]
"""Places of a leg and of the next one by rank, and whether they share it."""

_LEG: Final = re.compile(r"([+-])(\d*)(?:(S)|([CP])\(K(\d)(?:,T(\d))?\))")


@dataclass(frozen=True, slots=True)
class LegPattern:
    """What a structure asks of one leg.

    Attributes:
        strike: rank of its strike among the structure's strikes, from 1.
        ratio: contracts per package, positive.
        expiration: rank of its expiration among the structure's expirations, from 1.
        signed_ratio: contracts per package, negative when sold.
    """

    side: Side
    right: Right
    strike: int
    ratio: int = 1
    expiration: int = 1
    signed_ratio: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signed_ratio", signed(self.side, self.ratio))

    def __str__(self) -> str:
        """As a person writes it, e.g. `sell 1 put K2 T1`."""
        return f"{self.side} {self.ratio} {self.right.name.lower()} K{self.strike} T{self.expiration}"


@dataclass(frozen=True, slots=True)
class Structure:
    """A named, ordered list of legs.

    Attributes:
        shares: deliverables held beside the options per package (negative: sold short); 1 is a hundred shares.
        widths: what the distances between neighbouring strikes must be.
        strike_steps, expiration_steps: neighbouring legs by rank of strike and of expiration.
    """

    name: str
    legs: tuple[LegPattern, ...]
    shares: int = 0
    widths: Widths = "any"
    strike_steps: tuple[Step, ...] = field(init=False, repr=False)
    expiration_steps: tuple[Step, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "strike_steps", _steps([leg.strike for leg in self.legs]))
        object.__setattr__(self, "expiration_steps", _steps([leg.expiration for leg in self.legs]))

    @property
    def strikes(self) -> int:
        """Number of different strikes."""
        return max((leg.strike for leg in self.legs), default=0)

    @property
    def expirations(self) -> int:
        """Number of different expirations."""
        return max((leg.expiration for leg in self.legs), default=0)

    def __str__(self) -> str:
        """Name and legs in their order."""
        shares = [f"{'buy' if self.shares > 0 else 'sell'} {abs(self.shares)} S"] if self.shares else []
        return f"{self.name} ({', '.join([*shares, *map(str, self.legs)])})"


def _steps(ranks: Sequence[int]) -> tuple[Step, ...]:
    """From leg to leg in the order of their ranks; those within a rank come first."""
    ordered = sorted(range(len(ranks)), key=lambda leg: ranks[leg])
    steps = [(lower, upper, ranks[lower] == ranks[upper]) for lower, upper in pairwise(ordered)]
    return tuple(sorted(steps, key=lambda step: not step[2]))


def signed(side: Side, ratio: int) -> int:
    """A ratio as `Leg` wants it: positive when bought, negative when sold."""
    return ratio if side == "buy" else -ratio


def structure_of(name: str, notation: str, widths: Widths = "any") -> Structure:
    """A structure from the notation of the field: `+S -C(K1)`, `-2P(K1) +P(K2)`, `-C(K1,T1) +C(K1,T2)`.

    Raises:
        ConfigurationError: for a leg that is not written so.
    """
    shares, legs = 0, []
    for term in notation.split():
        found = _LEG.fullmatch(term)
        if found is None:
            raise ConfigurationError(f"structure {name}: leg {term!r} is not written like -2C(K1,T2) or +S")
        sign, ratio, stock, right, strike, expiration = found.groups()
        side: Side = "buy" if sign == "+" else "sell"
        if stock:
            shares += signed(side, int(ratio or 1))
        else:
            of = Right.CALL if right == "C" else Right.PUT
            legs.append(LegPattern(side, of, int(strike), int(ratio or 1), int(expiration or 1)))
    return Structure(name, tuple(legs), shares, widths)


def geometry_fault(structure: Structure | None, legs: Sequence[Leg]) -> str | None:
    """Why legs, in the structure's order and shares first, do not make the structure; None when they do (T27).

    Nothing is moved to make it fit. A wing that fell on its body's strike, or beyond it, is a fault. Without a
    structure (`custom`) the only fault is an instrument that stands twice.

    Returns:
        `instrument_twice`; `legs_differ` (number, side, right, ratio or shares); `series_differ` (legs of one
        expiration rank are not of one series: an AM and a PM series of one date are two);
        `expirations_out_of_order`; `strikes_differ` (legs of one strike rank); `strikes_out_of_order`; or
        `widths_differ` and `widths_equal`, where the structure asks for the opposite.
    """
    if structure is None:
        return "instrument_twice" if len({leg.instrument.symbol for leg in legs}) < len(legs) else None
    contracts = _contracts_of(structure, legs)
    if contracts is None:
        return "legs_differ"
    return _expiration_fault(structure, contracts) or _strike_fault(structure, contracts)


def shares_per_unit(contracts: Iterable[OptionContract]) -> int | None:
    """What one contract delivers, 1 without contracts; None where the contracts deliver different numbers of shares."""
    delivered = {one.series.deliverable.shares for one in contracts}
    return (delivered.pop() if delivered else 1) if len(delivered) <= 1 else None


def widths_fault(widths: Widths, ascending: Sequence[float]) -> str | None:
    """Why the distances between ascending strikes are not what is asked for; compared in exact money."""
    if widths == "any":
        return None
    exact = [to_micros(strike) for strike in ascending]
    equal = len({above - below for below, above in pairwise(exact)}) <= 1
    if widths == "equal":
        return None if equal else "widths_differ"
    return "widths_equal" if equal else None


def _contracts_of(structure: Structure, legs: Sequence[Leg]) -> list[OptionContract] | None:
    """The options among legs, in the structure's order; None where number, side, right, ratio or shares differ."""
    options = legs[1:] if structure.shares else legs
    if len(options) != len(structure.legs):
        return None
    contracts: list[OptionContract] = []
    for place, leg in enumerate(options):
        pattern, contract = structure.legs[place], leg.instrument
        if not isinstance(contract, OptionContract):
            return None
        if leg.ratio != pattern.signed_ratio or contract.right is not pattern.right:
            return None
        contracts.append(contract)
    return contracts if not structure.shares or _covers(legs[0], structure.shares, contracts) else None


def _covers(leg: Leg, units: int, contracts: Sequence[OptionContract]) -> bool:
    per_unit = shares_per_unit(contracts)
    if not isinstance(leg.instrument, Stock) or per_unit is None:
        return False
    return leg.ratio == units * per_unit and all(one.series.underlying == leg.instrument.symbol for one in contracts)


def _expiration_fault(structure: Structure, contracts: Sequence[OptionContract]) -> str | None:
    for near, far, together in structure.expiration_steps:
        earlier, later = contracts[near].series, contracts[far].series
        if together:
            if earlier is not later and earlier != later:
                return "series_differ"
        elif earlier.underlying != later.underlying:
            return "series_differ"
        elif earlier.expires_on >= later.expires_on:
            return "expirations_out_of_order"
    return None


def _strike_fault(structure: Structure, contracts: Sequence[OptionContract]) -> str | None:
    for lower, upper, together in structure.strike_steps:
        below, above = contracts[lower].strike, contracts[upper].strike
        if together and below != above:
            return "strikes_differ"
        if not together and below >= above:
            return "strikes_out_of_order"
    if structure.widths == "any":
        return None
    return widths_fault(structure.widths, sorted({contract.strike for contract in contracts}))
