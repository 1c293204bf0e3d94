"""What `ironfly strategy new` writes: a strategy, its configuration and its test, from the files beside this one."""

from __future__ import annotations

import keyword
import re
import tempfile
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from api.errors import NameUnusable, OutputOccupied

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_FILES: Final = {
    "strategy.py.template": "{module}.py",
    "configuration.yaml.template": "{module}.yaml",
    "test.py.template": "test_{module}.py",
}


def write_strategy(name: str, folder: Path | None = None) -> Path:
    """Write the three files into a new folder, all or none; returns the folder.

    Args:
        name: e.g. `calm-puts`, which makes the module `calm_puts` and the class `CalmPuts`.
        folder: where; without it a folder of the module's name here.

    Raises:
        NameUnusable: when no module or class can be called so.
        OutputOccupied: when the folder is there already.
        OSError: when it cannot be written.
    """
    words = _words(name)
    module = "_".join(words).lower()
    target = Path(module) if folder is None else folder
    if target.exists():
        raise OutputOccupied(f"{target} is there already; choose another name, or another folder with --out")
    values = {"name": name, "module": module, "class_name": "".join(word[0].upper() + word[1:] for word in words)}
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as staging:
        made = Path(staging) / "new"
        made.mkdir()
        for template, file in _FILES.items():
            text = Template((files(__package__) / template).read_text("utf-8")).substitute(values)
            (made / file.format(module=module)).write_text(text, encoding="utf-8")
        made.rename(target)
    return target


def _words(name: str) -> list[str]:
    words = re.split("[-_]", name)
    if not _NAME.fullmatch(name) or keyword.iskeyword("_".join(words).lower()):
        raise NameUnusable(f"{name!r} is no name for a strategy; use letters, digits and -, e.g. calm-puts")
    return words
