"""`ironfly data symbols`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from rich.table import Table

from api.cli.display import console
from api.cli.json_answer import print_json
from data.providers.tastytrade import ListedContract, listed_contracts


def show_symbols(path: Path, *, as_json: bool) -> None:
    """Print the expirations of a file of symbols, with their settlement and strikes.

    Raises:
        UnreadableFile, BadFile, BadRow: when it is no such file.
    """
    series = [_series_document(*key, list(group)) for key, group in groupby(listed_contracts(path), key=_series)]
    if as_json:
        print_json({"series": series})
        return
    table = Table("root", "expiration", "settles", "contracts", "strikes", box=None)
    for one in series:
        span = f"{one['lowest_strike']:g} to {one['highest_strike']:g}"
        table.add_row(one["root"], one["expiration"], one["settles"], f"{one['contracts']:,}", span)
    console().print(table)


def _series_document(root: str, expiration: str, settles: str, contracts: list[ListedContract]) -> dict[str, Any]:
    strikes = [one.symbol.strike for one in contracts]
    return {
        "root": root,
        "expiration": expiration,
        "settles": settles,
        "contracts": len(contracts),
        "lowest_strike": min(strikes),
        "highest_strike": max(strikes),
    }


def _series(one: ListedContract) -> tuple[str, str, str]:
    return one.symbol.root, one.symbol.symbol_date.isoformat(), one.settlement
