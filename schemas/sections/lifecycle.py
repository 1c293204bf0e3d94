"""What became of contracts and shares besides trading."""

from __future__ import annotations

from schemas.sections.base import Count, Section


class Lifecycle(Section):
    """Exercise, assignment, expiration, dividends, and what companies did.

    Contracts are counted one by one, whichever side was held.

    Source: the events of the run, `events.csv`.
    """

    exercises_early: Count
    """Long contracts exercised before their expiration."""
    exercises_at_expiration: Count
    """Long contracts that became shares when they expired."""
    assignments_early: Count
    """Short contracts assigned before their expiration."""
    assignments_at_expiration: Count
    """Short contracts that became shares when they expired."""
    cash_settlements: Count
    """Contracts that were settled in cash and worth something."""
    expirations_worthless: Count
    """Contracts that ended worth nothing."""
    dividends: Count
    """Dividends received, or owed on short shares, one per position."""
    splits: Count
    """Holdings that a split changed."""
    special_dividends: Count
    """Holdings that a special dividend changed."""
    new_symbols: Count
    """Holdings that a new symbol changed."""
    deposits: Count
    """Times that cash was added."""
    withdrawals: Count
    """Times that cash was taken."""
