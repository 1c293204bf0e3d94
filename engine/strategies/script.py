"""What a script says: orders, exercise instructions and cash movements at stated times (`kind: scripted`).

Times are on the exchange's clock. Options are named by their OSI symbol (RULES 1.1), shares by theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, MinLen

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
class ScriptedOrder:
    """A package that is ordered at one moment.

    Attributes:
        at: exchange clock time; the order fills at the next chain.
        position: label of the position that it opens or changes. Without a label it closes the oldest position that
            holds the opposite of all its legs, or opens a new one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: ExchangeTime
    legs: Annotated[tuple[ScriptedLeg, ...], MinLen(1)]
    position: Name | None = None
    time_in_force: Literal["day", "gtc"] = "day"

    def __post_init__(self) -> None:
        check_has_no_zone(self.at)


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


ScriptLine: TypeAlias = ScriptedOrder | ScriptedExercise | ScriptedCash


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedStrategy:
    """A strategy that is a list of what to do and when, e.g. a record of real trades.

    Attributes:
        file: CSV file with more orders, relative to the configuration file (docs/replaying_trades.md).
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["scripted"]
    orders: tuple[ScriptedOrder, ...] = ()
    exercises: tuple[ScriptedExercise, ...] = ()
    cash: tuple[ScriptedCash, ...] = ()
    file: Name | None = None

    @property
    def lines(self) -> tuple[ScriptLine, ...]:
        """Everything that the configuration itself says."""
        return (*self.orders, *self.exercises, *self.cash)


def in_order(lines: Sequence[ScriptLine]) -> tuple[ScriptLine, ...]:
    """Lines by time; cash first where times are equal, then instructions, then orders."""
    ranks = {ScriptedCash: 0, ScriptedExercise: 1, ScriptedOrder: 2}
    return tuple(sorted(lines, key=lambda line: (line.at, ranks[type(line)])))
