"""The commands that look at runs that are over. Only what every command needs is imported here, as in `main`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.command_parts import AsJson, Quiet, Store, abortable
from api.cli.completion import run_folders
from api.cli.section_names import SectionName

results_app = typer.Typer()

Run = Annotated[
    str,
    typer.Argument(metavar="RUN", help="Folder of results, or id of a run of the service.", autocompletion=run_folders),
]


@results_app.command()
def show(
    run: Run,
    sections: Annotated[
        list[SectionName] | None, typer.Option("--section", help="Only this part; may be given more than once.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the result of a run: what `run` printed, or parts of it."""
    with abortable():
        from api.cli.show import show as show_run

        show_run(run, sections or (), as_json=as_json)


@results_app.command()
def compare(
    runs: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN RUN...", help="Folders of results, or ids of runs of the service.", autocompletion=run_folders
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show runs beside each other: figures, and where configuration and data differ."""
    with abortable():
        from api.cli.compare import compare as compare_runs

        compare_runs(runs, as_json=as_json)


@results_app.command()
def verify(
    run: Run,
    base: Annotated[
        Path | None,
        typer.Option(
            help="Folder that paths in the configuration start from. [default: that of its file]", metavar="DIR"
        ),
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run it again and compare everything; exit code 1 where something differs, 2 where that cannot be told."""
    with abortable():
        from api.cli.verify import VerifyOptions
        from api.cli.verify import verify as run_again

        code = run_again(run, VerifyOptions(base, store, as_json, quiet))
    raise typer.Exit(code)


@results_app.command()
def explain(
    run: Run,
    at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only this exchange date, entry by entry."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say where entries ended: at which rule, sizing, risk, margin or fill."""
    with abortable():
        from api.cli.explain import explain as show

        show(run, None if at is None else at.date(), as_json)


@results_app.command()
def export(
    run: Run,
    form: Annotated[
        Literal["parquet", "csv", "option-omega", "returns"],
        typer.Option(
            "--format",
            help="parquet, csv: tables; option-omega: its logs of trades and days; returns: one number a session.",
        ),
    ] = "parquet",
    table: Annotated[
        list[str] | None, typer.Option(help="Table to write; can be given again. [default: all]", metavar="NAME")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files. [default: RUN-FORMAT]", metavar="DIR")] = None,
    as_json: AsJson = False,
) -> None:
    """Write results of a run in the form of other programs."""
    with abortable():
        match form:
            case "parquet" | "csv":
                from api.cli.run_export import export_tables

                export_tables(run, form, table or (), out, as_json)
            case _:
                from api.cli.interchange_export import export_foreign

                export_foreign(run, form, out, as_json)


@results_app.command()
def report(
    run: Run,
    html: Annotated[bool, typer.Option("--html", help="Only the page, or with --pdf both.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Only the PDF, or with --html both.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the files. [default: that of the run]", metavar="DIR")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a report for people, as one HTML page and as PDF."""
    with abortable():
        from api.cli.report import Formats
        from api.cli.report import report as write

        write(run, Formats(html, pdf) if html or pdf else Formats(True, True), out, as_json=as_json)
