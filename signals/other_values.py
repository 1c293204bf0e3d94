"""Files of published values in another future: what is published later is taken away, or says something else."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from engine.instants import Instant
from engine.model import SessionTable
from signals.published import PublishedValue, known_from


@dataclass(frozen=True, slots=True)
class OtherValues:
    """What later lines of a file say.

    Attributes:
        after: last instant whose publications stay.
        sessions: of the exchange, which date the lines.
        values: later numbers are others; else there are none. Times of publication stay as they are.
    """

    after: Instant
    sessions: SessionTable
    values: bool

    def of(self, text: str) -> str:
        """A CSV text with other cells where its first column, `at`, is later; a text without that column as it is."""
        lines = list(csv.reader(io.StringIO(text, newline="")))
        if not lines or not lines[0] or lines[0][0].strip() != "at":
            return text
        altered = io.StringIO()
        csv.writer(altered, lineterminator="\n").writerows([lines[0], *map(self._line, lines[1:])])
        return altered.getvalue()

    def _line(self, cells: list[str]) -> list[str]:
        if not cells or not self._is_later(cells[0].strip()):
            return cells
        return [cells[0], *(_other(cell) if self.values else "" for cell in cells[1:])]

    def _is_later(self, at: str) -> bool:
        try:
            return known_from(PublishedValue(at=at).moment(), self.sessions) > self.after
        except ValueError:
            return False  # whoever reads the file says what is wrong with it


def _other(cell: str) -> str:
    """A number on the other side of 0; what is none stays."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return repr(-number if number else 1.0)
