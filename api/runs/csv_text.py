"""Tables as CSV (RFC 4180), streamed. Cells are made and joined column by column: there can be a row per minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final, TextIO

import pyarrow as pa
from pyarrow import compute

from api.mapping import FinishedRun
from api.runs.columns import Kind
from api.runs.rows.source import TableRows

_BATCH: Final = 16_384
_MICRO: Final = pa.array(["0.000001"]).cast(pa.decimal128(7, 6))[0]
_BELOW_CENTS: Final = -4
"""Where the decimals of a text begin that are no cents."""


def write_csv(filled: TableRows, run: FinishedRun, stream: TextIO) -> None:
    """Write a header and the rows of a run."""
    columns = filled.table.columns
    stream.write(",".join(filled.table.header) + "\n")
    for batch in _batches(filled.rows(run)):
        cells = (_CELLS[column.kind](list(map(filled.values[column.name], batch))) for column in columns)
        filled_in = [compute.fill_null(texts, "") for texts in cells]
        stream.write("\n".join([*compute.binary_join_element_wise(*filled_in, ",").to_pylist(), ""]))


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _instants(values: list[Any]) -> pa.Array:
    """To the microsecond, which is left out where it is zero."""
    moments = pa.array(values, pa.int64()).cast(pa.timestamp("ns")).cast(pa.timestamp("us"), safe=False)
    texts = compute.replace_substring(moments.cast(pa.string()), ".000000", "")
    return compute.binary_join_element_wise(compute.replace_substring(texts, " ", "T"), "Z", "")


def _money(values: list[Any]) -> pa.Array:
    """Two decimals, more only where they are not zero."""
    exact = compute.multiply(pa.array(values, pa.int64()).cast(pa.decimal128(19, 0)), _MICRO).cast(pa.string())
    below_cents = compute.utf8_rtrim(compute.utf8_slice_codeunits(exact, _BELOW_CENTS), "0")
    return compute.binary_join_element_wise(compute.utf8_slice_codeunits(exact, 0, _BELOW_CENTS), below_cents, "")


def _numbers(values: list[Any]) -> pa.Array:
    """The fewest digits that read back as the same number; NaN is none."""
    return pa.array(values, pa.float64(), from_pandas=True).cast(pa.string())


def _days(values: list[Any]) -> pa.Array:
    return pa.array(values, pa.date32()).cast(pa.string())


def _counts(values: list[Any]) -> pa.Array:
    return pa.array(values, pa.int64()).cast(pa.string())


def _texts(values: list[Any]) -> pa.Array:
    """In quotes where a comma, a quote or a line break would end the cell."""
    texts = pa.array(values, pa.string())
    quoted = compute.binary_join_element_wise('"', compute.replace_substring(texts, '"', '""'), '"', "")
    return compute.if_else(compute.match_substring_regex(texts, '[",\r\n]'), quoted, texts)


def _flags(values: list[Any]) -> pa.Array:
    return pa.array(values, pa.bool_()).cast(pa.string())


_CELLS: Final[dict[Kind, Callable[[list[Any]], pa.Array]]] = {
    Kind.INSTANT: _instants,
    Kind.DAY: _days,
    Kind.MONEY: _money,
    Kind.NUMBER: _numbers,
    Kind.COUNT: _counts,
    Kind.TEXT: _texts,
    Kind.FLAG: _flags,
}
