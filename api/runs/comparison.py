"""What differs between runs: between their documents, field by field, and between their tables, cell by cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

from schemas.errors import Path as Place
from schemas.errors import dotted


class _Absent:
    """Stands where one of the documents has no such field."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = _Absent()


class Difference(NamedTuple):
    """A place at which not everybody says the same.

    Attributes:
        path: `capital.end_usd` in a document, `trades.csv:5 profit_usd` in a table, lines counted from 1.
        values: one of each, in the order in which they were given; `ABSENT` where there is none.
    """

    path: str
    values: tuple[Any, ...]


def document_differences(*documents: Any) -> Iterator[Difference]:
    """Fields in which parsed JSON documents differ, in the order of the first; 1 and 1.0 are the same number."""
    yield from _between((), documents)


def table_differences(was: Path, now: Path) -> Iterator[Difference]:
    """Cells in which two CSV files differ; a row that only one of them has is one difference."""
    with was.open(encoding="utf-8", newline="") as one, now.open(encoding="utf-8", newline="") as other:
        rows = zip_longest(csv.reader(one), csv.reader(other), fillvalue=None)
        header: list[str] = []
        for line, (before, after) in enumerate(rows, 1):
            header = header or before or []
            if before != after:
                yield from _between_rows(f"{was.name}:{line}", header, before, after)


def _between(path: Place, values: tuple[Any, ...]) -> Iterator[Difference]:
    if all(isinstance(one, Mapping) for one in values):
        for key in dict.fromkeys(key for one in values for key in one):
            yield from _between((*path, key), tuple(one.get(key, ABSENT) for one in values))
    elif all(isinstance(one, Sequence) and not isinstance(one, str) for one in values):
        for index, items in enumerate(zip_longest(*values, fillvalue=ABSENT)):
            yield from _between((*path, index), items)
    elif any(not _same(values[0], one) for one in values[1:]):
        yield Difference(dotted(path), values)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _between_rows(
    place: str, header: Sequence[str], was: Sequence[str] | None, now: Sequence[str] | None
) -> Iterator[Difference]:
    if was is None or now is None or not len(was) == len(now) == len(header):
        yield Difference(place, tuple(ABSENT if row is None else ",".join(row) for row in (was, now)))
        return
    for name, before, after in zip(header, was, now, strict=True):
        if before != after:
            yield Difference(f"{place} {name}", (before, after))
