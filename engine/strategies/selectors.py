"""Choose expirations and strikes from a chain: what is quoted now, tradable on the side needed, nearest to a target.

Each selector returns what it found or a `NoMatch` that says why there is nothing; a market without a fitting
contract is no error. Reasons are stable words, so that a summary can count them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.instants import Instant
from engine.model import BLOCKS_BUY, BLOCKS_SELL, ChainSnapshot, ContractTable, Leg, OptionContract, Right
from engine.strategies.spec import DeltaTarget, ExpirationSpec, LegSpec
from engine.structures import Side, signed

# Plain numpy scalars: combining a column with an IntFlag costs several microseconds.
_BLOCKS: Final[Mapping[Side, np.uint16]] = {"buy": np.uint16(BLOCKS_BUY), "sell": np.uint16(BLOCKS_SELL)}
_NO_TRADE: Final[Mapping[Side, str]] = {"buy": "no_ask_to_buy_at", "sell": "no_bid_to_sell_at"}
_RIGHTS: Final = {"call": Right.CALL, "put": Right.PUT}

_SAME: Final = 1e-9
"""Distances in delta that differ by less are equal: 0.35 - 0.30 and 0.30 - 0.25 are not, in binary."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Why nothing was chosen.

    Attributes:
        stage: the step that found nothing: `expiration` or `legs`.
        reason: stable words for counting, e.g. `short_put:no_bid_to_sell_at`.
    """

    stage: str
    reason: str


# --- expirations ------------------------------------------------------------------------------------------------


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


# --- strikes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """Calls or puts of one series in one snapshot, strikes ascending.

    Attributes:
        first_row: row of the snapshot that entry 0 stands in.
        delta: absolute, NaN where the vendor has none.
    """

    right: Right
    first_row: int
    delta: NDArray[np.float64]
    flags: NDArray[np.uint16]


def _side(snapshot: ChainSnapshot, series: int, right: Right) -> _Side:
    rows = snapshot.rows_of_series(series, right)
    return _Side(right, rows.start, np.abs(snapshot.delta[rows]), snapshot.flags[rows])


def _nearest_delta(among: _Side, side: Side, wanted: DeltaTarget) -> int | str:
    """Row of the snapshot, or the reason why there is none. About ten array operations: this is the hot path."""
    delta = among.delta
    eligible = (among.flags & _BLOCKS[side]) == 0
    eligible &= delta >= wanted.minimum  # false where there is no delta
    eligible &= delta <= wanted.maximum
    distance = np.where(eligible, np.abs(delta - wanted.target), np.inf)
    least = distance[distance.argmin()] if len(distance) else np.inf  # a third of the time of `min`
    if least == np.inf:
        within = (delta >= wanted.minimum) & (delta <= wanted.maximum)
        return _NO_TRADE[side] if within.any() else "none_within_delta"
    nearest = (distance <= least + _SAME).nonzero()[0]
    # Strikes ascend: out of the money is up for calls and down for puts.
    return among.first_row + int(nearest[-1] if among.right > 0 else nearest[0])


def select_strike(
    snapshot: ChainSnapshot, series: int, right: Right, side: Side, wanted: DeltaTarget
) -> OptionContract | NoMatch:
    """The contract whose absolute delta is nearest to the target within the bounds, both included.

    Only contracts count that have a delta and can be traded on the side needed now: an unblocked bid to sell, an
    unblocked ask to buy. On equal distance the one further out of the money.

    Args:
        series: position of the series in `snapshot.contracts.series`, as `select_expiration` returns it.

    Returns:
        The contract; or `NoMatch` with `none_within_delta`, or with `no_bid_to_sell_at` or `no_ask_to_buy_at` where
        only the flags are in the way.
    """
    row = _nearest_delta(_side(snapshot, series, right), side, wanted)
    return NoMatch("legs", row) if isinstance(row, str) else _contract_at(snapshot, row)


def select_legs(
    snapshot: ChainSnapshot, expirations: Mapping[str, int], wanted: Sequence[LegSpec]
) -> tuple[Leg, ...] | NoMatch:
    """Every leg by `select_strike`, in the order wanted; or the first that finds nothing, with its name.

    Args:
        expirations: position of the series by name, as `select_expirations` returns it.
    """
    sides: dict[tuple[int, Right], _Side] = {}
    legs: list[Leg] = []
    for one in wanted:
        series, right = expirations[one.expiration], _RIGHTS[one.right]
        among = sides.get((series, right))
        if among is None:
            among = sides[series, right] = _side(snapshot, series, right)
        row = _nearest_delta(among, one.side, one.delta)
        if isinstance(row, str):
            return NoMatch("legs", f"{one.name}:{row}")
        legs.append(Leg(_contract_at(snapshot, row), signed(one.side, one.ratio)))
    return tuple(legs)


def _contract_at(snapshot: ChainSnapshot, row: int) -> OptionContract:
    return snapshot.contracts.contract(int(snapshot.contract_id[row]))
