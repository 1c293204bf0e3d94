"""What legs are called: the inverse of the table.

Where more than one reading is possible:

1. everything in one underlying that is one structure, at any number of packages, is that structure;
2. otherwise each series whose contracts are one structure is that structure (without shares);
3. what is left is taken apart, structures of most legs first, among them those higher in the table, on the earliest
   expirations and lowest strikes first; every single leg has a name, so nothing is left.

Strikes decide between neighbours: equal body strikes make an iron butterfly and never an iron condor, equal widths a
butterfly and never a broken-wing butterfly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Final, TypeAlias

from engine.model import Instrument, Leg, OptionContract, OptionSeries, Right, Stock
from engine.structures.patterns import LegPattern, Structure, shares_per_unit, widths_fault
from engine.structures.table import CUSTOM, STRUCTURES

_Signature: TypeAlias = tuple[int, frozenset[tuple[Right, int, int, int]]]
"""Shares in units of contracts; and right, strike rank, expiration rank and ratio of every option."""
_Held: TypeAlias = dict[Instrument, int]
_Contracts: TypeAlias = list[tuple[OptionContract, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A structure inside a set of legs.

    Attributes:
        name: canonical name.
        quantity: packages.
        legs: what it holds of each instrument, all packages together, shares first.
    """

    name: str
    quantity: int
    legs: tuple[Leg, ...]


def recognise(legs: Iterable[Leg]) -> str:
    """`name_of` legs."""
    return name_of([(leg.instrument, leg.ratio) for leg in legs])


def name_of(legs: Iterable[tuple[Instrument, int]]) -> str:
    """Canonical name of the one structure that instruments with their quantities make.

    `custom` when they make none, or several.
    """
    books = _books(legs)
    if len(books) != 1:
        return CUSTOM
    (held,) = books.values()
    whole = _whole(held)
    if whole is not None:
        return whole[0].name
    parts = tuple(_inside(held))
    return parts[0].name if len(parts) == 1 else CUSTOM


def named_parts(legs: Iterable[Leg]) -> tuple[Part, ...]:
    """The structures that legs make, in any order and at any quantities, by underlying; empty when all is flat."""
    return tuple(
        part
        for _, held in sorted(_books([(leg.instrument, leg.ratio) for leg in legs]).items())
        for part in _parts(held)
    )


def _books(legs: Iterable[tuple[Instrument, int]]) -> dict[str, _Held]:
    """What legs hold of each instrument, by underlying, without what nets to nothing."""
    books: dict[str, _Held] = {}
    for instrument, quantity in legs:
        underlying = instrument.underlying
        book = books.get(underlying)
        if book is None:
            book = books[underlying] = {}
        book[instrument] = book.get(instrument, 0) + quantity
    for book in books.values():
        if 0 in book.values():
            held = {name: {one: many for one, many in whole.items() if many} for name, whole in books.items()}
            return {name: left for name, left in held.items() if left}
    return books


def _ordered(held: _Held) -> _Held:
    return {one: held[one] for one in sorted(held, key=_order)}


def _order(instrument: Instrument) -> tuple[int, str, int, float]:
    if isinstance(instrument, Stock):
        return (0, "", 0, 0.0)
    series = instrument.series
    return (series.expires_on.toordinal(), series.root, instrument.right, instrument.strike)


def _parts(held: _Held) -> Iterator[Part]:
    whole = _whole(held)
    if whole is None:
        yield from _inside(held)
    else:
        structure, packages = whole
        yield Part(structure.name, packages, tuple(Leg(one, quantity) for one, quantity in _ordered(held).items()))


def _inside(held: _Held) -> Iterator[Part]:
    """Of what is no structure as a whole: series that are one, and whatever the rest is taken apart into."""
    held = _ordered(held)
    if all(isinstance(one, OptionContract) for one in held):
        rest: _Held = {}
        for group in _by_series(held):
            if _whole(group) is None:
                rest.update(group)
            else:
                yield from _parts(group)
        held = _ordered(rest)
    yield from _taken_apart(held)


def _by_series(held: _Held) -> list[_Held]:
    groups: dict[OptionSeries, _Held] = {}
    for one, quantity in held.items():
        if isinstance(one, OptionContract):
            groups.setdefault(one.series, {})[one] = quantity
    return list(groups.values())


# --- one structure ----------------------------------------------------------------------------------------------


def _signature_of(structure: Structure) -> _Signature:
    legs = ((leg.right, leg.strike, leg.expiration, leg.signed_ratio) for leg in structure.legs)
    return structure.shares, frozenset(legs)


def _index(structures: Iterable[Structure]) -> Mapping[_Signature, list[Structure]]:
    found: dict[_Signature, list[Structure]] = {}
    for one in structures:
        found.setdefault(_signature_of(one), []).append(one)
    return found


_BY_SIGNATURE: Final = _index(STRUCTURES.values())


def _whole(held: _Held) -> tuple[Structure, int] | None:
    """The structure that everything is together, and how many packages of it."""
    options: _Contracts = []
    contracts: list[OptionContract] = []
    units = packages = 0
    for one, quantity in held.items():
        if isinstance(one, OptionContract):
            options.append((one, quantity))
            contracts.append(one)
            packages = gcd(packages, quantity)
        else:
            units += quantity  # shares as yet
    dates = _by_date(contracts)
    if dates is None:
        return None
    if units:
        per_unit = shares_per_unit(contracts)
        if not per_unit or units % per_unit:
            return None
        units //= per_unit
        packages = gcd(packages, units)
    strikes = sorted({one.strike for one in contracts})
    legs = [
        (one.right, strikes.index(one.strike) + 1, dates.index(one.series) + 1, quantity // packages)
        for one, quantity in options
    ]
    for structure in _BY_SIGNATURE.get((units // packages, frozenset(legs)), ()):
        if widths_fault(structure.widths, strikes) is None:
            return structure, packages
    return None


def _by_date(contracts: Sequence[OptionContract]) -> list[OptionSeries] | None:
    """The series of contracts, earliest first; None where two are of one date: they settle on two prices (T26)."""
    series: list[OptionSeries] = []
    for one in contracts:
        if one.series not in series:  # nearly always the first: one object needs no comparison
            series.append(one.series)
    if len(series) < 2:
        return series
    if len({one.expires_on for one in series}) < len(series):
        return None
    return sorted(series, key=lambda one: one.expires_on)


# --- several ----------------------------------------------------------------------------------------------------

_Side: TypeAlias = tuple[Right, bool]
"""Calls or puts, and whether they are long."""
_LARGEST_FIRST: Final = sorted(STRUCTURES.values(), key=lambda one: -(len(one.legs) + abs(one.shares)))


def _side_of(leg: LegPattern) -> _Side:
    return leg.right, leg.side == "buy"


_ASKED: Final = {one.name: Counter(_side_of(leg) for leg in one.legs) for one in STRUCTURES.values()}
"""Different contracts of each side that a structure needs."""


def _taken_apart(held: _Held) -> Iterator[Part]:
    left = dict(held)
    sides = _sides(left)
    for structure in _LARGEST_FIRST:
        while (part := _fit(structure, left, sides)) is not None:
            yield part
            for leg in part.legs:
                quantity = left[leg.instrument] - leg.ratio
                if quantity:
                    left[leg.instrument] = quantity
                else:
                    del left[leg.instrument]
            sides = _sides(left)


def _sides(held: _Held) -> dict[_Side, _Contracts]:
    """Contracts of each side with their quantities."""
    sides: dict[_Side, _Contracts] = {}
    for one, quantity in held.items():
        if isinstance(one, OptionContract):
            sides.setdefault((one.right, quantity > 0), []).append((one, quantity))
    return sides


def _fit(structure: Structure, held: _Held, sides: dict[_Side, _Contracts]) -> Part | None:
    """The structure, as often as it fits on the first contracts that have its geometry."""
    if any(len(sides.get(side, ())) < count for side, count in _ASKED[structure.name].items()):
        return None
    stock = next((one for one in held if isinstance(one, Stock)), None)
    if structure.shares and (stock is None or held[stock] * structure.shares < 0):
        return None
    for chosen in _matches(structure, sides, ()):
        per_package: _Held = {one: leg.signed_ratio for one, leg in zip(chosen, structure.legs, strict=True)}
        if structure.shares and stock is not None:
            per_unit = shares_per_unit(chosen)
            if not per_unit:
                continue
            per_package = {stock: structure.shares * per_unit, **per_package}
        packages = min(held[one] // ratio for one, ratio in per_package.items())
        if packages:
            legs = tuple(Leg(one, ratio * packages) for one, ratio in per_package.items())
            return Part(structure.name, packages, legs)
    return None


def _matches(
    structure: Structure, sides: dict[_Side, _Contracts], chosen: tuple[OptionContract, ...]
) -> Iterator[tuple[OptionContract, ...]]:
    """Contracts for the structure's legs, in their order, that have its geometry."""
    if len(chosen) == len(structure.legs):
        by_rank = {leg.strike: one.strike for leg, one in zip(structure.legs, chosen, strict=True)}
        if widths_fault(structure.widths, [by_rank[rank] for rank in sorted(by_rank)]) is None:
            yield chosen
        return
    pattern = structure.legs[len(chosen)]
    for one, quantity in sides[_side_of(pattern)]:
        if abs(quantity) >= pattern.ratio and _stands(structure, chosen, one):
            yield from _matches(structure, sides, (*chosen, one))


def _stands(structure: Structure, chosen: Sequence[OptionContract], one: OptionContract) -> bool:
    """Whether a contract stands to those chosen as its strike and expiration rank say."""
    mine = structure.legs[len(chosen)]
    for leg, other in zip(structure.legs, chosen, strict=False):
        if _sign(mine.strike - leg.strike) != _sign(one.strike - other.strike):
            return False
        if one.series is other.series:
            days = 0
        else:
            days = (one.series.expires_on - other.series.expires_on).days
            if not days and one.series != other.series:
                return False
        if _sign(mine.expiration - leg.expiration) != _sign(days):
            return False
    return True


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
