"""What books of spreads bind whatever prices are, expiration by expiration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from math import inf
from typing import TypeAlias

from engine.margin.charged_books import ChargedBook, charged_at_any_price
from engine.margin.covered_expiration import CoveredExpiration
from engine.margin.covered_shorts import CoveredShorts
from engine.margin.priced_books import BookPart, check_unadjusted
from engine.model import NetLeg, NetLegs, OptionContract, PartKey
from engine.records import record

_Looked: TypeAlias = tuple[tuple[NetLeg, ...], CoveredExpiration | None]
"""A part of a book, and how it covers its shorts; None where it does not."""


@record
class UnderlyingBook:
    """Everything held on one underlying.

    Attributes:
        parts: its legs, expiration by expiration.
        at_any_price: what it binds where prices do not matter; None where they always do.
    """

    underlying: str
    parts: list[BookPart]
    at_any_price: ChargedBook | None


class CoveredBooks:
    """Looks at books part by part; a trade changes one part of the last book, and the others are known.

    Args:
        minimum: least charge of an uncovered short on an underlying, as `CoveredExpiration.of` wants it.
    """

    def __init__(self, minimum: Callable[[str], float]) -> None:
        self._minimum = cache(minimum)
        self._parts: dict[int, _Looked] = {}
        """Of the last book, by the identity of the part."""
        self._shorts: dict[str, CoveredShorts] = {}

    def books(self, book: NetLegs) -> list[UnderlyingBook]:
        """Legs by underlying, ordered.

        Raises:
            UnsupportedContract: for an adjusted contract.
        """
        by_underlying: dict[str, list[BookPart]] = {}
        for part in book.parts.items():
            by_underlying.setdefault(part[0].underlying, []).append(part)
        known, self._parts = self._parts, {}
        return [self._book(underlying, parts, known) for underlying, parts in by_underlying.items()]

    def _book(self, underlying: str, parts: list[BookPart], known: dict[int, _Looked]) -> UnderlyingBook:
        minimum, expirations = self._minimum(underlying), []
        for key, legs in parts:
            place = id(legs)
            looked = self._parts[place] = known.get(place) or (legs, _covered(key, legs, minimum))
            covered = looked[1]
            if covered is None:
                return UnderlyingBook(underlying, parts, None)
            expirations.append(covered)
        # The first expirations are mostly those of the book before.
        shorts = CoveredShorts.of(expirations, minimum, self._shorts.get(underlying))
        if shorts is None:
            return UnderlyingBook(underlying, parts, None)
        self._shorts[underlying] = shorts
        proved = shorts.proved_from < inf
        return UnderlyingBook(underlying, parts, charged_at_any_price(underlying, shorts) if proved else None)


def _covered(key: PartKey, legs: Iterable[NetLeg], minimum: float) -> CoveredExpiration | None:
    """None for shares, too."""
    kinds, series = [], None
    for leg in legs:
        contract = leg.instrument
        if not isinstance(contract, OptionContract):
            return None
        if contract.series is not series:  # several roots can settle together, some of them adjusted
            check_unadjusted(contract)
            series = contract.series
        kinds.append((contract.right, contract.strike, leg.quantity))
    return CoveredExpiration.of(kinds, key.multiplier, minimum)
