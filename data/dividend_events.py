"""Dividends of a store as events of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from data.underlying_rows import CorporateEvent
from engine.events import DividendDeclared
from engine.model import SessionTable


def dividends_declared(events: Sequence[CorporateEvent], sessions: SessionTable) -> list[DividendDeclared]:
    """Cash dividends, each known from the open of the session before its ex-date.

    Files name no date of declaration. Companies declare weeks ahead, so that nobody knows here what he could not know;
    nor does any file name the day of payment, so that dividends are paid on the ex-date.
    """
    declared = []
    for event in events:
        eve = sessions.last_at_or_before(event.ex_date - timedelta(days=1))
        if event.dividend_usd > 0.0 and eve is not None:
            declared.append(DividendDeclared(eve.opens_at, event.symbol, event.ex_date, event.dividend_usd))
    return sorted(declared, key=lambda one: (one.at, one.symbol))
