"""Deposits and withdrawals of a configuration, as events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.costs.account_terms import CashFlow
from engine.errors import ConfigurationError
from engine.events import CashMoved
from engine.instants import Instant, instant
from engine.model import SessionTable
from engine.money import to_micros


def cash_events(flows: Sequence[CashFlow], start: date, end: date, sessions: SessionTable) -> list[CashMoved]:
    """One event per flow, ascending.

    Raises:
        ConfigurationError: for a flow outside the run, which would never happen.
    """
    for flow in flows:
        if not start <= flow.date <= end:
            raise ConfigurationError(
                f"account.cash_flows: {flow.date} is outside the run, {start} to {end}; change the flow or the run"
            )
    moved = [
        CashMoved(
            _instant(flow, sessions), to_micros(flow.amount_usd), "deposit" if flow.amount_usd > 0 else "withdrawal"
        )
        for flow in flows
    ]
    return sorted(moved, key=lambda event: event.at)


def _instant(flow: CashFlow, sessions: SessionTable) -> Instant:
    session = sessions.first_at_or_after(flow.date)
    if session is None:
        raise ConfigurationError(f"account.cash_flows: no session of {sessions.calendar} is known from {flow.date} on")
    if flow.time is None:
        return session.opens_at
    return instant(datetime.combine(session.on, flow.time, ZoneInfo(sessions.timezone)))
