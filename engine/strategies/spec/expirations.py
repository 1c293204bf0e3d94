"""How a specification says which expirations: by days from today, to the day, or by days after another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge

from engine.shapes import FORBID_UNKNOWN, Name

Cycle: TypeAlias = Literal["all", "monthly", "weekly"]
"""`monthly`: the third Friday of a month, or the session before it where it is a holiday; `weekly`: all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpirationSpec:
    """An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.

    Attributes:
        roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
            `SPXW` at the close.
        cycle: `monthly`: only the third Friday of a month (the session before it where that is a holiday); `weekly`:
            only the others.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target_dte: Annotated[int, Ge(0)]
    min_dte: Annotated[int, Ge(0)]
    max_dte: Annotated[int, Ge(0)]
    roots: tuple[Name, ...] = ()
    cycle: Cycle = "all"

    def __post_init__(self) -> None:
        if not self.min_dte <= self.target_dte <= self.max_dte:
            raise ValueError(
                f"target_dte {self.target_dte} must lie between min_dte {self.min_dte} and max_dte {self.max_dte}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactExpiration:
    """The expiration that is exactly so many days away, counted in exchange dates; `dte: 0` expires today.

    Attributes:
        roots: as in `ExpirationSpec`.
        cycle: as in `ExpirationSpec`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    dte: Annotated[int, Ge(0)]
    roots: tuple[Name, ...] = ()
    cycle: Cycle = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterExpiration:
    """An expiration by the days that it lies behind another one; the nearest to the target, earlier on ties.

    With `after` alone: the next expiration that is listed behind it.

    Attributes:
        after: name of the other expiration.
        target_days: days behind it, in exchange dates; left out: as few as `min_days` allows.
        max_days: left out: no bound.
        roots: as in `ExpirationSpec`; empty: all, whichever root the other expiration has.
        cycle: as in `ExpirationSpec`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    after: Name
    target_days: Annotated[int, Ge(1)] | None = None
    min_days: Annotated[int, Ge(1)] = 1
    max_days: Annotated[int, Ge(1)] | None = None
    roots: tuple[Name, ...] = ()
    cycle: Cycle = "all"

    def __post_init__(self) -> None:
        if self.max_days is not None and self.max_days < self.min_days:
            raise ValueError(f"min_days {self.min_days} exceeds max_days {self.max_days}")
        above = self.max_days is not None and self.target > self.max_days
        if self.target < self.min_days or above:
            most = "any number" if self.max_days is None else self.max_days
            raise ValueError(f"target_days {self.target} must lie between min_days {self.min_days} and max_days {most}")

    @property
    def target(self) -> int:
        """Days behind the other expiration that are wanted."""
        return self.min_days if self.target_days is None else self.target_days


Expiration: TypeAlias = ExpirationSpec | ExactExpiration | LaterExpiration
