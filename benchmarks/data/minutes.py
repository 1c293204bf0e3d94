"""A market of known size: twenty sessions of minutes, 500 contracts in each."""

from __future__ import annotations

from datetime import date

import numpy as np

from data.calendar import session_table
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import STRIKE_UNITS, ContractList, SeriesKey, pack
from data.datasets import SourceFile
from data.parquet_store import ParquetStore
from engine.model import QUOTE_COLUMNS

SESSIONS, MINUTES, CONTRACTS = 20, 390, 500
UNDERLYING, RESOLUTION = "SPX", "minute"
_FIRST = date(2019, 3, 1)
_EXPIRATIONS = tuple(date(2019, 4, day) for day in (5, 12, 17, 26, 30))


def add_minutes(store: ParquetStore) -> tuple[date, date]:
    """Put the chains into a store; returns the first and the last day."""
    sessions = session_table(_FIRST, _FIRST).between(_FIRST, date(2019, 4, 30))[:SESSIONS]
    contracts = _contracts()
    for session in sessions:
        chains = tuple(
            _chain(contracts, session.on, session.opens_at + (minute + 1) * 60 * 10**9, minute)
            for minute in range(MINUTES)
        )
        source = SourceFile(f"{session.on}.made", "benchmark", f"{session.on:%Y%m%d}".zfill(64), MINUTES * CONTRACTS)
        store.add([NormalizedFile(source, RESOLUTION, chains, ())])
    return sessions[0].on, sessions[-1].on


def _contracts() -> ContractList:
    series = tuple(SeriesKey(day, "SPXW", day) for day in _EXPIRATIONS)
    strikes = 2_800 + 5 * np.arange(CONTRACTS // (2 * len(series)))
    rank, right, strike = (
        axis.ravel() for axis in np.meshgrid(np.arange(len(series)), [-1, 1], strikes, indexing="ij")
    )
    return ContractList(series, pack(rank, right, strike * STRIKE_UNITS))


def _chain(contracts: ContractList, day: date, at: int, minute: int) -> ChainRows:
    price = 2_925.0 + 10.0 * np.sin(minute / 50.0 + day.day)
    intrinsic = np.maximum(contracts.right * (price - contracts.strike), 0.0)
    middle = intrinsic + 20.0 * np.exp(-np.abs(contracts.strike - price) / 40.0)
    columns = {name: np.full(len(contracts), np.nan) for name in QUOTE_COLUMNS}
    columns |= {"bid": np.round(middle, 2), "ask": np.round(middle + 0.2, 2), "delta": np.full(len(contracts), 0.5)}
    return ChainRows(at, day, UNDERLYING, price, contracts, columns, np.zeros(len(contracts), np.uint16), False)
