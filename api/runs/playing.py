"""A run from Python, e.g. in a notebook: configuration in, results out of their folder."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from api import wiring
from api.mapping import summarise
from api.runs.catalogue import ARTIFACTS, artifacts_of
from api.runs.folder import check_replaceable, default_folder, write_folder
from api.runs.stored import StoredRun, open_run
from api.runs.writing import files_of
from api.settings import Settings
from engine.fingerprint import content_hash
from schemas.publication import publish
from schemas.run_request import configuration_document, load_run_request, run_request_of


def run(
    config: str | PathLike[str] | Mapping[str, Any],
    *settings: str,
    store: str | PathLike[str] | None = None,
    out: str | PathLike[str] | None = None,
) -> StoredRun:
    """Run a configuration, as `ironfly run` does, and open its results.

    Args:
        config: a file of YAML or JSON, or what such a file says as plain values.
        settings: values to replace, e.g. `execution.fills.kind=mid`.
        store: folder of imported data; left out: `IRONFLY_STORE`, else `var/store`.
        out: folder for the results; left out: one in `IRONFLY_RUNS`, else `runs`, by the configuration's name and hash.

    Raises:
        SchemaError: for a configuration that is wrong.
        DataError: when the store does not hold what it asks for.
        EngineError: when the run fails.
        OutputOccupied: when the folder holds files that no run wrote.
    """
    machine = Settings()
    request = (
        run_request_of(dict(config), "configuration", Path.cwd(), settings)
        if isinstance(config, Mapping)
        else load_run_request(Path(config), settings)
    )
    named = default_folder(machine.runs, request.config.name, content_hash(configuration_document(request.config)))
    folder = named if out is None else Path(out)
    check_replaceable(folder)
    finished = wiring.play(wiring.prepare(request, machine.store if store is None else Path(store)))
    artifacts = ARTIFACTS if isinstance(config, Mapping) else artifacts_of(folder, Path(config))
    write_folder(folder, files_of(finished, publish(summarise(finished, artifacts))))
    return open_run(folder)
