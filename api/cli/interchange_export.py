"""`ironfly export RUN --format option-omega`, or `returns`: results of a run in the form of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias

from api.cli.display import console
from api.cli.json_answer import print_json
from api.interchange.exporting import DAILY_LOG, TRADE_LOG, export_option_omega, export_returns
from api.runs import StoredRun, open_run

_Notes: TypeAlias = dict[str, Mapping[int, str]]
ForeignFormat: TypeAlias = Literal["option-omega", "returns"]
_MOST_NAMED: Final = 8


def export_foreign(run: str, form: ForeignFormat, out: Path | None, as_json: bool) -> None:
    """Write the files of a format, and say what they do not tell.

    Raises:
        UnknownRun, RunUnreadable: when there are no such results.
        OSError: when a file cannot be written.
    """
    stored = open_run(run)
    folder = out or Path(f"{stored.folder.resolve().name}-{form}")
    files, notes = (_returns if form == "returns" else _option_omega)(stored, folder)
    if as_json:
        print_json({"files": list(map(str, files)), **notes})
        return
    for what, positions in notes.items():
        _say_reasons("Without a row" if what == "left_out" else "Told in part", positions)
    _say(f"Files: {', '.join(map(str, files))}")


def _returns(run: StoredRun, folder: Path) -> tuple[list[Path], _Notes]:
    return [export_returns(run, folder)], {}


def _option_omega(run: StoredRun, folder: Path) -> tuple[list[Path], _Notes]:
    exported = export_option_omega(run, folder)
    return [folder / TRADE_LOG, folder / DAILY_LOG], {
        "left_out": exported.left_out,
        "told_in_part": exported.simplified,
    }


def _say_reasons(heading: str, positions: Mapping[int, str]) -> None:
    by_reason: dict[str, list[int]] = {}
    for position, reason in positions.items():
        by_reason.setdefault(reason, []).append(position)
    for reason, numbers in by_reason.items():
        named = ", ".join(map(str, numbers[:_MOST_NAMED]))
        more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
        _say(f"{heading} ({reason}): {named}{more}")


def _say(line: str) -> None:
    console().print(line, soft_wrap=True, highlight=False, markup=False)
