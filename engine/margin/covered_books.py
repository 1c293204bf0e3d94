"""What books of spreads bind whatever prices are, expiration by expiration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import inf
from typing import NamedTuple, TypeAlias

from engine.margin.charged_books import ChargedBook, charged_at_any_price
from engine.margin.classes import ClassTerms
from engine.margin.covered_shorts import Contracts, CoveredExpiration, CoveredShorts
from engine.margin.priced_books import check_unadjusted
from engine.model import NetLeg, NetLegs, OptionContract, PartKey

_Looked: TypeAlias = tuple[tuple[NetLeg, ...], CoveredExpiration | None]
"""A part of a book, and how it covers its shorts; None where it does not."""


class UnderlyingBook(NamedTuple):
    """Everything held on one underlying.

    Attributes:
        parts: its legs, expiration by expiration.
        at_any_price: what it binds where prices do not matter; None where they always do.
    """

    underlying: str
    parts: list[tuple[NetLeg, ...]]
    at_any_price: ChargedBook | None


class CoveredBooks:
    """Looks at books part by part; a trade changes one part of the last book, and the others are known.

    Args:
        terms: rates of the class of an underlying.
    """

    def __init__(self, terms: Callable[[str], ClassTerms]) -> None:
        self._terms = terms
        self._parts: dict[PartKey, _Looked] = {}
        self._shorts: dict[str, CoveredShorts] = {}

    def books(self, book: NetLegs) -> list[UnderlyingBook]:
        """Legs by underlying, ordered.

        Raises:
            UnsupportedContract: for an adjusted contract.
        """
        self._parts = {key: self._looked_at(key, legs) for key, legs in book.parts.items()}
        return [self._book(underlying, [*keys]) for underlying, keys in groupby(self._parts, _underlying)]

    def _looked_at(self, key: PartKey, legs: tuple[NetLeg, ...]) -> _Looked:
        known = self._parts.get(key)
        if known is not None and known[0] == legs:
            return known
        return legs, _covered(key, legs, self._terms(key.underlying).minimum)

    def _book(self, underlying: str, keys: Sequence[PartKey]) -> UnderlyingBook:
        parts = [self._parts[key] for key in keys]
        legs, covered = [part[0] for part in parts], [part[1] for part in parts if part[1] is not None]
        shorts = self._covered_shorts(underlying, covered) if len(covered) == len(parts) else None
        if shorts is None or shorts.proved_from == inf:
            return UnderlyingBook(underlying, legs, None)
        return UnderlyingBook(underlying, legs, charged_at_any_price(underlying, shorts))

    def _covered_shorts(self, underlying: str, expirations: Sequence[CoveredExpiration]) -> CoveredShorts | None:
        """The first expirations are mostly those of the book before."""
        shorts = CoveredShorts.of(expirations, self._terms(underlying).minimum, self._shorts.get(underlying))
        if shorts is not None:
            self._shorts[underlying] = shorts
        return shorts


def _underlying(key: PartKey) -> str:
    return key.underlying


def _covered(key: PartKey, legs: Iterable[NetLeg], minimum: float) -> CoveredExpiration | None:
    """None for shares, too."""
    kinds, series = [], None
    for contract, quantity in legs:
        if not isinstance(contract, OptionContract):
            return None
        if contract.series is not series:  # several roots can settle together, some of them adjusted
            check_unadjusted(contract)
            series = contract.series
        kinds.append(Contracts(int(contract.right), contract.strike, quantity))
    return CoveredExpiration.of(kinds, key.multiplier, minimum)
