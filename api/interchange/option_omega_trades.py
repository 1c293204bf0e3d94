"""Trades of a run as Option Omega's logs count them: per structure, in USD, net of fees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from typing import Any

import pandas as pd

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
    closings = closings_of(run)
    fills = by_position(run.fills)
    contracts = {position: legs.set_index("symbol") for position, legs in by_position(run.legs).items()}
    trades: list[ExportedTrade] = []
    left_out: dict[int, str] = {}
    simplified: dict[int, str] = {}
    for trade in rows_of(run.trades):
        number, closing = trade.position_id, closings[trade.position_id]
        opening = fills[number][fills[number]["intent"] == "open"]
        reason = _obstacle(opening, contracts[number])
        if reason is not None:
            left_out[number] = reason
            continue
        trades.append(_trade(trade, closing, fills[number], contracts[number]))
        if (fills[number]["intent"] == "adjust").any():
            simplified[number] = "its legs changed; the row has those of the opening"
        elif closing.in_parts:
            simplified[number] = "it was closed in parts; the row has the last of them"
    return ExportedTrades(tuple(trades), left_out, simplified)


def _obstacle(opening: pd.DataFrame, contracts: pd.DataFrame) -> str | None:
    """Why a log cannot hold a trade; None where it can."""
    symbols = opening["symbol"]
    if not symbols.isin(contracts.index).all():
        return "its contracts were adjusted"
    if (contracts.loc[symbols.unique(), "right"] == "").any():
        return "it began with shares"
    return None


def _trade(trade: Any, closing: Closing, fills: pd.DataFrame, contracts: pd.DataFrame) -> ExportedTrade:
    opening = fills[fills["intent"] == "open"]
    legs = tuple(_leg(of_symbol, contracts.loc[symbol]) for symbol, of_symbol in opening.groupby("symbol", sort=False))
    return ExportedTrade(
        position_id=trade.position_id,
        strategy=trade.strategy,
        underlying=trade.underlying,
        spot=trade.spot,
        opened_at=new_york(trade.opened_at),
        closing=closing,
        legs=legs,
        contracts=trade.quantity,
        opening_cash_usd=fsum(opening["cash_usd"]),
        profit_usd=trade.profit_usd,
        opening_fees_usd=fsum(opening["fee_usd"]),
        fees_usd=trade.fees_usd,
        margin_usd=None if pd.isna(trade.margin_usd) else trade.margin_usd,
        best_usd=trade.best_usd,
        worst_usd=trade.worst_usd,
        closing_values=_closing_values(fills[fills["intent"] == "close"], opening),
    )


def _leg(fills: pd.DataFrame, contract: Any) -> LoggedLeg:
    quantity = int(fills["quantity"].sum())
    return LoggedLeg(
        quantity=quantity,
        expires_on=contract["expires_on"].date(),
        strike=float(contract["strike"]),
        right=Right.CALL if contract["right"] == "call" else Right.PUT,
        price_usd=abs(fsum(fills["cash_usd"])) / (abs(quantity) * int(contract["multiplier"])),
    )


def _closing_values(closing: pd.DataFrame, opening: pd.DataFrame) -> tuple[float, float] | None:
    traded = closing.groupby("symbol")["quantity"].sum()
    opened = opening.groupby("symbol")["quantity"].sum()
    if not traded.equals(-opened):
        return None
    values = closing["quantity"] * closing["price_usd"]
    return fsum(values[values > 0]), -fsum(values[values < 0])
