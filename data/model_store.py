"""The store of the model market: made when it is first needed, a year at a time, and read like any other.

Each year is added like an import, all of it or nothing, so that a build that is killed loses one year at most and
the next one goes on from there. One process builds; others that need the same market wait for it.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from data.errors import StoreError
from data.manifest import SCHEMA_VERSION
from data.parquet_store import ParquetStore
from data.providers.model_chain import MODEL_VERSION, ModelChainProvider


class BuildProgress(NamedTuple):
    """How far a build is: the year that is made now, and how many are ready of those to make."""

    underlying: str
    year: int
    done: int
    years: int


Progress = Callable[[BuildProgress], None]


class ModelSelection(NamedTuple):
    """What is wanted of the model market."""

    underlyings: Sequence[str]
    resolution: str
    first: date
    last: date
    seed: int


def model_store(folder: Path, wanted: ModelSelection, progress: Progress | None = None) -> ParquetStore:
    """The store that holds the years of a selection; those that it lacks are made first.

    Args:
        folder: of all stores of model prices; each version and seed has its own in there.
        progress: called before each year that is made.

    Raises:
        NotCovered: for an underlying, a resolution or a date that the model market has not.
        StoreError: when the store cannot be written.
    """
    provider = ModelChainProvider(wanted.seed)
    place = model_folder(folder, wanted.seed)
    store = ParquetStore(place)
    if _missing(store, provider, wanted):
        with _only_builder(place):
            # Asked again: another process may have made them while this one waited.
            missing = _missing(store, provider, wanted)
            for done, (underlying, year) in enumerate(missing):
                if progress is not None:
                    progress(BuildProgress(underlying, year, done, len(missing)))
                store.add([provider.year(underlying, wanted.resolution, year)])
    return store


def model_folder(folder: Path, seed: int) -> Path:
    """Where the store of one model market is; what another version of the program stored is made again, not refused."""
    return folder / f"v{MODEL_VERSION}.{SCHEMA_VERSION}-seed{seed}"


def _missing(store: ParquetStore, provider: ModelChainProvider, wanted: ModelSelection) -> list[tuple[str, int]]:
    return [
        (underlying, year)
        for underlying in sorted(set(wanted.underlyings))
        for year in range(wanted.first.year, wanted.last.year + 1)
        if not store.holds(provider.name, provider.identity(underlying, wanted.resolution, year))
    ]


@contextmanager
def _only_builder(place: Path) -> Iterator[None]:
    """Wait for other builders of the same store; the system lets go of the lock of a process that is killed."""
    lock = place.with_name(f"{place.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise StoreError(f"model prices cannot be stored ({error.strerror}); check the folder and its space") from error
