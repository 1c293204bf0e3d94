"""How a specification says which legs: what is bought and sold, where, how liquid it must be, and if it may be twice.

Legs and expirations name each other in any order; they are chosen in the order in which they need each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from annotated_types import Ge, Gt

from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.spec.expirations import Expiration, LaterExpiration
from engine.strategies.spec.strikes import (
    DeltaTarget,
    ExpectedMoveTarget,
    PercentOtm,
    PremiumTarget,
    StrikeOf,
    StrikeOffset,
    StrikeTarget,
    Width,
)
from engine.structures import Side

STRIKE_WORDS: Final = ("delta", "percent_otm", "offset", "premium", "expected_move", "width", "strike_of")
"""The keys of a leg that say which strike; a leg has exactly one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquidityFilter:
    """What a contract must have at the instant of the choice; a value that the data lack is not enough.

    Attributes:
        minimum_open_interest: contracts outstanding.
        minimum_volume: contracts traded so far today.
        minimum_bid_usd: bid per share.
        maximum_spread_usd: ask less bid, per share.
        maximum_spread_percent: ask less bid in percent of the middle between them.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    minimum_open_interest: Annotated[int, Ge(1)] | None = None
    minimum_volume: Annotated[int, Ge(1)] | None = None
    minimum_bid_usd: Annotated[float, Gt(0)] | None = None
    maximum_spread_usd: Annotated[float, Gt(0)] | None = None
    maximum_spread_percent: Annotated[float, Gt(0)] | None = None


ANY_LIQUIDITY: Final = LiquidityFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class SameStrikeRule:
    """What to do about a contract that open positions hold already, or that an order which rests would open.

    Attributes:
        policy: `allow`; `skip`: no entry; `move`: the strike that comes next within the leg's bounds, which is the
            next nearest or, where listed strikes are counted, the next further out of the money.
        within: whose positions count: those of this `strategy`, or all of the `account`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    policy: Literal["allow", "skip", "move"] = "allow"
    within: Literal["strategy", "account"] = "strategy"


ALLOW_SAME_STRIKE: Final = SameStrikeRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegSpec:
    """One option leg: side, right, expiration by name, and exactly one word that says which strike.

    Attributes:
        beyond: name of a leg whose strike lies nearer to the money: only strikes further out than it are considered.
            For words that look at no other leg.
        liquidity: in place of the strategy's own filter; left out: that one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    instrument: Literal["option"] = "option"
    side: Side
    right: Literal["call", "put"]
    expiration: Name
    delta: DeltaTarget | None = None
    percent_otm: PercentOtm | None = None
    offset: StrikeOffset | None = None
    premium: PremiumTarget | None = None
    expected_move: ExpectedMoveTarget | None = None
    width: Width | None = None
    strike_of: StrikeOf | None = None
    beyond: Name | None = None
    liquidity: LiquidityFilter | None = None
    ratio: Annotated[int, Ge(1)] = 1

    def __post_init__(self) -> None:
        said = [word for word in STRIKE_WORDS if getattr(self, word) is not None]
        if len(said) != 1:
            fault = f"says {' and '.join(said)}" if said else "does not say which strike"
            raise ValueError(f"leg {self.name!r} {fault}; a leg has exactly one of {', '.join(STRIKE_WORDS)}")
        counted = self.offset is not None and self.offset.strikes is not None
        if self.beyond is not None and (counted or said[0] in ("width", "strike_of")):
            raise ValueError(
                f"leg {self.name!r}: `beyond` narrows a choice among strikes, and {said[0]} leaves none; "
                "leave one of them out"
            )

    @property
    def strike(self) -> StrikeTarget | Width | StrikeOf:
        """The word that says which strike."""
        words: tuple[StrikeTarget | Width | StrikeOf | None, ...] = (
            self.delta,
            self.percent_otm,
            self.offset,
            self.premium,
            self.expected_move,
            self.width,
            self.strike_of,
        )
        return next(word for word in words if word is not None)

    @property
    def relative_to(self) -> str | None:
        """Name of the leg that must be chosen before."""
        return self.strike.leg if isinstance(self.strike, Width | StrikeOf) else self.beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesSpec:
    """One leg of shares of the underlying, traded in one package with the options.

    Attributes:
        ratio: as many shares as so many of the contracts deliver: 1 is a hundred shares of a standard contract. In a
            strategy without options: shares.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    instrument: Literal["shares"]
    side: Side
    ratio: Annotated[int, Ge(1)] = 1


AnyLeg: TypeAlias = LegSpec | SharesSpec


def check_selection(legs: Sequence[AnyLeg], expirations: Mapping[str, Expiration]) -> None:
    """Names that legs and expirations have and use.

    Raises:
        ValueError: for a name that stands twice or is unknown, and for names that need each other in a circle.
    """
    names = [leg.name for leg in legs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two legs are named {twice[0]!r}; leg names are unique")
    for leg in legs:
        if isinstance(leg, LegSpec) and leg.expiration not in expirations:
            raise ValueError(f"leg {leg.name!r}: {unknown_name('expiration', leg.expiration, expirations)}")
    selection_order(legs)
    expirations_needed(legs, expirations)


def selection_order(legs: Sequence[AnyLeg], standing: Collection[str] = ()) -> tuple[LegSpec, ...]:
    """The option legs, each behind the one that it is relative to, otherwise as they stand.

    Args:
        standing: names of legs that are held: others may be relative to them, and they are not chosen.

    Raises:
        ValueError: for an unknown leg, and for legs that are relative to each other in a circle.
    """
    options = {leg.name: leg for leg in legs if isinstance(leg, LegSpec)}
    for leg in options.values():
        if leg.relative_to is not None and leg.relative_to not in (*options, *standing):
            raise ValueError(f"leg {leg.name!r}: {unknown_name('leg', leg.relative_to, (*options, *standing))}")
    needs = {name: [leg.relative_to] if leg.relative_to in options else [] for name, leg in options.items()}
    return tuple(options[name] for name in _in_order("legs", needs))


def expirations_needed(legs: Sequence[AnyLeg], expirations: Mapping[str, Expiration]) -> dict[str, Expiration]:
    """Expirations that legs name, and those that these come after, each behind the one that it comes after.

    An expiration that no leg needs would only be a reason not to trade.

    Raises:
        ValueError: for an unknown expiration, and for expirations that come after each other in a circle.
    """
    return expirations_named({leg.expiration for leg in legs if isinstance(leg, LegSpec)}, expirations)


def expirations_named(names: Collection[str], expirations: Mapping[str, Expiration]) -> dict[str, Expiration]:
    """As `expirations_needed`, by their names."""
    for name, one in expirations.items():
        if isinstance(one, LaterExpiration) and one.after not in expirations:
            raise ValueError(f"expiration {name!r}: {unknown_name('expiration', one.after, expirations)}")
    before = {name: [one.after] if isinstance(one, LaterExpiration) else [] for name, one in expirations.items()}
    order = _in_order("expirations", before)
    needed = set(names)
    for name in reversed(order):
        if name in needed:
            needed.update(before[name])
    return {name: expirations[name] for name in order if name in needed}


def _in_order(noun: str, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " -> ".join(repr(name) for name in error.args[1])
        raise ValueError(
            f"{noun} refer to each other in a circle: {circle}; one must say its place by itself"
        ) from None
