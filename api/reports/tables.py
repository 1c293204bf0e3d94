"""Tables of a run as CSV: exact money, UTC times, units in the names of the columns.

trades.csv, one row per trade in the order of opening:

    position_id      number of the trade, unique in its run
    strategy, structure
    quantity         packages
    opened_at        ISO 8601 UTC
    closed_at        ISO 8601 UTC; empty while open at the end of the run
    entry_tag, exit_reason
    entry_cash_usd   cash at entry before fees, negative when paid
    exit_cash_usd    cash of closing and settlement before fees, negative when paid
    fees_usd         positive
    profit_usd       after fees; of an open trade at its last mark
    worst_usd        lowest profit before fees at any mark; best_usd: the highest
    maximum_loss_usd at expiration, as it was opened; empty without bound
    margin_usd       initial requirement of the position on its own; empty without bound
    days_to_expiration, delta  at the opening; empty where there are none
    proxy_settled    true when a leg was settled on a proxy price
    left_open        symbols of long legs that found no bid, separated by `;`
    legs             `quantity symbol exit_kind` per leg, separated by `;`; negative quantities were sold

equity.csv, one row per instant at which the account was valued:

    at                      ISO 8601 UTC
    cash_usd, market_value_usd, net_liquidation_usd
    margin_requirement_usd  empty when no amount would have been enough

funnel.csv, one row per entry that was due, in the order of time:

    at         ISO 8601 UTC, when it was due
    day        its exchange date
    strategy
    stage      where it ended: a stage of the strategy, `sizing`, `risk`, `margin` or `fill`; `opened` where it did not
    reason     why; empty where it opened in full
    order_id   of its order; empty where none was requested
    ended_at   ISO 8601 UTC, when that was certain; empty of an order that was requested when everything was over
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from engine.funnel import EntryFate
from engine.instants import iso
from engine.model import SessionTable
from engine.money import MICROS_PER_USD, Micros
from engine.result import EquityPoint, Trade

TRADE_COLUMNS: Final = (
    "position_id",
    "strategy",
    "structure",
    "quantity",
    "opened_at",
    "closed_at",
    "entry_tag",
    "exit_reason",
    "entry_cash_usd",
    "exit_cash_usd",
    "fees_usd",
    "profit_usd",
    "worst_usd",
    "best_usd",
    "maximum_loss_usd",
    "margin_usd",
    "days_to_expiration",
    "delta",
    "proxy_settled",
    "left_open",
    "legs",
)
EQUITY_COLUMNS: Final = ("at", "cash_usd", "market_value_usd", "net_liquidation_usd", "margin_requirement_usd")
FUNNEL_COLUMNS: Final = ("at", "day", "strategy", "stage", "reason", "order_id", "ended_at")


def trades_csv(trades: Iterable[Trade]) -> str:
    """The text of trades.csv."""
    return _csv(TRADE_COLUMNS, map(_trade_row, trades))


def equity_csv(equity: Iterable[EquityPoint]) -> str:
    """The text of equity.csv."""
    return _csv(EQUITY_COLUMNS, map(_equity_row, equity))


def funnel_csv(entries: Iterable[EntryFate], sessions: SessionTable) -> str:
    """The text of funnel.csv; the sessions say which exchange date an instant belongs to."""
    return _csv(FUNNEL_COLUMNS, (_funnel_row(entry, sessions) for entry in entries))


def exact_usd(amount: Micros) -> str:
    """An exact amount as decimal text: two decimals, more only where they are not zero."""
    whole, rest = divmod(abs(amount), MICROS_PER_USD)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if amount < 0 else ''}{whole}.{decimals}"


def _trade_row(trade: Trade) -> Sequence[object]:
    return (
        trade.position_id,
        trade.strategy,
        trade.structure,
        trade.quantity,
        iso(trade.opened_at),
        "" if trade.closed_at is None else iso(trade.closed_at),
        trade.entry_tag,
        trade.exit_reason,
        exact_usd(trade.entry_cash),
        exact_usd(trade.exit_cash),
        exact_usd(trade.fees),
        exact_usd(trade.profit),
        exact_usd(trade.worst),
        exact_usd(trade.best),
        _bounded_usd(trade.entry.maximum_loss),
        _bounded_usd(trade.entry.requirement),
        trade.entry.days_to_expiration,
        None if trade.entry.delta is None else round(trade.entry.delta, 6),
        str(trade.proxy_settled).lower(),
        ";".join(trade.left_open),
        ";".join(f"{leg.quantity:+d} {leg.symbol} {leg.exit_kind}" for leg in trade.legs),
    )


def _equity_row(point: EquityPoint) -> Sequence[object]:
    return (
        iso(point.at),
        exact_usd(point.cash),
        exact_usd(point.market_value),
        exact_usd(point.net_liquidation),
        _bounded_usd(point.margin_requirement),
    )


def _bounded_usd(amount: Micros | None) -> str:
    """An exact amount; nothing where it has no bound."""
    return "" if amount is None else exact_usd(amount)


def _funnel_row(entry: EntryFate, sessions: SessionTable) -> Sequence[object]:
    return (
        iso(entry.at),
        sessions.date_of(entry.at).isoformat(),
        entry.strategy,
        entry.stage,
        entry.reason,
        "" if entry.order_id is None else entry.order_id,
        "" if entry.ended_at is None else iso(entry.ended_at),
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
