"""The commands `ironfly data cache ...`: derived columns, built ahead of the first run that reads them."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.command_parts import AsJson, Store, abortable, help_without_command

cache_app = typer.Typer(help="Build own volatilities and Greeks ahead, and see what room they take.")


@cache_app.callback(invoke_without_command=True)
def derived_data(context: typer.Context) -> None:
    """Build own volatilities and Greeks ahead, and see what room they take."""
    help_without_command(context)


@cache_app.command("build")
def build_cache(
    underlying: Annotated[str | None, typer.Argument(metavar="[UNDERLYING]", help="Symbol; all without it.")] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Compute own volatilities and Greeks of what is stored; what is there already is left alone."""
    with abortable():
        from api.cli.derived_data import build

        build(underlying, store, as_json=as_json)
