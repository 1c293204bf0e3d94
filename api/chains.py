"""The last chain at or before an instant, from stored or embedded data."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import NormalizedFile
from data.datasets import SourceFile
from data.embedded_market import embedded_market
from data.errors import NotCovered
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.providers.model_chain import ModelChainProvider
from data.replay import open_range
from data.repository import DataRepository
from engine.events import SnapshotArrived
from engine.instants import instant, utc_datetime, years_between
from engine.model import ChainSnapshot, SessionTable
from engine.pricing import greeks, implied_volatility
from schemas.market import Chain, Expiration, QuoteColumns

Source = Literal["model", "store"]
_RESOLUTION: Final = "eod"
_SEED: Final = 0
"""Seed of the model market that examples use."""
_SESSIONS: Final = 3
"""The day after the instant's date, where the exchange is ahead, the day itself, and the one before its close."""


def chain_at(underlying: str, at: datetime, source: Source, store: Path) -> Chain:
    """The chain of an underlying.

    Raises:
        NotCovered: when there is none at or before the instant.
    """
    repository = _model_prices(underlying, at) if source == "model" else ParquetStore(store)
    snapshot, sessions = _last_snapshot(repository, underlying, at)
    return _view(snapshot, sessions, source)


def _model_prices(underlying: str, at: datetime) -> DataRepository:
    """The sessions of the embedded market around an instant, made on the spot: a store would begin with a year."""
    market, provider = embedded_market(), ModelChainProvider(_SEED)
    days = [day for day in market.days if (day - at.date()).days <= 1][-_SESSIONS:]
    if not days:
        raise NotCovered(f"{underlying}: the model market begins on {market.first}, after {at.isoformat()}")
    chains = tuple(provider.chains(underlying, _RESOLUTION, days[0], days[-1]))
    source = SourceFile("model", provider.name, provider.identity(underlying, _RESOLUTION, days[-1].year), len(chains))
    made = MemoryStore()
    made.add([NormalizedFile(source, _RESOLUTION, chains, ())])
    return made


def _last_snapshot(repository: DataRepository, underlying: str, at: datetime) -> tuple[ChainSnapshot, SessionTable]:
    coverage = repository.coverage(underlying, _RESOLUTION)
    # An exchange's date is at most one day away from the date of the same instant in any other zone.
    for day in reversed([day for day in coverage.days if (day - at.date()).days <= 1]):
        source = open_range(repository, [underlying], _RESOLUTION, day, day)
        known = [event.snapshot for event in source if isinstance(event, SnapshotArrived) and event.at <= instant(at)]
        if known:
            return known[-1], source.sessions
    raise NotCovered(f"{underlying}: no chain at or before {at.isoformat()}; the first is of {coverage.first}")


def _view(snapshot: ChainSnapshot, sessions: SessionTable, source: Source) -> Chain:
    today = utc_datetime(snapshot.at).astimezone(ZoneInfo(sessions.timezone)).date()
    table = snapshot.contracts
    index = table.series_index[snapshot.contract_id]
    return Chain(
        underlying=snapshot.underlying,
        at=utc_datetime(snapshot.at),
        underlying_price=snapshot.underlying_price,
        model_prices=source == "model",
        expirations=tuple(
            Expiration(
                root=one.root,
                expires_on=one.expires_on,
                settles_at=utc_datetime(one.settles_at),
                dte=(one.expires_on - today).days,
                years=years_between(snapshot.at, one.settles_at),
            )
            for one in (table.series[int(position)] for position in np.unique(index))
        ),
        quotes=_quotes(snapshot, index),
    )


def _quotes(snapshot: ChainSnapshot, index: NDArray[np.int32]) -> QuoteColumns:
    table = snapshot.contracts
    right = table.right[snapshot.contract_id].astype(np.float64)
    years = np.array([years_between(snapshot.at, one.settles_at) for one in table.series])[index]
    volatility, delta = _greeks(snapshot, right, years)
    return QuoteColumns(
        root=tuple(table.series[position].root for position in index.tolist()),
        expires_on=tuple(table.series[position].expires_on for position in index.tolist()),
        right=tuple("call" if side > 0 else "put" for side in right.tolist()),
        strike=tuple(snapshot.strike.tolist()),
        bid=_values(snapshot.bid),
        ask=_values(snapshot.ask),
        iv=_values(volatility),
        delta=_values(delta),
    )


def _greeks(
    snapshot: ChainSnapshot, right: NDArray[np.float64], years: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Implied volatility and delta of the data; where it has none, of the middle of bid and ask at zero rates."""
    terms = (right, snapshot.underlying_price, snapshot.strike, years, 0.0, 0.0)
    middle = np.where(snapshot.bid > 0.0, 0.5 * (snapshot.bid + snapshot.ask), np.nan)
    solved, _ = implied_volatility(middle, *terms)
    volatility = np.where(snapshot.implied_volatility > 0.0, snapshot.implied_volatility, solved)
    delta = np.where(np.isnan(snapshot.delta), greeks(*terms, volatility, higher_order=False).delta, snapshot.delta)
    return volatility, delta


def _values(column: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(value if math.isfinite(value) else None for value in column.tolist())
