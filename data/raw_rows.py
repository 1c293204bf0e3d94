"""What a provider found in one file, before anybody interprets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from data.datasets import SourceFile
from data.markets import US, Market


@dataclass(frozen=True, slots=True)
class VendorUnits:
    """Factors from the vendor's units to the canonical ones (per 1.00 of volatility, per year)."""

    implied_volatility: float = 1.0
    vega: float = 1.0
    theta: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class RawRows:
    """Rows of one vendor file, in file order.

    Attributes:
        resolution: `eod` for one chain a day, else e.g. `minute`.
        columns: one array per column, all of one length: `underlying` and `symbol` (bytes, OSI), `bid`, `ask` and any
            other of `QUOTE_COLUMNS` (float64), and either `at` (int64 instants) or `quote_date` (datetime64[D], for
            a format without a time of day); optionally `underlying_price` (float64, absent where the vendor names
            none), and `expiration` (datetime64[D]), `right` (int8) and `strike` (float64), which repeat the symbol
            and must agree with it. A market without OSI symbols has `root` (bytes) instead of `symbol`, and the
            three say the contract.
        units: what the vendor's numbers count.
        line_of: line in the file of a row, for messages.
        column_names: what the file calls a column, where that differs, for messages.
        market: where the contracts are traded.
    """

    source: SourceFile
    resolution: str
    columns: Mapping[str, NDArray[Any]]
    units: VendorUnits
    line_of: Callable[[int], int]
    column_names: Mapping[str, str]
    market: Market = US
