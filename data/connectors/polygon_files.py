"""Polygon's (Massive's) flat files by name and date: `BUCKET/us_options_opra/day_aggs_v1/2023/03/2023-03-13.csv.gz`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from data.calendar import session_table
from data.connectors.download import Outcome, download
from data.connectors.s3_bucket import S3Bucket
from data.errors import FetchError, NotOnServer
from engine.naming import unknown_name

DATASETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{kind}/{name}": f"{folder}/{name}_v1"
        for kind, folder, names in (
            ("indices", "us_indices", ("day_aggs", "minute_aggs")),
            ("options", "us_options_opra", ("day_aggs", "minute_aggs", "quotes", "trades")),
            ("stocks", "us_stocks_sip", ("day_aggs", "minute_aggs")),
        )
        for name in names
    }
)
"""Folders in the bucket by name of the dataset."""


class FetchedFile(NamedTuple):
    """A file of the cache; `path` does not exist where the server has none."""

    path: Path
    day: date
    outcome: Outcome
    size: int


class FetchProgress(NamedTuple):
    """How far a fetch is; sizes are of the current file."""

    done: int
    files: int
    name: str
    bytes: int
    of_bytes: int


def key_of(dataset: str, day: date) -> str:
    """Key of a day's file.

    Raises:
        FetchError: for a dataset that nobody knows, with the nearest name and all names.
    """
    if dataset not in DATASETS:
        raise FetchError(unknown_name("dataset", dataset, DATASETS))
    return f"{DATASETS[dataset]}/{day:%Y/%m}/{day}.csv.gz"


def fetch_days(
    bucket: S3Bucket,
    dataset: str,
    days: tuple[date, date],
    cache: Path,
    progress: Callable[[FetchProgress], None] = lambda _: None,
) -> Sequence[FetchedFile]:
    """Files of all sessions from the first to the last day, both included, under the bucket's paths in the cache.

    Files that are there and are those of the server are left alone; a day whose file the server does not have
    (a future one, or one before the vendor's history) is reported, and is no error.

    Raises:
        AccessRefused, FetchError: what was fetched before stays, and is whole.
    """
    sessions = session_table(*days).between(*days)
    keys = [key_of(dataset, session.on) for session in sessions]
    if not keys:
        raise FetchError(f"no session of the exchange from {days[0]} to {days[1]}; check the dates")
    fetched = []
    for done, (session, key) in enumerate(zip(sessions, keys, strict=True)):
        target = cache / key

        def arrived(size: int, of_size: int, done: int = done, name: str = target.name) -> None:
            progress(FetchProgress(done, len(keys), name, size, of_size))

        try:
            outcome = download(bucket, key, target, arrived)
        except NotOnServer:
            outcome = Outcome.ABSENT
        except OSError as error:
            raise FetchError(
                f"{target}: cannot be written ({error.strerror}); check the folder and its space"
            ) from None
        size = target.stat().st_size if outcome is not Outcome.ABSENT else 0
        fetched.append(FetchedFile(target, session.on, outcome, size))
        progress(FetchProgress(done + 1, len(keys), target.name, size, size))
    return fetched
