"""The configuration of a run: frozen, typed, units in names; declared here once, published by `schemas`.

Strategies are specified in `engine/strategies/spec/`, risk in `engine/risk_config.py`.
"""

from engine.config.account import AccountConfig
from engine.config.data import BarSelection, CarryQuotes, ContractSelection, DataSelection
from engine.config.execution import ExecutionConfig
from engine.config.exercise import ExerciseConfig
from engine.config.fees import FeeConfig, NoFeesConfig, PerContractFeesConfig
from engine.config.fills import (
    FillConfig,
    MidFills,
    MidSlippageFills,
    ModelPriceFills,
    SpreadFractionFills,
    SquareRootImpactFills,
    TouchFills,
)
from engine.config.pricing import PricingConfig
from engine.config.run import RunConfig
from engine.config.signals import SignalConfig

__all__ = [
    "AccountConfig",
    "BarSelection",
    "CarryQuotes",
    "ContractSelection",
    "DataSelection",
    "ExecutionConfig",
    "ExerciseConfig",
    "FeeConfig",
    "FillConfig",
    "MidFills",
    "MidSlippageFills",
    "ModelPriceFills",
    "NoFeesConfig",
    "PerContractFeesConfig",
    "PricingConfig",
    "RunConfig",
    "SignalConfig",
    "SpreadFractionFills",
    "SquareRootImpactFills",
    "TouchFills",
]
