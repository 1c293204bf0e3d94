"""Every message on the bus. Facts are in the past tense, requests in the imperative; none ever changes.

`at` is the simulated instant (see `engine.instants`); whatever a market event causes carries the same `at`.
"""

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
    ExerciseReason,
    ExerciseRefused,
    ExerciseRequested,
    ExerciseWaived,
    SettlementSource,
)
from engine.events.corporate_actions import (
    LEAST_ADJUSTED_DIVIDEND,
    AdjustmentReason,
    CorporateActionApplied,
    CorporateNews,
    DividendDeclared,
    DividendPaid,
    SplitAnnounced,
    SymbolChanged,
)
from engine.events.kinds import REQUESTS, Event
from engine.events.market import BarArrived, MarketEvent, SettlementPublished, SharesQuoted, SnapshotArrived
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

__all__ = [
    "LEAST_ADJUSTED_DIVIDEND",
    "REQUESTS",
    "AdjustmentReason",
    "BarArrived",
    "CashMoved",
    "ContractAssigned",
    "ContractExercised",
    "ContractExpired",
    "CorporateActionApplied",
    "CorporateNews",
    "DeliveriesCompleted",
    "DividendDeclared",
    "DividendPaid",
    "Event",
    "ExerciseReason",
    "ExerciseRefused",
    "ExerciseRequested",
    "ExerciseWaived",
    "InterestAccrued",
    "LiquidationOrdered",
    "MarginCallMet",
    "MarginCalled",
    "MarketEvent",
    "OrderApproved",
    "OrderCancelRequested",
    "OrderCancelled",
    "OrderFilled",
    "OrderRefused",
    "OrderReplaceRequested",
    "OrderRequested",
    "PortfolioMarked",
    "ProtectionLifted",
    "ProtectionTriggered",
    "RunFinished",
    "SettlementPublished",
    "SettlementSource",
    "SharesQuoted",
    "SignalUpdated",
    "SnapshotArrived",
    "SplitAnnounced",
    "SymbolChanged",
    "TimeReached",
]
