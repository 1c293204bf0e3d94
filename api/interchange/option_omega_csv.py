"""The two files that Option Omega exports of a backtest, of a run: its trades, newest first, and its days."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import fsum
from typing import Final

from api.interchange.frames import rows_of
from api.interchange.option_omega_closings import CLOCK, closings_of
from api.interchange.option_omega_legs import decimal_text, legs_text
from api.interchange.option_omega_trades import ExportedTrade
from api.interchange.replay import END_OF_TEST
from api.runs import StoredRun

TRADE_COLUMNS: Final = (
    "Date Opened",
    "Time Opened",
    "Opening Price",
    "Legs",
    "Premium",
    "Closing Price",
    "Date Closed",
    "Time Closed",
    "Avg. Closing Cost",
    "Reason For Close",
    "P/L",
    "P/L %",
    "No. of Contracts",
    "Funds at Close",
    "Margin Req.",
    "Underlying",
    "Strategy",
    "Opening Commissions + Fees",
    "Closing Commissions + Fees",
    "Opening Short/Long Ratio",
    "Closing Short/Long Ratio",
    "Opening VIX",
    "Closing VIX",
    "Gap",
    "Movement",
    "Max Profit",
    "Max Loss",
)
DAILY_COLUMNS: Final = (
    "Date",
    "Net Liquidity",
    "Current Funds",
    "Withdrawn",
    "Trading Funds",
    "P/L",
    "P/L %",
    "Drawdown %",
)
_Cell = str | Decimal


def trades_csv(trades: Sequence[ExportedTrade], start_usd: float) -> str:
    """The log of trades; what a run does not know (VIX, gap, movement, the price at the close) is empty.

    Args:
        start_usd: what the account began with.
    """
    funds, held = start_usd, {}
    for trade in sorted(trades, key=lambda one: (one.closing.at, one.position_id)):
        funds = held[trade.position_id] = fsum((funds, trade.profit_usd))
    newest = sorted(trades, key=lambda one: (one.opened_at, one.position_id), reverse=True)
    return _csv(TRADE_COLUMNS, (_trade_row(trade, held[trade.position_id]) for trade in newest))


def daily_csv(run: StoredRun) -> str:
    """The log of days: what was withdrawn is left in the net liquidity, as in Option Omega's."""
    equity = run.equity.assign(day=run.equity["at"].dt.tz_convert(CLOCK).dt.date).groupby("day").last()
    realised = _realised_by_day(run)
    start = before = peak = run.summary.capital.start_usd
    funds, rows = start, []
    for day, point in zip(equity.index, rows_of(equity), strict=True):
        funds = fsum((funds, *realised.get(day, ())))
        withdrawn = -point.external_flows_usd
        net = point.net_liquidation_usd + withdrawn
        peak = max(peak, net)
        rows.append(
            (
                day.isoformat(),
                *map(_number, (net, funds, withdrawn, funds - withdrawn, net - before)),
                _percent(net - before, before),
                _percent(net - peak, peak),
            )
        )
        before = net
    return _csv(DAILY_COLUMNS, rows)


def _realised_by_day(run: StoredRun) -> dict[date, list[float]]:
    """Profits of the trades that ended on each date."""
    closings, profits = closings_of(run), dict[date, list[float]]()
    for trade in rows_of(run.trades):
        closing = closings[trade.position_id]
        if closing.reason != END_OF_TEST:
            profits.setdefault(closing.at.date(), []).append(trade.profit_usd)
    return profits


def _trade_row(trade: ExportedTrade, funds_usd: float) -> tuple[_Cell, ...]:
    opening, cash = trade.opened_at, trade.opening_cash_usd
    cost = cash - trade.fees_usd - trade.profit_usd
    return (
        *_moment(opening),
        _number(trade.spot),
        legs_text(trade.legs),
        _number(cash / trade.contracts),
        "",
        *_moment(trade.closing.at),
        _number(cost / trade.contracts),
        trade.closing.reason,
        _number(trade.profit_usd),
        _percent(trade.profit_usd, abs(cash)),
        Decimal(trade.contracts),
        _number(funds_usd),
        "" if trade.margin_usd is None else _number(trade.margin_usd),
        trade.underlying,
        trade.strategy,
        _number(trade.opening_fees_usd),
        _number(trade.fees_usd - trade.opening_fees_usd),
        _ratio(*_opening_values(trade)),
        "" if trade.closing_values is None else _ratio(*trade.closing_values),
        *("",) * 4,
        _percent(trade.best_usd, abs(cash)),
        _percent(trade.worst_usd, abs(cash)),
    )


def _opening_values(trade: ExportedTrade) -> tuple[float, float]:
    """Contracts times price per share of the legs that were sold, and of those that were bought."""
    values = [leg.quantity * leg.price_usd for leg in trade.legs]
    return -fsum(value for value in values if value < 0), fsum(value for value in values if value > 0)


def _moment(at: datetime) -> tuple[str, str]:
    return at.date().isoformat(), at.time().isoformat()


def _number(value: float) -> Decimal:
    return Decimal(decimal_text(value))


def _percent(part: float, whole: float) -> _Cell:
    return _number(round(100 * part / whole, 2)) if whole else ""


def _ratio(sold: float, bought: float) -> _Cell:
    return _number(round(sold / bought, 3)) if bought else ""


def _csv(header: Sequence[str], rows: Iterable[Sequence[_Cell]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
