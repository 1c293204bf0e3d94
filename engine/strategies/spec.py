"""What a strategy specification says; YAML and JSON are validated against these very classes.

Declared once, here; `schemas/strategy.py` publishes it. Bounds are `annotated_types` metadata, which pydantic enforces
at the edge; what two fields must agree on, the classes check themselves, with a `ValueError` (at the edge: with the
path in front). Units stand in the names; percent means percent: 50 is a half.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, Interval, MinLen

from engine.errors import ConfigurationError
from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.script import ScriptedStrategy
from engine.structures import Side, structure_named

# --- sizing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedContracts:
    """Always the same number of packages."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["fixed_contracts"] = "fixed_contracts"
    contracts: Annotated[int, Ge(1)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentAtRisk:
    """As many packages as keep the maximum loss of the order within a percentage of net liquidation."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["percent_at_risk"] = "percent_at_risk"
    percent: Annotated[float, Interval(gt=0, le=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetDeltaBudget:
    """As many packages as keep the net delta of the whole portfolio within plus or minus a budget."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["net_delta_budget"] = "net_delta_budget"
    delta_shares: Annotated[float, Gt(0)]


SizingConfig: TypeAlias = FixedContracts | PercentAtRisk | NetDeltaBudget

# --- strategies -------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCondition:
    """Holds when the signal has a value and it lies strictly above and strictly below what is given."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    signal: Name
    above: float | None = None
    below: float | None = None

    def __post_init__(self) -> None:
        if self.above is None and self.below is None:
            raise ValueError(f"the condition on signal {self.signal!r} needs `above`, `below`, or both")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise ValueError(f"signal {self.signal!r} cannot be above {self.above} and below {self.below}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRules:
    """When to open: all conditions hold and fewer than `max_open_positions` of this strategy are open or resting.

    Attributes:
        limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
            decides; left out: at the market.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    conditions: tuple[SignalCondition, ...] = ()
    max_open_positions: Annotated[int, Ge(1)] = 1
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRules:
    """When to close, first match in this order; a rule left out never closes.

    Attributes:
        stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
        profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
        dte: close when the nearest leg has this many days to expiration, or fewer.
        limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    stop_loss_percent: Annotated[float, Gt(0)] | None = None
    profit_target_percent: Annotated[float, Gt(0)] | None = None
    dte: Annotated[int, Ge(0)] | None = None
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None

    @property
    def can_close(self) -> bool:
        """Whether some rule can close."""
        return (self.stop_loss_percent, self.profit_target_percent, self.dte) != (None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarativeStrategy:
    """A strategy that is said: a structure, its legs, when to enter, when to leave, how much.

    Attributes:
        structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
            `custom`: any legs, no geometry.
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

    def __post_init__(self) -> None:
        names = [leg.name for leg in self.legs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two legs are named {twice[0]!r}; leg names are unique")
        for leg in self.legs:
            if leg.expiration not in self.expirations:
                raise ValueError(f"leg {leg.name!r}: {unknown_name('expiration', leg.expiration, self.expirations)}")
        self._check_structure()

    def _check_structure(self) -> None:
        try:
            structure = structure_named(self.structure)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error
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


StrategyConfig: TypeAlias = DeclarativeStrategy | PythonStrategy | ScriptedStrategy
