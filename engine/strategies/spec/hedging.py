"""How a specification says how the net delta of what is held is kept near a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, MinLen

from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN, ClockTime, check_has_no_zone, check_one_given
from engine.strategies.spec.expirations import Expiration
from engine.strategies.spec.selection import LegSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareHedge:
    """Hedges with shares of the underlying; an index has none.

    Attributes:
        round_to: trades are multiples of so many shares.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["shares"] = "shares"
    round_to: Annotated[int, Ge(1)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionHedge:
    """Hedges with whole option contracts.

    Options of an earlier hedge that lead away from the target are closed first, as many as are needed; where none are,
    the first leg whose side and right lead to the target is opened.

    Attributes:
        legs: e.g. a put to buy and a call to buy, each with the words that choose it; `ratio` is not looked at.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["options"]
    legs: Annotated[tuple[LegSpec, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgeBand:
    """Hedges when the net delta is further from the target than this.

    Attributes:
        delta_shares: delta of everything that is hedged together, in shares.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["band"]
    delta_shares: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgeSchedule:
    """Hedges at the first chain at or after certain times.

    Attributes:
        times: of the day, on the exchange's clock.
        every_minutes: so long after the last time, and when something was opened.
        every_sessions: in every so many sessions once, at its first chain, and when something was opened.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["schedule"]
    times: Annotated[tuple[ClockTime, ...], MinLen(1)] | None = None
    every_minutes: Annotated[int, Ge(1)] | None = None
    every_sessions: Annotated[int, Ge(1)] | None = None

    def __post_init__(self) -> None:
        check_one_given(self, ("times", "every_minutes", "every_sessions"))
        for one in self.times or ():
            check_has_no_zone(one)


Hedge: TypeAlias = ShareHedge | OptionHedge


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaHedge:
    """Brings the net delta to a target, as near as whole shares or contracts allow, when it is due.

    Deltas are those of the chain; while one is missing, nothing is hedged.

    Attributes:
        using: shares, or options.
        when: a band of net delta, or a schedule.
        target_delta_shares: what the net delta is brought to.
        scope: every `position` by itself, the hedge being part of it; or all positions of the `strategy` together: the
            hedge is a position of its own, tagged `delta_hedge`, which no exit looks at and which closes after the last
            of the others.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    using: Hedge = ShareHedge()
    when: HedgeBand | HedgeSchedule
    target_delta_shares: float = 0.0
    scope: Literal["position", "strategy"] = "position"


def check_hedge(hedge: DeltaHedge | None, expirations: Mapping[str, Expiration]) -> None:
    """Names that a hedge uses.

    Raises:
        ValueError: for an expiration that the strategy does not have, with the nearest one.
    """
    if hedge is None or not isinstance(hedge.using, OptionHedge):
        return
    for leg in hedge.using.legs:
        if leg.expiration not in expirations:
            raise ValueError(f"hedge: {unknown_name('expiration', leg.expiration, expirations)}")
