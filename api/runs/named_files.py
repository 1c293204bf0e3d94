"""The files that a configuration names besides the data in the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.config import RunConfig
from engine.strategies.script import ScriptedStrategy
from engine.strategies.spec import DeclarativeStrategy, PythonStrategy


def named_files(config: RunConfig) -> Iterator[tuple[str, Path]]:
    """Keys of the configuration with the paths that stand there; relative ones start from its own folder."""
    data = config.data
    named: list[tuple[str, object]] = [
        ("data.settlement_values", data.settlement_values),
        ("data.overrides", data.overrides),
        ("benchmark.file", config.benchmark.file),
    ]
    for number, strategy in enumerate(config.strategies):
        place = f"strategies[{number}]"
        match strategy:
            case PythonStrategy():
                named.append((f"{place}.source", _module(strategy.source)))
            case ScriptedStrategy():
                named.append((f"{place}.file", strategy.file))
            case DeclarativeStrategy():
                named.append((f"{place}.event_dates", strategy.event_dates))
    for number, signal in enumerate(config.signals):
        named.append((f"signals[{number}].source", signal.source and _module(signal.source)))
        named.append((f"signals[{number}].parameters.file", signal.parameters.get("file")))
    return ((key, Path(path)) for key, path in named if isinstance(path, str))


def _module(source: str) -> str | None:
    """The file in `path/to/file.py:ClassName`; None of a class of a package."""
    file = source.rpartition(":")[0]
    return file if file.endswith(".py") else None
