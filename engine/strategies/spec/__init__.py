"""What a strategy specification says; YAML and JSON are validated against these very classes.

Declared once, here; `schemas/strategy.py` publishes it. Bounds are `annotated_types` metadata, which pydantic enforces
at the edge; what two fields must agree on, the classes check themselves, with a `ValueError` (at the edge: with the
path in front). Units stand in the names; percent means percent: 50 is a half.
"""

from engine.strategies.spec.adjustments import AddLeg, Adjustment, Convert, MoveLeg, RemoveLeg, Roll
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
from engine.strategies.spec.cycles import CycleOption, WheelStrategy
from engine.strategies.spec.entry import CoolDown, EntryRules
from engine.strategies.spec.exits import ExitRule, ExitRules, Hold
from engine.strategies.spec.expirations import ExactExpiration, Expiration, ExpirationSpec, LaterExpiration
from engine.strategies.spec.hedging import DeltaHedge, HedgeBand, HedgeSchedule, OptionHedge, ShareHedge
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
    "AddLeg",
    "Adjustment",
    "AllOf",
    "AnyLeg",
    "AnyOf",
    "Condition",
    "Convert",
    "CoolDown",
    "CycleOption",
    "DeclarativeStrategy",
    "DeltaHedge",
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
    "HedgeBand",
    "HedgeSchedule",
    "Hold",
    "KellyFraction",
    "LaterExpiration",
    "LegSpec",
    "LiquidityFilter",
    "MoveLeg",
    "NetDeltaBudget",
    "NetGammaBudget",
    "NetThetaBudget",
    "NetVegaBudget",
    "NoneOf",
    "OptionHedge",
    "PercentAtRisk",
    "PercentOfEquity",
    "PercentOfMargin",
    "PercentOtm",
    "PremiumTarget",
    "PythonStrategy",
    "RemoveLeg",
    "Roll",
    "SameStrikeRule",
    "ShareHedge",
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
    "WheelStrategy",
    "Width",
]
