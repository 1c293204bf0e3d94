"""Which expiration: nearest to a target, among those that trade and are quoted now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, TypeAlias

from engine.errors import ConfigurationError
from engine.instants import Instant
from engine.model import ChainSnapshot, ContractTable, SessionTable
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.spec.expirations import ExactExpiration, Expiration, ExpirationSpec, LaterExpiration

_FRIDAY: Final = 4
_NEVER: Final = date.max.toordinal()
_Window: TypeAlias = tuple[int, int, int]
"""Proleptic ordinals of the date wanted, and of the first and the last that are allowed."""


@dataclass(frozen=True, slots=True)
class _Eligible:
    """Series of one underlying that may be chosen, ascending by expiration and root, as lists for binary search.

    Attributes:
        ordinals: proleptic ordinal of each expiration date.
        positions: position of each series in the contract table.
        ranks: place of each root among those that are named.
        bounds: first row of the table of each series, one past the last.
    """

    ordinals: list[int]
    positions: list[int]
    ranks: list[int]
    last_trades_at: list[Instant]
    bounds: list[tuple[int, int]]


# A run has one table and asks for few sets of roots; the few kept here are those of the last runs.
@lru_cache(maxsize=8)
def _eligible(table: ContractTable, underlying: str, roots: tuple[str, ...]) -> _Eligible:
    found = [
        (position, one)
        for position, one in enumerate(table.series)
        if one.underlying == underlying and (one.root in roots if roots else not one.is_adjusted)
    ]
    positions = [position for position, _ in found]
    return _Eligible(
        ordinals=[one.expires_on.toordinal() for _, one in found],
        positions=positions,
        ranks=[roots.index(one.root) if roots else 0 for _, one in found],
        last_trades_at=[one.last_trades_at for _, one in found],
        bounds=[(table.series_start.item(one), table.series_start.item(one + 1)) for one in positions],
    )


def select_expiration(
    snapshot: ChainSnapshot, today: date, wanted: ExpirationSpec | ExactExpiration, sessions: SessionTable | None = None
) -> int | NoMatch:
    """The series whose days to expiration are nearest to the target, among those that trade and are quoted now.

    On equal distance the earlier date, then the root that `wanted.roots` names first (without roots: alphabetical).
    Adjusted series are chosen only where `wanted.roots` names them (T25).
    A series that this snapshot does not quote is unknown yet (T21); the AM and the PM series of a date are two (T26).

    Args:
        today: exchange date of the snapshot; days to expiration are counted in exchange dates (T28).
        sessions: of the exchange; needed where `wanted.cycle` tells months from weeks.

    Returns:
        Position of the series in `snapshot.contracts.series`; or `NoMatch` with `none_within_dte`,
        `none_of_the_cycle`, `none_still_trading` or `none_quoted`.
    """
    day = today.toordinal()
    if isinstance(wanted, ExactExpiration):
        window = day + wanted.dte, day + wanted.dte, day + wanted.dte
    else:
        window = day + wanted.target_dte, day + wanted.min_dte, day + wanted.max_dte
    return _nearest_series(snapshot, window, wanted, sessions)


def select_later_expiration(
    snapshot: ChainSnapshot, first: int, wanted: LaterExpiration, sessions: SessionTable | None = None
) -> int | NoMatch:
    """The series that lies so many days behind another one, chosen as `select_expiration` does.

    Args:
        first: position of the other series in `snapshot.contracts.series`.

    Returns:
        As `select_expiration`; `none_within_days` where nothing lies within the bounds.
    """
    day = snapshot.contracts.series[first].expires_on.toordinal()
    last = _NEVER if wanted.max_days is None else day + wanted.max_days
    return _nearest_series(snapshot, (day + wanted.target, day + wanted.min_days, last), wanted, sessions)


def select_expirations(
    snapshot: ChainSnapshot, today: date, wanted: Mapping[str, Expiration], sessions: SessionTable | None = None
) -> dict[str, int] | NoMatch:
    """Every named expiration; the first that finds nothing, with its name.

    Args:
        wanted: one that comes after another one stands behind it, as `expirations_needed` orders them.
    """
    chosen: dict[str, int] = {}
    for name, one in wanted.items():
        if isinstance(one, LaterExpiration):
            position = select_later_expiration(snapshot, chosen[one.after], one, sessions)
        else:
            position = select_expiration(snapshot, today, one, sessions)
        if isinstance(position, NoMatch):
            return NoMatch(position.stage, f"{name}:{position.reason}")
        chosen[name] = position
    return chosen


def _nearest_series(
    snapshot: ChainSnapshot, window: _Window, wanted: Expiration, sessions: SessionTable | None
) -> int | NoMatch:
    known = _eligible(snapshot.contracts, snapshot.underlying, wanted.roots)
    target, first, last = window
    ordinals, ranks = known.ordinals, known.ranks
    start = bisect_left(ordinals, first)
    within = []
    for index in range(start, bisect_right(ordinals, last, start)):
        ordinal = ordinals[index]
        within.append((abs(ordinal - target), ordinal, ranks[index], index))
    within.sort()
    reason = "none_within_days" if isinstance(wanted, LaterExpiration) else "none_within_dte"
    for _, ordinal, _, index in within:
        if wanted.cycle != "all" and is_monthly(date.fromordinal(ordinal), sessions) != (wanted.cycle == "monthly"):
            reason = "none_of_the_cycle"
            continue
        if known.last_trades_at[index] <= snapshot.at:
            reason = "none_still_trading"
            continue
        if snapshot.quotes_between(*known.bounds[index]):
            return known.positions[index]
        reason = "none_quoted"
    return NoMatch("expiration", reason)


def is_monthly(expires_on: date, sessions: SessionTable | None) -> bool:
    """Whether a date is the standard expiration of its month: the third Friday, or the session before a holiday.

    Behind the last session of the table only standard expirations are listed: there the day before is one as well.

    Raises:
        ConfigurationError: without sessions.
    """
    if sessions is None or not sessions.sessions:
        raise ConfigurationError("monthly and weekly expirations cannot be told apart without the exchange's sessions")
    first = expires_on.replace(day=1)
    third_friday = first + timedelta(days=(_FRIDAY - first.weekday()) % 7 + 14)
    if third_friday > sessions.sessions[-1].on:
        return timedelta(0) <= third_friday - expires_on <= timedelta(days=1)
    standard = sessions.last_at_or_before(third_friday)
    return standard is not None and standard.on == expires_on
