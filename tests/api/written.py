"""Folders of results, written and read as text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, TextIO

from api.mapping import FinishedRun, summarise
from api.runs.catalogue import ARTIFACTS
from api.runs.folder import Writer, write_folder
from api.runs.writing import files_of
from schemas.publication import publish

TEXTS: Final = {"summary.json": "{}", "trades.csv": "a,b\n"}


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def writers(texts: Mapping[str, str]) -> dict[str, Writer]:
    def writer(text: str) -> Writer:
        return lambda stream: stream.write(text)

    return {name: writer(text) for name, text in texts.items()}


def full_disk(stream: TextIO) -> None:
    raise OSError(28, "No space left on device", "trades.csv")


def written(run: FinishedRun, folder: Path) -> Path:
    """The folder of a finished run."""
    write_folder(folder, files_of(run, publish(summarise(run, ARTIFACTS))))
    return folder
