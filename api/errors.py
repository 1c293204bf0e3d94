"""Errors of the outside, and the one table from error class to exit code.

ApiError
├── StrategyNotLoaded    a Python strategy that cannot be found, imported or used
├── NameUnusable         a strategy cannot have that name
├── SignalNotLoaded      a Python signal that cannot be found, imported or used
├── TradeLogUnreadable   a file of orders that is not one
├── EventDatesUnreadable a calendar of events that is not one
├── OutputOccupied       the output folder holds something else
├── ReportNotWritten     the file of a report cannot be written
├── UnknownRun           there are no such results
├── RunUnreadable        results that are damaged, or of another version
├── RunNotVerifiable     a run cannot be made again to its end
├── ExportUnusable       a table or a format that is not known, or a folder that cannot take it
├── SettingUnusable      a variable of the environment holds what its setting cannot
├── AddressUnusable      the service cannot listen where it was told to
├── RequestUnreadable    the body of a request is no JSON object
└── Aborted              the user pressed Ctrl-C and wants no result
"""

from __future__ import annotations

import traceback
from enum import IntEnum
from typing import Final

from data.errors import DataError
from engine.errors import ConfigurationError, EngineError, HandlerFailed, UnsupportedContract
from engine.instants import iso
from schemas.errors import InvalidSummary, SchemaError
from signals.errors import SignalError


class ApiError(Exception):
    """Base of the errors of this package."""


class StrategyNotLoaded(ApiError):
    """A Python strategy that cannot be found, imported or used; names file, class and remedy."""


class NameUnusable(ApiError):
    """A strategy cannot have that name; says what a name is made of."""


class SignalNotLoaded(ApiError):
    """A Python signal that cannot be found, imported or used; names file, class and remedy."""


class TradeLogUnreadable(ApiError):
    """A file of orders that cannot be read; names file, line and remedy."""


class EventDatesUnreadable(ApiError):
    """A calendar of events that cannot be read; names file, line and remedy."""


class OutputOccupied(ApiError):
    """The output folder exists and holds files that no run wrote; nothing is overwritten."""


class ReportNotWritten(ApiError):
    """The file of a report cannot be written; whatever has its name is as it was."""


class UnknownRun(ApiError):
    """Neither a folder of results nor the id of a run whose results are kept; names the remedy."""


class RunUnreadable(ApiError):
    """Results that are incomplete, damaged, or of another version; names file and remedy."""


class RunNotVerifiable(ApiError):
    """A run cannot be made again to its end; names what is missing or went wrong."""


class ExportUnusable(ApiError):
    """A table or a format that is not known, or a folder that cannot take an export; nothing is written."""


class SettingUnusable(ApiError):
    """A variable of the environment holds what its setting cannot; names variable, value and remedy."""


class AddressUnusable(ApiError):
    """The address is taken, or is none of this machine."""


class RequestUnreadable(ApiError):
    """The body of a request is no JSON object with finite numbers."""


class Aborted(ApiError):
    """The user pressed Ctrl-C outside of a run, or twice inside."""


class ExitCode(IntEnum):
    """What the command line answers with.

    Attributes:
        SUCCESS: done; `audit`: no decision knows the future; `verify`: identical.
        RUN_FAILED: a strategy, the engine or the machine failed.
        ANSWER_IS_NO: `audit`: decisions know the future; `verify`: something differs.
        BAD_INPUT: configuration, data or command are wrong, or what is asked for is not there.
        INTERRUPTED: stopped with Ctrl-C; `run` keeps what there is.
    """

    SUCCESS = 0
    RUN_FAILED = 1
    ANSWER_IS_NO = 1
    BAD_INPUT = 2
    INTERRUPTED = 130


EXIT_CODES: Final[dict[type[Exception], ExitCode]] = {
    SchemaError: ExitCode.BAD_INPUT,
    InvalidSummary: ExitCode.RUN_FAILED,
    DataError: ExitCode.BAD_INPUT,
    SignalError: ExitCode.BAD_INPUT,
    EngineError: ExitCode.RUN_FAILED,
    ConfigurationError: ExitCode.BAD_INPUT,
    UnsupportedContract: ExitCode.BAD_INPUT,
    ApiError: ExitCode.BAD_INPUT,
    Aborted: ExitCode.INTERRUPTED,
    OSError: ExitCode.RUN_FAILED,
}
"""The most special class counts. An error whose class is not here is a defect and keeps its traceback."""


def exit_code(error: Exception) -> ExitCode | None:
    """Exit code of an error, or None for one that nobody expects."""
    for kind in type(error).__mro__:
        if kind in EXIT_CODES:
            return EXIT_CODES[kind]
    return None


def one_line(error: Exception) -> str:
    """What to tell the user, without line breaks."""
    if isinstance(error, HandlerFailed):
        return _where_it_failed(error)
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__


def _where_it_failed(error: HandlerFailed) -> str:
    """A failed handler with its simulated time and the line that raised, mostly in a user's strategy."""
    cause, at = error.__cause__, getattr(error.event, "at", None)
    when = f" of {iso(at)}" if isinstance(at, int) else ""
    said = " ".join(f"{type(cause).__name__}: {cause}".split()) if cause else "no cause is known"
    frames = traceback.extract_tb(cause.__traceback__) if cause else []
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return f"{error.handler} failed on the {type(error.event).__name__}{when}: {said}{place}"
