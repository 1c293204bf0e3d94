"""Orders with their ends, and their fills leg by leg."""

from __future__ import annotations

from typing import Final

from api.runs.columns import Column, Kind, Table

ORDERS: Final = Table(
    "orders",
    "One row per order, in the order of their requests. Positions that the end of the run closes have none.",
    (
        Column("order_id", Kind.COUNT, "Number of the order in its run."),
        Column("at", Kind.INSTANT, "When it was requested."),
        Column("strategy", Kind.TEXT, "Strategy, or part of the engine, that wanted it."),
        Column("kind", Kind.TEXT, "What it waits for: `market`, `limit`, `stop`, `stop_limit` or `market_on_close`."),
        Column("intent", Kind.TEXT, "`open`, `close` or `adjust`."),
        Column("position_id", Kind.COUNT, "Position that it changes, or opens."),
        Column("structure", Kind.TEXT, "Name that its strategy gave the structure."),
        Column("tag", Kind.TEXT, "Why: an entry tag or an exit reason."),
        Column("legs", Kind.TEXT, "`ratio symbol` per leg, separated by `;`; negative ratios are sold."),
        Column("requested", Kind.COUNT, "Packages asked for.", "its sizer decided"),
        Column("approved", Kind.COUNT, "Packages that risk let pass."),
        Column("filled", Kind.COUNT, "Packages that traded."),
        Column("fills", Kind.COUNT, "How often it traded."),
        Column(
            "limit_usd",
            Kind.MONEY,
            "Net price per share of the package, debits positive, at which it may trade.",
            "of orders without a limit",
        ),
        Column(
            "stop_usd",
            Kind.MONEY,
            "Net price per share of the package, debits positive, at which it wakes up.",
            "of orders without a stop",
        ),
        Column("time_in_force", Kind.TEXT, "`day`, `gtc` or `gtd`."),
        Column("good_until", Kind.DAY, "Last exchange date of an order good till date.", "of other orders"),
        Column(
            "ended_at",
            Kind.INSTANT,
            "When it was over.",
            "of an order that was requested when everything was over",
        ),
        Column("end", Kind.TEXT, "`filled`, `cancelled` or `refused`; empty as `ended_at`."),
        Column("reason", Kind.TEXT, "Why it was cancelled or refused; empty where it filled."),
    ),
)

FILLS: Final = Table(
    "fills",
    "One row per leg of a fill, in the order of time.",
    (
        Column("at", Kind.INSTANT, "When it traded."),
        Column("decided_at", Kind.INSTANT, "When its order was requested."),
        Column("order_id", Kind.COUNT, "Number of its order."),
        Column("position_id", Kind.COUNT, "Position that it went to."),
        Column("strategy", Kind.TEXT, "As in orders."),
        Column("intent", Kind.TEXT, "`open`, `close` or `adjust`."),
        Column("tag", Kind.TEXT, "Why: an entry tag or an exit reason."),
        Column("symbol", Kind.TEXT, "OSI symbol of an option, symbol of shares."),
        Column("quantity", Kind.COUNT, "Contracts or shares, negative when sold."),
        Column("price_usd", Kind.MONEY, "Price per share."),
        Column("bid_usd", Kind.NUMBER, "Bid that it filled against, per share.", "of shares that filled on a bar"),
        Column("ask_usd", Kind.NUMBER, "Ask that it filled against, per share.", "of shares that filled on a bar"),
        Column("cash_usd", Kind.MONEY, "Cash before the fee, negative when paid."),
        Column("fee_usd", Kind.MONEY, "Fee, positive."),
        Column(
            "spread_cost_usd",
            Kind.MONEY,
            "What the price gave away against the middle of its quote, positive when it cost; 0 without two sides.",
        ),
        Column("flags", Kind.TEXT, "What was wrong with its quote, separated by `;`."),
        Column("theoretical", Kind.FLAG, "The price is a model's value, not taken from the quote."),
    ),
)
