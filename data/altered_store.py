"""Copies of a store that agree with it up to an instant, and have no future after it, or another one.

A copy costs little: files of quotes that stay are linked, and of those with another future the year is written anew.
Splits and dividends are known some days ahead, so that those of the next days stay as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import sqlalchemy as sql
from sqlalchemy.engine import Connection

from data.bar_rows import BarRows
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import STRIKE_UNITS, ContractList
from data.datasets import SnapshotInfo, SourceFile
from data.manifest import METADATA, Manifest, ManifestSession
from data.parquet_store import ParquetStore
from data.planning import DatasetKey
from data.repository import ChainRange, StoredChain
from data.selection import ReadOptions
from data.underlying_records import Bars, UnderlyingRecords
from data.underlying_rows import UnderlyingRows
from engine.instants import Instant
from engine.model import QuoteFlag
from engine.research.perturbation import perturbed_price, perturbed_quotes, price_factors

_MANIFEST: Final = "manifest.sqlite"
_ANNOUNCED_AHEAD: Final = timedelta(days=5)
_LOOK_BACK: Final = timedelta(days=10)
_SHIFT: Final = 2 * STRIKE_UNITS + STRIKE_UNITS // 2
_NOT_STALE: Final = np.uint16(0xFFFF ^ QuoteFlag.STALE)
_AS_STORED: Final = ReadOptions(greeks="vendor")


@dataclass(frozen=True, slots=True)
class OtherFuture:
    """What comes after an instant instead of what came.

    Attributes:
        after: last instant that stays.
        day: its exchange date, and ...
        ends_at: ... the instant at which that date is over.
        since: beginning of the run that reads it.
        sessions: of another future with other quotes, at most those of the year; 0: nothing comes.
    """

    after: Instant
    day: date
    ends_at: Instant
    since: Instant
    sessions: int
    seed: int


def write_altered_store(store: Path, target: Path, keys: Sequence[DatasetKey], future: OtherFuture) -> date:
    """Write the copy of a store into a new folder; returns the last day that all datasets of `keys` cover in it.

    Where nothing comes, a dataset without a chain on the last day keeps its next one of that day, so that it is
    covered.

    Args:
        keys: the datasets that a run reads; others have no future.

    Raises:
        StoreError: when the store is damaged, or the copy cannot be written.
    """
    _link(store, target)
    draw = np.random.default_rng([future.seed, future.after])
    with Manifest(target / _MANIFEST).writing() as session:
        for key in session.dataset_keys():
            infos = [placed.info for placed in session.snapshots(key)]
            _forget(session.connection, key, _later_chains(infos, future))
        _alter_records(session, future, draw)
    if not future.sessions:
        return future.day
    original = ParquetStore(store)
    found = [_other_chains(original, key, future, draw) for key in keys]
    ParquetStore(target).add([file for file in found if file.chains])
    return min((max((chain.day for chain in file.chains), default=future.day) for file in found), default=future.day)


def _link(store: Path, target: Path) -> None:
    """The files of a store under names of their own, which may be removed, and a copy of its manifest."""
    target.mkdir(parents=True)
    with closing(sqlite3.connect(store / _MANIFEST)) as source, closing(sqlite3.connect(target / _MANIFEST)) as copy:
        source.backup(copy)
    for file in store.glob("chains/*/*/*.parquet"):
        place = target / file.relative_to(store)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(file.resolve())
    for derived in store.glob("cache/*"):
        if derived.is_dir():
            (target / "cache").mkdir(exist_ok=True)
            (target / "cache" / derived.name).symlink_to(derived.resolve(), target_is_directory=True)


# --- chains -----------------------------------------------------------------------------------------------------


def _later_chains(infos: Sequence[SnapshotInfo], future: OtherFuture) -> list[Instant]:
    """Instants of the chains that the copy does not hold."""
    later = [info.at for info in infos if info.at > future.after]
    covered = any(info.day == future.day and info.at <= future.after for info in infos)
    stays = not covered and not future.sessions and any(info.at == later[0] for info in infos if info.day == future.day)
    return later[1:] if later and stays else later


def _forget(connection: Connection, key: DatasetKey, instants: Sequence[Instant]) -> None:
    table = METADATA.tables["snapshots"]
    if instants:
        of = (table.c.underlying == key[0], table.c.resolution == key[1], table.c.at >= instants[0])
        connection.execute(sql.delete(table).where(*of))


def _other_chains(
    store: ParquetStore, key: DatasetKey, future: OtherFuture, draw: np.random.Generator
) -> NormalizedFile:
    """The next sessions of a dataset as they did not come."""
    known = store.read(*key, future.day - _LOOK_BACK, date(future.day.year, 12, 31), _AS_STORED)
    days = sorted({info.day for info in known.snapshots if info.at > future.after})
    last = [future.day, *days][: future.sessions + 1][-1]
    span = store.read(*key, future.day - _LOOK_BACK, last, _AS_STORED)
    chains, before = [], None
    for chain in span.load():
        if chain.info.at <= future.after:
            before = chain
        else:
            chains.append(_other_chain(span, chain, before or chain, draw))
    source = SourceFile("another future", "audit", f"chains of {key[0]} ({key[1]})", sum(map(len, chains)))
    return NormalizedFile(source, key[1], tuple(chains), ())


def _other_chain(span: ChainRange, chain: StoredChain, before: StoredChain, draw: np.random.Generator) -> ChainRows:
    """A chain with other quotes; what was listed since the chain before has other strikes."""
    info, listed = chain.info, span.contracts.take(chain.contract)
    is_new = ~np.isin(chain.contract, before.contract)
    code, rows = np.unique(listed.code + np.where(is_new, _SHIFT, 0), return_index=True)
    columns = perturbed_quotes(chain.columns, draw)
    return ChainRows(
        at=info.at,
        day=info.day,
        underlying=info.underlying,
        underlying_price=perturbed_price(info.underlying_price, before.info.underlying_price, draw),
        contracts=ContractList(listed.series, code),
        columns={name: column[rows] for name, column in columns.items()},
        flags=(chain.flags & _NOT_STALE)[rows],
        time_assumed=info.time_assumed,
        price_origin=info.price_origin,
        market=info.market,
    )


# --- records of underlyings -------------------------------------------------------------------------------------


def _alter_records(session: ManifestSession, future: OtherFuture, draw: np.random.Generator) -> None:
    connection, records = session.connection, UnderlyingRecords(session.connection)
    for info in records.infos():
        _alter_bars(session, records.bars(info.symbol, info.resolution), future, draw)
    for name, column, numbers, since in (
        ("corporate_events", "ex_date", "dividend_usd", future.day + _ANNOUNCED_AHEAD),
        ("settlement_values", "expires_on", "price", future.day),
        ("rates", "on", "percent", future.day),
    ):
        table = METADATA.tables[name]
        later = table.c[column] > since
        earliest = sql.select(sql.func.min(table.c[column])).scalar_subquery()
        factor = float(draw.uniform(1.05, 1.5))
        connection.execute(sql.update(table).where(later).values({numbers: table.c[numbers] * factor}))
        if not future.sessions:
            # One stays, changed: a store that knows none at all is another matter than one that knows no more.
            connection.execute(sql.delete(table).where(later, table.c[column] > earliest))


def _alter_bars(session: ManifestSession, bars: Bars, future: OtherFuture, draw: np.random.Generator) -> None:
    """Later bars are others, or are not there; a run that would have none at all keeps those of its first day."""
    table, last = METADATA.tables["bars"], np.iinfo(np.int64).max
    if not future.sessions:
        known = ((bars.ends_at >= future.since) & (bars.ends_at <= future.after)).any()
        last = future.after + 1 if known else future.ends_at
    kept = slice(0, int(np.searchsorted(bars.ends_at, last)))
    ends, columns = bars.ends_at[kept], {name: column[kept].copy() for name, column in bars.columns.items()}
    later = ends > future.after
    if not later.any() and len(ends) == len(bars.ends_at):
        return
    closes = columns["close"][~later]
    before = closes[-1] if len(closes) else columns["close"][0]
    factors = price_factors(columns["close"][later], before, draw)
    for name in ("open", "high", "low", "close"):
        columns[name][later] *= factors
    source = SourceFile("another future", "audit", f"bars of {bars.symbol} ({bars.resolution})", len(ends))
    of = (table.c.symbol == bars.symbol, table.c.resolution == bars.resolution)
    session.connection.execute(sql.delete(table).where(*of))
    rows = UnderlyingRows(source, bars=(BarRows(source, bars.symbol, bars.resolution, ends, columns),))
    UnderlyingRecords(session.connection).add(rows, session.add_source(source), replace=True)
