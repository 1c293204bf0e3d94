"""Marks: what a holding is worth on what was quoted, and how far to believe it (DESIGN section 3).

A trustworthy two-sided quote is marked at its middle. Without a bid, half the ask, at most one tick. Else the last
good mark, and before the first good mark the intrinsic value. Every mark says which of these it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import nan
from typing import Final, NamedTuple

from engine.instants import Instant
from engine.model import UNTRUSTED, ChainSnapshot, OptionContract, QuoteFlag
from engine.money import MICROS_PER_USD, Micros, to_micros
from engine.result import MarkSource

# Plain numbers: combining members of an IntFlag costs a microsecond, and every leg is marked on every chain.
_NO_PRICE: Final = int(UNTRUSTED | QuoteFlag.NO_ASK)
_NO_BID: Final = int(QuoteFlag.NO_BID)
_MISSING: Final = int(QuoteFlag.MISSING)
_NO_MIDDLE: Final = _NO_PRICE | _NO_BID
_MICROS_OF_HALF: Final = MICROS_PER_USD / 2


class Mark(NamedTuple):
    """Exact price per share of one instrument.

    Attributes:
        trusted: rests on a quote of instant `at` without crossed, stub, stale, outlier or missing flag.
    """

    price: Micros
    source: MarkSource
    trusted: bool
    at: Instant


class Marks:
    """Marks of several contracts by symbol.

    Nearly all are two-sided quotes of the last chain: of these the price alone is kept.

    Attributes:
        prices: exact price per share of every contract; the same mapping as long as the marks live.
    """

    __slots__ = ("_at", "_others", "prices")

    def __init__(self) -> None:
        self.prices: dict[str, Micros] = {}
        self._at: Instant = 0
        self._others: dict[str, Mark] = {}
        """Marks that are no two-sided quote of the last chain."""

    def __contains__(self, symbol: str) -> bool:
        return symbol in self.prices

    def __getitem__(self, symbol: str) -> Mark:
        other = self._others.get(symbol)
        return Mark(self.prices[symbol], MarkSource.TWO_SIDED_QUOTE, True, self._at) if other is None else other

    def __setitem__(self, symbol: str, mark: Mark) -> None:
        self.prices[symbol] = mark.price
        self._others[symbol] = mark

    def __delitem__(self, symbol: str) -> None:
        del self.prices[symbol]
        self._others.pop(symbol, None)

    @property
    def others(self) -> Collection[Mark]:
        """Those that may be no two-sided quotes; right after a chain all that are none, and only these."""
        return self._others.values()

    def trusted_since(self, began_at: Instant) -> Mapping[str, Micros]:
        """Prices of the marks that rest on trustworthy quotes of this instant or later, by symbol."""
        trusted = dict(self.prices) if self._at >= began_at else {}
        for symbol, mark in self._others.items():
            if mark.trusted and mark.at >= began_at:
                trusted[symbol] = mark.price
            else:
                trusted.pop(symbol, None)
        return trusted

    def take(self, contracts: Sequence[OptionContract], snapshot: ChainSnapshot) -> list[Micros]:
        """Mark every contract on a chain, each as `mark_option` does it; the prices, in the order of the contracts.

        One by one: for the contracts of a book that is cheaper than a dozen array operations.

        Args:
            contracts: all that have marks here, ascending by id.
        """
        prices: list[Micros] = []
        others: dict[str, Mark] = {}
        # Views of the columns, whose entries are plain numbers at once.
        bid, ask, flags = snapshot.bid.data, snapshot.ask.data, snapshot.flags.data
        rows = snapshot.rows([contract.contract_id for contract in contracts])
        for contract, row in zip(contracts, rows, strict=True):
            if row is None or flags[row] & _NO_MIDDLE:
                symbol = contract.symbol
                mark = others[symbol] = mark_option(contract, snapshot, row, self[symbol])
                prices.append(mark.price)
            else:
                prices.append(round((bid[row] + ask[row]) * _MICROS_OF_HALF))
        self._at, self._others = snapshot.at, others
        self.prices.update(zip([contract.symbol for contract in contracts], prices, strict=True))
        return prices


def mark_option(contract: OptionContract, snapshot: ChainSnapshot, row: int | None, previous: Mark | None) -> Mark:
    """Mark of an option on a snapshot.

    Args:
        row: row of the contract in the snapshot; None when it is not quoted there.
        previous: the mark before, for the fall-back.
    """
    if row is None:
        return _mark(contract, snapshot, _MISSING, (nan, nan), previous)
    quote = float(snapshot.bid[row]), float(snapshot.ask[row])
    return _mark(contract, snapshot, int(snapshot.flags[row]), quote, previous)


def _mark(
    contract: OptionContract, snapshot: ChainSnapshot, flags: int, quote: tuple[float, float], previous: Mark | None
) -> Mark:
    if not flags & _NO_PRICE:
        bid, ask = quote
        if not flags & _NO_BID:
            return Mark(to_micros((bid + ask) / 2), MarkSource.TWO_SIDED_QUOTE, True, snapshot.at)
        half_ask = min(ask / 2, contract.series.ticks.increment(ask / 2))
        return Mark(to_micros(half_ask), MarkSource.HALF_ASK, True, snapshot.at)
    if previous is not None and previous.source is not MarkSource.INTRINSIC:
        return Mark(previous.price, MarkSource.LAST_GOOD_QUOTE, False, snapshot.at)
    return Mark(contract.intrinsic_micros(snapshot.underlying_price), MarkSource.INTRINSIC, False, snapshot.at)
