"""Everything that decides a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, MinLen

from engine.benchmark import BenchmarkConfig
from engine.config.account import AccountConfig
from engine.config.data import DataSelection
from engine.config.execution import ExecutionConfig
from engine.config.exercise import ExerciseConfig
from engine.config.pricing import PricingConfig
from engine.config.signals import SignalConfig
from engine.risk_config import RiskConfig
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.spec import StrategyConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """Everything that decides a run, apart from the data itself.

    Attributes:
        start: first exchange date on which strategies act.
        end: last exchange date, included.
        warm_up_sessions: sessions before `start` that signals see and strategies do not.
        open_at_end: positions open after the last event are marked, closed at the touch, or settled at the last
            known price of their underlying.
        seed: seed of everything random.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    start: date
    end: date
    warm_up_sessions: Annotated[int, Ge(0)] = 0
    data: DataSelection
    strategies: Annotated[tuple[StrategyConfig, ...], MinLen(1)]
    signals: tuple[SignalConfig, ...] = ()
    account: AccountConfig = AccountConfig()
    risk: RiskConfig = RiskConfig()
    execution: ExecutionConfig = ExecutionConfig()
    pricing: PricingConfig = PricingConfig()
    exercise: ExerciseConfig = ExerciseConfig()
    benchmark: BenchmarkConfig = BenchmarkConfig()
    open_at_end: Literal["mark", "close_at_touch", "settle"] = "mark"
    seed: int = 0
