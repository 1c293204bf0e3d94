"""Cboe DataShop, end-of-day summary with or without calcs (FORMATS section 6): two moments of a day in one row.

`cboe_datashop` reads the quotes of 15:45, with their greeks where the file has calcs; `cboe_datashop_eod` those of the
close, with last price and volume. Both of these are of the whole day and not known at 15:45, so only the second has
them. `^XSP` is the index XSP; the root is what the file says, also where it is an old one (`JGA`).
"""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.calendar import assumed_quote_instant, session_table
from data.datasets import SourceFile
from data.errors import CalendarError
from data.markets import US
from data.providers.delimited import DelimitedTable, Layout, header_of, renamed
from data.providers.files import read_text_bytes
from data.providers.greek_units import PER_POINT_AND_DAY, found_volatility, measured_units
from data.providers.index_roots import symbol_of
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols
from engine.instants import Instant, instant

_CONTRACT: Final = ("underlying_symbol", "quote_date", "root", "expiration", "option_type")
_CALCS: Final = ("implied_volatility", "delta", "gamma", "theta", "vega")
_NAMES: Final = MappingProxyType({"symbol": "root", "right": "option_type"})
_NOON: Final = time(12, tzinfo=ZoneInfo(US.timezone))


class _Datashop:
    """Reads one of the two moments of a file.

    Attributes:
        moment: ending of the columns' names.
        before_close: whether the quotes are from 15 minutes before the close, as 15:45 is; else from the close.
        of_day: columns that count the whole day.
    """

    name: str
    moment: str
    before_close: bool
    of_day: MappingProxyType[str, str]

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        header = header_of(content.data)
        needed = {name: f"{name}_{self.moment}" for name in ("bid", "ask", "bid_size", "ask_size")}
        calcs = {name: f"{name}_{self.moment}" for name in _CALCS}
        if not set(calcs.values()) & set(header):
            calcs = {}
        prices = tuple(f"underlying_{side}_{self.moment}" for side in ("bid", "ask"))
        numbers = {"strike": "strike", **needed, **self.of_day}
        layout = Layout((*numbers.values(), *prices), tuple(calcs.values()), _CONTRACT)
        table = DelimitedTable(path.name, content.data, layout)
        columns: dict[str, NDArray[Any]] = dict(renamed({**numbers, **calcs}, table))
        columns |= _contracts(table, columns["strike"])
        columns["underlying_price"] = _middle(*(table.numbers(column) for column in prices))
        units = _calcs(path.name, columns, calcs) if calcs else VendorUnits()
        if "last" in columns:
            columns["last"] = np.where(columns["last"] == 0, np.nan, columns["last"])
        columns["at"] = self._instants(path.name, columns.pop("quote_date"))
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=units,
            line_of=table.line_of,
            column_names={**numbers, **calcs, **_NAMES, "underlying_price": prices[0]},
        )

    def _instants(self, name: str, days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Instants of dates; one that is no session is noon, and makes no snapshot."""
        found, codes = np.unique(days, return_inverse=True)
        dates = found.tolist()
        try:
            sessions = session_table(dates[0], dates[-1])
        except CalendarError as error:
            raise CalendarError(f"{name}: {error}") from None
        instants: list[Instant] = []
        for day in dates:
            session = sessions.on(day)
            if session is None:
                instants.append(instant(datetime.combine(day, _NOON)))
            else:
                instants.append(assumed_quote_instant(session) if self.before_close else session.closes_at)
        return np.array(instants, np.int64)[codes]


class CboeDatashop(_Datashop):
    """Provider of the format `cboe_datashop`: quotes of 15:45, on half days of 12:45."""

    signature = Signature(
        headers=(("underlying_symbol", "quote_date", "root", "option_type", "bid_1545", "ask_1545", "bid_eod"),)
    )
    name = "cboe_datashop"
    moment = "1545"
    before_close = True
    of_day = MappingProxyType({"open_interest": "open_interest"})


class CboeDatashopEod(_Datashop):
    """Provider of the format `cboe_datashop_eod`: quotes of the close. Never chosen by content."""

    name = "cboe_datashop_eod"
    moment = "eod"
    before_close = False
    of_day = MappingProxyType({"last": "close", "volume": "trade_volume", "open_interest": "open_interest"})


def _contracts(table: DelimitedTable, strike: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {
        "quote_date": table.usual_dates("quote_date"),
        "expiration": table.usual_dates("expiration"),
        "right": table.rights("option_type"),
    }
    codes, underlyings = table.coded("underlying_symbol", symbol_of)
    columns["underlying"] = np.array(underlyings, np.bytes_)[codes]
    columns["symbol"] = osi_symbols(table.texts("root"), columns["expiration"], columns["right"], strike)
    return columns


def _middle(bid: NDArray[np.float64], ask: NDArray[np.float64]) -> NDArray[np.float64]:
    """Middle of the underlying's quote; NaN where a side is zero, as for some indices."""
    return np.where((bid > 0) & (ask > 0), (bid + ask) / 2, np.nan)


def _calcs(name: str, columns: dict[str, NDArray[Any]], calcs: dict[str, str]) -> VendorUnits:
    """Blank the greeks of options for which Cboe found no volatility, and return the units of the others."""
    columns["implied_volatility"] = found_volatility(columns["implied_volatility"])
    unknown = np.isnan(columns["implied_volatility"])
    for greek in set(calcs) - {"implied_volatility"}:
        columns[greek] = np.where(unknown, np.nan, columns[greek])
    return measured_units(name, columns, calcs["vega"], unmeasured=PER_POINT_AND_DAY)
