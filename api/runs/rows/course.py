"""Rows of the tables of `api/runs/course_tables.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from api.mapping import FinishedRun
from api.runs.course_tables import EVENTS, FUNNEL
from api.runs.rows.event_details import details
from api.runs.rows.source import TableRows
from engine.funnel import EntryFate, entry_fates

_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")


class _Ended(NamedTuple):
    """Where an entry ended, and the exchange date on which it was due."""

    fate: EntryFate
    day: date


def _ended(run: FinishedRun) -> Iterator[_Ended]:
    date_of = run.data.source.sessions.date_of
    return (_Ended(fate, date_of(fate.at)) for fate in entry_fates(run.result))


EVENTS_ROWS: Final = TableRows(
    EVENTS,
    lambda run: run.result.event_log,
    {
        "at": lambda row: row.at,
        "kind": lambda row: _WORD.sub("_", type(row).__name__).lower(),
        "details": details,
    },
)

FUNNEL_ROWS: Final = TableRows(
    FUNNEL,
    _ended,
    {
        "at": lambda row: row.fate.at,
        "day": lambda row: row.day,
        "strategy": lambda row: row.fate.strategy,
        "stage": lambda row: row.fate.stage,
        "reason": lambda row: row.fate.reason,
        "order_id": lambda row: row.fate.order_id,
        "ended_at": lambda row: row.fate.ended_at,
    },
)
