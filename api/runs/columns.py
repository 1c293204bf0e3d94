"""Tables as data: what their columns are called, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds: how the engine says it, how a CSV cell says it, and as what it is read into a data frame.

    Attributes:
        INSTANT: nanoseconds; `2019-04-25T19:45:00Z`; `datetime64[us, UTC]`.
        DAY: exchange date; `2019-04-25`; `datetime64[us]` at midnight, without a zone.
        MONEY: micro-dollars; `-52.60`, with more decimals only where they are not zero; float64 USD, from which
            rounding to six decimals brings the exact amount back.
        NUMBER: float; the fewest digits that read back as the same number; float64.
        COUNT: whole number; int64, or `Int64` where it can be missing.
        TEXT: text; `str`, empty where there is none.
        FLAG: truth; `true` or `false`; bool.
    """

    INSTANT = "instant"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    TEXT = "text"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        meaning: what stands in it, for whoever reads the table; this is its documentation.
        empty: when nothing does; empty where something always does.
    """

    name: str
    kind: Kind
    meaning: str
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a run.

    Attributes:
        meaning: what a row is, and in which order they stand.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Its file in the folder of a run."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(column.name for column in self.columns)
