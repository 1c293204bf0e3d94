"""The book of a run with the prices of its market, one underlying at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum
from typing import Final

import numpy as np

from engine.errors import UnsupportedContract
from engine.margin.charges import Spot
from engine.margin.classes import ClassTerms, class_terms
from engine.margin.legs import Floats, Integers, LegColumns, NetBook, OptionLeg, columns_of
from engine.margin.priced_plan import Held
from engine.market import Market
from engine.marks import mark_option
from engine.model import (
    UNTRUSTED,
    ChainSnapshot,
    Instrument,
    NetLeg,
    OptionContract,
    QuoteFlag,
    UnderlyingKind,
)
from engine.money import MICROS_PER_USD, to_micros, to_usd
from engine.risk_config import MarginOptions

BookKey = frozenset[tuple[str, int]]
"""Symbol and quantity of every leg."""
_INDEX: Final = UnderlyingKind.INDEX
REMEMBERED: Final = 64
"""Books that are kept in order, with their plans: a refused order leads back to the book before it."""
_MIDDLE_IS_NO_MARK: Final = int(UNTRUSTED | QuoteFlag.NO_ASK | QuoteFlag.NO_BID)


@dataclass(frozen=True, slots=True, eq=False)
class OrderedBook:
    """Everything held on one underlying, as it is at any price; one object for one book.

    Attributes:
        contracts: the instruments of `options`, whose prices are not looked at; rows of the chain in `contract_ids`.
    """

    underlying: str
    terms: ClassTerms
    contracts: tuple[OptionContract, ...]
    contract_ids: Integers
    options: tuple[OptionLeg, ...]
    columns: LegColumns
    shares: int

    def at(self, spot: float, prices: Floats) -> Held:
        """The book at the price of its underlying and of its options."""
        book = NetBook(self.options, self.shares, spot)
        return Held(book, replace(self.columns, price=prices), Spot(spot, self.terms))


class BookPricer:
    """Gives the legs of a book their prices: options as the portfolio marks them, shares at their last price."""

    def __init__(self, options: MarginOptions, market: Market) -> None:
        self._classes = options.underlying_classes
        self._market = market
        self._ordered: OrderedDict[BookKey, OrderedBook] = OrderedDict()
        self._last: tuple[list[NetLeg], list[OrderedBook]] = ([], [])

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

    def books(self, legs: Sequence[NetLeg]) -> list[tuple[OrderedBook, Held]]:
        """Legs by underlying, ordered, and at present prices.

        Raises:
            MarketDataError: when an underlying has no price.
            UnsupportedContract: for an adjusted contract.
        """
        present = list(legs)
        if present != self._last[0]:  # the same legs, mostly the same objects, from snapshot to snapshot
            self._last = present, self._books(present)
        return [(book, self._priced(book)) for book in self._last[1]]

    def _books(self, legs: Sequence[NetLeg]) -> list[OrderedBook]:
        by_underlying: dict[str, dict[str, tuple[Instrument, int]]] = {}
        for leg in legs:
            held = by_underlying.setdefault(leg.instrument.underlying, {})
            symbol = leg.instrument.symbol
            held[symbol] = (leg.instrument, leg.quantity + (held[symbol][1] if symbol in held else 0))
        return [self._book(underlying, by_underlying[underlying]) for underlying in sorted(by_underlying)]

    def _priced(self, book: OrderedBook) -> Held:
        spot = self.spot(book.underlying)
        return book.at(spot, _prices(book, self._market.snapshots.get(book.underlying), spot))

    def _book(self, underlying: str, held: dict[str, tuple[Instrument, int]]) -> OrderedBook:
        key = frozenset((symbol, quantity) for symbol, (_, quantity) in held.items())
        book = self._ordered.get(key)
        if book is None:
            book = self._ordered[key] = _ordered_book(underlying, self.terms(underlying), [*held.values()])
            if len(self._ordered) > REMEMBERED:
                self._ordered.popitem(last=False)
        return book


def value_of(held: Held) -> float:
    """Present money of all legs, USD."""
    return fsum([*(held.options.quantity * held.options.value).tolist(), held.book.share_value])


def _ordered_book(underlying: str, terms: ClassTerms, held: list[tuple[Instrument, int]]) -> OrderedBook:
    legs = [(_leg(one, quantity), one) for one, quantity in held if isinstance(one, OptionContract) and quantity]
    legs.sort(key=lambda pair: (pair[0].key, pair[1].symbol))
    options = tuple(leg for leg, _ in legs)
    contracts = tuple(contract for _, contract in legs)
    ids = np.array([contract.contract_id for contract in contracts], np.int64)
    shares = sum(quantity for one, quantity in held if not isinstance(one, OptionContract))
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
    rows = np.minimum(np.searchsorted(chain.contract_id, book.contract_ids), len(chain.contract_id) - 1)
    middles = np.rint((chain.bid[rows] + chain.ask[rows]) / 2.0 * MICROS_PER_USD) / MICROS_PER_USD
    plain = (chain.contract_id[rows] == book.contract_ids) & ((chain.flags[rows] & _MIDDLE_IS_NO_MARK) == 0)
    for place in np.flatnonzero(~plain | ~np.isfinite(middles)).tolist():
        middles[place] = _mark(book.contracts[place], chain)
    return middles


def _mark(contract: OptionContract, chain: ChainSnapshot) -> float:
    return to_usd(mark_option(contract, chain, chain.row(contract.contract_id), None).price)
