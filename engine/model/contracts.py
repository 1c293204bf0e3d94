"""Option contracts: what a symbol obliges its holder and its writer to.

A *series* is what all contracts of one root and expiration share; a contract adds a right and a strike. The
contract table stores series once and contracts as columns, so that a chain is a range of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from itertools import pairwise
from typing import ClassVar, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import MarketDataError, UnknownContract
from engine.instants import Instant
from engine.money import Micros, to_micros


class Right(IntEnum):
    """Sign of an option's exposure to the underlying."""

    CALL = 1
    PUT = -1


class ExerciseStyle(StrEnum):
    """When the holder may exercise."""

    EUROPEAN = "european"
    AMERICAN = "american"


class SettlementMethod(StrEnum):
    """What changes hands at exercise."""

    CASH = "cash"
    PHYSICAL = "physical"


_PHYSICAL: Final = SettlementMethod.PHYSICAL


class SettlementSession(StrEnum):
    """Which price of the settlement day decides: the opening (AM) or the close (PM)."""

    AM = "am"
    PM = "pm"


class UnderlyingKind(StrEnum):
    """What an underlying is; an index cannot be bought."""

    INDEX = "index"
    EQUITY = "equity"
    ETF = "etf"


@dataclass(frozen=True, slots=True)
class Underlying:
    """The thing options are written on."""

    symbol: str
    kind: UnderlyingKind


@dataclass(frozen=True, slots=True)
class TickRule:
    """Minimum price increments in USD (RULES 4.1 to 4.3; 3.00 itself belongs to the upper band).

    Attributes:
        below_3_usd: increment of a single contract's price below 3.00.
        from_3_usd: increment at 3.00 and above.
        package_usd: increment of the net price of a package of several legs.
    """

    below_3_usd: float = 0.01
    from_3_usd: float = 0.01
    package_usd: float = 0.01

    def increment(self, price_usd: float) -> float:
        """Increment, in USD, that applies to a single contract at this price."""
        return self.below_3_usd if abs(price_usd) < 3.0 else self.from_3_usd


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What one contract delivers; adjusted contracts differ from the standard hundred shares (RULES 6.4)."""

    shares: int = 100
    cash: Micros = 0


@dataclass(frozen=True, slots=True)
class OptionSeries:
    """All contracts of one root and expiration.

    Attributes:
        underlying: symbol of the underlying; the root is not it (`SPXW` is written on `SPX`).
        root: root of the contract symbol; `SPX` and `SPXW` of one date are two series (RULES 1.5).
        expires_on: exchange date of expiration that days to expiration are counted to.
        symbol_date: date inside the contract symbol; differs from `expires_on` for Saturday symbols (RULES 1.3).
        last_trades_at: last instant at which the series can trade.
        settles_at: instant whose price settles it: the open (AM) or the close (PM) of the settlement day.
        strike_multiplier: premium and strike times this is money (RULES 6.4).
    """

    underlying: str
    root: str
    expires_on: date
    symbol_date: date
    last_trades_at: Instant
    settles_at: Instant
    style: ExerciseStyle
    settlement: SettlementMethod
    session: SettlementSession
    strike_multiplier: int = 100
    deliverable: Deliverable = Deliverable()
    ticks: TickRule = TickRule()

    @property
    def is_adjusted(self) -> bool:
        """Whether a corporate action changed what it delivers: its root ends with a number, as `AMD1` (RULES 6.2)."""
        return self.settlement is SettlementMethod.PHYSICAL and self.root[-1].isdigit()

    @property
    def order_key(self) -> tuple[str, date, str]:
        """Order of series in a contract table."""
        return (self.underlying, self.expires_on, self.root)

    def __hash__(self) -> int:
        """Of what tells series apart; all fifteen fields at every look-up would be a third of a run."""
        return hash((self.root, self.symbol_date))


@dataclass(frozen=True, slots=True)
class OptionContract:
    """One option contract; its identity is root, expiration, right, strike and deliverable.

    Attributes:
        symbol: padded OSI symbol (RULES 1.1), the key of positions and of every log line.
        contract_id: row of the run's contract table; valid inside one run only.
        multiplier: premium per share times this is money.
        strike_micros: the exact strike.
    """

    symbol: str
    contract_id: int = field(compare=False)
    series: OptionSeries
    right: Right
    strike: float
    multiplier: int = field(init=False, compare=False, repr=False)
    strike_micros: Micros = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "multiplier", self.series.strike_multiplier)
        object.__setattr__(self, "strike_micros", to_micros(self.strike))

    def __hash__(self) -> int:
        """Of the symbol, which Python keeps beside the text."""
        return hash(self.symbol)

    def intrinsic(self, price: float) -> float:
        """Value per share at expiration, when the underlying settles at `price`."""
        return max(self.right * (price - self.strike), 0.0)

    def intrinsic_micros(self, price: float) -> Micros:
        """Exact value per share at expiration; of an adjusted contract, per unit of its strike multiplier."""
        return max(self.exercise_micros(price) // self.multiplier, 0)

    def exercise_micros(self, price: float) -> Micros:
        """Exact money that exercising one contract is worth with the underlying at `price`; negative out of the money.

        What is delivered against the strike times its multiplier: an adjusted contract delivers other shares, or
        cash beside them, for the same money (RULES 6.4).
        """
        series, settled = self.series, to_micros(price)
        if series.settlement is _PHYSICAL:
            delivered = series.deliverable.shares * settled + series.deliverable.cash
        else:
            delivered = self.multiplier * settled
        return self.right * (delivered - self.multiplier * self.strike_micros)


@dataclass(frozen=True, slots=True)
class Stock:
    """Shares of an equity or a fund."""

    symbol: str
    contract_id: ClassVar[int] = -1
    """No chain quotes it."""

    @property
    def multiplier(self) -> int:
        """One share is one share."""
        return 1


Instrument: TypeAlias = OptionContract | Stock


_RIGHT_LETTERS: Final = {"C": Right.CALL, "P": Right.PUT}


def osi_symbol(root: str, symbol_date: date, right: int, strike: float) -> str:
    """Padded 21-character OSI symbol, e.g. `SPXW  190426C00800000` (RULES 1.1).

    Raises:
        MarketDataError: when root or strike do not fit the format.
    """
    thousandths = round(strike * 1000)
    if not 1 <= len(root) <= 6 or not 0 < thousandths < 100_000_000:
        raise MarketDataError(f"root {root!r} with strike {strike} does not fit an OSI symbol (6 letters, 8 digits)")
    return f"{root:<6}{symbol_date:%y%m%d}{'C' if right > 0 else 'P'}{thousandths:08d}"


@dataclass(frozen=True, slots=True, eq=False)
class ContractTable:
    """Every contract of a run, one row each, in the order (series, right, strike).

    Rows of a series are contiguous, puts before calls, strikes ascending, so that a chain snapshot, whose rows are
    in the same order, is cut by binary search instead of by comparison.

    Attributes:
        series: the series, ascending by `OptionSeries.order_key`.
        series_start: int64 of shape (len(series) + 1,): rows of series i are `series_start[i]:series_start[i + 1]`.
        side_start: int32 of shape (2 len(series) + 1,): puts of series i are rows
            `side_start[2 i]:side_start[2 i + 1]`, its calls `side_start[2 i + 1]:side_start[2 i + 2]`.
        series_index: int32 per row, index into `series`.
        right: int8 per row, +1 call, -1 put.
        strike: float64 per row.
    """

    series: tuple[OptionSeries, ...]
    series_start: NDArray[np.int64]
    side_start: NDArray[np.int32]
    series_index: NDArray[np.int32]
    right: NDArray[np.int8]
    strike: NDArray[np.float64]
    _contracts: dict[int, OptionContract] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def build(
        cls,
        series: Sequence[OptionSeries],
        series_index: NDArray[np.integer],
        right: NDArray[np.integer],
        strike: NDArray[np.floating],
    ) -> ContractTable:
        """Check order and uniqueness, and freeze the columns.

        Raises:
            MarketDataError: when series or rows are out of order, or a contract stands twice.
        """
        keys = [one.order_key for one in series]
        if any(later <= earlier for earlier, later in pairwise(keys)):
            raise MarketDataError("series are not strictly ascending by (underlying, expires_on, root)")
        index = np.ascontiguousarray(series_index, np.int32)
        rights = np.ascontiguousarray(right, np.int8)
        strikes = np.ascontiguousarray(strike, np.float64)
        order = np.lexsort((strikes, rights, index))
        if not np.array_equal(order, np.arange(len(index))):
            raise MarketDataError("contracts are not in the order (series, right, strike)")
        same = (np.diff(index) == 0) & (np.diff(rights) == 0) & (np.diff(strikes) == 0)
        if same.any():
            row = int(np.flatnonzero(same)[0])
            one = series[int(index[row])]
            raise MarketDataError(f"contract {osi_symbol(one.root, one.symbol_date, rights[row], strikes[row])} twice")
        start = np.searchsorted(index, np.arange(len(series) + 1)).astype(np.int64)
        sides = np.searchsorted(2 * index + (rights > 0), np.arange(2 * len(series) + 1)).astype(np.int32)
        for column in (index, rights, strikes, start, sides):
            column.flags.writeable = False
        return cls(tuple(series), start, sides, index, rights, strikes)

    def __len__(self) -> int:
        return len(self.strike)

    def contract(self, contract_id: int) -> OptionContract:
        """The contract of a row (made once).

        Raises:
            UnknownContract: when there is no such row.
        """
        known = self._contracts.get(contract_id)
        if known is not None:
            return known
        if not 0 <= contract_id < len(self):
            raise UnknownContract(f"no contract {contract_id} in a table of {len(self)}")
        series = self.series[int(self.series_index[contract_id])]
        right, strike = Right(int(self.right[contract_id])), float(self.strike[contract_id])
        symbol = osi_symbol(series.root, series.symbol_date, right, strike)
        made = OptionContract(symbol, contract_id, series, right, strike)
        self._contracts[contract_id] = made
        return made

    def find(self, root: str, expires_on: date, right: int, strike: float) -> OptionContract:
        """The contract of a root, expiration, right and strike.

        Raises:
            UnknownContract: when the table does not hold it.
        """
        for position, series in enumerate(self.series):
            if series.root == root and series.expires_on == expires_on:
                first, last = self.side(position, right)
                row = first + int(np.searchsorted(self.strike[first:last], strike))
                if row < last and self.strike[row] == strike:
                    return self.contract(row)
        raise UnknownContract(f"no {root} {expires_on} {Right(right).name.lower()} {strike:g} in the contract table")

    def named(self, symbol: str) -> OptionContract | None:
        """The contract of an OSI symbol, blanks in it or not; None when the table does not hold it."""
        head, right, thousandths = symbol[:-9].replace(" ", ""), symbol[-9:-8], symbol[-8:]
        if right not in _RIGHT_LETTERS or not thousandths.isdecimal():
            return None
        for series in self.series:
            if f"{series.root}{series.symbol_date:%y%m%d}" == head:
                try:
                    return self.find(series.root, series.expires_on, _RIGHT_LETTERS[right], int(thousandths) / 1000)
                except UnknownContract:
                    return None
        return None

    def side(self, series_position: int, right: int) -> tuple[int, int]:
        """Row range (first, one past the last) of the calls or puts of a series."""
        side = 2 * series_position + (right > 0)
        return int(self.side_start[side]), int(self.side_start[side + 1])
