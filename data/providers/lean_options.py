"""LEAN's option quotes (FORMATS section 1): zips with one CSV per contract, of minutes, hours and days.

**Chain.** Quote bars that end at one instant form the chain of that instant, at their closing bid and ask. LEAN leaves
out a bar in which nothing changed; such a contract is not in the chain, and its last quote is not carried into it: a
quote that is carried cannot be told from one that the vendor lost. A side that is absent (empty cells, size 0) is NaN.

**Underlying.** Its price is the close of its last bar of the same day that ends at or before the chain's instant, out
of the folder `equity` or `index` beside; a chain without such a bar is refused, never priced from another day.

**Roots.** The ticker of the entry is the root: `spxw` is written on SPX and settles at the close, `spx` at the open.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.bar_rows import BarRows
from data.datasets import SourceFile
from data.errors import BadFile, UnreadableFile
from data.providers.lean_bars import DECI_CENTS, LeanBars
from data.providers.lean_contracts import UNDERLYING_KINDS, LeanContract, entry_pattern, lean_contract, zip_suffixes
from data.providers.lean_files import Place, ends_of, file_date, place_of, read_rows, read_zip
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from engine.instants import NANOS_PER_SECOND, iso

_SIDES: Final = ("open", "high", "low", "close", "size")
_COLUMNS: Final = tuple(f"{side}_{part}" for side in ("bid", "ask") for part in _SIDES)
_PRICES: Final = MappingProxyType({"bid": "bid_close", "ask": "ask_close"})
_SIZES: Final = MappingProxyType({"bid_size": "bid_size", "ask_size": "ask_size"})
_QUOTE: Final = "quote"


class LeanOptions:
    """Provider of the format `lean_options`."""

    signature = Signature(entries=entry_pattern(_QUOTE))

    @property
    def name(self) -> str:
        return "lean_options"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return zip_suffixes(_QUOTE)

    def read(self, path: Path) -> RawRows:
        place = place_of(path)
        if place.kind not in UNDERLYING_KINDS or "_quote_" not in path.name:
            raise BadFile(f"{path.name}: chains are made of quotes below option and indexoption; import those files")
        entries, sha256 = read_zip(path)
        contracts = [lean_contract(path, place, entry, _QUOTE) for entry in entries]
        rows = read_rows(path.name, entries, place.resolution, _COLUMNS)
        at = ends_of(path.name, place, file_date(path, place), rows.starts)
        columns: dict[str, NDArray[Any]] = {
            "underlying": np.array([one.underlying for one in contracts], np.bytes_)[rows.entry],
            "symbol": np.array([one.symbol for one in contracts], np.bytes_)[rows.entry],
            "at": at,
            "underlying_price": _underlying_prices(path, place, contracts, at),
        }
        for canonical, vendor in _PRICES.items():
            columns[canonical] = rows.numbers[:, _COLUMNS.index(vendor)] / DECI_CENTS
        for canonical, vendor in _SIZES.items():
            columns[canonical] = rows.numbers[:, _COLUMNS.index(vendor)].copy()
        return RawRows(
            source=SourceFile(path.name, self.name, sha256, len(at)),
            resolution="eod" if place.resolution == "daily" else place.resolution,
            columns=columns,
            units=VendorUnits(),
            line_of=lambda row: int(rows.line[row]),
            column_names={**_PRICES, **_SIZES},
        )


def _underlying_prices(
    path: Path, place: Place, contracts: Sequence[LeanContract], at: NDArray[np.int64]
) -> NDArray[np.float64]:
    names = {one.underlying for one in contracts}
    if len(names) != 1:
        raise BadFile(f"{path.name}: quotes of {', '.join(sorted(names))} in one zip; split it by underlying")
    bars = _bars(path, place, names.pop())
    moments, code = np.unique(at, return_inverse=True)
    before = np.searchsorted(bars.ends_at, moments, side="right") - 1
    unknown = (before < 0) | (_days(bars.ends_at)[before] != _days(moments))
    if unknown.any():
        first = iso(int(moments[np.flatnonzero(unknown)[0]]))
        raise BadFile(
            f"{path.name}: {bars.source.name} has no bar on the day and before {first}; complete {bars.symbol}"
        )
    prices: NDArray[np.float64] = bars.columns["close"][before][code]
    return prices


def _days(at: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Exchange dates of instants from 04:00 to 20:00 New York, which stands 4 or 5 hours behind UTC."""
    days: NDArray[np.datetime64] = (at - 5 * 3_600 * NANOS_PER_SECOND).astype("datetime64[ns]").astype("datetime64[D]")
    return days


def _bars(path: Path, place: Place, underlying: str) -> BarRows:
    folder = place.market.parent.parent / UNDERLYING_KINDS[place.kind] / place.market.name / place.resolution
    ticker = underlying.lower()
    file = folder / ticker / f"{path.name[:8]}_trade.zip" if place.resolution == "minute" else folder / f"{ticker}.zip"
    if not file.exists():
        shown = file.relative_to(place.market.parent.parent)
        raise UnreadableFile(f"{path.name}: the price of {underlying} is not there; add {shown} to the data folder")
    return LeanBars().read_one(file)
