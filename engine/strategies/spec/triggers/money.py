"""Triggers that judge what a position has won or lost.

They need marks that can be trusted: every leg that is judged was quoted at this instant without a crossed, stub, stale
or outlier flag. Otherwise they do not hold, whatever the marks say (T17).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from annotated_types import Gt, Interval

from engine.shapes import FORBID_UNKNOWN, Name, check_one_given

Percent: TypeAlias = Annotated[float, Gt(0)]
Usd: TypeAlias = Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfitTarget:
    """Holds when the profit since entry has reached what is given.

    Attributes:
        percent_of_premium: in percent of the premium received or paid at entry, e.g. 50 at half the credit.
        percent_of_maximum_profit: in percent of the most that the position can earn at expiration.
        usd: of all packages together.
        net_price_usd: closing costs this net price per share of one package at the marks, or less; a debit is
            positive, a credit negative: -3 where a debit spread is worth 3.00.
        legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["profit_target"]
    percent_of_premium: Percent | None = None
    percent_of_maximum_profit: Percent | None = None
    usd: Usd | None = None
    net_price_usd: float | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        check_one_given(self, ("percent_of_premium", "percent_of_maximum_profit", "usd", "net_price_usd"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLoss:
    """Holds when the loss since entry has reached what is given.

    Attributes:
        percent_of_premium: in percent of the premium received or paid at entry, e.g. 200 at a loss of twice the credit.
        percent_of_maximum_loss: in percent of the most that the position can lose at expiration.
        usd: of all packages together.
        net_price_usd: closing costs this net price per share of one package at the marks, or more; a debit is
            positive, a credit negative: -1 where a debit spread is worth no more than 1.00.
        legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["stop_loss"]
    percent_of_premium: Percent | None = None
    percent_of_maximum_loss: Percent | None = None
    usd: Usd | None = None
    net_price_usd: float | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        check_one_given(self, ("percent_of_premium", "percent_of_maximum_loss", "usd", "net_price_usd"))


_ARMED_BY: Final = ("arm_percent_of_premium", "arm_percent_of_maximum_profit", "arm_usd")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailingStop:
    """Armed once the profit has reached one mark, holds when it has since fallen by another from its highest.

    The highest profit is that of the chains on which every leg could be trusted.

    Attributes:
        arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
        arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
        arm_usd: armed at this profit of all packages together.
        give_back_percent_of_premium: holds when so many percent of the entry premium are lost from the highest profit.
        give_back_percent_of_peak: holds when so many percent of the highest profit are lost.
        give_back_usd: holds when this much is lost from the highest profit.
        legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["trailing_stop"]
    arm_percent_of_premium: Percent | None = None
    arm_percent_of_maximum_profit: Percent | None = None
    arm_usd: Usd | None = None
    give_back_percent_of_premium: Percent | None = None
    give_back_percent_of_peak: Annotated[float, Interval(gt=0, le=100)] | None = None
    give_back_usd: Usd | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        check_one_given(self, _ARMED_BY)
        check_one_given(self, ("give_back_percent_of_premium", "give_back_percent_of_peak", "give_back_usd"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenStop:
    """Armed once the profit has reached a mark, holds when nothing is left of it (fees apart).

    Attributes:
        arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
        arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
        arm_usd: armed at this profit of all packages together.
        legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["break_even_stop"]
    arm_percent_of_premium: Percent | None = None
    arm_percent_of_maximum_profit: Percent | None = None
    arm_usd: Usd | None = None
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        check_one_given(self, _ARMED_BY)
