"""LEAN's trades and open interest of options (FORMATS section 1), zips beside those of the quotes.

They know what was paid or held and nothing of what was offered: nothing can be filled or marked on them. They are
datasets of their own (`minute-trades`, `daily-open-interest`), so that the quotes of the same minutes stay what they
are. No price of the underlying is looked up: there is none before the open, when open interest is published.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadRow
from data.providers.lean_bars import DECI_CENTS
from data.providers.lean_contracts import UNDERLYING_KINDS, entry_pattern, lean_contract, zip_suffixes
from data.providers.lean_files import ends_of, file_date, place_of, read_rows, read_zip
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits

_TRADE: Final = "trade"
_TRADE_COLUMNS: Final = ("open", "high", "low", "close", "volume")
_OPEN_INTEREST: Final = "openinterest"


class LeanTrades:
    """Provider of the format `lean_trades`: closes and volumes of trade bars."""

    signature = Signature(entries=entry_pattern(_TRADE))

    @property
    def name(self) -> str:
        return "lean_trades"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return zip_suffixes(_TRADE)

    def read(self, path: Path) -> RawRows:
        found = _Activity(path, _TRADE, _TRADE_COLUMNS)
        found.check(slice(0, 4), "a price is absent or not above zero", least=np.nextafter(0.0, 1.0))
        found.check(slice(4, 5), "the volume is absent or below zero", least=0.0)
        numbers = found.rows.numbers
        return found.raw_rows(self.name, "trades", {"last": numbers[:, 3] / DECI_CENTS, "volume": numbers[:, 4].copy()})


class LeanOpenInterest:
    """Provider of the format `lean_open_interest`."""

    signature = Signature(entries=entry_pattern(_OPEN_INTEREST))

    @property
    def name(self) -> str:
        return "lean_open_interest"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return zip_suffixes(_OPEN_INTEREST)

    def read(self, path: Path) -> RawRows:
        found = _Activity(path, _OPEN_INTEREST, ("open_interest",))
        found.check(slice(0, 1), "the open interest is absent or below zero", least=0.0)
        return found.raw_rows(self.name, "open-interest", {"open_interest": found.rows.numbers[:, 0].copy()})


class _Activity:
    """Rows and contracts of one zip."""

    def __init__(self, path: Path, content: str, columns: tuple[str, ...]) -> None:
        self._path, self._place = path, place_of(path)
        if self._place.kind not in UNDERLYING_KINDS or f"_{content}_" not in path.name:
            raise BadFile(f"{path.name}: a zip of {content} lies below option or indexoption; put it there")
        self._entries, self._sha256 = read_zip(path)
        self._contracts = [lean_contract(path, self._place, entry, content) for entry in self._entries]
        self.rows = read_rows(path.name, self._entries, self._place.resolution, columns)

    def check(self, columns: slice, reason: str, least: float) -> None:
        """Refuse rows with a number that is absent or below `least`."""
        wrong = np.flatnonzero(~(self.rows.numbers[:, columns] >= least).all(axis=1))
        if len(wrong):
            row = int(wrong[0])
            entry = self._entries[int(self.rows.entry[row])].name
            raise BadRow(f"{self._path.name}: {entry}: line {self.rows.line[row]}: {reason}; correct the file")

    def raw_rows(self, name: str, what: str, columns: dict[str, NDArray[Any]]) -> RawRows:
        at = ends_of(self._path.name, self._place, file_date(self._path, self._place), self.rows.starts)
        nothing = np.full(len(at), np.nan)
        return RawRows(
            source=SourceFile(self._path.name, name, self._sha256, len(at)),
            resolution=f"{self._place.resolution}-{what}",
            columns={
                "underlying": np.array([one.underlying for one in self._contracts], np.bytes_)[self.rows.entry],
                "symbol": np.array([one.symbol for one in self._contracts], np.bytes_)[self.rows.entry],
                "at": at,
                "bid": nothing,
                "ask": nothing,
                **columns,
            },
            units=VendorUnits(),
            line_of=lambda row: int(self.rows.line[row]),
            column_names={"last": "close"},
        )
