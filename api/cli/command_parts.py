"""What several commands share: options, Ctrl-C, and help where a command is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[
    Path | None, typer.Option(help="Folder of imported data. [default: $IRONFLY_STORE, else var/store]", metavar="DIR")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON; errors too.")]


def help_without_command(context: typer.Context) -> None:
    """Print the help of a group that was called alone."""
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit


@contextmanager
def abortable() -> Iterator[None]:
    """Make Ctrl-C an error like any other: otherwise the command would end without a word."""
    try:
        yield
    except KeyboardInterrupt:
        from api.errors import Aborted

        raise Aborted("aborted with Ctrl-C; what is written, is written as a whole or not at all") from None
