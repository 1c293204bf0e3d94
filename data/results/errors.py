"""What can go wrong with stored backtests.

ResultsError
├── ResultsUnavailable   the database cannot be read or written
├── UnknownBacktest      no backtest has that id
├── KeyReused            an idempotency key came back with another configuration
├── NotFinished          a backtest has no result yet, or failed
└── LeaseLost            another attempt has taken the backtest over; this one must stop
"""

from __future__ import annotations

from data.errors import DataError


class ResultsError(DataError):
    """Base of the errors of stored backtests."""


class ResultsUnavailable(ResultsError):
    """The database is damaged, locked, full, or cannot be opened."""


class UnknownBacktest(ResultsError):
    """No backtest has that id."""


class KeyReused(ResultsError):
    """An idempotency key that belongs to a backtest of another configuration."""


class NotFinished(ResultsError):
    """The backtest has no result."""


class LeaseLost(ResultsError):
    """The backtest belongs to another attempt by now."""
