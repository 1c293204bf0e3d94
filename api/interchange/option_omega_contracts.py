"""Which contract a leg of Option Omega's logs names: they write no root, and no year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from api.interchange.option_omega_legs import LoggedLeg
from data.calendar import is_standard_monthly
from data.providers.index_roots import settles_both_ways, settling_root, symbol_of
from engine.model import Right, SessionTable, SettlementSession

_SATURDAYS_UNTIL: Final = date(2015, 2, 1)
"""Standard monthlies that expire before it carry the Saturday after in their symbols (RULES 1.3)."""
_SPXPM_UNTIL: Final = date(2017, 5, 1)
"""Until then SPX monthlies that settled at the close had a root of their own (RULES 2.5)."""


def contract_symbol(leg: LoggedLeg, ticker: str, monthlies: SettlementSession, sessions: SessionTable) -> str:
    """OSI symbol, padded, of a leg.

    Args:
        ticker: of the underlying, for a leg that does not name it.
        monthlies: how an index option that expires on the standard date of its month settles; all others settle at
            the close.

    Raises:
        ValueError: for a date without a session, or a name that is no ticker.
    """
    if sessions.on(leg.expires_on) is None:
        raise ValueError(
            f"{leg.expires_on} is no session, so no option expires then; logs name no year, and options that were "
            "opened a year or more before they expire cannot be told"
        )
    underlying = symbol_of(leg.ticker or ticker)
    monthly = is_standard_monthly(leg.expires_on)
    root = _root(underlying, leg.expires_on, monthlies if monthly else SettlementSession.PM)
    carries_saturday = monthly and leg.expires_on < _SATURDAYS_UNTIL
    symbol_date = leg.expires_on + timedelta(days=(5 - leg.expires_on.weekday()) if carries_saturday else 0)
    right = "C" if leg.right is Right.CALL else "P"
    return f"{root:<6}{symbol_date:%y%m%d}{right}{round(leg.strike * 1000):08d}"


def _root(underlying: str, expires_on: date, session: SettlementSession) -> str:
    if not settles_both_ways(underlying):
        return underlying
    if underlying == "SPX" and session is SettlementSession.PM and is_standard_monthly(expires_on):
        return "SPXPM" if expires_on < _SPXPM_UNTIL else "SPXW"
    return settling_root(underlying, session)
