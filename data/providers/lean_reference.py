"""LEAN's factor files, map files, interest rates and symbol properties (FORMATS section 1).

Factor and map files have no header, and the company is the file's name.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from data.calendar import session_table
from data.corporate_actions import read_corporate_actions, read_symbol_history
from data.datasets import SourceFile
from data.interest_rates import read_rates
from data.providers.files import file_hash
from data.providers.recognition import Signature
from data.symbol_properties import COLUMNS, read_symbol_properties
from data.underlying_rows import CorporateEvent, RateSet, SymbolChange, UnderlyingRows


class LeanFactors:
    """Provider of the format `lean_factors`: dividends and splits."""

    signature = Signature(opening=rb"\d{8},[\d.]+,[\d.]+,[\d.]+\r?\n")

    @property
    def name(self) -> str:
        return "lean_factors"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> UnderlyingRows:
        symbol = path.name.split(".")[0].upper()
        events = tuple(
            CorporateEvent(symbol, _session_after(one.last_day), one.dividend, one.shares)
            for one in read_corporate_actions(path)
        )
        return UnderlyingRows(SourceFile(path.name, self.name, file_hash(path), len(events)), events=events)


class LeanMaps:
    """Provider of the format `lean_maps`: symbols of a company over time."""

    signature = Signature(opening=rb"\d{8},[a-z][a-z0-9.]*(,[A-Z])?\r?\n")

    @property
    def name(self) -> str:
        return "lean_maps"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> UnderlyingRows:
        history = read_symbol_history(path)
        company = history.symbols[-1]
        changes = tuple(
            SymbolChange(company, until, symbol) for until, symbol in zip(history.until, history.symbols, strict=True)
        )
        return UnderlyingRows(SourceFile(path.name, self.name, file_hash(path), len(changes)), changes=changes)


class LeanRates:
    """Provider of the format `lean_rates`: the primary credit rate by the date on which it was set."""

    signature = Signature(headers=(("DATE", "PCREDIT8"),))

    @property
    def name(self) -> str:
        return "lean_rates"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> UnderlyingRows:
        rates = tuple(RateSet(day, percent) for day, percent in read_rates(path))
        return UnderlyingRows(SourceFile(path.name, self.name, file_hash(path), len(rates)), rates=rates)


class LeanProperties:
    """Provider of the format `lean_properties`: multipliers, price steps, lots and currencies of symbols."""

    signature = Signature(headers=(COLUMNS,))

    @property
    def name(self) -> str:
        return "lean_properties"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> UnderlyingRows:
        content, properties = read_symbol_properties(path)
        return UnderlyingRows(SourceFile(path.name, self.name, content.sha256, len(properties)), properties=properties)


def _session_after(day: date) -> date:
    sessions = session_table(day, day + timedelta(days=14)).between(day + timedelta(days=1), day + timedelta(days=14))
    return sessions[0].on
