"""Parameters that may stand in a file: the file is read by whoever knows paths, its text is understood here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Protocol, Self, runtime_checkable

from signals.errors import SignalFileError


@runtime_checkable
class ReadsFile(Protocol):
    """Parameters that are completed by the text of a file."""

    @property
    def file(self) -> str | None:
        """Path of the file, relative to the configuration; None where the parameters say all themselves."""

    def with_text(self, text: str) -> Self:
        """These parameters with what the file says.

        Raises:
            SignalFileError: naming line and remedy.
        """


def rows(text: str, header: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line of a CSV text that is not empty, in the order of header and optional.

    Args:
        header: columns that the first line names, in this order.
        optional: columns that may follow in this order; a line has empty cells for those that the file has not.

    Raises:
        SignalFileError: for another first line, or a line with another number of cells.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    first = tuple(name.strip() for name in next(reader, []))
    allowed = [header + optional[:count] for count in range(len(optional) + 1)]
    if first not in allowed:
        wanted = " or ".join(",".join(columns) for columns in allowed)
        raise SignalFileError(f"line 1 is {','.join(first)!r}; it must be {wanted}")
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(first):
            raise SignalFileError(f"line {reader.line_num}: {len(cells)} cells instead of {','.join(first)!r}")
        missing = len(header) + len(optional) - len(first)
        yield reader.line_num, [cell.strip() for cell in cells] + [""] * missing
