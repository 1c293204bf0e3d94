"""Folders of results. They appear as a whole or not at all: written into a hidden neighbour, then renamed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeAlias

from api.errors import OutputOccupied
from api.runs.catalogue import FILES

Writer: TypeAlias = Callable[[TextIO], object]
"""Writes one file."""


def default_folder(runs: Path, name: str, config_hash: str) -> Path:
    """Folder of a run: its name, made safe for every file system, and the start of its configuration's hash."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._") or "run"
    return runs / f"{safe[:80]}-{config_hash[:8]}"


def check_replaceable(folder: Path) -> None:
    """Make sure, before the run, that its results may go there.

    Raises:
        OutputOccupied: when the folder is a file, or holds files that no run wrote.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputOccupied(f"{folder} is a file; choose another folder with --out")
    foreign = sorted(one.name for one in folder.iterdir() if one.name not in FILES)
    if foreign:
        raise OutputOccupied(f"{folder} holds {foreign[0]!r}, which no run wrote; choose another folder with --out")


def write_folder(folder: Path, files: Mapping[str, Writer]) -> None:
    """Write files by name into a folder that replaces whatever run was there before.

    Raises:
        OutputOccupied: as `check_replaceable`.
        OSError: when the disk is full or the place not writable; nothing has changed then.
    """
    with staged_folder(folder, files) as publish:
        publish()


@contextmanager
def staged_folder(folder: Path, files: Mapping[str, Writer]) -> Iterator[Callable[[], None]]:
    """Write files beside a folder; calling what this yields puts them there, leaving without it takes them away.

    Raises:
        OutputOccupied, OSError: as `write_folder`.
    """
    check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=_staging_prefix(folder), dir=folder.parent))
    try:
        inner = staging / "new"
        inner.mkdir()
        for name, writer in files.items():
            _write(inner / name, writer)
        yield lambda: _exchange(inner, folder, staging / "old")
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def discard_staged(folder: Path) -> None:
    """Take away what a process left that was ended while it wrote to a folder."""
    prefix = _staging_prefix(folder)
    for left in folder.parent.glob(".*"):
        if left.name.startswith(prefix):
            shutil.rmtree(left, ignore_errors=True)


def _staging_prefix(folder: Path) -> str:
    return f".{folder.name}."


def _write(file: Path, writer: Writer) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _exchange(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
