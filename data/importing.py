"""From paths to a store: the one function that the command line calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from data.chain_rows import NormalizedFile
from data.datasets import Coverage, FileOutcome, FileReport, QualityCounts, SkippedRows, total
from data.errors import NothingToImport
from data.provider import EVERY_PROVIDER, Provider, make_provider
from data.providers.files import file_hash
from data.providers.recognition import Recognition, recognise
from data.quality import ChainValidator
from data.raw_rows import RawRows
from data.repository import DataNormalizer, DataRepository
from data.underlying_rows import UnderlyingRows

AUTO: Final = "auto"
"""In place of a format's name: tell the format of every file from its content."""

_READERS: Final = 2
_READ_AHEAD: Final = 4
_NORMALIZER: Final = DataNormalizer()
_VALIDATOR: Final = ChainValidator()


_Read: TypeAlias = NormalizedFile | UnderlyingRows | FileReport
"""A file that was read, or the report on one that need not be."""


class ImportProgress(NamedTuple):
    """How far an import is; `rows` counts those read so far. Reading is nearly all of the work."""

    done: int
    files: int
    name: str
    rows: int


Progress = Callable[[ImportProgress], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        files: in the order in which they were read.
        coverage: after the import, of every dataset that was given new files, with its missing sessions by date.
        recognised: formats that were told from content, with what told them; empty where the format was named.
    """

    files: tuple[FileReport, ...]
    coverage: tuple[Coverage, ...]
    recognised: tuple[Recognition, ...] = ()

    @property
    def counts(self) -> QualityCounts:
        """Quotes that came in, by flag."""
        return total(file.counts for file in self.files)

    @property
    def skipped(self) -> tuple[SkippedRows, ...]:
        """Rows that made no snapshot, by day."""
        return tuple(sorted(skip for file in self.files for skip in file.skipped))


def import_files(
    paths: Sequence[Path | str],
    format_name: str | Provider,
    store: DataRepository,
    *,
    replace_days: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Read vendor files and add them to a store: all of them, or none.

    A file that the store has seen is not read again. Whatever is dropped or odd is in the report.

    Args:
        format_name: name of the format of all files, or `auto`, which tells it file by file, or a provider that is
            made for these files.
        paths: files, folders (searched for the format's file names, folders in it too), or patterns like `*.csv`.
        replace_days: let days that are stored with other content be replaced.
        progress: called after each file.

    Raises:
        UnknownFormat, NothingToImport, UnreadableFile, BadFile, DayConflict, StoreError: nothing was imported.
    """
    providers = _providers(format_name)
    found = expand_paths(paths, sorted({suffix for one in providers for suffix in one.suffixes}))
    recognised = [recognise(path, EVERY_PROVIDER) for path in found] if format_name == AUTO else []
    readers = [make_provider(one.format) for one in recognised] or providers * len(found)
    files: list[NormalizedFile | UnderlyingRows | FileReport] = []
    rows = 0
    for done, file in enumerate(_read_all(found, readers, store), 1):
        rows += 0 if isinstance(file, FileReport) else file.source.rows
        files.append(file)
        if progress is not None:
            progress(ImportProgress(done, len(found), found[done - 1].name, rows))
    new = [file for file in files if isinstance(file, NormalizedFile)]
    underlyings = [file for file in files if isinstance(file, UnderlyingRows)]
    # Even when nothing is new: a store may have something left to clean up from an import that was killed.
    added = store.add(new, underlyings, replace_days=replace_days)
    of_chains, of_underlyings = iter(added[: len(new)]), iter(added[len(new) :])
    reports = tuple(
        file
        if isinstance(file, FileReport)
        else next(of_chains if isinstance(file, NormalizedFile) else of_underlyings)
        for file in files
    )
    return ImportReport(reports, _coverage(store, new), tuple(sorted(set(recognised))))


def expand_paths(paths: Sequence[Path | str], suffixes: Sequence[str]) -> list[Path]:
    """Files behind paths, folders and patterns, each once, ascending by name.

    Raises:
        NothingToImport: for a path that leads to no file.
    """
    found: set[Path] = set()
    for path in map(Path, paths):
        if path.is_dir():
            some = {file for file in path.rglob("*") if file.name.endswith(tuple(suffixes)) and file.is_file()}
            what = f"the folder holds no {' or '.join(suffixes)} file"
        elif path.exists():
            some, what = {path}, ""
        else:
            some = {file for file in _matching(path) if file.is_file()}
            what = "no such file"
        if not some:
            raise NothingToImport(f"{path}: {what}; check the path")
        found |= some
    if not found:
        raise NothingToImport("no paths given; name files, folders or patterns")
    return sorted(found, key=lambda path: (path.name, path))


def _providers(format_name: str | Provider) -> list[Provider]:
    """Providers that may read the files."""
    if not isinstance(format_name, str):
        return [format_name]
    return [make_provider(name) for name in (EVERY_PROVIDER if format_name == AUTO else (format_name,))]


def _matching(pattern: Path) -> Iterator[Path]:
    """Paths that a pattern matches, below its longest part without wildcards."""
    parts = pattern.parts
    plain = next((position for position, part in enumerate(parts) if set(part) & set("*?[")), len(parts))
    if plain < len(parts):
        yield from Path(*parts[:plain]).glob("/".join(parts[plain:]))


def _read_all(paths: Sequence[Path], providers: Sequence[Provider], store: DataRepository) -> Iterator[_Read]:
    """Files in order, some of them read ahead: parsing and sorting leave the interpreter free for one another.

    The first file in order that cannot be read ends the import, however the threads come through.
    """
    with ThreadPoolExecutor(_READERS, thread_name_prefix="ironfly-import") as readers:
        ahead: deque[Future[_Read]] = deque()
        try:
            for path, provider in zip(paths, providers, strict=True):
                ahead.append(readers.submit(_read, provider, path, store))
                if len(ahead) > _READ_AHEAD:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for one in ahead:
                one.cancel()


def _read(provider: Provider, path: Path, store: DataRepository) -> _Read:
    if store.holds(provider.name, file_hash(path)):
        return FileReport(path.name, FileOutcome.ALREADY_STORED)
    found = provider.read(path)
    if isinstance(found, UnderlyingRows):
        return found
    if not isinstance(found, RawRows):
        bars = tuple(found)
        return UnderlyingRows(bars[0].source, bars)
    file = _NORMALIZER.normalize(found)
    return replace(file, chains=tuple(replace(chain, flags=_VALIDATOR.flags(chain)) for chain in file.chains))


def _coverage(store: DataRepository, files: Sequence[NormalizedFile]) -> tuple[Coverage, ...]:
    keys = {(chain.underlying, file.resolution) for file in files for chain in file.chains}
    return tuple(store.coverage(*key) for key in sorted(keys))
