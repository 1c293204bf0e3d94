"""Option contracts: what a symbol obliges its holder and its writer to.

A *series* is what all contracts of one root and expiration share; a contract adds a right and a strike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import ClassVar, Final, NamedTuple, TypeAlias

from engine.errors import MarketDataError
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


class PartKey(NamedTuple):
    """What a part of a book has in common; that of shares has the first of all dates.

    Attributes:
        multiplier: money of one point, and what tells contracts apart that a corporate action adjusted.
    """

    underlying: str
    expires_on: date
    settles_at: Instant
    multiplier: int


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
        part: of a book, in which its contracts stand.
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
    part: PartKey = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        part = PartKey(self.underlying, self.expires_on, self.settles_at, self.strike_multiplier)
        object.__setattr__(self, "part", part)

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
        underlying: symbol of the market that quotes it.
        multiplier: premium per share times this is money.
        strike_micros: the exact strike.
    """

    symbol: str
    contract_id: int = field(compare=False)
    series: OptionSeries
    right: Right
    strike: float
    underlying: str = field(init=False, compare=False, repr=False)
    multiplier: int = field(init=False, compare=False, repr=False)
    strike_micros: Micros = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "underlying", self.series.underlying)
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
    def underlying(self) -> str:
        """The shares are their own market."""
        return self.symbol

    @property
    def multiplier(self) -> int:
        """One share is one share."""
        return 1


Instrument: TypeAlias = OptionContract | Stock


def osi_symbol(root: str, symbol_date: date, right: int, strike: float) -> str:
    """Padded 21-character OSI symbol, e.g. `SPXW  190426C00800000` (RULES 1.1).

    Raises:
        MarketDataError: when root or strike do not fit the format.
    """
    thousandths = round(strike * 1000)
    if not 1 <= len(root) <= 6 or not 0 < thousandths < 100_000_000:
        raise MarketDataError(f"root {root!r} with strike {strike} does not fit an OSI symbol (6 letters, 8 digits)")
    return f"{root:<6}{symbol_date:%y%m%d}{'C' if right > 0 else 'P'}{thousandths:08d}"
