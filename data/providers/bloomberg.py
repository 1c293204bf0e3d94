"""Price history out of a Bloomberg terminal: a workbook with a column per contract (FORMATS section 19).

Sheets of any names have dates in their first column, headed `Dates`; the other columns are contracts like
`SX5E 07/19/19 C3500 Index`, or, on one of the sheets, the underlying itself. Cells are last prices; a blank, or a text
of blanks, is a day without one. There are no quotes: nothing can be filled or marked on these chains.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadRow, MissingLibrary, UnreadableFile
from data.markets import EUREX
from data.providers import files
from data.providers.day_ends import day_ends
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits

_DATES: Final = "Dates"
_OPTION: Final = re.compile(
    r"(?P<root>[A-Z0-9]{1,12}) (?P<date>\d\d/\d\d/\d\d) (?P<right>[CP])(?P<strike>\d{1,7}(?:\.\d{1,3})?) Index",
    re.ASCII,
)
_UNDERLYING: Final = re.compile(r"(?P<root>[A-Z0-9]{1,12}) Index", re.ASCII)
_HIGHEST_HEADER: Final = 8  # rows; the terminal writes titles above


class _Contract(NamedTuple):
    root: str
    expiration: date
    right: int
    strike: float


class _Price(NamedTuple):
    """One filled cell; `contract` is None for the underlying's."""

    root: str
    contract: _Contract | None
    day: date
    price: float
    line: int


class Bloomberg:
    """Provider of the format `bloomberg`."""

    signature = Signature(entries=r"\[Content_Types\]\.xml|(?:docProps|_rels|xl)/.+")

    @property
    def name(self) -> str:
        return "bloomberg"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".xlsx",)

    def read(self, path: Path) -> RawRows:
        sha256 = files.file_hash(path)
        prices = [one for sheet, rows in _sheets(path) for one in _prices(f"{path.name}: sheet {sheet!r}", rows)]
        spots = {(one.root, one.day): one.price for one in prices if one.contract is None}
        options = [(one, one.contract) for one in prices if one.contract is not None]
        if not options:
            raise BadFile(
                f"{path.name}: no column is an option like 'SX5E 07/19/19 C3500 Index'; is it the right file?"
            )
        days = np.array([one.day for one, _ in options], "datetime64[D]")
        roots = np.array([one.root for one, _ in options], np.bytes_)
        nothing = np.full(len(options), np.nan)
        columns: dict[str, NDArray[Any]] = {
            "underlying": roots,
            "root": roots,
            "expiration": np.array([contract.expiration for _, contract in options], "datetime64[D]"),
            "right": np.array([contract.right for _, contract in options], np.int8),
            "strike": np.array([contract.strike for _, contract in options]),
            "at": day_ends(path.name, days, EUREX),
            "underlying_price": np.array([spots.get((one.root, one.day), np.nan) for one, _ in options]),
            "last": np.array([one.price for one, _ in options]),
            "bid": nothing,
            "ask": nothing,
        }
        return RawRows(
            source=SourceFile(path.name, self.name, sha256, len(options)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=lambda row: options[row][0].line,
            column_names={"at": _DATES},
            market=EUREX,
        )


def _sheets(path: Path) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Names and rows of all sheets.

    Raises:
        MissingLibrary: without openpyxl.
        UnreadableFile: for a file that is no workbook, is damaged, or unpacks to more than it may.
    """
    try:
        import openpyxl  # noqa: PLC0415 - an optional library
    except ImportError:
        raise MissingLibrary(
            f"{path.name}: workbooks need the package openpyxl; install it with: pip install 'ironfly[vendors]'"
        ) from None
    _check_size(path)
    # About styles and extensions, which nobody reads.
    warnings.filterwarnings("ignore", module="openpyxl")
    try:
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except Exception as error:
        # Damaged XML comes as whatever the parser met first.
        raise UnreadableFile(f"{path.name}: the workbook is damaged ({error}); save or download it again") from error


def _check_size(path: Path) -> None:
    limit = files.most_unpacked(path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableFile(f"{path.name}: the workbook is damaged or cut off ({error}); download it again") from error
    if size > limit:
        raise files.too_large(path, limit)


def _prices(place: str, rows: list[tuple[Any, ...]]) -> Iterator[_Price]:
    """Filled cells of one sheet; none of a sheet without dates in its first column, e.g. one of notes."""
    top = next((at for at, row in enumerate(rows[:_HIGHEST_HEADER]) if row and _text(row[0]) == _DATES), None)
    if top is None:
        return
    contracts = [_named(place, top + 1, cell) for cell in rows[top][1:]]
    for line, row in enumerate(rows[top + 1 :], top + 2):
        filled = [(one, cell) for one, cell in zip(contracts, row[1:], strict=False) if not _is_blank(cell)]
        if not filled:
            continue
        day = _day(place, line, row[0])
        for named, cell in filled:
            if named is None:
                raise BadRow(f"{place}, line {line}: {cell!r} stands in a column without a name; name or empty it")
            contract, root = named
            yield _Price(root, contract, day, _price(place, line, cell), line)


def _named(place: str, line: int, cell: Any) -> tuple[_Contract | None, str] | None:
    """Contract, or none for the underlying, and root of a column; None for a column without a name."""
    if _is_blank(cell):
        return None
    text = " ".join(str(cell).split())
    option, underlying = _OPTION.fullmatch(text), _UNDERLYING.fullmatch(text)
    if underlying is not None:
        return None, underlying["root"]
    if option is None:
        raise BadRow(f"{place}, line {line}: {text[:40]!r} is neither an option on an index nor an index; remove it")
    try:
        expiration = datetime.strptime(option["date"], "%m/%d/%y").date()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        raise BadRow(f"{place}, line {line}: {text[:40]!r} expires on no date (MM/DD/YY); correct the name") from None
    right = 1 if option["right"] == "C" else -1
    return _Contract(option["root"], expiration, right, float(option["strike"])), option["root"]


def _day(place: str, line: int, cell: Any) -> date:
    if not isinstance(cell, datetime):
        raise BadRow(f"{place}, line {line}, column {_DATES!r}: {str(cell)[:40]!r} is no date; make it a date cell")
    return cell.date()


def _price(place: str, line: int, cell: Any) -> float:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not cell > 0:
        raise BadRow(f"{place}, line {line}: {str(cell)[:40]!r} is no price above 0; correct or empty the cell")
    return float(cell)


def _text(cell: Any) -> str:
    return str(cell).strip() if cell is not None else ""


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
