"""The command `ironfly`. Only what every command needs is imported here; the rest is imported when it is called."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.cli.command_parts import AsJson, Quiet, Store, abortable, help_without_command
from api.cli.completion import configurations
from api.cli.data_commands import data_app
from api.cli.result_commands import results_app
from api.cli.strategy_commands import strategy_app

if TYPE_CHECKING:
    from api.cli.playing import Watching
    from schemas.run_request import RunRequest

app = typer.Typer(
    name="ironfly",
    help="Event-driven backtester for option strategies.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(results_app)
app.add_typer(data_app, name="data")
app.add_typer(strategy_app, name="strategy")

Configuration = Annotated[
    Path,
    typer.Argument(metavar="CONFIG", help="Configuration of the run, YAML or JSON.", autocompletion=configurations),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Replace a value of the configuration, e.g. execution.fills.kind=mid."
    ),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        from api.version import engine_version

        print(f"ironfly {engine_version()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def ironfly(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Event-driven backtester for option strategies."""
    help_without_command(context)


@app.command()
def run(
    config: Configuration,
    settings: Overrides = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the results. [default: runs/NAME-HASH]", metavar="DIR"),
    ] = None,
    store: Store = None,
    quiet: Quiet = False,
    live: Annotated[bool, typer.Option("--live", help="Draw equity and drawdown, where there is a terminal.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a backtest; write its summary and its tables into a folder."""
    with abortable():
        request = _request(config, settings)
        from api.cli.running import RunOptions
        from api.cli.running import run as carry_out

        watching: Watching = "nothing" if quiet else "live" if live else "progress"
        code = carry_out(request, RunOptions(out, store, watching, as_json))
    raise typer.Exit(code)


@app.command()
def validate(config: Configuration, settings: Overrides = None, store: Store = None, as_json: AsJson = False) -> None:
    """Check configuration, parts and data coverage without running."""
    with abortable():
        request = _request(config, settings, list_problems=not as_json)
        from api.cli.checking import check

        check(request, store, as_json=as_json)


@app.command()
def signals(config: Configuration, settings: Overrides = None, store: Store = None, as_json: AsJson = False) -> None:
    """Play a run and show what its signals said, and what that was worth."""
    with abortable():
        request = _request(config, settings)
        from api.cli.signals import show_signals

        show_signals(request, store, as_json=as_json)


@app.command()
def audit(
    config: Configuration,
    settings: Overrides = None,
    points: Annotated[int, typer.Option(min=1, help="Instants at which the future is taken away and changed.")] = 8,
    seed: Annotated[int, typer.Option(min=0, help="Chooses the instants, and the other futures.")] = 0,
    store: Store = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Look for decisions that depend on the future; exit code 1 when there are any."""
    with abortable():
        request = _request(config, settings)
        from api.cli.audit import AuditOptions, carry_out

        code = carry_out(request, AuditOptions(points, seed, store, as_json, quiet))
    raise typer.Exit(code)


@app.command("import-trades")
def import_trades(
    log: Annotated[Path, typer.Argument(metavar="LOG", help="Trade log of Option Omega, CSV.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder to make. [default: the name of the log]", metavar="DIR")
    ] = None,
    underlying: Annotated[
        str | None, typer.Option(help="Ticker, for rows that do not name it.", metavar="TICKER")
    ] = None,
    monthlies: Annotated[
        Literal["am", "pm"], typer.Option(help="How standard index monthlies settle: am is SPX, pm SPXW.")
    ] = "pm",
    like: Annotated[
        Path | None,
        typer.Option(metavar="CONFIG", help="Configuration whose data, dates, account, risk and execution to take."),
    ] = None,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Leave out rows that cannot be placed, instead of writing nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a configuration that repeats the trades of a log of Option Omega."""
    with abortable():
        from api.cli.importing_trades import ImportOptions
        from api.cli.importing_trades import import_trades as make
        from engine.model import SettlementSession

        make(log, out, ImportOptions(underlying, SettlementSession(monthlies), like, skip_refused, as_json))


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; other machines reach it only where you name one.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free one.")] = 8000,
    page: Annotated[
        Path | None,
        typer.Option(help="Folder of the built page. [default: $IRONFLY_PAGE, else app/dist]", metavar="DIR"),
    ] = None,
    store: Store = None,
    demo: Annotated[bool, typer.Option("--demo", help="Begin with a run of the first example.")] = False,
) -> None:
    """Serve the page and the HTTP API; backtests run in a worker process."""
    with abortable():
        from api.cli.serving import serve as serve_until_stopped
        from api.settings import Settings

        given = {"page": page, "store": store}
        settings = Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
        serve_until_stopped(settings, host, port, demo)


def _request(config: Path, settings: list[str] | None, list_problems: bool = False) -> RunRequest:
    """The configuration, checked before anything heavy is imported: mistakes are answered at once."""
    from schemas.errors import InvalidConfiguration
    from schemas.run_request import load_run_request

    try:
        return load_run_request(config, settings or ())
    except InvalidConfiguration as error:
        if list_problems and len(error.problems) > 1:
            print(*error.problems, sep="\n")
        raise


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code (`api.errors.ExitCode`).

    An error of any package's tree is one line on stderr, or one JSON object where the answer is asked for as JSON. Set
    IRONFLY_DEBUG to see where it came from.
    """
    given = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in given
    try:
        answer = app(given, prog_name="ironfly", standalone_mode=False)
    except typer.TyperException as error:
        return _failed(error, error.format_message() + _hint(error), error.exit_code, as_json)
    except BrokenPipeError:
        # The reader of our output, e.g. `head`, has gone; Python must not complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        code = _explained(error, as_json)
        if code is None:
            raise
        return code
    return int(answer or 0)


def _explained(error: Exception, as_json: bool) -> int | None:
    """Print an expected error; None for one that nobody expects, whose traceback is wanted."""
    from api.errors import exit_code, one_line

    code = exit_code(error)
    if code is None:
        return None
    if os.environ.get("IRONFLY_DEBUG"):
        traceback.print_exception(error)
    return _failed(error, one_line(error), code, as_json)


def _hint(error: typer.TyperException) -> str:
    command = getattr(getattr(error, "ctx", None), "command_path", None)
    return f" See `{command} --help`." if command else ""


def _failed(error: Exception, message: str, code: int, as_json: bool) -> int:
    if as_json:
        from api.cli.json_answer import print_error

        print_error(error, message, code)
    else:
        sys.stderr.write(f"error: {' '.join(message.split())}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
