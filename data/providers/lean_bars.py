"""LEAN's trade bars of shares and indices (FORMATS section 1), stamped at their ends.

Prices of shares are in deci-cents, those of indices in points; neither is adjusted for splits or dividends.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from data.bar_rows import ASKS, BIDS, BarRows
from data.datasets import SourceFile
from data.errors import BadFile, BadRow
from data.providers.lean_files import Rows, ends_of, file_date, place_of, read_rows, read_zip
from data.providers.recognition import Signature

DECI_CENTS: Final = 10_000.0
_COLUMNS: Final = ("open", "high", "low", "close", "volume")
_QUOTES: Final = MappingProxyType(
    {side: tuple(f"{side}_{part}" for part in ("open", "high", "low", "close", "size")) for side in ("bid", "ask")}
)


class LeanBars:
    """Provider of the format `lean_bars`: `equity` and `index` zips of minutes, hours and days."""

    signature = Signature(entries=r"(?:\d{8}_)?[a-z0-9.]+(?:_(?:minute|hour|second)_trade)?\.csv")

    @property
    def name(self) -> str:
        return "lean_bars"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".zip",)

    def read(self, path: Path) -> Sequence[BarRows]:
        return (self.read_one(path),)

    def read_one(self, path: Path) -> BarRows:
        """The one symbol of a zip.

        Raises:
            UnreadableFile, BadFile: naming file, row and remedy.
        """
        place = place_of(path)
        if place.kind not in ("equity", "index") or path.name.endswith("_quote.zip"):
            raise BadFile(f"{path.name}: trade bars are those below equity and index, and no quotes; choose the format")
        entries, sha256 = read_zip(path)
        if len(entries) != 1:
            raise BadFile(f"{path.name}: {len(entries)} files where a zip of bars holds one; is it the right file?")
        rows = read_rows(path.name, entries, place.resolution, _COLUMNS)
        ends_at = ends_of(path.name, place, file_date(path, place), rows.starts)
        _check(path.name, rows, ends_at)
        scale = DECI_CENTS if place.kind == "equity" else 1.0
        columns = {name: rows.numbers[:, index] / scale for index, name in enumerate(_COLUMNS[:-1])}
        return BarRows(
            source=SourceFile(path.name, self.name, sha256, len(ends_at)),
            symbol=place.ticker.upper(),
            resolution="eod" if place.resolution == "daily" else place.resolution,
            ends_at=ends_at,
            columns=columns | {"volume": rows.numbers[:, -1].copy()},
        )


def _check(name: str, rows: Rows, ends_at: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    wrong = ~(rows.numbers[:, :-1] > 0).all(axis=1)
    if wrong.any():
        line = rows.line[int(np.flatnonzero(wrong)[0])]
        raise BadRow(f"{name}: line {line}: a price is absent or not above zero; correct the file")
    backwards = np.diff(ends_at) <= 0
    if backwards.any():
        line = rows.line[int(np.flatnonzero(backwards)[0]) + 1]
        raise BadRow(f"{name}: line {line}: the bar does not end after the one before it; correct the file")


class LeanQuoteBars:
    """Provider of the format `lean_quote_bars`: bids and asks of shares, as two series of bars without a volume.

    They are no trades: their resolutions say so, and they stand beside the bars of trades.
    """

    signature = Signature(entries=r"(?:\d{8}_)?[a-z0-9.]+(?:_(?:minute|hour|second))?_quote\.csv")

    @property
    def name(self) -> str:
        return "lean_quote_bars"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return ("_quote.zip",)

    def read(self, path: Path) -> Sequence[BarRows]:
        place = place_of(path)
        if place.kind != "equity":
            raise BadFile(f"{path.name}: quotes of shares are those below equity; choose the format")
        entries, sha256 = read_zip(path)
        rows = read_rows(path.name, entries, place.resolution, (*_QUOTES["bid"], *_QUOTES["ask"]))
        ends_at = ends_of(path.name, place, file_date(path, place), rows.starts)
        source = SourceFile(path.name, self.name, sha256, len(ends_at))
        width = len(_QUOTES["bid"])
        found = []
        for side, suffix in enumerate((BIDS, ASKS)):
            prices = rows.numbers[:, side * width : (side + 1) * width - 1] / DECI_CENTS
            quoted = (prices > 0).all(axis=1)
            columns = {name: prices[quoted, index] for index, name in enumerate(_COLUMNS[:-1])}
            columns |= {"volume": np.full(int(quoted.sum()), np.nan)}
            resolution = f"{place.resolution}{suffix}"
            found.append(BarRows(source, place.ticker.upper(), resolution, ends_at[quoted], columns))
        return found
