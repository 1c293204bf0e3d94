"""Reads Option Omega's logs of trades: those of backtests, and those of automated (live) trading.

Both are CSV files with a row per trade, in the clock of New York. They differ in the name of the premium, and a live
log counts it per share. Columns that are not named here are not read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from api.errors import TradeLogUnreadable
from api.interchange.option_omega_legs import LoggedLeg, parse_legs

NEEDED: Final = ("Date Opened", "Time Opened", "Legs", "No. of Contracts")
PREMIUMS: Final = ("Premium", "Initial Premium")
"""In a log of a backtest, and in a live one."""
_DATES: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
"""As the logs write them, and as spreadsheets save them again."""


@dataclass(frozen=True, slots=True)
class LoggedTrade:
    """One row of a log.

    Attributes:
        line: its number in the file.
        opened_at: on the clock of New York.
        closed_at: likewise; None while open.
        contracts: how often the structure was traded.
        premium: as written; what it counts, `api/interchange/premium_units.py` says. None where there is none.
        profit_usd: after fees; None where there is none.
        funds_usd: of the account once the trade was closed; None where there are none.
    """

    line: int
    strategy: str
    ticker: str | None
    opened_at: datetime
    closed_at: datetime | None
    reason: str
    contracts: float
    legs: tuple[LoggedLeg, ...]
    premium: float | None
    profit_usd: float | None
    funds_usd: float | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be used, by its number in the file, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class TradeLog:
    """What a file holds, in its own order."""

    name: str
    trades: tuple[LoggedTrade, ...]
    refused: tuple[RefusedRow, ...]


def read_log(path: Path) -> TradeLog:
    """Read a log; rows that do not read are told apart, not lost.

    Raises:
        TradeLogUnreadable: when the file cannot be read, is no such log, or holds no row.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TradeLogUnreadable(f"{path.name} cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise TradeLogUnreadable(
            f"{path.name}: line 1 has no column {missing[0]!r}; this is no trade log of Option Omega"
        )
    trades: list[LoggedTrade] = []
    refused: list[RefusedRow] = []
    for line, cells in _rows(reader, header):
        try:
            trades.append(_trade(line, cells))
        except ValueError as error:
            refused.append(RefusedRow(line, str(error)))
    if not trades and not refused:
        raise TradeLogUnreadable(f"{path.name} holds no trade; export a log that does")
    return TradeLog(path.name, tuple(trades), tuple(refused))


def _rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Lines with their numbers; a cell that is missing at the end of its line is empty."""
    line = 1
    for cells in reader:
        line += 1
        if any(cell.strip() for cell in cells):
            padded = cells + [""] * (len(header) - len(cells))
            yield line, {name: cell.strip() for name, cell in zip(header, padded, strict=False)}


def _trade(line: int, cells: Mapping[str, str]) -> LoggedTrade:
    opened_at = _moment(cells, "Opened")
    closed_at = _moment(cells, "Closed") if cells.get("Date Closed") else None
    if closed_at is not None and closed_at < opened_at:
        raise ValueError(f"closed at {closed_at}, before it was opened")
    contracts = _number(cells, "No. of Contracts")
    if contracts is None or contracts <= 0:
        raise ValueError(f"No. of Contracts is {cells['No. of Contracts']!r}")
    premium = next((name for name in PREMIUMS if name in cells), "")
    return LoggedTrade(
        line=line,
        strategy=cells.get("Strategy", ""),
        ticker=cells.get("Underlying") or None,
        opened_at=opened_at,
        closed_at=closed_at,
        reason=cells.get("Reason For Close", ""),
        contracts=contracts,
        legs=parse_legs(cells["Legs"], opened_at.date()),
        premium=_number(cells, premium),
        profit_usd=_number(cells, "P/L"),
        funds_usd=_number(cells, "Funds at Close"),
    )


def _moment(cells: Mapping[str, str], side: str) -> datetime:
    day, clock = cells[f"Date {side}"], cells.get(f"Time {side}", "")
    try:
        return datetime.combine(_date(day), time.fromisoformat(clock.zfill(8) if len(clock) == 7 else clock))
    except ValueError:
        raise ValueError(f"Date {side} {day!r} and Time {side} {clock!r} are no date and time of day") from None


def _date(text: str) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    raise ValueError(text)


def _number(cells: Mapping[str, str], column: str) -> float | None:
    text = cells.get(column, "").replace("$", "").replace(",", "")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{column} is {cells[column]!r}, which is no number") from None
