"""What books of spreads bind whatever prices are, expiration by expiration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from math import inf
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from engine.instants import Instant
from engine.margin.charged_books import ChargedBook, charged_at_any_price
from engine.margin.classes import ClassTerms
from engine.margin.covered_shorts import Contracts, CoveredExpiration, CoveredShorts
from engine.margin.priced_books import check_unadjusted
from engine.model import NetLeg, OptionContract

_Expires: TypeAlias = tuple[date, Instant, int]
"""Date and instant of settlement, and the multiplier."""
_SHARES: Final[_Expires] = (date.min, 0, 1)
_Parts: TypeAlias = dict[_Expires, list[NetLeg]]


class UnderlyingBook(NamedTuple):
    """Everything held on one underlying.

    Attributes:
        at_any_price: what it binds where prices do not matter; None where they always do.
    """

    underlying: str
    legs: list[NetLeg]
    at_any_price: ChargedBook | None


class _Known(NamedTuple):
    legs: list[NetLeg]
    covered: CoveredExpiration | None


class CoveredBooks:
    """Cuts books by underlying and expiration; a trade changes one expiration of the last book, whose others are known.

    Args:
        terms: rates of the class of an underlying.
    """

    def __init__(self, terms: Callable[[str], ClassTerms]) -> None:
        self._terms = terms
        self._last: tuple[list[NetLeg], list[UnderlyingBook]] = ([], [])
        self._known: dict[tuple[str, _Expires], _Known] = {}

    def books(self, legs: Sequence[NetLeg]) -> list[UnderlyingBook]:
        """Legs by underlying, ordered.

        Raises:
            UnsupportedContract: for an adjusted contract.
        """
        present = sorted(legs, key=attrgetter("instrument.symbol"))
        if present != self._last[0]:
            cut = _cut(present)
            known, self._known = self._known, {}
            self._last = present, [self._book(underlying, cut[underlying], known) for underlying in sorted(cut)]
        return self._last[1]

    def _book(self, underlying: str, parts: _Parts, known: dict[tuple[str, _Expires], _Known]) -> UnderlyingBook:
        minimum = self._terms(underlying).minimum
        book = [leg for legs in parts.values() for leg in legs]
        expirations = []
        for expires in sorted(parts):
            legs, part = parts[expires], known.get((underlying, expires))
            if part is None or part.legs != legs:
                part = _Known(legs, _covered(legs, minimum))
            self._known[underlying, expires] = part
            if part.covered is None:
                return UnderlyingBook(underlying, book, None)
            expirations.append(part.covered)
        covered = CoveredShorts.of(expirations, minimum)
        if covered is None or covered.proved_from == inf:
            return UnderlyingBook(underlying, book, None)
        return UnderlyingBook(underlying, book, charged_at_any_price(underlying, covered))


def _cut(legs: Sequence[NetLeg]) -> dict[str, _Parts]:
    """Contracts of each underlying by expiration, and shares."""
    cut: defaultdict[str, _Parts] = defaultdict(lambda: defaultdict(list))
    series, part = None, list[NetLeg]()
    for leg in legs:
        contract = leg.instrument
        if not isinstance(contract, OptionContract):
            cut[contract.symbol][_SHARES].append(leg)
            continue
        if contract.series is not series:  # legs of a series stand together
            series = contract.series
            part = cut[series.underlying][series.expires_on, series.settles_at, series.strike_multiplier]
        part.append(leg)
    return cut


def _covered(legs: Sequence[NetLeg], minimum: float) -> CoveredExpiration | None:
    """None for shares, too."""
    contracts = [(leg.instrument, leg.quantity) for leg in legs if isinstance(leg.instrument, OptionContract)]
    if not contracts:
        return None
    check_unadjusted(contracts[0][0])
    kinds = [Contracts(int(contract.right), contract.strike, quantity) for contract, quantity in contracts]
    return CoveredExpiration.of(kinds, contracts[0][0].multiplier, minimum)
