"""The chain snapshot: all quotes of one underlying at one instant, as columns."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntFlag
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import MarketDataError
from engine.instants import Instant
from engine.model.contract_table import ContractTable

Column = NDArray[np.float64]

QUOTE_COLUMNS: Final = (
    "bid",
    "ask",
    "bid_size",
    "ask_size",
    "last",
    "volume",
    "open_interest",
    "implied_volatility",
    "delta",
    "gamma",
    "theta",
    "vega",
)
"""The float64 columns of a snapshot; NaN where the vendor has no value."""


class QuoteFlag(IntFlag):
    """What is wrong with a quote; a flag blocks the side it concerns (DESIGN section 3).

    Attributes:
        ARBITRAGE: it costs less than it must bring together with others; which of them is wrong is not known.
        EXPIRED: it is quoted after the last trade of its series.
        OFF_HOURS: its chain is stamped outside of the session's hours.
        UNLISTED_DATE: its symbol has a date on which nothing expires.
    """

    CROSSED = 1
    NO_BID = 2
    NO_ASK = 4
    STUB = 8
    STALE = 16
    OUTLIER = 32
    MISSING = 64
    ARBITRAGE = 128
    EXPIRED = 256
    OFF_HOURS = 512
    UNLISTED_DATE = 1024


UNFLAGGED: Final = QuoteFlag(0)
UNTRUSTED: Final = (
    QuoteFlag.CROSSED
    | QuoteFlag.STUB
    | QuoteFlag.STALE
    | QuoteFlag.OUTLIER
    | QuoteFlag.MISSING
    | QuoteFlag.EXPIRED
    | QuoteFlag.OFF_HOURS
)
"""Flags that block both sides and never trigger a stop."""
BLOCKS_SELL: Final = UNTRUSTED | QuoteFlag.NO_BID
BLOCKS_BUY: Final = UNTRUSTED | QuoteFlag.NO_ASK


def quotes_digest(
    identity: tuple[Instant, str, float],
    series: Sequence[tuple[str, date]],
    series_index: NDArray[np.integer],
    columns: Iterable[NDArray[np.generic]],
) -> bytes:
    """The digest of a snapshot, from what it is computed of.

    Args:
        identity: instant, underlying and its price.
        series: root and symbol date of each series, of which some may have no quote.
        series_index: position of each quote's series, ascending.
        columns: int8 rights, float64 strikes, uint16 flags, then `QUOTE_COLUMNS`, one entry per quote.
    """
    digest = hashlib.blake2b(digest_size=16)
    at, underlying, price = identity
    digest.update(f"{at}|{underlying}|{price!r}".encode())
    for (root, symbol_date), quotes in zip(series, np.bincount(series_index, minlength=len(series)), strict=True):
        if quotes:
            digest.update(f"|{root}|{symbol_date}|{quotes}".encode())
    for column in columns:
        digest.update(np.ascontiguousarray(column).data)
    return digest.digest()


class Entries:
    """Columns of a snapshot as views whose entries are plain numbers, for those who look at single rows.

    An entry of an array is a number of numpy's own, and asking it for a plain one costs three times a view's entry.
    """

    __slots__ = ("ask", "bid", "delta", "flags", "gamma", "implied_volatility", "theta", "vega")

    def __init__(self, snapshot: ChainSnapshot) -> None:
        self.bid: Sequence[float] = snapshot.bid.data
        self.ask: Sequence[float] = snapshot.ask.data
        self.implied_volatility: Sequence[float] = snapshot.implied_volatility.data
        self.delta: Sequence[float] = snapshot.delta.data
        self.gamma: Sequence[float] = snapshot.gamma.data
        self.theta: Sequence[float] = snapshot.theta.data
        self.vega: Sequence[float] = snapshot.vega.data
        self.flags: Sequence[int] = snapshot.flags.data


@dataclass(frozen=True, slots=True, eq=False)
class ChainSnapshot:
    """Quotes of one underlying at one instant.

    Prices and Greeks are per share: vega per 1.00 of volatility, theta per year. Every column has one entry per
    contract; NaN means that the vendor gave none.

    Attributes:
        contract_id: int32, strictly ascending rows of `contracts`.
        flags: uint16 of `QuoteFlag`.
        quoted_at: int64, instant of each quote; `at` where the data does not say otherwise.
        digest: content hash; two snapshots with the same digest hold the same quotes.
    """

    at: Instant
    underlying: str
    underlying_price: float
    contracts: ContractTable
    contract_id: NDArray[np.int32]
    bid: Column
    ask: Column
    bid_size: Column
    ask_size: Column
    last: Column
    volume: Column
    open_interest: Column
    implied_volatility: Column
    delta: Column
    gamma: Column
    theta: Column
    vega: Column
    flags: NDArray[np.uint16]
    quoted_at: NDArray[np.int64]
    digest: bytes
    ids: array[int] = field(init=False, repr=False)
    """`contract_id` once more, for Python's own bisection: rows are looked for many times a chain."""
    entries: Entries = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", array("i", self.contract_id.tobytes()))
        object.__setattr__(self, "entries", Entries(self))

    @classmethod
    def build(
        cls,
        at: Instant,
        underlying: str,
        underlying_price: float,
        contracts: ContractTable,
        columns: dict[str, NDArray[np.generic]],
    ) -> ChainSnapshot:
        """Make a snapshot from columns, check it, and compute its digest.

        Args:
            columns: `contract_id`, `bid`, `ask` and any other of `QUOTE_COLUMNS`, `flags` and `quoted_at`, all of
                one length; those left out are NaN, flags 0, quotes of the chain's instant.

        Raises:
            MarketDataError: for an unknown column, unequal lengths, or ids that do not strictly ascend.
        """
        unknown = set(columns) - {"contract_id", "flags", "quoted_at", *QUOTE_COLUMNS}
        if unknown or not {"contract_id", "bid", "ask"} <= set(columns):
            raise MarketDataError(f"snapshot of {underlying}: unknown or missing columns {sorted(unknown)}")
        ids = np.ascontiguousarray(columns["contract_id"], np.int32)
        if len(ids) and (np.diff(ids) <= 0).any():
            raise MarketDataError(f"snapshot of {underlying}: contract ids do not strictly ascend")
        count = len(ids)
        absent = np.full(count, np.nan)
        quotes = {name: np.ascontiguousarray(columns.get(name, absent), np.float64) for name in QUOTE_COLUMNS}
        flags = np.ascontiguousarray(columns.get("flags", np.zeros(count, np.uint16)), np.uint16)
        quoted_at = np.ascontiguousarray(columns.get("quoted_at", np.full(count, at, np.int64)), np.int64)
        lengths = {name: len(column) for name, column in quotes.items()}
        lengths |= {"flags": len(flags), "quoted_at": len(quoted_at)}
        wrong = [name for name, length in lengths.items() if length != count]
        if wrong:
            raise MarketDataError(f"snapshot of {underlying}: columns {wrong} are not of length {count}")
        made = cls(
            at, underlying, underlying_price, contracts, ids, **quotes, flags=flags, quoted_at=quoted_at, digest=b""
        )
        object.__setattr__(made, "digest", made.content_digest())  # a copy would make ids and entries anew
        return made

    def content_digest(self) -> bytes:
        """16-byte hash of instant, underlying, contract facts and every column, ages only where a quote has one.

        Contract ids are left out: they name rows of one run's table, and the same quotes must hash the same when
        the table holds other contracts beside them.
        """
        table = self.contracts
        quotes = [getattr(self, name) for name in QUOTE_COLUMNS]
        ages = [self.quoted_at] if (self.quoted_at != self.at).any() else []
        return quotes_digest(
            (self.at, self.underlying, self.underlying_price),
            [(one.root, one.symbol_date) for one in table.series],
            table.series_index[self.contract_id],
            [table.right[self.contract_id], self.strike, self.flags, *quotes, *ages],
        )

    def __len__(self) -> int:
        return len(self.contract_id)

    @property
    def strike(self) -> Column:
        """float64 strikes, one per contract of the snapshot."""
        return self.contracts.strike[self.contract_id]

    def row(self, contract_id: int) -> int | None:
        """Row of a contract in this snapshot, or None when it has no quote here."""
        # Python's own bisection: numpy would first turn the whole column into the type of a plain number.
        ids = self.ids
        row = bisect_left(ids, contract_id)
        return row if row < len(ids) and ids[row] == contract_id else None

    def rows(self, contract_ids: Iterable[int]) -> list[int | None]:
        """Row of each of several contracts, as `row` finds it.

        Neighbours in the contract table are mostly quoted side by side: a row is looked for where it would stand then.
        """
        found: list[int | None] = []
        ids, count, last, ahead = self.ids, len(self.ids), 0, 0
        for contract_id in contract_ids:
            row = contract_id + ahead
            if not (0 <= row < count and ids[row] == contract_id):
                # Ids ascend: a higher one than the last stands behind that, and no further on than it is higher.
                low, high = (last, row if row < count else count) if row > last else (0, count)
                row = bisect_left(ids, contract_id, low, high)
                if row == count or ids[row] != contract_id:
                    found.append(None)
                    continue
                last, ahead = row, row - contract_id
            found.append(row)
        return found

    def flag(self, row: int) -> QuoteFlag:
        """What is wrong with the quote of a row; most have nothing, which needs no making of flags."""
        flags = self.entries.flags[row]
        return QuoteFlag(flags) if flags else UNFLAGGED

    def rows_of_series(self, series_position: int, right: int) -> slice:
        """Rows of the calls (+1) or puts (-1) of one series, strikes ascending."""
        starts, side = self.contracts.side_start, 2 * series_position + (right > 0)
        first_id, end_id = starts.item(side), starts.item(side + 1)
        ids, count = self.ids, len(self.ids)
        low = bisect_left(ids, first_id)
        # Ids ascend: so many of them stand in at most so many rows.
        high = low + end_id - first_id
        return slice(low, bisect_left(ids, end_id, low, high if high < count else count))

    def quotes_between(self, first_id: int, end_id: int) -> bool:
        """Whether any contract is quoted from one id on, up to another one that is not included."""
        ids = self.ids
        row = bisect_left(ids, first_id)
        return row < len(ids) and bool(ids[row] < end_id)
