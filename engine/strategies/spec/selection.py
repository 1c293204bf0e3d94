"""How a specification says which expirations and which strikes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Interval

from engine.shapes import FORBID_UNKNOWN, Name
from engine.structures import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpirationSpec:
    """An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.

    Attributes:
        roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
            `SPXW` at the close.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target_dte: Annotated[int, Ge(0)]
    min_dte: Annotated[int, Ge(0)]
    max_dte: Annotated[int, Ge(0)]
    roots: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        if not self.min_dte <= self.target_dte <= self.max_dte:
            raise ValueError(
                f"target_dte {self.target_dte} must lie between min_dte {self.min_dte} and max_dte {self.max_dte}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaTarget:
    """A strike by the absolute value of its delta: nearest to the target within [minimum, maximum]."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    target: Annotated[float, Interval(gt=0, lt=1)]
    minimum: Annotated[float, Interval(ge=0, le=1)] = 0.0
    maximum: Annotated[float, Interval(ge=0, le=1)] = 1.0

    def __post_init__(self) -> None:
        if not self.minimum <= self.target <= self.maximum:
            raise ValueError(f"target {self.target} must lie between minimum {self.minimum} and maximum {self.maximum}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegSpec:
    """One leg: side, right, expiration by name, strike by delta."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    side: Side
    right: Literal["call", "put"]
    expiration: Name
    delta: DeltaTarget
    ratio: Annotated[int, Ge(1)] = 1
