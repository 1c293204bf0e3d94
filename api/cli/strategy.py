"""`ironfly strategy`: parameters of a programmed strategy, a new one to begin with, and those of installed packages."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint
from pathlib import Path

from api.cli.display import console, plain_table
from api.cli.json_answer import print_json
from api.python_strategies import parameters_class, strategy_class
from api.strategy_plugins import GROUP, strategy_plugins
from api.strategy_template import write_strategy
from schemas.parameters import parameters_schema


def show_parameters(source: str) -> None:
    """Print the JSON Schema of what a configuration may set of a strategy.

    Raises:
        StrategyNotLoaded: when it cannot be found or used.
        InvalidConfiguration: when a parameter has a type that no configuration can say.
    """
    shape = parameters_class(strategy_class(source, Path()))
    print(json.dumps(parameters_schema(shape), indent=2, ensure_ascii=False))


def new(name: str, folder: Path | None, *, as_json: bool) -> None:
    """Write a strategy that works, with its configuration and its test.

    Raises:
        NameUnusable, OutputOccupied: when there is no room or no name for it.
    """
    target = write_strategy(name, folder)
    files, configuration = sorted(target.iterdir()), next(target.glob("*.yaml"))
    if as_json:
        print_json({"files": files, "configuration": configuration})
        return
    out = console()
    for file in files:
        out.print(str(file), soft_wrap=True)
    out.print(f"Run it: ironfly run {configuration}", soft_wrap=True)


def show_plugins(*, as_json: bool) -> None:
    """Print the strategies that installed packages announce.

    Raises:
        StrategyNotLoaded: when two of them have one name.
    """
    found = strategy_plugins()
    if as_json:
        print_json({"strategies": [_plugin(name, point) for name, point in found.items()]})
        return
    out = console()
    if not found:
        out.print(f"No installed package announces a strategy (entry points of the group {GROUP}).", soft_wrap=True)
        return
    table = plain_table()
    for name in ("source", "class", "package"):
        table.add_column(name, overflow="fold")
    for name, point in found.items():
        table.add_row(name, point.value, _package(point) or "-")
    out.print(table)


def _plugin(name: str, point: EntryPoint) -> dict[str, str | None]:
    return {"source": name, "class": point.value, "package": _package(point)}


def _package(point: EntryPoint) -> str | None:
    return None if point.dist is None else f"{point.dist.name} {point.dist.version}"
