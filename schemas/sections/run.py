"""Which run this was, and which files belong to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.sections.base import UNIT, Count, Moment, Section


class Host(Section):
    """The machine; outside the summary hash."""

    python: str
    """Version of the Python interpreter."""
    platform: str
    """Operating system and machine type."""


class Run(Section):
    """Identity and times of the run; `id`, times and `host` are outside the summary hash.

    Source: the process that ran it, its clock, and the configuration.
    """

    id: str
    """Unique name of this run."""
    created: Moment
    """When the run was asked for, UTC."""
    started: Moment
    """When its first event was handled, UTC."""
    finished: Moment
    """When its last event was handled, UTC."""
    elapsed_s: Annotated[float, Field(ge=0, allow_inf_nan=False, json_schema_extra={UNIT: "seconds"})]
    """Wall-clock time between the two."""
    host: Host
    engine_version: str
    """Version of ironfly."""
    status: Literal["complete", "interrupted"]
    """`interrupted`: stopped by the user; everything here covers the time up to `simulated_to`."""
    seed: int
    """Seed of everything random."""
    simulated_from: Moment | None
    """Instant of the first mark of the account, UTC; null: there was none."""
    simulated_to: Moment | None
    """Instant of the last mark of the account, UTC; null: there was none."""
    market_events: Count
    """Bars, chains and settlement values that were handled."""


class Artifacts(Section):
    """File names, as seen from the folder of this summary; outside the summary hash.

    Source: what was written with it.
    """

    summary: str | None = None
    """This document; null: not written."""
    trades: str | None = None
    """One row per trade, CSV; null: not written."""
    legs: str | None = None
    """One row per leg of a trade, CSV; null: not written."""
    orders: str | None = None
    """One row per order, CSV; null: not written."""
    fills: str | None = None
    """One row per leg of a fill, CSV; null: not written."""
    equity: str | None = None
    """One row per mark of the account, CSV; null: not written."""
    greeks: str | None = None
    """One row per session, CSV; null: not written."""
    attribution: str | None = None
    """One row per position and exchange date, CSV; null: not written."""
    margin_calls: str | None = None
    """One row per margin call, CSV; null: not written."""
    events: str | None = None
    """One row per event but market data, CSV; null: not written."""
    funnel: str | None = None
    """One row per entry that was due, CSV; null: not written."""
    configuration: str | None = None
    """The configuration file; relative paths in `config` start from its folder; null: it came from no file."""
