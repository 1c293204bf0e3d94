"""Which strike: what can be traded on the side needed, nearest to a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.model import BLOCKS_BUY, BLOCKS_SELL, ChainSnapshot, Leg, OptionContract, Right
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.spec.selection import DeltaTarget, LegSpec
from engine.structures import Side, signed

# Plain numpy scalars: combining a column with an IntFlag costs several microseconds.
_BLOCKS: Final[Mapping[Side, np.uint16]] = {"buy": np.uint16(BLOCKS_BUY), "sell": np.uint16(BLOCKS_SELL)}
_NO_TRADE: Final[Mapping[Side, str]] = {"buy": "no_ask_to_buy_at", "sell": "no_bid_to_sell_at"}
_RIGHTS: Final = {"call": Right.CALL, "put": Right.PUT}

_SAME: Final = 1e-9
"""Distances in delta that differ by less are equal: 0.35 - 0.30 and 0.30 - 0.25 are not, in binary."""


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
