"""From the trades of a log to the orders that make them again: decided a second before, so that they fill on time.

An order fills on the first chain after its decision. One second before the time of the log that is the chain of this
time, or the next one where the data have none; nothing fills on quotes of the past.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from api.errors import TradeLogUnreadable
from api.interchange.option_omega_contracts import contract_symbol
from api.interchange.option_omega_legs import LoggedLeg
from api.interchange.option_omega_log import LoggedTrade, RefusedRow, TradeLog
from api.interchange.premium_units import PremiumUnit, common_unit, unit_of
from data.calendar import session_table
from engine.instants import utc_datetime
from engine.model import SessionTable, SettlementSession
from engine.strategies.script import ScriptedLeg, ScriptedOrder

EXPIRED: Final = "Expired"
END_OF_TEST: Final = "Backtest Completed"
"""Reason of a trade that was open when the test ended; it stays open at the end of the run, too."""
_BEFORE: Final = timedelta(seconds=1)
_LAST_QUARTER_HOUR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ReplayedTrade:
    """Orders of one row of a log."""

    logged: LoggedTrade
    orders: tuple[ScriptedOrder, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What becomes of a log.

    Attributes:
        trades: those that can be placed, in the order of their openings.
        refused: the other rows, by line.
        unit: of the premiums; None where none is told.
        first, last: exchange dates on which something was opened or closed.
        underlyings: symbols, in alphabetical order.
    """

    trades: tuple[ReplayedTrade, ...]
    refused: tuple[RefusedRow, ...]
    unit: PremiumUnit | None
    first: date
    last: date
    underlyings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contracts:
    """What a log does not say of its contracts.

    Attributes:
        ticker: of the underlying, for rows that do not name it.
        monthlies: how index options settle that expire on the standard date of their month.
    """

    ticker: str | None = None
    monthlies: SettlementSession = SettlementSession.PM


def replay_of(log: TradeLog, contracts: Contracts) -> Replay:
    """Orders for every row that can be placed, and why the others cannot.

    Raises:
        TradeLogUnreadable: when there is no row that can be placed.
    """
    dates = [moment.date() for one in log.trades for moment in (one.opened_at, one.closed_at) if moment is not None]
    expirations = [leg.expires_on for one in log.trades for leg in one.legs]
    refused, placed, units = list(log.refused), [], {}
    if dates:
        sessions = session_table(min(dates), max(*dates, *expirations))
        for trade in sorted(log.trades, key=lambda one: (one.opened_at, one.line)):
            try:
                units[trade.line] = unit_of(trade)
                placed.append(ReplayedTrade(trade, _orders(trade, contracts, sessions, max(dates))))
            except ValueError as error:
                refused.append(RefusedRow(trade.line, str(error)))
    unit = common_unit([units[one.logged.line] for one in placed])
    refused += _in_other_units(placed, units, unit)
    turned_away = {row.line for row in refused}
    kept = tuple(one for one in placed if one.logged.line not in turned_away)
    if not kept:
        raise TradeLogUnreadable(f"{log.name}: no row can be placed; {min(refused, key=lambda row: row.line)}")
    return Replay(
        kept,
        tuple(sorted(refused, key=lambda row: row.line)),
        unit,
        min(dates),
        max(dates),
        tuple(sorted({_ticker(leg, one.logged, contracts) for one in kept for leg in one.logged.legs})),
    )


def _orders(trade: LoggedTrade, contracts: Contracts, sessions: SessionTable, last: date) -> tuple[ScriptedOrder, ...]:
    for moment in (trade.opened_at, trade.closed_at):
        if moment is not None and sessions.on(moment.date()) is None:
            raise ValueError(f"the exchange has no session on {moment.date()}")
    symbols = [
        contract_symbol(leg, _ticker(leg, trade, contracts), _monthly(leg, trade, contracts), sessions)
        for leg in trade.legs
    ]
    position = f"line {trade.line}"
    opening = ScriptedOrder(
        at=trade.opened_at - _BEFORE,
        legs=tuple(
            ScriptedLeg(symbol=name, quantity=leg.quantity) for name, leg in zip(symbols, trade.legs, strict=True)
        ),
        position=position,
    )
    closing = _closing(trade, opening.legs, sessions, last)
    return (opening,) if closing is None else (opening, closing)


def _closing(
    trade: LoggedTrade, opened: Sequence[ScriptedLeg], sessions: SessionTable, last: date
) -> ScriptedOrder | None:
    """The order that closes what has not expired by then; None where nothing is left, or the trade stays open."""
    closed_at = trade.closed_at
    if closed_at is None or (trade.reason == END_OF_TEST and closed_at.date() == last):
        return None
    close = _close_of(closed_at.date(), sessions)
    expired = trade.reason == EXPIRED
    left = tuple(
        ScriptedLeg(symbol=held.symbol, quantity=-held.quantity)
        for held, leg in zip(opened, trade.legs, strict=True)
        if leg.expires_on > closed_at.date()
        or (leg.expires_on == closed_at.date() and not expired and closed_at < close)
    )
    if not left:
        return None
    return ScriptedOrder(
        at=(close - _LAST_QUARTER_HOUR if expired else closed_at) - _BEFORE,
        legs=left,
        position=f"line {trade.line}",
        kind="market_on_close" if expired else None,
        effect="close",
    )


def _close_of(day: date, sessions: SessionTable) -> datetime:
    """End of the session of a day, on the exchange's clock."""
    session = sessions.on(day)
    if session is None:
        raise ValueError(f"the exchange has no session on {day}")
    return utc_datetime(session.closes_at).astimezone(ZoneInfo(sessions.timezone)).replace(tzinfo=None)


def _ticker(leg: LoggedLeg, trade: LoggedTrade, contracts: Contracts) -> str:
    ticker = leg.ticker or trade.ticker or contracts.ticker
    if ticker is None:
        raise ValueError("neither the row nor its legs name the underlying; say it with --underlying")
    return ticker


def _monthly(leg: LoggedLeg, trade: LoggedTrade, contracts: Contracts) -> SettlementSession:
    """How a leg settles if it expires on a standard date: what trades on its last day settles at the close."""
    traded_on = {trade.opened_at.date()}
    if trade.closed_at is not None and trade.reason != EXPIRED:
        traded_on.add(trade.closed_at.date())
    return SettlementSession.PM if leg.expires_on in traded_on else contracts.monthlies


def _in_other_units(
    placed: Sequence[ReplayedTrade], units: dict[int, PremiumUnit | None], common: PremiumUnit | None
) -> list[RefusedRow]:
    """Rows whose premium counts something else than that of most rows: legs or premium are not what they seem."""
    found = []
    for one in placed:
        unit = units[one.logged.line]
        if unit is not None and unit is not common:
            found.append(RefusedRow(one.logged.line, f"its premium is in {unit}, that of most rows in {common}"))
    return found
