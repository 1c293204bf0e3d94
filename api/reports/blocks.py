"""What a report is made of: chapters of blocks, all of them plain text, tables and pictures.

The content is said once in these words; `html` and `pdf` lay it out. Nothing here is markup: whoever renders escapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Cautions:
    """What to know before believing what follows, one sentence each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Statements of the same weight."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that is seen first.

    Attributes:
        tone: `gain`, `loss`, or empty; never the only way in which the sign is said.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The figures that are seen first."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        numeric: written to the right, digit under digit.
        wide: takes the room that other columns leave.
    """

    title: str
    numeric: bool = False
    wide: bool = False


Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column names the row.

    Attributes:
        note: what has to be known to read it.
        small: many columns, so small letters.
        paper: what stands on paper instead, where all rows would be too many.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    small: bool = False
    paper: Table | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it says in words.

    Attributes:
        name: unique in the report.
        alt: what is seen, for those who do not see it; the drawing says it, too.
        caption: how to read it.
    """

    name: str
    title: str
    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Text that keeps its lines, e.g. a configuration."""

    caption: str
    text: str


Block: TypeAlias = Text | Cautions | Points | Tiles | Table | Picture | Listing


@dataclass(frozen=True, slots=True)
class Part:
    """Some blocks of a chapter under a heading of their own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; one without parts is left out.

    Attributes:
        key: short name, unique in the report and good for an address.
    """

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes:
        title: name of the run.
        subtitle: what was run, when, and on which prices.
        facts: label and value of what identifies the run.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
