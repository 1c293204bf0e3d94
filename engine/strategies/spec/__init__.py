"""What a strategy specification says; YAML and JSON are validated against these very classes.

Declared once, here; `schemas/strategy.py` publishes it. Bounds are `annotated_types` metadata, which pydantic enforces
at the edge; what two fields must agree on, the classes check themselves, with a `ValueError` (at the edge: with the
path in front). Units stand in the names; percent means percent: 50 is a half.
"""

from engine.strategies.spec.budget import StrategyBudget
from engine.strategies.spec.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventCondition,
    ExpressionCondition,
    NoneOf,
    SignalCondition,
)
from engine.strategies.spec.entry import CoolDown, EntryRules
from engine.strategies.spec.exits import ExitRule, ExitRules, Hold
from engine.strategies.spec.expirations import ExactExpiration, Expiration, ExpirationSpec, LaterExpiration
from engine.strategies.spec.schedule import EntrySchedule, TimeWindow
from engine.strategies.spec.selection import AnyLeg, LegSpec, LiquidityFilter, SameStrikeRule, SharesSpec
from engine.strategies.spec.sizing import (
    FixedContracts,
    GreekBudgetConfig,
    KellyFraction,
    NetDeltaBudget,
    NetGammaBudget,
    NetThetaBudget,
    NetVegaBudget,
    PercentAtRisk,
    PercentOfEquity,
    PercentOfMargin,
    SizingConfig,
    StressBudget,
)
from engine.strategies.spec.strategy import DeclarativeStrategy, PythonStrategy, StrategyConfig
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

__all__ = [
    "AllOf",
    "AnyLeg",
    "AnyOf",
    "Condition",
    "CoolDown",
    "DeclarativeStrategy",
    "DeltaTarget",
    "EntryRules",
    "EntrySchedule",
    "EventCondition",
    "ExactExpiration",
    "ExitRule",
    "ExitRules",
    "ExpectedMoveTarget",
    "Expiration",
    "ExpirationSpec",
    "ExpressionCondition",
    "FixedContracts",
    "GreekBudgetConfig",
    "Hold",
    "KellyFraction",
    "LaterExpiration",
    "LegSpec",
    "LiquidityFilter",
    "NetDeltaBudget",
    "NetGammaBudget",
    "NetThetaBudget",
    "NetVegaBudget",
    "NoneOf",
    "PercentAtRisk",
    "PercentOfEquity",
    "PercentOfMargin",
    "PercentOtm",
    "PremiumTarget",
    "PythonStrategy",
    "SameStrikeRule",
    "SharesSpec",
    "SignalCondition",
    "SizingConfig",
    "StrategyBudget",
    "StrategyConfig",
    "StressBudget",
    "StrikeOf",
    "StrikeOffset",
    "StrikeTarget",
    "TimeWindow",
    "Width",
]
