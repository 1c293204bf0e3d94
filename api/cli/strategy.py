"""`ironfly strategy`: parameters of a programmed strategy, a new one to begin with, and those of installed packages."""

from __future__ import annotations

import json
from pathlib import Path

from api.cli.display import console, plain_table
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


def new(name: str, folder: Path | None) -> None:
    """Write a strategy that works, with its configuration and its test.

    Raises:
        NameUnusable, OutputOccupied: when there is no room or no name for it.
    """
    target = write_strategy(name, folder)
    out = console()
    for file in sorted(target.iterdir()):
        out.print(str(file), soft_wrap=True)
    configuration = next(target.glob("*.yaml"))
    out.print(f"Run it: ironfly run {configuration}", soft_wrap=True)


def show_plugins() -> None:
    """Print the strategies that installed packages announce.

    Raises:
        StrategyNotLoaded: when two of them have one name.
    """
    found = strategy_plugins()
    out = console()
    if not found:
        out.print(f"No installed package announces a strategy (entry points of the group {GROUP}).", soft_wrap=True)
        return
    table = plain_table()
    for name in ("source", "class", "package"):
        table.add_column(name, overflow="fold")
    for name, point in found.items():
        table.add_row(name, point.value, "-" if point.dist is None else f"{point.dist.name} {point.dist.version}")
    out.print(table)
