"""LEAN's option quotes (FORMATS section 1): zips with one CSV per contract, of minutes, hours and days.

**Chain.** Quote bars that end at one instant form the chain of that instant, at their closing bid and ask. LEAN leaves
out a bar in which nothing changed; such a contract is not in the chain, and its last quote is not carried into it: a
quote that is carried cannot be told from one that the vendor lost. A side that is absent (empty cells, size 0) is NaN.

**Underlying.** Its price is the close of its last bar of the same day that ends at or before the chain's instant, out
of the folder `equity` or `index` beside; a chain without such a bar is refused, never priced from another day.

**Roots.** The ticker of the entry is the root: `spxw` is written on SPX and settles at the close, `spx` at the open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.bar_rows import BarRows
from data.datasets import SourceFile
from data.errors import BadFile, UnreadableFile
from data.providers.lean_bars import DECI_CENTS, LeanBars
from data.providers.lean_files import Entry, Place, ends_of, file_date, place_of, read_rows, read_zip
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from engine.instants import NANOS_PER_SECOND, iso

_SIDES: Final = ("open", "high", "low", "close", "size")
_COLUMNS: Final = tuple(f"{side}_{part}" for side in ("bid", "ask") for part in _SIDES)
_PRICES: Final = MappingProxyType({"bid": "bid_close", "ask": "ask_close"})
_SIZES: Final = MappingProxyType({"bid_size": "bid_size", "ask_size": "ask_size"})
_ENTRY: Final = re.compile(
    r"(?:(?P<day>\d{8})_)?(?P<root>[a-z0-9.]+)_(?:(?:minute|hour|daily)_)?quote_(?:american|european)_"
    r"(?P<right>call|put)_(?P<strike>\d+)_(?P<expiration>\d{8})\.csv",
    re.ASCII,
)
_STRIKE_THOUSANDTHS: Final = 10
"""Strikes are in deci-cents, those of a symbol in thousandths of a dollar."""
_LAST_STRIKE: Final = 99_999_999
_KINDS: Final = MappingProxyType({"option": "equity", "indexoption": "index"})


class _Contract(NamedTuple):
    root: str
    underlying: str
    symbol: bytes


class LeanOptions:
    """Provider of the format `lean_options`."""

    signature = Signature(entries=_ENTRY.pattern)

    @property
    def name(self) -> str:
        return "lean_options"

    @property
    def suffixes(self) -> tuple[str, ...]:
        styles = ("american", "european")
        return tuple(f"_quote_{style}.zip{again}" for style in styles for again in ("", ".zip"))

    def read(self, path: Path) -> RawRows:
        place = place_of(path)
        if place.kind not in _KINDS or "_quote_" not in path.name:
            raise BadFile(f"{path.name}: chains are made of quotes below option and indexoption; import those files")
        entries, sha256 = read_zip(path)
        contracts = [_contract(path, place, entry) for entry in entries]
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


def _contract(path: Path, place: Place, entry: Entry) -> _Contract:
    parts = _ENTRY.fullmatch(entry.name)
    if parts is None:
        raise BadFile(f"{path.name}: {entry.name!r} is no name of a quote file; download it again")
    if parts["day"] not in (None, path.name[:8]):
        raise BadFile(f"{path.name}: {entry.name!r} is of another day; download it again")
    try:
        expiration = datetime.strptime(parts["expiration"], "%Y%m%d")  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        raise BadFile(f"{path.name}: {entry.name!r} expires on no date; correct the name") from None
    strike, rest = divmod(int(parts["strike"]), _STRIKE_THOUSANDTHS)
    if rest or not 0 < strike <= _LAST_STRIKE:
        raise BadFile(f"{path.name}: {entry.name!r} has a strike that no OSI symbol can hold; correct the name")
    root = parts["root"].upper()
    underlying = root_facts(root).underlying if place.kind == "indexoption" else place.ticker.upper()
    symbol = f"{root}{expiration:%y%m%d}{parts['right'][0].upper()}{strike:08d}"
    return _Contract(root, underlying, symbol.encode())


def _underlying_prices(
    path: Path, place: Place, contracts: Sequence[_Contract], at: NDArray[np.int64]
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
    folder = place.market.parent.parent / _KINDS[place.kind] / place.market.name / place.resolution
    ticker = underlying.lower()
    file = folder / ticker / f"{path.name[:8]}_trade.zip" if place.resolution == "minute" else folder / f"{ticker}.zip"
    if not file.exists():
        shown = file.relative_to(place.market.parent.parent)
        raise UnreadableFile(f"{path.name}: the price of {underlying} is not there; add {shown} to the data folder")
    return LeanBars().read_one(file)
