"""A strategy that is said, a strategy that is programmed, a strategy that is a list of orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from annotated_types import MinLen

from engine.errors import ConfigurationError
from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.script import ScriptedStrategy
from engine.strategies.spec.adjustments import Adjustment, check_adjustments
from engine.strategies.spec.budget import StrategyBudget
from engine.strategies.spec.conditions import EventCondition, parts_of
from engine.strategies.spec.cycles import WheelStrategy
from engine.strategies.spec.entry import EntryRules
from engine.strategies.spec.exits import ExitRules, check_exit, events_of_exit
from engine.strategies.spec.expirations import Expiration
from engine.strategies.spec.hedging import DeltaHedge, check_hedge
from engine.strategies.spec.selection import AnyLeg, LegSpec, LiquidityFilter, SameStrikeRule, check_selection
from engine.strategies.spec.sizing import FixedContracts, SizingConfig
from engine.strategies.spec.triggers import events_of
from engine.structures import structure_named


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarativeStrategy:
    """A strategy that is said: a structure, its legs, when to enter, when to leave, how much.

    Attributes:
        structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
            `custom`: any legs, no geometry. A structure with shares has their leg first.
        liquidity: what the contract of every leg must have that has no filter of its own.
        event_dates: CSV file `date,name` of dates that were announced in advance (docs/strategies/entry.md), relative
            to the configuration file.
        adjustments: what changes about positions that go on, when, and at most how often; exits come first.
        hedge: keeps the net delta near a target.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["declarative"] = "declarative"
    structure: Name
    underlying: Name
    expirations: Mapping[str, Expiration]
    legs: Annotated[tuple[AnyLeg, ...], MinLen(1)]
    liquidity: LiquidityFilter = LiquidityFilter()
    same_strike: SameStrikeRule = SameStrikeRule()
    entry: EntryRules = EntryRules()
    exit: ExitRules = ExitRules()
    sizing: SizingConfig = FixedContracts()
    budget: StrategyBudget = StrategyBudget()
    event_dates: Name | None = None
    adjustments: tuple[Adjustment, ...] = ()
    hedge: DeltaHedge | None = None

    def __post_init__(self) -> None:
        check_selection(self.legs, self.expirations)
        check_adjustments(self.adjustments, self.legs, self.expirations)
        check_hedge(self.hedge, self.expirations)
        self._check_names()
        self._check_structure()

    def events_asked(self) -> Iterator[tuple[str, str]]:
        """Where it asks for an event of its `event_dates`, and for which."""
        for _, part in parts_of(self.entry.conditions):
            if isinstance(part, EventCondition):
                yield "entry.conditions", part.event
        for event in events_of_exit(self.exit):
            yield "exit.rules", event
        for adjustment in self.adjustments:
            for trigger in adjustment.when:
                yield from (("adjustments", event) for event in events_of(trigger))

    def _check_names(self) -> None:
        of_legs = {leg.expiration for leg in self.legs if isinstance(leg, LegSpec)}
        for name in self.entry.schedule.dte:
            if name not in of_legs:
                raise ValueError(f"entry.schedule.dte: {unknown_name('expiration', name, of_legs)}")
        for where, event in self.events_asked():
            if self.event_dates is None:
                raise ValueError(f"{where} ask for {event!r}; name the file of its dates: `event_dates`")

    def _check_structure(self) -> None:
        try:
            structure = structure_named(self.structure)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error
        check_exit(self.exit, [leg.name for leg in self.legs], structure)
        if structure is None:
            return
        wanted = [f"{leg.side} {leg.ratio} {leg.right.name.lower()}" for leg in structure.legs]
        if structure.shares:
            wanted.insert(0, f"{'buy' if structure.shares > 0 else 'sell'} {abs(structure.shares)} shares")
        legs = [f"{leg.side} {leg.ratio} {leg.right if isinstance(leg, LegSpec) else 'shares'}" for leg in self.legs]
        if legs != wanted:
            said = ", ".join(legs)
            raise ValueError(f"structure {structure} takes its legs in this order; the specification has: {said}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonStrategy:
    """A strategy that is programmed.

    Attributes:
        source: `path/to/file.py:ClassName`, relative to the configuration file, `package.module:ClassName`, or the name
            under which an installed package announces a strategy (docs/python_strategies.md).
        parameters: fields of the class's `Parameters`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["python"]
    source: Name
    parameters: Mapping[str, Any] = field(default_factory=dict)
    sizing: SizingConfig = FixedContracts()
    budget: StrategyBudget = StrategyBudget()


StrategyConfig: TypeAlias = DeclarativeStrategy | PythonStrategy | ScriptedStrategy | WheelStrategy
