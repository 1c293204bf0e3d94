"""All messages together, and those that somebody must answer."""

from __future__ import annotations

from typing import TypeAlias

from engine.events.account import (
    CashMoved,
    InterestAccrued,
    LiquidationOrdered,
    MarginCalled,
    MarginCallMet,
    PortfolioMarked,
)
from engine.events.contracts import (
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    DeliveriesCompleted,
    ExerciseRefused,
    ExerciseRequested,
    ExerciseWaived,
)
from engine.events.corporate_actions import CorporateActionApplied, DividendPaid
from engine.events.market import MarketEvent
from engine.events.orders import (
    OrderApproved,
    OrderCancelled,
    OrderCancelRequested,
    OrderFilled,
    OrderRefused,
    OrderReplaceRequested,
    OrderRequested,
)
from engine.events.protection import ProtectionLifted, ProtectionTriggered
from engine.events.run import RunFinished, SignalUpdated, TimeReached

Event: TypeAlias = (
    MarketEvent
    | CorporateActionApplied
    | DividendPaid
    | TimeReached
    | SignalUpdated
    | OrderRequested
    | OrderCancelRequested
    | OrderReplaceRequested
    | ExerciseRequested
    | ExerciseRefused
    | ExerciseWaived
    | OrderApproved
    | OrderRefused
    | OrderCancelled
    | OrderFilled
    | ContractExpired
    | ContractExercised
    | ContractAssigned
    | DeliveriesCompleted
    | InterestAccrued
    | CashMoved
    | MarginCalled
    | MarginCallMet
    | LiquidationOrdered
    | ProtectionTriggered
    | ProtectionLifted
    | PortfolioMarked
    | RunFinished
)
REQUESTS = (OrderRequested, OrderCancelRequested, OrderReplaceRequested, ExerciseRequested, ExerciseWaived)
"""Messages that somebody must answer; publishing one without a subscriber is an error."""
