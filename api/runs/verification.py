"""Whether a run comes out the same again: its request as its summary says it, and what came out, compared."""

from __future__ import annotations

import filecmp
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from api.errors import RunNotVerifiable
from api.mapping import FinishedRun, summarise
from api.runs.catalogue import SUMMARY
from api.runs.comparison import Difference, document_differences, table_differences
from api.runs.named_files import named_files
from api.runs.stored import StoredRun
from api.runs.writing import files_of
from engine.fingerprint import hashed_part
from schemas.publication import publish
from schemas.run_request import RunRequest, configuration_document, run_request_of
from schemas.summary import Summary

_MOST_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Verification:
    """What a run was compared with, and what differs.

    Attributes:
        differences: the first of them: data, then the rest of the summary, then tables; values: was, is.
        count: all of them.
        compared: files that were compared.
        absent: tables that the folder does not have.
    """

    differences: tuple[Difference, ...]
    count: int
    compared: tuple[str, ...]
    absent: tuple[str, ...]


def request_of(run: StoredRun, base: Path | None = None) -> RunRequest:
    """The request that a run was made from.

    Args:
        base: folder that relative paths in the configuration start from; None: that of the configuration file, where
            the summary names one that is there, else the current one.

    Raises:
        RunNotVerifiable: when the run was interrupted, or a file that its configuration names is not there.
        InvalidConfiguration: when this version cannot run the configuration.
    """
    summary = run.summary
    if summary.run.status == "interrupted":
        raise RunNotVerifiable(f"{run.folder} holds a run that was interrupted; only a run that came to its end can")
    folder = base or _folder_of_configuration(run)
    for key, path in named_files(summary.config):
        if not (folder / path).exists():
            raise RunNotVerifiable(f"{key}: {path} is not in {folder}; name the configuration's folder with --base")
    return run_request_of(configuration_document(summary.config), f"{run.folder}: config", folder)


def compare(run: StoredRun, again: FinishedRun) -> Verification:
    """What differs between the files of a run and what came out when it was run again."""
    summary = summarise(again)
    writers = {name: write for name, write in files_of(again, publish(summary)).items() if name != SUMMARY}
    present = [name for name in writers if (run.folder / name).exists()]
    with TemporaryDirectory() as folder:
        for name in present:
            with (Path(folder) / name).open("w", encoding="utf-8", newline="") as stream:
                writers[name](stream)
        tables = [(run.folder / name, Path(folder) / name) for name in present]
        found = chain(_of_summaries(run.summary, summary), _of_tables(tables))
        first = tuple(islice(found, _MOST_NAMED))
        return Verification(
            differences=first,
            count=len(first) + sum(1 for _ in found),
            compared=(SUMMARY, *present),
            absent=tuple(name for name in writers if name not in present),
        )


def _folder_of_configuration(run: StoredRun) -> Path:
    name = run.summary.artifacts.configuration
    folder = Path() if name is None else (run.folder / name).parent
    return folder if folder.is_dir() else Path()


def _of_summaries(was: Summary, now: Summary) -> Iterator[Difference]:
    """Data first: they explain the rest."""
    documents = [_document(one) for one in (was, now)]
    yield from document_differences(*({"data": one.pop("data")} for one in documents))
    yield from document_differences(*documents)


def _document(summary: Summary) -> dict[str, Any]:
    return hashed_part(json.loads(summary.model_dump_json()))


def _of_tables(files: Iterable[tuple[Path, Path]]) -> Iterator[Difference]:
    for was, now in files:
        if not filecmp.cmp(was, now, shallow=False):
            yield from table_differences(was, now)
