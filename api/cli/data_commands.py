"""The commands `ironfly data ...`: vendor files into the store, and looks at what it holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.cache_commands import cache_app
from api.cli.command_parts import AsJson, Store, abortable, help_without_command

data_app = typer.Typer(help="Import market data and look at what is stored.")
data_app.add_typer(cache_app, name="cache")

Underlying = Annotated[str, typer.Argument(metavar="UNDERLYING", help="Symbol, e.g. SPX.")]
Resolution = Annotated[str, typer.Option(metavar="NAME", help="Resolution of the chains, e.g. eod or minute.")]
Day = typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Exchange date, YYYY-MM-DD.")


@data_app.callback(invoke_without_command=True)
def stored_data(context: typer.Context) -> None:
    """Import market data and look at what is stored."""
    help_without_command(context)


@data_app.command("import")
def import_data(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders of a vendor.")],
    format_name: Annotated[
        str,
        typer.Option("--format", metavar="NAME", help="Format of the files, e.g. cboe-table; auto: told from content."),
    ] = "auto",
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Column mapping (YAML) of files in no known format; see docs/data.md."),
    ] = None,
    store: Store = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace days that are stored with other content.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import a vendor's files into the store: all of them, or none."""
    with abortable():
        from api.cli.stored_data import import_paths, show_report

        folder, report = import_paths(paths, format_name if mapping is None else mapping, store, replace)
        show_report(report, folder, as_json=as_json)


@data_app.command("fetch")
def fetch_data(
    vendor: Annotated[str, typer.Argument(metavar="VENDOR", help="polygon.")],
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="What to fetch, e.g. options/day_aggs.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE")],
    import_too: Annotated[bool, typer.Option("--import", help="Import the files, old ones included.")] = False,
    downloads: Annotated[
        Path | None,
        typer.Option(help="Folder of fetched files. [default: $IRONFLY_DOWNLOADS, else var/downloads]", metavar="DIR"),
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Fetch a vendor's files by day; keys come from POLYGON_S3_KEY and POLYGON_S3_SECRET."""
    with abortable():
        from api.cli.fetching import Wanted, fetch

        wanted = Wanted(vendor, dataset, (first.date(), last.date()), import_too)
        fetch(wanted, downloads, store, as_json=as_json)


@data_app.command("list")
def list_data(store: Store = None, as_json: AsJson = False) -> None:
    """List what is stored: underlyings, dates, gaps, quality."""
    from api.cli.stored_data import show_stored

    show_stored(store, as_json=as_json)


@data_app.command("show")
def show_data(underlying: Underlying, store: Store = None, as_json: AsJson = False) -> None:
    """Show what is stored of one underlying: its files, and every day."""
    from api.cli.stored_days import show_days

    show_days(underlying, store, as_json=as_json)


@data_app.command("chain")
def show_chain(
    underlying: Underlying,
    at: Annotated[
        datetime,
        typer.Argument(
            metavar="AT",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
            help="Exchange date, or date and time (2019-05-01T15:45): the last chain then.",
        ),
    ],
    resolution: Resolution = "eod",
    expiration: Annotated[datetime | None, Day] = None,
    strikes: Annotated[int, typer.Option(min=1, help="Strikes around the money.")] = 15,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Show one chain: calls left, puts right. Without --expiration the nearest one."""
    from api.cli.stored_chain import ChainView, show

    view = ChainView(underlying, resolution, at, None if expiration is None else expiration.date(), strikes)
    show(view, store, as_json=as_json)


@data_app.command("export")
def export_data(
    underlying: Underlying,
    out: Annotated[Path, typer.Option(metavar="FILE", help="File to write; ends with .csv or .parquet.")],
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE")] = None,
    resolution: Resolution = "eod",
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Write stored chains into one file, a row per quote."""
    with abortable():
        from api.cli.exporting import Wanted, export

        days = (None if first is None else first.date(), None if last is None else last.date())
        export(Wanted(underlying, resolution, *days), out, store, as_json=as_json)


@data_app.command("symbols")
def show_symbols_of(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="tastytrade's nested option chain, saved as JSON.")],
    as_json: AsJson = False,
) -> None:
    """Show which contracts a file of symbols lists; it has no prices, and nothing is stored."""
    from api.cli.listed_symbols import show_symbols

    show_symbols(path, as_json=as_json)


@data_app.command("bars")
def bars_data(
    symbol: Annotated[str, typer.Argument(help="Symbol of a share or an index, e.g. SPY.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="File to write; ends with .csv or .parquet.")],
    resolution: Resolution = "eod",
    adjust: Annotated[
        Literal["none", "splits", "splits_and_dividends"], typer.Option(help="What prices are adjusted for.")
    ] = "none",
    volatility: Annotated[
        list[int] | None, typer.Option(min=2, metavar="BARS", help="Window of a realised volatility; repeatable.")
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Write bars of a symbol into one file, with log returns and realised volatilities."""
    with abortable():
        from api.cli.bar_export import BarExport, export_bars

        export_bars(BarExport(symbol, resolution, adjust, tuple(volatility or ())), out, store, as_json=as_json)


@data_app.command("quality")
def show_quality(
    underlying: Annotated[str | None, typer.Argument(metavar="[UNDERLYING]", help="Symbol; without one all.")] = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with pictures as well; ends with .html.")
    ] = None,
    store: Store = None,
) -> None:
    """Say what is wrong with the stored quotes: findings by kind, worst days first, with examples."""
    with abortable():
        from api.cli.quality import look, show_report

        found = look(underlying, store)
        show_report(found, as_json=as_json)
        if html is not None:
            # What draws takes a second to import.
            from api.quality_page import write_page

            write_page(html, found)
