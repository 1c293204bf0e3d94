"""Trades of a run as Option Omega's logs count them: per structure, in USD, net of fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum, isnan
from typing import Any

from api.interchange.frames import by_position, rows_of
from api.interchange.option_omega_closings import Closing, closings_of, new_york
from api.interchange.option_omega_legs import LoggedLeg
from api.runs import StoredRun
from engine.model import Right


@dataclass(frozen=True, slots=True)
class ExportedTrade:
    """One trade.

    Attributes:
        opened_at: on the clock of New York.
        legs: as they were opened, at the average prices of their fills.
        contracts: how often the structure was traded.
        opening_cash_usd: before fees, negative when paid.
        margin_usd: None without bound.
        closing_values: contracts times closing price per share, of the legs that were sold and of those that were
            bought; None where a leg was not closed by a fill.
    """

    position_id: int
    strategy: str
    underlying: str
    spot: float
    opened_at: datetime
    closing: Closing
    legs: tuple[LoggedLeg, ...]
    contracts: int
    opening_cash_usd: float
    profit_usd: float
    opening_fees_usd: float
    fees_usd: float
    margin_usd: float | None
    best_usd: float
    worst_usd: float
    closing_values: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ExportedTrades:
    """All trades of a run that such a log can hold.

    Attributes:
        trades: in the order of their openings.
        left_out: positions that have no row, and why.
        simplified: positions whose row does not tell everything, and what it leaves out.
    """

    trades: tuple[ExportedTrade, ...]
    left_out: Mapping[int, str]
    simplified: Mapping[int, str]


def exported_trades(run: StoredRun) -> ExportedTrades:
    """What a log holds of a run; trades with shares, or with contracts that were adjusted, have no row."""
    closings, fills, legs = closings_of(run), by_position(run.fills), by_position(run.legs)
    trades: list[ExportedTrade] = []
    left_out: dict[int, str] = {}
    simplified: dict[int, str] = {}
    for trade in rows_of(run.trades):
        number, closing = trade.position_id, closings[trade.position_id]
        contracts = {leg.symbol: leg for leg in legs[number]}
        obstacle = _obstacle(fills[number], contracts)
        if obstacle is not None:
            left_out[number] = obstacle
            continue
        trades.append(_trade(trade, closing, fills[number], contracts))
        if any(fill.intent == "adjust" for fill in fills[number]):
            simplified[number] = "its legs changed; the row has those of the opening"
        elif closing.in_parts:
            simplified[number] = "it was closed in parts; the row has the last of them"
    return ExportedTrades(tuple(trades), left_out, simplified)


def _obstacle(fills: Sequence[Any], contracts: Mapping[str, Any]) -> str | None:
    """Why a log cannot hold a trade; None where it can."""
    opened = [fill.symbol for fill in fills if fill.intent == "open"]
    if any(symbol not in contracts for symbol in opened):
        return "its contracts were adjusted"
    if any(contracts[symbol].right == "" for symbol in opened):
        return "it began with shares"
    return None


def _trade(trade: Any, closing: Closing, fills: Sequence[Any], contracts: Mapping[str, Any]) -> ExportedTrade:
    opening = [fill for fill in fills if fill.intent == "open"]
    return ExportedTrade(
        position_id=trade.position_id,
        strategy=trade.strategy,
        underlying=trade.underlying,
        spot=trade.spot,
        opened_at=new_york(trade.opened_at),
        closing=closing,
        legs=tuple(_leg(found, contracts[symbol]) for symbol, found in _by_symbol(opening).items()),
        contracts=trade.quantity,
        opening_cash_usd=fsum(fill.cash_usd for fill in opening),
        profit_usd=trade.profit_usd,
        opening_fees_usd=fsum(fill.fee_usd for fill in opening),
        fees_usd=trade.fees_usd,
        margin_usd=None if isnan(trade.margin_usd) else trade.margin_usd,
        best_usd=trade.best_usd,
        worst_usd=trade.worst_usd,
        closing_values=_closing_values([fill for fill in fills if fill.intent == "close"], opening),
    )


def _leg(fills: Sequence[Any], contract: Any) -> LoggedLeg:
    quantity = _contracts(fills)
    return LoggedLeg(
        quantity=quantity,
        expires_on=contract.expires_on.date(),
        strike=contract.strike,
        right=Right.CALL if contract.right == "call" else Right.PUT,
        price_usd=abs(fsum(fill.cash_usd for fill in fills)) / (abs(quantity) * contract.multiplier),
    )


def _closing_values(closing: Sequence[Any], opening: Sequence[Any]) -> tuple[float, float] | None:
    traded = {symbol: -_contracts(fills) for symbol, fills in _by_symbol(closing).items()}
    if traded != {symbol: _contracts(fills) for symbol, fills in _by_symbol(opening).items()}:
        return None
    values = [fill.quantity * fill.price_usd for fill in closing]
    return fsum(value for value in values if value > 0), -fsum(value for value in values if value < 0)


def _by_symbol(fills: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for fill in fills:
        found.setdefault(fill.symbol, []).append(fill)
    return found


def _contracts(fills: Sequence[Any]) -> int:
    return sum(fill.quantity for fill in fills)
