"""A strategy that is said, a strategy that is programmed, a strategy that is a list of orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from annotated_types import MinLen

from engine.errors import ConfigurationError
from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.script import ScriptedStrategy
from engine.strategies.spec.adjustments import Adjustment, check_adjustments
from engine.strategies.spec.cycles import WheelStrategy
from engine.strategies.spec.entry import EntryRules
from engine.strategies.spec.exits import ExitRules, check_exit
from engine.strategies.spec.hedging import DeltaHedge, check_hedge
from engine.strategies.spec.selection import ExpirationSpec, LegSpec
from engine.strategies.spec.sizing import FixedContracts, SizingConfig
from engine.structures import structure_named


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarativeStrategy:
    """A strategy that is said: a structure, its legs, when to enter, when to leave, how much.

    Attributes:
        structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
            `custom`: any legs, no geometry.
        adjustments: what changes about positions that go on, when, and at most how often; exits come first.
        hedge: keeps the net delta near a target.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["declarative"] = "declarative"
    structure: Name
    underlying: Name
    expirations: Mapping[str, ExpirationSpec]
    legs: Annotated[tuple[LegSpec, ...], MinLen(1)]
    entry: EntryRules = EntryRules()
    exit: ExitRules = ExitRules()
    sizing: SizingConfig = FixedContracts()
    adjustments: tuple[Adjustment, ...] = ()
    hedge: DeltaHedge | None = None

    def __post_init__(self) -> None:
        names = [leg.name for leg in self.legs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two legs are named {twice[0]!r}; leg names are unique")
        for leg in self.legs:
            if leg.expiration not in self.expirations:
                raise ValueError(f"leg {leg.name!r}: {unknown_name('expiration', leg.expiration, self.expirations)}")
        check_adjustments(self.adjustments, self.legs, self.expirations)
        check_hedge(self.hedge, self.expirations)
        self._check_structure()

    def _check_structure(self) -> None:
        try:
            structure = structure_named(self.structure)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error
        check_exit(self.exit, [leg.name for leg in self.legs], structure)
        if structure is None:
            return
        if structure.shares:
            raise ValueError(f"structure {structure} holds shares, which a specification has no legs for")
        wanted = [(leg.side, leg.ratio, leg.right.name.lower()) for leg in structure.legs]
        if [(leg.side, leg.ratio, leg.right) for leg in self.legs] != wanted:
            said = ", ".join(f"{leg.side} {leg.ratio} {leg.right}" for leg in self.legs)
            raise ValueError(f"structure {structure} takes its legs in this order; the specification has: {said}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonStrategy:
    """A strategy that is programmed.

    Attributes:
        source: `path/to/file.py:ClassName`, relative to the configuration file, or `package.module:ClassName`.
        parameters: fields of the class's `Parameters`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Literal["python"]
    source: Name
    parameters: Mapping[str, Any] = field(default_factory=dict)
    sizing: SizingConfig = FixedContracts()


StrategyConfig: TypeAlias = DeclarativeStrategy | PythonStrategy | ScriptedStrategy | WheelStrategy
