"""Everything that can go wrong with data. Messages are one line: which file, which place, and the remedy.

DataError
├── UnknownFormat            no provider has that name; names the nearest
├── UnreadableFile           a file that cannot be opened, unpacked or decoded; truncated gzip
│   └── NothingToImport      paths that lead to no file
├── MissingLibrary           a format whose reader is an optional package that is not installed
├── BadFile                  a file that can be read and breaks the rules of its format
│   ├── MissingColumn        the header lacks columns
│   ├── BadRow               a cell or a row that cannot be right
│   ├── BadSymbol            an option symbol that is none
│   └── ContractTwice        two different quotes for one contract at one instant
├── MappingError             a column mapping that breaks its rules; names file and key
├── CalendarError            a date that no calendar covers
├── StoreError               the store cannot be read or written
│   └── DayConflict          other content is stored for that day
├── NotRunnable              data that can be stored and shown, and that no run can be made on
├── NotCovered               store or model market hold no data for the dates; says what they hold
├── FetchError               a vendor's server that does not answer, or sends something else than it has
│   ├── AccessRefused        no keys, or keys that the server does not accept
│   └── NotOnServer          a file that the server does not have
├── ExportError              a file for other programs that cannot be written
├── BenchmarkFileError       a file of a benchmark's values that breaks its rules
├── OverrideFileError        a file of overrides that breaks its rules
└── SettlementFileError      a file of settlement values that breaks its rules
"""

from __future__ import annotations


class DataError(Exception):
    """Base of every error that the data layer raises on purpose."""


class UnknownFormat(DataError):
    """No provider has that name."""


class UnreadableFile(DataError):
    """A file that is absent, cannot be unpacked, or is not text."""


class NothingToImport(UnreadableFile):
    """Paths or patterns that lead to no file."""


class MissingLibrary(DataError):
    """The package that reads the format is not installed; says how to install it."""


class BadFile(DataError):
    """A file that can be read, but is not in the format that it is said to be in."""


class MissingColumn(BadFile):
    """The header lacks columns, or names one twice."""


class BadRow(BadFile):
    """A cell that cannot be read, or a row that contradicts itself or its neighbours."""


class BadSymbol(BadFile):
    """A text that is no option symbol.

    Attributes:
        row: position of the symbol in the column that was parsed, from 0.
        reason: what is wrong with it.
    """

    def __init__(self, reason: str, row: int = 0) -> None:
        super().__init__(reason)
        self.row = row
        self.reason = reason


class ContractTwice(BadFile):
    """One contract with two different quotes at one instant; nobody can say which one holds."""


class MappingError(DataError):
    """A mapping of a vendor's columns that cannot be read, or contradicts itself."""


class CalendarError(DataError):
    """A date outside the calendars, e.g. an expiration in the year 1921."""


class StoreError(DataError):
    """The store is damaged, of another version, locked, or asked for something impossible."""


class DayConflict(StoreError):
    """The day is stored with other content; replacing it must be asked for."""


class NotCovered(DataError):
    """Dates, underlyings or resolutions that the store, or the model market, does not cover."""


class NotRunnable(DataError):
    """Quotes in another currency or in coins, or without a price of the underlying."""


class FetchError(DataError):
    """A file could not be fetched from a vendor's server; nothing half-written has the file's name."""


class AccessRefused(FetchError):
    """Keys are missing, or the server refuses them; no message shows one."""


class NotOnServer(FetchError):
    """The server has no such file."""


class ExportError(DataError):
    """An export with an unknown ending, or a place that cannot be written to."""


class SettlementFileError(DataError):
    """A file of settlement values with a bad header, date, number, or a key twice."""


class BenchmarkFileError(DataError):
    """A file of a benchmark's values with a bad header, date, number, or a date twice."""


class OverrideFileError(DataError):
    """A file of overrides with a bad header, or a line that says nothing that can be done."""
