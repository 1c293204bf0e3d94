"""From the trades of a log to the orders that make them again: decided a second before, so that they fill on time.

An order fills on the first chain after its decision. One second before the time of the log that is the chain of this
time, or the next one where the data have none; nothing fills on quotes of the past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from data.providers.index_roots import symbol_of
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
    """Orders of one row of a log.

    Attributes:
        unit: of its premium; None where its legs do not tell.
    """

    logged: LoggedTrade
    unit: PremiumUnit | None
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
    placed, refused = _placed(log, contracts)
    unit = common_unit([one.unit for one in placed])
    kept = tuple(one for one in placed if one.unit in (None, unit))
    refused += [
        RefusedRow(one.logged.line, f"its premium is in {one.unit}, that of most rows in {unit}")
        for one in placed
        if one not in kept
    ]
    refused.sort(key=lambda row: row.line)
    if not kept:
        raise TradeLogUnreadable(f"{log.name}: no row can be placed; {refused[0]}")
    dates = _dates([one.logged for one in kept])
    underlyings = {symbol_of(_ticker(leg, one.logged, contracts)) for one in kept for leg in one.logged.legs}
    return Replay(kept, tuple(refused), unit, min(dates), max(dates), tuple(sorted(underlyings)))


def _placed(log: TradeLog, contracts: Contracts) -> tuple[list[ReplayedTrade], list[RefusedRow]]:
    """What can be placed, by its opening, and what cannot, those rows included that did not read."""
    placed, refused = list[ReplayedTrade](), list(log.refused)
    if not log.trades:
        return placed, refused
    dates = _dates(log.trades)
    sessions = session_table(min(dates), max(*dates, *(leg.expires_on for one in log.trades for leg in one.legs)))
    for trade in sorted(log.trades, key=lambda one: (one.opened_at, one.line)):
        try:
            placed.append(ReplayedTrade(trade, unit_of(trade), _orders(trade, contracts, sessions, max(dates))))
        except ValueError as error:
            refused.append(RefusedRow(trade.line, str(error)))
    return placed, refused


def _dates(trades: Iterable[LoggedTrade]) -> list[date]:
    """Every date on which something was opened or closed."""
    return [moment.date() for one in trades for moment in (one.opened_at, one.closed_at) if moment is not None]


def _orders(trade: LoggedTrade, contracts: Contracts, sessions: SessionTable, last: date) -> tuple[ScriptedOrder, ...]:
    for moment in (trade.opened_at, trade.closed_at):
        if moment is not None and sessions.on(moment.date()) is None:
            raise ValueError(f"the exchange has no session on {moment.date()}")
    named = [
        (contract_symbol(leg, _ticker(leg, trade, contracts), _monthly(leg, trade, contracts), sessions), leg)
        for leg in trade.legs
    ]
    opened = _package(named, 1)
    if not opened:
        raise ValueError("its legs cancel each other")
    opening = ScriptedOrder(at=trade.opened_at - _BEFORE, legs=opened, position=f"line {trade.line}")
    closing = _closing(trade, named, sessions, last)
    return (opening,) if closing is None else (opening, closing)


def _package(named: Iterable[tuple[str, LoggedLeg]], sign: int) -> tuple[ScriptedLeg, ...]:
    """Legs to trade: those of one contract together, without those that come to nothing."""
    quantities: dict[str, int] = {}
    for symbol, leg in named:
        quantities[symbol] = quantities.get(symbol, 0) + sign * leg.quantity
    return tuple(ScriptedLeg(symbol=symbol, quantity=quantity) for symbol, quantity in quantities.items() if quantity)


def _closing(
    trade: LoggedTrade, named: Sequence[tuple[str, LoggedLeg]], sessions: SessionTable, last: date
) -> ScriptedOrder | None:
    """The order that closes what has not expired by then; None where nothing is left, or the trade stays open."""
    closed_at = trade.closed_at
    if closed_at is None or (trade.reason == END_OF_TEST and closed_at.date() == last):
        return None
    close = _close_of(closed_at.date(), sessions)
    expired = trade.reason == EXPIRED
    alive_from = closed_at.date() + timedelta(days=expired or closed_at >= close)
    left = _package(((symbol, leg) for symbol, leg in named if leg.expires_on >= alive_from), -1)
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
