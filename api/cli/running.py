"""`ironfly run`: configuration in, result on the screen and in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api import wiring
from api.cli.json_answer import print_json
from api.cli.overview import show_result
from api.cli.playing import Watching, builds_shown, play
from api.errors import ExitCode
from api.mapping import summarise
from api.runs import open_run
from api.runs.catalogue import artifacts_of
from api.runs.folder import check_replaceable, default_folder, write_folder
from api.runs.writing import files_of
from api.settings import Settings
from engine.fingerprint import content_hash
from schemas.publication import publish
from schemas.run_request import RunRequest, configuration_document


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line says besides the configuration; None: as the settings say."""

    out: Path | None = None
    store: Path | None = None
    watching: Watching = "progress"
    as_json: bool = False


def run(request: RunRequest, options: RunOptions) -> ExitCode:
    """Run a valid configuration and write its results."""
    machine = Settings()
    folder = options.out or _default_folder(request, machine)
    check_replaceable(folder)
    prepared = wiring.prepare(request, options.store or machine.store, builds_shown(options.watching))
    finished = play(prepared, options.watching)
    artifacts = artifacts_of(folder, request.base / Path(request.document.name).name)
    write_folder(folder, files_of(finished, publish(summarise(finished, artifacts))))
    stored = open_run(folder)
    if options.as_json:
        print_json({"folder": folder, "summary": stored.summary.model_dump(mode="json")})
    else:
        show_result(stored)
    return ExitCode.INTERRUPTED if finished.result.interrupted else ExitCode.SUCCESS


def _default_folder(request: RunRequest, machine: Settings) -> Path:
    return default_folder(machine.runs, request.config.name, content_hash(configuration_document(request.config)))
