"""How a specification says what to change about a position that goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Interval, MinLen

from engine.errors import ConfigurationError
from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.spec.expirations import Expiration
from engine.strategies.spec.selection import AnyLeg, LegSpec
from engine.strategies.spec.triggers import Trigger
from engine.structures import structure_named

# --- what is done -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Closes legs and opens the same sides and quantities of them elsewhere, in one package.

    Attributes:
        legs: names of the legs; empty: every option that is held under a name.
        expiration: named expiration that is chosen anew (rolls out); one that comes `after` another comes after the one
            that the position is in. Left out: each leg stays in its own.
        strikes: `specified`: by the words of the strategy's own legs, on the chain of now; `same_strike`; `same_delta`:
            nearest to the delta that the held leg has now.
        direction: only where every new strike is above (`up`) or below (`down`) the old one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["roll"]
    legs: tuple[Name, ...] = ()
    expiration: Name | None = None
    strikes: Literal["specified", "same_strike", "same_delta"] = "specified"
    direction: Literal["any", "up", "down"] = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLeg:
    """Closes legs and opens as many contracts where other words say.

    Attributes:
        to: the legs, by the names under which they are held, with the words that say where they go. An expiration that
            the position has under its name is that one; others are chosen on the chain of now.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["move_leg"]
    to: Annotated[tuple[LegSpec, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLeg:
    """Opens more legs; nothing is done while one of their names is held already.

    Attributes:
        legs: with names of their own; `ratio` is per package of the position. Expirations as in `move_leg`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["add_leg"]
    legs: Annotated[tuple[LegSpec, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLeg:
    """Closes legs; the rest of the position goes on, and is held to all limits.

    Attributes:
        legs: names of the legs; those that are not held any more are left out.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["remove_leg"]
    legs: Annotated[tuple[Name, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Convert:
    """Makes another structure of the position: keeps legs of the same names, opens the others, closes what is left.

    Attributes:
        structure: name of the structure that it becomes; the legs must have its geometry.
        legs: all its legs in the order of the structure. Words of legs that are held already are not looked at.
            Expirations as in `move_leg`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["convert"]
    structure: Name
    legs: Annotated[tuple[LegSpec, ...], MinLen(1)]

    def __post_init__(self) -> None:
        try:
            structure = structure_named(self.structure)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error
        if structure is None:
            return
        wanted = [(leg.side, leg.ratio, leg.right.name.lower()) for leg in structure.legs]
        if structure.shares or [(leg.side, leg.ratio, leg.right) for leg in self.legs] != wanted:
            said = ", ".join(f"{leg.side} {leg.ratio} {leg.right}" for leg in self.legs)
            raise ValueError(f"convert: {structure} takes its legs in this order; the adjustment has: {said}")


AdjustmentAction: TypeAlias = Roll | MoveLeg | AddLeg | RemoveLeg | Convert

# --- when it is done --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A change of a position that is made when all triggers hold; the first of the list that can be made is.

    Attributes:
        name: unique; the tag of its orders.
        at_most: times per position; left out: any number.
        cool_down_sessions: sessions that must begin after it was made before it is made again on the same position.
        maximum_debit_usd: pays at most this net price, USD per share of the package in lowest terms: 0 is only for a
            credit (or nothing), -0.5 only for a credit of 0.50. Left out: whatever it costs.
        limit_spread_fraction: as in `EntryRules`; with a maximum debit never beyond that.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    when: Annotated[tuple[Trigger, ...], MinLen(1)]
    action: AdjustmentAction
    at_most: Annotated[int, Ge(1)] | None = None
    cool_down_sessions: Annotated[int, Ge(0)] = 0
    maximum_debit_usd: float | None = None
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None


# --- what names must agree on -----------------------------------------------------------------------------------


def new_legs(action: AdjustmentAction) -> tuple[LegSpec, ...]:
    """Legs that an action says in words of its own."""
    if isinstance(action, MoveLeg):
        return action.to
    return action.legs if isinstance(action, AddLeg | Convert) else ()


def check_adjustments(
    adjustments: Sequence[Adjustment], legs: Sequence[AnyLeg], expirations: Mapping[str, Expiration]
) -> None:
    """Names that adjustments have and use.

    Args:
        legs: the strategy's own.

    Raises:
        ValueError: for a name that stands twice or that nothing in the strategy has, with the nearest one; for a leg
            that would change its side or right by moving.
    """
    names = [one.name for one in adjustments]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two adjustments are named {twice[0]!r}; their names are unique")
    added = [leg.name for one in adjustments if not isinstance(one.action, MoveLeg) for leg in new_legs(one.action)]
    known = {leg.name for leg in legs}.union(added)
    for one in adjustments:
        _check_unique(one)
        _check_moves(one, legs)
        for name in _legs_named(one):
            if name not in known:
                raise ValueError(f"adjustment {one.name!r}: {unknown_name('leg', name, known)}")
        for name in _expirations_named(one.action):
            if name not in expirations:
                raise ValueError(f"adjustment {one.name!r}: {unknown_name('expiration', name, expirations)}")


def _check_unique(one: Adjustment) -> None:
    names = [leg.name for leg in new_legs(one.action)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"adjustment {one.name!r}: two legs are named {twice[0]!r}; leg names are unique")


def _check_moves(one: Adjustment, legs: Sequence[AnyLeg]) -> None:
    kinds = {leg.name: f"{leg.side} {leg.right}" for leg in legs if isinstance(leg, LegSpec)}
    for leg in one.action.to if isinstance(one.action, MoveLeg) else ():
        if kinds.get(leg.name, f"{leg.side} {leg.right}") != f"{leg.side} {leg.right}":
            raise ValueError(
                f"adjustment {one.name!r}: leg {leg.name!r} is a {kinds[leg.name]} and cannot move to a {leg.side} "
                f"{leg.right}; remove it and add another, or convert"
            )


def _legs_named(one: Adjustment) -> Iterator[str]:
    for trigger in one.when:
        yield from getattr(trigger, "legs", ())
        looked_at = getattr(trigger, "leg", None)
        if looked_at is not None:
            yield looked_at
    if isinstance(one.action, Roll | RemoveLeg):
        yield from one.action.legs
    elif isinstance(one.action, MoveLeg):
        yield from (leg.name for leg in one.action.to)


def _expirations_named(action: AdjustmentAction) -> Iterator[str]:
    yield from (leg.expiration for leg in new_legs(action))
    if isinstance(action, Roll) and action.expiration is not None:
        yield action.expiration
