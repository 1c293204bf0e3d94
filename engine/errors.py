"""Everything that can go wrong in the engine.

EngineError
├── ConfigurationError      a setting that cannot work; names the setting and the remedy
├── MarketDataError         columns or tables that break their own rules
│   └── UnknownContract     a contract that the table does not hold
├── SourceOutOfOrder        a source went back in time
├── UnhandledRequest        a request that no part of the run answers
├── HandlerFailed           a handler raised; carries the event and the handler
├── UnsupportedContract     a contract whose rules the engine does not carry out
├── OrderRejected           an order that is malformed, whoever sent it
├── LedgerImbalance         the accounting invariant is broken: a defect, never a market condition
└── RunInterrupted          the user stopped the run; what happened so far is kept
"""

from __future__ import annotations

from typing import Any

from engine.instants import iso


class EngineError(Exception):
    """Base of every error that the engine raises on purpose."""


class ConfigurationError(EngineError):
    """A setting that cannot work together with the data or with another setting."""


class MarketDataError(EngineError):
    """Columns, contracts or sessions that break the rules of their table."""


class UnknownContract(MarketDataError):
    """A contract was asked for that the contract table does not hold."""


class SourceOutOfOrder(EngineError):
    """An event source, or a publisher, produced an event before the present instant."""


class UnhandledRequest(EngineError):
    """A request was published that no handler answers; silence would hide it."""


class HandlerFailed(EngineError):
    """A handler raised while it handled an event; the run ends.

    Attributes:
        event: the event that was being handled.
        handler: whose handler it was: the label of its owner where it has one, e.g. `strategy 'condor', on_snapshot`,
            else its qualified name.
    """

    def __init__(self, event: Any, handler: Any) -> None:
        self.event = event
        label = getattr(getattr(handler, "__self__", None), "label", None)
        name = getattr(handler, "__qualname__", repr(handler))
        self.handler = f"{label}, {handler.__name__}," if label else name
        super().__init__(f"{self.handler} failed on {type(event).__name__} at {iso(event.at)}")

    def __str__(self) -> str:
        cause = f": {type(self.__cause__).__name__}: {self.__cause__}" if self.__cause__ else ""
        return f"{super().__str__()}{cause}"


class UnsupportedContract(EngineError):
    """A contract whose exercise or settlement the engine does not carry out."""


class OrderRejected(EngineError):
    """An order that no market could take: no legs, a zero ratio, a quantity below one."""


class LedgerImbalance(EngineError):
    """Net liquidation does not equal what the ledger explains."""


class RunInterrupted(EngineError):
    """Raised by an event source when the user asked to stop."""
