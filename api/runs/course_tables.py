"""The course of a run: what happened, and where every entry ended."""

from __future__ import annotations

from typing import Final

from api.runs.columns import Column, Kind, Table

EVENTS: Final = Table(
    "events",
    "One row per event, in the order in which they happened; bars, quotes, chains, marks and signals are left out.",
    (
        Column("at", Kind.INSTANT, "When it happened."),
        Column("kind", Kind.TEXT, "What happened, e.g. `order_filled`."),
        Column("details", Kind.TEXT, "Its fields as JSON; instants in ISO 8601, money in USD."),
    ),
)

FUNNEL: Final = Table(
    "funnel",
    "One row per entry that was due, in the order of time.",
    (
        Column("at", Kind.INSTANT, "When it was due."),
        Column("day", Kind.DAY, "Exchange date of that."),
        Column("strategy", Kind.TEXT, "Strategy that looked for it."),
        Column(
            "stage",
            Kind.TEXT,
            "Where it ended: a stage of the strategy, `sizing`, `risk`, `margin` or `fill`; `opened` where it did not.",
        ),
        Column("reason", Kind.TEXT, "Why; empty where it opened in full."),
        Column("order_id", Kind.COUNT, "Number of its order.", "none was requested"),
        Column(
            "ended_at",
            Kind.INSTANT,
            "When that was certain.",
            "of an order that was requested when everything was over",
        ),
    ),
)
