"""Strategies that go round and round through assignment: the wheel, and the covered-call cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Interval

from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.spec.budget import StrategyBudget
from engine.strategies.spec.expirations import ExpirationSpec
from engine.strategies.spec.sizing import FixedContracts, SizingConfig
from engine.strategies.spec.strikes import DeltaTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOption:
    """The put or the call that a cycle sells.

    Attributes:
        profit_target_percent: bought back when so many percent of its premium are earned, on a quote that can be
            trusted; left out: never.
        dte: bought back when it has so many days to expiration, or fewer; left out: held to its expiration.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    expiration: ExpirationSpec
    delta: DeltaTarget
    profit_target_percent: Annotated[float, Interval(gt=0, lt=100)] | None = None
    dte: Annotated[int, Ge(0)] | None = None

    def __post_init__(self) -> None:
        if self.dte is not None and self.dte >= self.expiration.min_dte:
            raise ValueError(
                f"an option of {self.expiration.min_dte} days (min_dte) would be bought back at once; "
                f"let dte {self.dte} be less"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelStrategy:
    """Cash-secured puts until assigned, covered calls on the shares until called, and again.

    One round is one position and one trade, from the first put (or the shares) to the day on which nothing is held.
    What was bought back or has expired worthless is sold anew. Needs `exercise.delivered_shares: keep`.

    Attributes:
        begin: `put`: with a put, the wheel; `shares`: with shares and a call in one package, the covered-call cycle.
        put: what is sold for cash; not needed where it begins with shares.
        call: what is sold on shares, in round lots.
        never_below: no call is sold below this: `break_even`: what the shares have cost, less all premium of the round,
            plus fees; `purchase`: the strike at which they were assigned or the price at which they were bought;
            `nothing`: any strike. A strike above it is taken where the delta allows, else no call is sold.
        sizing: of the puts, or of the packages of a hundred shares and a call.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["wheel"]
    underlying: Name
    begin: Literal["put", "shares"] = "put"
    put: CycleOption | None = None
    call: CycleOption
    never_below: Literal["break_even", "purchase", "nothing"] = "break_even"
    sizing: SizingConfig = FixedContracts()
    budget: StrategyBudget = StrategyBudget()

    def __post_init__(self) -> None:
        if self.begin == "put" and self.put is None:
            raise ValueError("a wheel that begins with a put needs `put`; or let it `begin: shares`")
