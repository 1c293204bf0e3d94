"""What a shell offers for an argument. It answers while somebody types, so nothing heavy is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_ENDINGS: Final = frozenset({".yaml", ".yml", ".json"})
_DEPTHS: Final = ("*", "*/*", "*/*/*")
_OF_A_RUN: Final = re.compile(r'^\s*"?strategies"?\s*:', re.MULTILINE)
_SUMMARY: Final = "summary.json"
_READ_BYTES: Final = 1 << 16


def configurations(incomplete: str) -> list[str]:
    """Configurations of runs whose path begins so, at most two folders below the one that is typed."""
    return sorted(str(file) for file in _below(incomplete) if _is_configuration(file))


def run_folders(incomplete: str) -> list[str]:
    """Folders of results whose path begins so, where runs go by default or where the path leads."""
    from api.settings import Settings

    runs = (*Settings().runs.glob(f"*/{_SUMMARY}"), *_folder(incomplete).glob(f"*/{_SUMMARY}"))
    return sorted({name for file in runs if (name := str(file.parent)).startswith(incomplete)})


def _below(incomplete: str) -> Iterator[Path]:
    folder = _folder(incomplete)
    for depth in _DEPTHS:
        for file in folder.glob(depth):
            hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
            if file.suffix in _ENDINGS and not hidden and str(file).startswith(incomplete):
                yield file


def _folder(incomplete: str) -> Path:
    """The folder in which the path that is typed so far leads."""
    return Path(incomplete) if incomplete.endswith("/") else Path(incomplete).parent


def _is_configuration(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return file.name != _SUMMARY and _OF_A_RUN.search(stream.read(_READ_BYTES)) is not None
    except OSError:
        return False
