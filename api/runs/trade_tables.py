"""Trades, and the legs that they are made of."""

from __future__ import annotations

from typing import Final

from api.runs.columns import Column, Kind, Table


def still_held(exit_reason: str) -> str:
    """What stands for the closing date of a trade that is not over: of some only long legs without a bid are left."""
    return "open" if exit_reason == "open_at_end" else "leg left"


TRADES: Final = Table(
    "trades",
    "One row per trade, in the order of opening: a structure from its opening to its end.",
    (
        Column("position_id", Kind.COUNT, "Number of the trade, unique in its run."),
        Column("strategy", Kind.TEXT, "Strategy that opened it."),
        Column("structure", Kind.TEXT, "Canonical name of the legs that were opened."),
        Column("underlying", Kind.TEXT, "Underlying of its first leg."),
        Column("quantity", Kind.COUNT, "Packages."),
        Column("opened_at", Kind.INSTANT, "When it was filled first."),
        Column("opened_on", Kind.DAY, "Exchange date of that."),
        Column("closed_at", Kind.INSTANT, "When nothing was left of it.", "something is held at the end of the run"),
        Column("entry_tag", Kind.TEXT, "Why it was opened."),
        Column(
            "exit_reason",
            Kind.TEXT,
            "Why it was closed: the reason of its first exit; `open_at_end` where more is held than `left_open`.",
        ),
        Column("entry_cash_usd", Kind.MONEY, "Cash at entry before fees, negative when paid."),
        Column("exit_cash_usd", Kind.MONEY, "Cash of closing and settlement before fees, negative when paid."),
        Column("fees_usd", Kind.MONEY, "Fees, positive."),
        Column("profit_usd", Kind.MONEY, "Profit after fees; of an open trade at its last mark."),
        Column("worst_usd", Kind.MONEY, "Lowest profit before fees at any mark."),
        Column("best_usd", Kind.MONEY, "Highest profit before fees at any mark."),
        Column(
            "maximum_loss_usd",
            Kind.MONEY,
            "Largest loss at expiration, as it was opened, before fees.",
            "without bound",
        ),
        Column(
            "maximum_profit_usd",
            Kind.MONEY,
            "Largest profit at expiration, as it was opened, before fees.",
            "without bound, or with several expirations",
        ),
        Column("margin_usd", Kind.MONEY, "Initial requirement of the position on its own.", "without bound"),
        Column(
            "days_to_expiration",
            Kind.COUNT,
            "Calendar days to the first expiration, at the opening.",
            "without options",
        ),
        Column(
            "delta",
            Kind.NUMBER,
            "Largest size of a delta per share among the options sold, or bought where none was sold, at the opening.",
            "the data have none",
        ),
        Column("spot", Kind.NUMBER, "Price of the underlying at the opening, USD."),
        Column(
            "iv_rank",
            Kind.NUMBER,
            "Rank of the underlying's volatility among the last 252 sessions that the run saw, 0 to 1, at the opening.",
            "fewer than 60 sessions, or no volatility",
        ),
        Column("vix", Kind.NUMBER, "Last price of VIX at the opening.", "the run reads no such market"),
        Column("proxy_settled", Kind.FLAG, "A leg was settled on a proxy price."),
        Column(
            "left_open",
            Kind.TEXT,
            "Symbols of long legs without a bid when the rest was closed, separated by `;`.",
        ),
        Column(
            "legs",
            Kind.TEXT,
            "`quantity symbol exit_kind` per leg, separated by `;`; negative quantities were sold.",
        ),
    ),
)

LEGS: Final = Table(
    "legs",
    "One row per leg of a trade, in the order of the trades and, inside them, of the legs' first fills.",
    (
        Column("position_id", Kind.COUNT, "Number of its trade."),
        Column("leg", Kind.COUNT, "Number of the leg in its trade, from 1."),
        Column("symbol", Kind.TEXT, "OSI symbol of an option, symbol of shares."),
        Column("underlying", Kind.TEXT, "Symbol of the market that quotes it."),
        Column("right", Kind.TEXT, "`call` or `put`; empty of shares."),
        Column("strike", Kind.NUMBER, "Strike, USD per share.", "of shares"),
        Column("expires_on", Kind.DAY, "Exchange date of expiration.", "of shares"),
        Column("multiplier", Kind.COUNT, "Price per share times this is money, for one contract or one share."),
        Column(
            "quantity",
            Kind.COUNT,
            "Contracts or shares at entry, negative when sold; 0 of shares from an option.",
        ),
        Column("entry_cash_usd", Kind.MONEY, "Cash at entry before fees, negative when paid."),
        Column("exit_cash_usd", Kind.MONEY, "Cash of closing, settlement or exercise before fees, negative when paid."),
        Column("fees_usd", Kind.MONEY, "Fees, positive."),
        Column(
            "exit_kind",
            Kind.TEXT,
            "How it ended: `closed`, `settled`, `exercised`, `assigned`, `given_up` or `open`.",
        ),
    ),
)
