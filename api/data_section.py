"""What is known about the data of a run, as the section `data` of its summary."""

from __future__ import annotations

from api.data_access import RunData
from data.facts import DataFacts
from schemas.sections.data import (
    Data,
    DataFile,
    Quality,
    Sessions,
    SettlementFile,
    SkippedRows,
    UnderlyingDay,
)


def data_section(data: RunData) -> Data:
    """Files, sessions and quality of the range that was read, warm-up included."""
    facts, sessions, values = data.facts, data.source.sessions, data.settlement_values
    return Data(
        vendors=facts.vendors,
        underlyings=facts.underlyings,
        resolution=facts.resolution,
        start=facts.first,
        end=facts.last,
        snapshots=facts.snapshots,
        calendar=sessions.calendar,
        timezone=sessions.timezone,
        content_hash=facts.content_hash,
        files=tuple(
            DataFile(name=one.name, format=one.format, sha256=one.sha256, rows=one.rows) for one in facts.sources
        ),
        settlement_values=None if values is None else SettlementFile(name=values.name, sha256=values.sha256),
        skipped=tuple(
            SkippedRows(name=one.source.name, day=one.day, underlying=one.underlying, rows=one.rows, reason=one.reason)
            for one in facts.skipped
        ),
        sessions=_sessions(facts),
        quality=Quality(**{name: getattr(facts.counts, name) for name in Quality.model_fields}),
    )


def _sessions(facts: DataFacts) -> Sessions:
    return Sessions(
        expected=facts.sessions_expected,
        present=facts.sessions_present,
        missing=tuple(UnderlyingDay(day=one.day, underlying=one.underlying) for one in facts.missing),
        stale=tuple(UnderlyingDay(day=one.day, underlying=one.underlying) for one in facts.stale_days),
        warm_up=facts.warm_up_sessions,
    )
