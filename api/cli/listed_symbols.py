"""`ironfly data symbols`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from rich.table import Table

from api.cli.display import console
from data.providers.tastytrade import ListedContract, listed_contracts


def show_symbols(path: Path) -> None:
    """Print the expirations of a file of symbols, with their settlement and strikes.

    Raises:
        UnreadableFile, BadFile, BadRow: when it is no such file.
    """
    table = Table("root", "expiration", "settles", "contracts", "strikes", box=None)
    for (root, expiration, settles), group in groupby(listed_contracts(path), key=_series):
        contracts = list(group)
        strikes = [one.symbol.strike for one in contracts]
        span = f"{min(strikes):g} to {max(strikes):g}"
        table.add_row(root, expiration, settles, f"{len(contracts):,}", span)
    console().print(table)


def _series(one: ListedContract) -> tuple[str, str, str]:
    return one.symbol.root, one.symbol.symbol_date.isoformat(), one.settlement
