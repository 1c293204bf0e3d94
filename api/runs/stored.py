"""Results of a run as anybody reads them: its summary, and its tables as data frames."""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from pathlib import Path

import pandas as pd

from api.errors import RunUnreadable, UnknownRun
from api.runs.account_tables import ATTRIBUTION, EQUITY, GREEKS, MARGIN_CALLS
from api.runs.catalogue import SUMMARY
from api.runs.columns import Table
from api.runs.course_tables import EVENTS, FUNNEL
from api.runs.frames import read_frame
from api.runs.order_tables import FILLS, ORDERS
from api.runs.trade_tables import LEGS, TRADES
from api.settings import Settings
from schemas.errors import UnreadableResult
from schemas.reading import read_summary
from schemas.summary import Summary


def open_run(run: str | PathLike[str]) -> StoredRun:
    """The results of a run.

    Args:
        run: their folder, or the name of one in the folder of runs (`IRONFLY_RUNS`): of a run of the service, its id.

    Raises:
        UnknownRun: when there are no such results.
        RunUnreadable: when they are damaged, or of another version.
    """
    folder = folder_of(run)
    file = folder / SUMMARY
    try:
        summary = read_summary(file.read_bytes())
    except OSError as error:
        raise RunUnreadable(f"{file} cannot be read: {error.strerror}; run the configuration again") from error
    except UnreadableResult as error:
        raise RunUnreadable(f"{file} {error}") from error
    return StoredRun(folder, summary)


def folder_of(run: str | PathLike[str]) -> Path:
    """Folder of the results of a run.

    Raises:
        UnknownRun: when there is none.
    """
    runs = Settings().runs
    for folder in (Path(run), runs / run):
        if (folder / SUMMARY).exists():
            return folder
    raise UnknownRun(
        f"{run} is neither a folder of results nor the id of a run in {runs}; name the folder that `ironfly run` "
        "wrote, or set IRONFLY_RUNS to the folder of the service's runs"
    )


class StoredRun:
    """The results of one run. Tables are read when they are asked for, and kept.

    Attributes:
        folder: where its files are.
    """

    def __init__(self, folder: Path, summary: Summary) -> None:
        self.folder, self.summary = folder, summary

    def table(self, table: Table) -> pd.DataFrame:
        """One table, read anew.

        Raises:
            RunUnreadable: when its file is missing, damaged, or of another version.
        """
        return read_frame(table, self.folder)

    @cached_property
    def trades(self) -> pd.DataFrame:
        """One row per trade."""
        return self.table(TRADES)

    @cached_property
    def legs(self) -> pd.DataFrame:
        """One row per leg of a trade."""
        return self.table(LEGS)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """One row per order."""
        return self.table(ORDERS)

    @cached_property
    def fills(self) -> pd.DataFrame:
        """One row per leg of a fill."""
        return self.table(FILLS)

    @cached_property
    def equity(self) -> pd.DataFrame:
        """One row per value of the account."""
        return self.table(EQUITY)

    @cached_property
    def greeks(self) -> pd.DataFrame:
        """One row per session."""
        return self.table(GREEKS)

    @cached_property
    def attribution(self) -> pd.DataFrame:
        """One row per position and exchange date."""
        return self.table(ATTRIBUTION)

    @cached_property
    def margin_calls(self) -> pd.DataFrame:
        """One row per margin call."""
        return self.table(MARGIN_CALLS)

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row per event but market data."""
        return self.table(EVENTS)

    @cached_property
    def funnel(self) -> pd.DataFrame:
        """One row per entry that was due."""
        return self.table(FUNNEL)

    def returns(self) -> pd.Series[float]:
        """Daily returns of the account, deposits and withdrawals left out: what quantstats and its like expect."""
        from api.runs.returns import daily_returns  # noqa: PLC0415  who needs no returns, needs no scipy

        return daily_returns(self.equity, self.summary.capital.start_usd)
