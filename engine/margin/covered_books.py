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

_Part: TypeAlias = tuple[PartKey, tuple[NetLeg, ...]]
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
        known, self._parts = self._parts, {}
        return [
            self._book(underlying, [*parts], known) for underlying, parts in groupby(book.parts.items(), _underlying)
        ]

    def _book(self, underlying: str, parts: Sequence[_Part], known: dict[PartKey, _Looked]) -> UnderlyingBook:
        minimum, expirations = self._terms(underlying).minimum, []
        for key, legs in parts:
            looked = known.get(key)
            if looked is None or looked[0] != legs:
                looked = legs, _covered(key, legs, minimum)
            self._parts[key] = looked
            if looked[1] is None:
                return UnderlyingBook(underlying, [legs for _, legs in parts], None)
            expirations.append(looked[1])
        shorts = self._covered_shorts(underlying, expirations, minimum)
        fixed = None if shorts is None or shorts.proved_from == inf else charged_at_any_price(underlying, shorts)
        return UnderlyingBook(underlying, [legs for _, legs in parts], fixed)

    def _covered_shorts(
        self, underlying: str, expirations: Sequence[CoveredExpiration], minimum: float
    ) -> CoveredShorts | None:
        """The first expirations are mostly those of the book before."""
        shorts = CoveredShorts.of(expirations, minimum, self._shorts.get(underlying))
        if shorts is not None:
            self._shorts[underlying] = shorts
        return shorts


def _underlying(part: _Part) -> str:
    return part[0].underlying


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
        kinds.append(Contracts(int(contract.right), contract.strike, leg.quantity))
    return CoveredExpiration.of(kinds, key.multiplier, minimum)
