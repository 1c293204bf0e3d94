"""What everything that is printed shares: the console, plain tables, and how figures are written."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from rich.console import Console
from rich.table import Table

_WIDTH_OF_FILES: Final = 150
_UNKNOWN: Final = "-"


def console() -> Console:
    """Standard output; plain where it is no terminal or NO_COLOR is set, and never reading markup out of names."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    return Console(width=width, markup=False, highlight=False, emoji=False)


def plain_table(title: str | None = None) -> Table:
    """A table without lines, for terminals and files."""
    return Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))


def figure_table(title: str, names: Iterable[str], figures: Iterable[str]) -> Table:
    """A table whose first columns are names, which fold, and whose others are figures, which do not."""
    table = plain_table(title)
    for name in names:
        table.add_column(name, overflow="fold")
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def pair_table(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    """A table of two columns without a header: what it is, and its value."""
    table = plain_table(title)
    table.show_header = False
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def day(moment: date | datetime | None) -> str:
    """The date of a moment in UTC, or a date."""
    if moment is None:
        return _UNKNOWN
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def usd(amount: float | None) -> str:
    """An amount of money, to the cent."""
    return _UNKNOWN if amount is None else f"{amount:,.2f}"


def signed(amount: float | None) -> str:
    """A gain or a loss, to the cent; less than half a cent has no sign of its own."""
    return _UNKNOWN if amount is None else f"{round(amount, 2) + 0.0:+,.2f}"


def percent(value: float | None) -> str:
    """A gain or a loss in percent, of a decimal."""
    return _UNKNOWN if value is None else f"{value:+.2%}"


def share(value: float | None) -> str:
    """A part of a whole in percent, of a decimal."""
    return _UNKNOWN if value is None else f"{value:.1%}"


def number(value: float | None) -> str:
    """A ratio."""
    return _UNKNOWN if value is None else f"{value:.3f}"
