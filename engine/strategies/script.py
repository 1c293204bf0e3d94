"""What a script says: orders and their changes, exercise instructions and cash movements (`kind: scripted`).

Times are on the exchange's clock. Options are named by their OSI symbol (RULES 1.1), shares by theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from annotated_types import Ge, MinLen

from engine.model import AT_MARKET, Limit, MarketOnClose, OrderTerms, Stop, StopLimit
from engine.shapes import FORBID_UNKNOWN, ExchangeTime, Name, check_has_no_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedLeg:
    """One leg of an order.

    Attributes:
        symbol: OSI symbol with or without its blanks, e.g. `SPXW  190426C02900000`; or the symbol of a share.
        quantity: contracts or shares, bought when positive, sold when negative.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    symbol: Name
    quantity: int

    def __post_init__(self) -> None:
        if self.quantity == 0:
            raise ValueError(f"quantity of {self.symbol} is 0; leave the leg out, or say how many")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedTerms:
    """What an order waits for; nothing: at the market. Prices are net, USD per share of the package in lowest terms.

    Attributes:
        limit_usd: pays at most this debit, or (negative) receives at least this credit; with `stop_usd` a stop-limit.
        stop_usd: trades once the package is worth so much or more; a credit is negative.
        kind: `market_on_close` trades at the end of a session.
    """

    limit_usd: float | None = None
    stop_usd: float | None = None
    kind: Literal["market_on_close"] | None = None

    @property
    def terms(self) -> OrderTerms:
        """The terms of the order."""
        if self.kind is not None:
            return MarketOnClose()
        if self.stop_usd is not None:
            return Stop.usd(self.stop_usd) if self.limit_usd is None else StopLimit.usd(self.stop_usd, self.limit_usd)
        return AT_MARKET if self.limit_usd is None else Limit.usd(self.limit_usd)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedOrder(ScriptedTerms):
    """A package that is ordered at one moment.

    Attributes:
        at: exchange clock time; the order fills at the next chain.
        label: name by which a later line cancels or replaces it.
        position: label of the position that it opens or changes. Without a label it closes the oldest position that
            holds the opposite of all its legs, or opens a new one.
        good_until: the last date on which it rests; in place of `time_in_force`.
        effect: `close` trades no more of each leg than its position holds, and is declined where it holds nothing.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: ExchangeTime
    legs: Annotated[tuple[ScriptedLeg, ...], MinLen(1)]
    label: Name | None = None
    position: Name | None = None
    time_in_force: Literal["day", "gtc"] = "day"
    good_until: date | None = None
    effect: Literal["close"] | None = None

    def __post_init__(self) -> None:
        check_has_no_zone(self.at)
        _check_terms(self)
        if self.good_until is not None and self.time_in_force == "gtc":
            raise ValueError("an order rests until a date (`good_until`) or until cancelled (`gtc`); leave one out")
        if self.good_until is not None and self.good_until < self.at.date():
            raise ValueError(f"good_until {self.good_until} is before the order of {self.at:%Y-%m-%d}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedCancel:
    """Withdraws an order, or what is left of it.

    Attributes:
        at: exchange clock time.
        order: label of the order.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: ExchangeTime
    order: Name

    def __post_init__(self) -> None:
        check_has_no_zone(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedReplacement(ScriptedTerms):
    """Gives an order other terms; it keeps its legs, its label and its time in force, and passes risk anew.

    Attributes:
        at: exchange clock time.
        order: label of the order.
        quantity: packages; left out: what is left of the order.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: ExchangeTime
    order: Name
    quantity: Annotated[int, Ge(1)] | None = None

    def __post_init__(self) -> None:
        check_has_no_zone(self.at)
        _check_terms(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedExercise:
    """An instruction on long options: to exercise them, or not to exercise them when they expire in the money.

    Attributes:
        at: exchange clock time.
        position: label of the position; without one the oldest that holds the contract.
        quantity: contracts; left out: all that are held. A waiver concerns all of them.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: ExchangeTime
    symbol: Name
    instruction: Literal["exercise", "do_not_exercise"] = "exercise"
    position: Name | None = None
    quantity: Annotated[int, Ge(1)] | None = None

    def __post_init__(self) -> None:
        check_has_no_zone(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedCash:
    """A deposit, or (negative) a withdrawal.

    Attributes:
        at: exchange clock time.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: ExchangeTime
    amount_usd: float
    reason: str = "external"

    def __post_init__(self) -> None:
        check_has_no_zone(self.at)


ScriptedChange: TypeAlias = ScriptedCancel | ScriptedReplacement
ScriptLine: TypeAlias = ScriptedOrder | ScriptedChange | ScriptedExercise | ScriptedCash


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedStrategy:
    """A strategy that is a list of what to do and when, e.g. a record of real trades.

    Attributes:
        cancel: orders that are withdrawn.
        replace: orders that get other terms.
        file: CSV file with more orders and changes, relative to the configuration file (docs/replaying_trades.md).
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["scripted"]
    orders: tuple[ScriptedOrder, ...] = ()
    cancel: tuple[ScriptedCancel, ...] = ()
    replace: tuple[ScriptedReplacement, ...] = ()
    exercises: tuple[ScriptedExercise, ...] = ()
    cash: tuple[ScriptedCash, ...] = ()
    file: Name | None = None

    @property
    def lines(self) -> tuple[ScriptLine, ...]:
        """Everything that the configuration itself says."""
        return (*self.orders, *self.cancel, *self.replace, *self.exercises, *self.cash)


_RANKS: Final = {ScriptedCash: 0, ScriptedExercise: 1, ScriptedCancel: 2, ScriptedReplacement: 3, ScriptedOrder: 4}


def in_order(lines: Sequence[ScriptLine]) -> tuple[ScriptLine, ...]:
    """Lines by time; where times are equal cash first, then instructions, then changes of orders, then new orders."""
    return tuple(sorted(lines, key=lambda line: (line.at, _RANKS[type(line)])))


def label_fault(lines: Sequence[ScriptLine]) -> tuple[ScriptLine, str] | None:
    """The first line, of lines in order, whose label says nothing or two things, and why; None where all are clear."""
    known: set[str] = set()
    for line in lines:
        if isinstance(line, ScriptedOrder) and line.label is not None:
            if line.label in known:
                return line, f"two orders are labelled {line.label!r}; labels are unique"
            known.add(line.label)
        if isinstance(line, ScriptedChange) and line.order not in known:
            return line, f"no earlier order is labelled {line.order!r}; give the order a `label`"
    return None


def _check_terms(said: ScriptedTerms) -> None:
    for name, price in (("limit_usd", said.limit_usd), ("stop_usd", said.stop_usd)):
        if price is not None and not isfinite(price):
            raise ValueError(f"{name} is {price}; write a net price in USD per share, a credit negative")
    if said.kind is not None and (said.limit_usd, said.stop_usd) != (None, None):
        raise ValueError(f"an order of kind {said.kind} takes neither limit_usd nor stop_usd; leave them out")
