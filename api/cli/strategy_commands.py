"""The commands `ironfly strategy ...`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.command_parts import AsJson, abortable, help_without_command

strategy_app = typer.Typer(help="Program strategies: begin a new one, see what can be set.")


@strategy_app.callback(invoke_without_command=True)
def programmed(context: typer.Context) -> None:
    """Program strategies: begin a new one, see what can be set."""
    help_without_command(context)


@strategy_app.command("new")
def new_strategy(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits and -, e.g. calm-puts.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder to make. [default: the name, with _ for -]", metavar="DIR")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a strategy that works, its configuration and its test, to be changed."""
    with abortable():
        from api.cli.strategy import new

        new(name, out, as_json=as_json)


@strategy_app.command("parameters")
def parameters(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="file.py:Class, package.module:Class, or a strategy of `list`.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Errors as JSON; the answer always is.")] = False,
) -> None:
    """Print what a configuration may set, with types, bounds and defaults, as JSON Schema."""
    with abortable():
        from api.cli.strategy import show_parameters

        show_parameters(source)


@strategy_app.command("list")
def list_strategies(as_json: AsJson = False) -> None:
    """List the strategies that installed packages announce."""
    with abortable():
        from api.cli.strategy import show_plugins

        show_plugins(as_json=as_json)
