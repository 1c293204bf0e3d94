"""Tables as CSV, streamed: cells are made column by column, because there can be a row per minute."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TextIO

import pyarrow as pa
from pyarrow import compute

from api.mapping import FinishedRun
from api.runs.columns import Kind
from api.runs.rows.source import TableRows

_BATCH: Final = 16_384
_MICRO: Final = pa.array(["0.000001"]).cast(pa.decimal128(7, 6))[0]


def write_csv(filled: TableRows, run: FinishedRun, stream: TextIO) -> None:
    """Write a header and the rows of a run."""
    columns = filled.table.columns
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(filled.table.header)
    for batch in _batches(filled.rows(run)):
        cells = (_CELLS[column.kind](list(map(filled.values[column.name], batch))) for column in columns)
        writer.writerows(zip(*cells, strict=True))


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _instants(values: list[Any]) -> list[str]:
    """To the microsecond, which is left out where it is zero."""
    moments = pa.array(values, pa.int64()).cast(pa.timestamp("ns")).cast(pa.timestamp("us"), safe=False)
    texts = compute.replace_substring_regex(moments.cast(pa.string()), r"\.000000$", "")
    zoned = compute.binary_join_element_wise(compute.replace_substring(texts, " ", "T"), "Z", "")
    return _filled(zoned)


def _money(values: list[Any]) -> list[str]:
    """Two decimals, more only where they are not zero."""
    exact = compute.multiply(pa.array(values, pa.int64()).cast(pa.decimal128(19, 0)), _MICRO)
    return _filled(compute.replace_substring_regex(exact.cast(pa.string()), "0{1,4}$", ""))


def _filled(texts: Any) -> list[str]:
    cells: list[str] = compute.fill_null(texts, "").to_pylist()
    return cells


def _numbers(values: list[Any]) -> list[str]:
    return ["" if one is None or one != one else float.__repr__(one) for one in values]  # noqa: PLR0124 - NaN


def _days(values: list[Any]) -> list[str]:
    return ["" if one is None else one.isoformat() for one in values]


def _counts(values: list[Any]) -> list[str]:
    return ["" if one is None else str(one) for one in values]


def _flags(values: list[Any]) -> list[str]:
    return ["true" if one else "false" for one in values]


_CELLS: Final[dict[Kind, Callable[[list[Any]], Sequence[str]]]] = {
    Kind.INSTANT: _instants,
    Kind.DAY: _days,
    Kind.MONEY: _money,
    Kind.NUMBER: _numbers,
    Kind.COUNT: _counts,
    Kind.TEXT: lambda values: values,
    Kind.FLAG: _flags,
}
