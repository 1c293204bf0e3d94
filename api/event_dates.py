"""Dates of events from a CSV file `date,name`, one line per date, in any order.

    2018-01-31,FOMC
    2018-02-01,earnings

The whole file is known from the first day of the run on: it holds what was announced in advance.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from api.errors import EventDatesUnreadable
from engine.strategies.event_dates import EventDates

HEADER: Final = ["date", "name"]


def read_event_dates(path: Path) -> EventDates:
    """Read a calendar of events.

    Raises:
        EventDatesUnreadable: naming file, line and remedy.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EventDatesUnreadable(f"{path.name} cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    if header != HEADER:
        raise EventDatesUnreadable(f"{path.name}: line 1 is {','.join(header)!r}; it must be {','.join(HEADER)!r}")
    dates: dict[str, list[date]] = {}
    for number, (day, event) in _rows(reader, path.name):
        if day in dates.setdefault(event, []):
            raise EventDatesUnreadable(f"{path.name}: line {number}: {event} of {day} stands there twice; remove one")
        dates[event].append(day)
    return EventDates(dates)


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, tuple[date, str]]]:
    for number, cells in enumerate(reader, 2):
        if not cells:
            continue
        said = [cell.strip() for cell in cells]
        if len(said) != len(HEADER) or not said[1]:
            raise EventDatesUnreadable(f"{name}: line {number}: {','.join(cells)!r} is not {','.join(HEADER)!r}")
        try:
            yield number, (date.fromisoformat(said[0]), said[1])
        except ValueError:
            raise EventDatesUnreadable(
                f"{name}: line {number}: {said[0]!r} is no date; write it as YYYY-MM-DD"
            ) from None
