"""`ironfly explain`: why a run traded when it did, and why not when it did not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from api.cli.display import console, plain_table
from api.runs.course_tables import FUNNEL
from api.runs.frames import read_frame
from api.runs.stored import folder_of
from engine.funnel import CHANGES, OPENED

_IN_FULL: Final = "-"


@dataclass(frozen=True, slots=True)
class EntryEnd:
    """One row of funnel.csv."""

    at: str
    day: date
    strategy: str
    stage: str
    reason: str
    order_id: int | None
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class EndCount:
    """How many entries of a strategy ended at a stage for a reason, and the first and last exchange date of them."""

    strategy: str
    stage: str
    reason: str
    entries: int
    first: date
    last: date


def explain(run: str, at: date | None, as_json: bool) -> None:
    """Print where the entries of a run ended: all of them counted, or those of one date one by one.

    Args:
        run: folder of results, or the id of a run of the service.

    Raises:
        UnknownRun, RunUnreadable: when there is no such run, or its entries cannot be read.
    """
    entries = _entries(read_frame(FUNNEL, folder_of(run)))
    if at is None:
        _totals(_counted(entries), as_json)
    else:
        _of_the_day(entries, at, as_json)


def _entries(funnel: pd.DataFrame) -> list[EntryEnd]:
    return [
        EntryEnd(
            at=_iso(row["at"]),
            day=row["day"].date(),
            strategy=row["strategy"],
            stage=row["stage"],
            reason=row["reason"],
            order_id=None if pd.isna(row["order_id"]) else int(row["order_id"]),
            ended_at=None if pd.isna(row["ended_at"]) else _iso(row["ended_at"]),
        )
        for row in funnel.to_dict("records")
    ]


def _iso(moment: pd.Timestamp) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _counted(entries: Iterable[EntryEnd]) -> list[EndCount]:
    """Ends of the same stage and reason as one, by strategy, the most frequent first."""
    found: dict[tuple[str, str, str], list[date]] = {}
    for entry in entries:
        found.setdefault((entry.strategy, entry.stage, entry.reason), []).append(entry.day)
    counts = [EndCount(*key, len(days), min(days), max(days)) for key, days in found.items()]
    return sorted(counts, key=lambda one: (one.strategy, -one.entries, one.stage, one.reason))


# --- showing ----------------------------------------------------------------------------------------------------


def _totals(counts: Sequence[EndCount], as_json: bool) -> None:
    if as_json:
        print(_json(counts))
        return
    for strategy in dict.fromkeys(one.strategy for one in counts):
        own = [one for one in counts if one.strategy == strategy]
        entries, changes = ([one for one in own if (one.stage in CHANGES) is of_change] for of_change in (False, True))
        opened = sum(one.entries for one in entries if one.stage == OPENED)
        _table(f"{strategy}: {_sum(entries):,} entries were due, {opened:,} opened", "entries", entries)
        if changes:
            _table(f"{strategy}: {_sum(changes):,} changes were due and could not be made", "changes", changes)
    if not counts:
        console().print("No entry was due.")


def _sum(counts: Iterable[EndCount]) -> int:
    return sum(one.entries for one in counts)


def _table(title: str, counted: str, counts: Iterable[EndCount]) -> None:
    table = plain_table(title)
    for name in ("ended at", "reason"):
        table.add_column(name, overflow="fold")
    table.add_column(counted, justify="right")
    table.add_column("first")
    table.add_column("last")
    for one in counts:
        row = (one.stage, one.reason or _IN_FULL, f"{one.entries:,}")
        table.add_row(*row, one.first.isoformat(), one.last.isoformat())
    console().print(table)


def _of_the_day(entries: Sequence[EntryEnd], day: date, as_json: bool) -> None:
    chosen = [entry for entry in entries if entry.day == day]
    if as_json:
        print(_json(chosen))
        return
    if not chosen:
        before = max((entry.day for entry in entries if entry.day < day), default=None)
        after = min((entry.day for entry in entries if entry.day > day), default=None)
        nearest = " and ".join(str(one) for one in (before, after) if one is not None)
        console().print(f"No entry was due on {day}" + (f"; the nearest were due on {nearest}." if nearest else "."))
        return
    table = plain_table(f"Entries that were due on {day}")
    for name in ("due", "strategy", "ended at", "reason", "order", "ended"):
        table.add_column(name, overflow="fold")
    for entry in chosen:
        order = "" if entry.order_id is None else str(entry.order_id)
        reason = entry.reason or _IN_FULL
        table.add_row(entry.at, entry.strategy, entry.stage, reason, order, entry.ended_at or "")
    console().print(table)


def _json(rows: Sequence[EntryEnd | EndCount]) -> str:
    def plain(row: EntryEnd | EndCount) -> dict[str, Any]:
        return {key: str(value) if isinstance(value, date) else value for key, value in asdict(row).items()}

    return json.dumps([plain(row) for row in rows], indent=2)
