"""`ironfly verify`: run it again, and say whether everything comes out the same."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from api import wiring
from api.cli.display import console, plain_table
from api.cli.json_answer import print_json
from api.cli.playing import Watching, builds_shown, play
from api.errors import ExitCode, RunNotVerifiable, one_line
from api.mapping import FinishedRun
from api.runs import StoredRun, open_run
from api.runs.comparison import ABSENT, Difference
from api.runs.verification import Verification, compare, request_of
from api.settings import Settings
from engine.errors import EngineError

_MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What the command line says besides the run; None: as the run or the settings say."""

    base: Path | None = None
    store: Path | None = None
    as_json: bool = False
    quiet: bool = False


def verify(name: str, options: VerifyOptions) -> ExitCode:
    """Run it again from the configuration in its summary and say what differs.

    Raises:
        RunNotVerifiable: when it cannot be run again to its end.
        ApiError, DataError, SchemaError: when run, configuration or data are not there.
    """
    run = open_run(name)
    found = compare(run, _again(run, options))
    if options.as_json:
        print_json(_document(run, found))
    else:
        _show(run, found)
    return ExitCode.ANSWER_IS_NO if found.count else ExitCode.SUCCESS


def _again(run: StoredRun, options: VerifyOptions) -> FinishedRun:
    """The same run, here and now; that other data are read is said before it begins."""
    watching: Watching = "nothing" if options.quiet else "progress"
    request = request_of(run, options.base)
    prepared = wiring.prepare(request, options.store or Settings().store, builds_shown(watching))
    was, now = run.summary.data.content_hash, prepared.data.facts.content_hash
    if was != now and not options.quiet:
        sys.stderr.write(f"the data differ (was {was[:16]}, is {now[:16]}); running to see what that changes\n")
    try:
        finished = play(prepared, watching)
    except (EngineError, OSError) as error:
        raise RunNotVerifiable(f"{name_of(run)} fails now: {one_line(error)}") from error
    if finished.result.interrupted:
        raise RunNotVerifiable(f"{name_of(run)} was not run to its end: stopped with Ctrl-C")
    return finished


def name_of(run: StoredRun) -> str:
    """Name of a run with the folder of its results."""
    return f"{run.summary.config.name} ({run.folder})"


def _show(run: StoredRun, found: Verification) -> None:
    out, was, now = console(), run.summary.run.host.python, platform.python_version()
    where = f"made on Python {was}, run again on {now}"
    if not found.count:
        out.print(f"{name_of(run)}: identical in {', '.join(found.compared)}; {where}", soft_wrap=True)
    else:
        out.print(f"{name_of(run)}: differs; {where}", style="bold red", soft_wrap=True)
        table = plain_table()
        table.add_column("where", overflow="fold")
        table.add_column("was", overflow="fold")
        table.add_column("is", overflow="fold")
        for one in found.differences[:_MOST_SHOWN]:
            table.add_row(one.path, *map(_text, one.values))
        out.print(table)
        if found.count > _MOST_SHOWN:
            out.print(f"and {found.count - _MOST_SHOWN:,} more")
    if found.absent:
        out.print(f"not compared, the folder does not have them: {', '.join(found.absent)}", soft_wrap=True)


def _document(run: StoredRun, found: Verification) -> dict[str, Any]:
    return {
        "run": run.folder,
        "identical": not found.count,
        "python": {"was": run.summary.run.host.python, "is": platform.python_version()},
        "differences": found.count,
        "first": [_difference(one) for one in found.differences],
        "compared": found.compared,
        "not_compared": found.absent,
    }


def _difference(one: Difference) -> dict[str, Any]:
    was, now = (None if value is ABSENT else value for value in one.values)
    return {"path": one.path, "was": was, "is": now}


def _text(value: object) -> str:
    return "-" if value is ABSENT else str(value)
