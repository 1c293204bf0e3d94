"""Which run this was, and which files belong to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.sections.base import Count, Moment, Number, Section


class Host(Section):
    """The machine; outside the summary hash."""

    python: str
    """Version of the Python interpreter."""
    platform: str
    """Operating system and machine type."""


class Run(Section):
    """Identity and times of the run; `id`, times and `host` are outside the summary hash."""

    id: str
    """Unique name of this run."""
    created: Moment
    """When the run was asked for, UTC."""
    started: Moment
    """When its first event was handled, UTC."""
    finished: Moment
    """When its last event was handled, UTC."""
    elapsed_s: Annotated[Number, Field(ge=0)]
    """Wall-clock seconds between the two."""
    host: Host
    engine_version: str
    """Version of ironfly."""
    status: Literal["complete", "interrupted"]
    """`interrupted`: stopped by the user; everything here covers the time up to `simulated_to`."""
    seed: int
    """Seed of everything random."""
    simulated_from: Moment | None
    """Instant of the first mark of the account, UTC."""
    simulated_to: Moment | None
    """Instant of the last mark of the account, UTC."""
    market_events: Count
    """Bars, chains and settlement values that were handled."""


class Artifacts(Section):
    """File names beside this summary; outside the summary hash."""

    summary: str | None = None
    """This document."""
    trades: str | None = None
    """One row per trade, CSV."""
    legs: str | None = None
    """One row per leg of a trade, CSV."""
    orders: str | None = None
    """One row per order, CSV."""
    fills: str | None = None
    """One row per leg of a fill, CSV."""
    equity: str | None = None
    """One row per mark of the account, CSV."""
    greeks: str | None = None
    """One row per session, CSV."""
    attribution: str | None = None
    """One row per position and exchange date, CSV."""
    margin_calls: str | None = None
    """One row per margin call, CSV."""
    events: str | None = None
    """One row per event but market data, CSV."""
    funnel: str | None = None
    """One row per entry that was due, CSV."""
