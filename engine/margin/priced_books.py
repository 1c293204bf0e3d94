"""The book of a run with the prices of its market, one underlying at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import UnsupportedContract
from engine.margin.charges import Spot
from engine.margin.classes import ClassTerms, class_terms
from engine.margin.legs import Floats, LegColumns, NetBook, OptionLeg, columns_of
from engine.margin.priced_plan import Held
from engine.market import Market
from engine.marks import MICROS_OF_HALF, NO_MIDDLE, mark_option
from engine.model import (
    ChainSnapshot,
    NetLeg,
    OptionContract,
    PartKey,
    UnderlyingKind,
)
from engine.money import MICROS_PER_USD, to_micros, to_usd
from engine.risk_config import MarginOptions

BookPart: TypeAlias = tuple[PartKey, tuple[NetLeg, ...]]
"""Legs of a book, and what they have in common."""
BookKey: TypeAlias = frozenset[tuple[str, int]]
"""Symbol and quantity of every leg."""
_INDEX: Final = UnderlyingKind.INDEX
REMEMBERED: Final = 64
"""Books that are kept in order, with their plans: a refused order leads back to the book before it."""


@dataclass(frozen=True, slots=True, eq=False)
class OrderedBook:
    """Everything held on one underlying, as it is at any price; one object for one book.

    Attributes:
        contracts: the instruments of `options`, whose prices are not looked at; rows of the chain in `contract_ids`.
    """

    underlying: str
    terms: ClassTerms
    contracts: tuple[OptionContract, ...]
    contract_ids: NDArray[np.int32]
    options: tuple[OptionLeg, ...]
    columns: LegColumns
    shares: int

    def at(self, spot: float, prices: Floats) -> Held:
        """The book at the price of its underlying and of its options."""
        book = NetBook(self.options, self.shares, spot)
        return Held(book, self.columns.at(prices), Spot(spot, self.terms))


class BookPricer:
    """Gives the legs of a book their prices: options as the portfolio marks them, shares at their last price."""

    def __init__(self, options: MarginOptions, market: Market) -> None:
        self._classes = options.underlying_classes
        self._market = market
        self._ordered: OrderedDict[BookKey, OrderedBook] = OrderedDict()
        self._last: tuple[Sequence[BookPart], list[OrderedBook]] = ([], [])

    @property
    def today(self) -> date:
        """Present exchange date."""
        return self._market.sessions.date_of(self._market.now)

    def spot(self, underlying: str) -> float:
        """Present price of an underlying.

        Raises:
            MarketDataError: when it has none.
        """
        return self._market.price_of(underlying)[0]

    def terms(self, underlying: str) -> ClassTerms:
        """Rates of the class of an underlying."""
        known = self._market.underlyings.get(underlying)
        is_index = known is not None and known.kind is _INDEX
        return class_terms(self._classes.get(underlying, "broad_index" if is_index else "equity"))

    def least_charge(self, underlying: str) -> float:
        """Of an uncovered short, as a fraction of the underlying (calls) or of the strike (puts)."""
        return self.terms(underlying).minimum

    def books(self, parts: Sequence[BookPart]) -> list[tuple[OrderedBook, Held]]:
        """Legs by underlying, ordered, and at present prices.

        Args:
            parts: of a book, in its order.

        Raises:
            MarketDataError: when an underlying has no price.
            UnsupportedContract: for an adjusted contract.
        """
        if parts != self._last[0]:  # mostly the same objects from snapshot to snapshot
            self._last = parts, self._books(parts)
        return [(book, self._priced(book)) for book in self._last[1]]

    def _books(self, parts: Sequence[BookPart]) -> list[OrderedBook]:
        by_underlying: dict[str, list[NetLeg]] = {}
        for key, legs in parts:
            by_underlying.setdefault(key.underlying, []).extend(legs)
        return [self._book(underlying, legs) for underlying, legs in by_underlying.items()]

    def _priced(self, book: OrderedBook) -> Held:
        spot = self.spot(book.underlying)
        return book.at(spot, _prices(book, self._market.snapshots.get(book.underlying), spot))

    def _book(self, underlying: str, legs: list[NetLeg]) -> OrderedBook:
        key = frozenset([(leg.instrument.symbol, leg.quantity) for leg in legs])
        book = self._ordered.get(key)
        if book is None:
            book = self._ordered[key] = _ordered_book(underlying, self.terms(underlying), legs)
            if len(self._ordered) > REMEMBERED:
                self._ordered.popitem(last=False)
        return book


def value_of(held: Held) -> float:
    """Present money of all legs, USD."""
    return fsum([*(held.options.quantity * held.options.value).tolist(), held.book.share_value])


def _ordered_book(underlying: str, terms: ClassTerms, legs: list[NetLeg]) -> OrderedBook:
    held: list[tuple[OptionLeg, OptionContract]] = []
    shares = 0
    for leg in legs:
        if isinstance(leg.instrument, OptionContract):
            held.append((_leg(leg.instrument, leg.quantity), leg.instrument))
        else:
            shares += leg.quantity
    held.sort(key=lambda pair: (*pair[0].key, pair[1].symbol))
    options, contracts = tuple([option for option, _ in held]), tuple([contract for _, contract in held])
    ids = np.array([contract.contract_id for contract in contracts], np.int32)
    return OrderedBook(underlying, terms, contracts, ids, options, columns_of(options), shares)


def _leg(contract: OptionContract, quantity: int) -> OptionLeg:
    check_unadjusted(contract)
    series = contract.series
    return OptionLeg(
        contract.right,
        contract.strike,
        quantity,
        0.0,
        series.expires_on,
        series.style,
        contract.multiplier,
        settles_at=series.settles_at,
    )


def check_unadjusted(contract: OptionContract) -> None:
    """Let a contract pass that delivers what its strike is paid for.

    Raises:
        UnsupportedContract: for an adjusted contract.
    """
    series = contract.series
    if (series.deliverable.shares, series.deliverable.cash) != (series.strike_multiplier, 0):
        raise UnsupportedContract(
            f"{contract.symbol} is adjusted; only risk.margin: maximum_loss knows what such a contract delivers"
        )


def _prices(book: OrderedBook, chain: ChainSnapshot | None, spot: float) -> Floats:
    """Present marks per share as `mark_option` makes them; intrinsic values before the first chain."""
    if chain is None:
        return np.array([to_usd(to_micros(contract.intrinsic(spot))) for contract in book.contracts])
    if not len(chain.contract_id):
        return np.array([_mark(contract, chain) for contract in book.contracts])
    # A contract behind the last one takes its row, which is not its own.
    rows = np.minimum(chain.contract_id.searchsorted(book.contract_ids), len(chain.contract_id) - 1)
    middles: Floats = np.rint((chain.bid[rows] + chain.ask[rows]) * MICROS_OF_HALF) / MICROS_PER_USD
    marked = np.logical_not(chain.flags[rows] & NO_MIDDLE)
    marked &= chain.contract_id[rows] == book.contract_ids
    marked &= np.isfinite(middles)
    for place in (~marked).nonzero()[0].tolist():
        middles[place] = _mark(book.contracts[place], chain)
    return middles


def _mark(contract: OptionContract, chain: ChainSnapshot) -> float:
    return to_usd(mark_option(contract, chain, chain.row(contract.contract_id), None).price)
