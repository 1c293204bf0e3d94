"""Which expiration: nearest to a target, among those that trade and are quoted now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.instants import Instant
from engine.model import ChainSnapshot, ContractTable
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.spec.selection import ExpirationSpec


@dataclass(frozen=True, slots=True)
class _SeriesOfUnderlying:
    """Series of one underlying, ascending by expiration and root, as plain lists for binary search.

    Attributes:
        ordinals: proleptic ordinal of each expiration date.
        positions: position of each series in the contract table.
        bounds: int32 of shape (series, 2): first row of the table, one past the last.
    """

    ordinals: list[int]
    positions: list[int]
    roots: list[str]
    adjusted: list[bool]
    last_trades_at: list[Instant]
    bounds: NDArray[np.int32]


# A table lives as long as its run, and a run has one; the few kept here are those of the last runs.
@lru_cache(maxsize=8)
def _series_of(table: ContractTable, underlying: str) -> _SeriesOfUnderlying:
    found = [(position, one) for position, one in enumerate(table.series) if one.underlying == underlying]
    positions = [position for position, _ in found]
    return _SeriesOfUnderlying(
        ordinals=[one.expires_on.toordinal() for _, one in found],
        positions=positions,
        roots=[one.root for _, one in found],
        adjusted=[one.is_adjusted for _, one in found],
        last_trades_at=[one.last_trades_at for _, one in found],
        bounds=np.stack([table.series_start[:-1][positions], table.series_start[1:][positions]], 1).astype(np.int32),
    )


def select_expiration(snapshot: ChainSnapshot, today: date, wanted: ExpirationSpec) -> int | NoMatch:
    """The series whose days to expiration are nearest to the target, among those that trade and are quoted now.

    On equal distance the earlier date, then the root that `wanted.roots` names first (without roots: alphabetical).
    Adjusted series are chosen only where `wanted.roots` names them (T25).
    A series that this snapshot does not quote is unknown yet (T21); the AM and the PM series of a date are two (T26).

    Args:
        today: exchange date of the snapshot; days to expiration are counted in exchange dates (T28).

    Returns:
        Position of the series in `snapshot.contracts.series`; or `NoMatch` with `none_within_dte`,
        `none_still_trading` or `none_quoted`.
    """
    known = _series_of(snapshot.contracts, snapshot.underlying)
    day, roots = today.toordinal(), wanted.roots
    target = day + wanted.target_dte
    first = bisect_left(known.ordinals, day + wanted.min_dte)
    last = bisect_right(known.ordinals, day + wanted.max_dte)
    within = [
        (abs(known.ordinals[index] - target), known.ordinals[index], roots.index(root) if roots else 0, index)
        for index, root in enumerate(known.roots[first:last], first)
        if (root in roots if roots else not known.adjusted[index])
    ]
    reason = "none_within_dte"
    for *_, index in sorted(within):
        if known.last_trades_at[index] <= snapshot.at:
            reason = "none_still_trading"
            continue
        low, high = snapshot.contract_id.searchsorted(known.bounds[index])
        if low < high:
            return known.positions[index]
        reason = "none_quoted"
    return NoMatch("expiration", reason)


def select_expirations(
    snapshot: ChainSnapshot, today: date, wanted: Mapping[str, ExpirationSpec]
) -> dict[str, int] | NoMatch:
    """Every named expiration, as `select_expiration` chooses it; the first that finds nothing, with its name."""
    chosen: dict[str, int] = {}
    for name, one in wanted.items():
        position = select_expiration(snapshot, today, one)
        if isinstance(position, NoMatch):
            return NoMatch(position.stage, f"{name}:{position.reason}")
        chosen[name] = position
    return chosen
