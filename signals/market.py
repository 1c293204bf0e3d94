"""Signals from what trades: the price of a market, its gap at the open, and how many options changed hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, ClassVar, Final, Literal

import numpy as np
from annotated_types import Ge, Gt
from numpy.typing import NDArray

from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import Bar, ChainSnapshot, ContractTable, Right, SessionTable
from engine.shapes import FORBID_UNKNOWN
from signals.base import UNDEFINED, MarketSignal
from signals.session_bars import SessionBars

_NANOS_PER_MINUTE: Final = 60 * NANOS_PER_SECOND


class Level(MarketSignal):
    """The last price of a market as it is, e.g. of VIX: of a bar's close, or beside a chain.

    Where the run adjusts prices, the value is raw all the same: it is the present one.
    """

    kind: ClassVar[str] = "level"

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return bar.close

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return snapshot.underlying_price


# --- gap --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GapParameters:
    """What is told of the first print.

    Attributes:
        measure: `fraction`, the first print of the session over the close before, less 1; `points`, less the close
            before; `minutes`, how long after the open the first print was known, whenever that was.
        within_minutes: a first print that is known later is no opening, and the gap of that session is undefined.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    measure: Literal["fraction", "points", "minutes"] = "fraction"
    within_minutes: Annotated[float, Gt(0)] = 5.0


class Gap(MarketSignal):
    """The prior session's close against the first regular print of the present one.

    An index has no fixed time of its open: VIX prints a minute or two after 9:30 (T35). The first print is the open of
    the first bar that ends after the session's open, or the price beside the first chain after it; nothing is known of
    it before. `measure: minutes` is the flag of a late one. Undefined from the first event of a session until its
    first print; a session that begins with a late print, such as every session of daily data, has no gap.
    """

    kind: ClassVar[str] = "gap"
    Parameters: ClassVar[type] = GapParameters

    def __init__(self, name: str, underlying: str, parameters: GapParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._bars = SessionBars(sessions)
        self._sessions_seen = 0
        self._day: date | None = None
        self._latest = parameters.within_minutes * _NANOS_PER_MINUTE

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self._after(at, bar.open) if self._bars.on_bar(at, bar) else self._before_open(at)

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        at, price = snapshot.at, snapshot.underlying_price
        return self._after(at, price) if self._bars.on_price(at, price) else self._before_open(at)

    def on_adjustment(self, factor: float) -> None:
        self._bars.scale(factor)

    def _after(self, at: Instant, first_print: float) -> float | None:
        if len(self._bars) == self._sessions_seen:
            return None
        self._sessions_seen = len(self._bars)
        self._day = self.sessions.date_of(at)
        late = at - self._bars.opens_at
        if self.parameters.measure == "minutes":
            return late / _NANOS_PER_MINUTE
        if self._sessions_seen == 1 or late > self._latest:
            return UNDEFINED
        prior_close = float(self._bars.last(2)[3, 0])
        return first_print - prior_close if self.parameters.measure == "points" else first_print / prior_close - 1.0

    def _before_open(self, at: Instant) -> float | None:
        """Yesterday's gap says nothing of today."""
        return None if self.sessions.date_of(at) == self._day else UNDEFINED


# --- options that changed hands, or are open --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCallRatioParameters:
    """What is counted.

    Attributes:
        of: contracts traded today so far, or open contracts, as the data say.
        max_dte: only series that expire within so many days.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    of: Literal["volume", "open_interest"] = "volume"
    max_dte: Annotated[int, Ge(0)] | None = None


class PutCallRatio(MarketSignal):
    """Puts over calls, in contracts; undefined on a chain that counts no call. Flags of quotes do not matter."""

    kind: ClassVar[str] = "put_call_ratio"
    Parameters: ClassVar[type] = PutCallRatioParameters

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        counted = getattr(snapshot, self.parameters.of)
        near = near_rows(snapshot, self.parameters.max_dte, self.sessions)
        puts = contracts_of(snapshot, counted, Right.PUT, near)
        calls = contracts_of(snapshot, counted, Right.CALL, near)
        return puts / calls if calls > 0.0 else UNDEFINED


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInterestParameters:
    """What is counted.

    Attributes:
        right: calls, puts, or both.
        max_dte: only series that expire within so many days.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    right: Literal["call", "put", "both"] = "both"
    max_dte: Annotated[int, Ge(0)] | None = None


class OpenInterest(MarketSignal):
    """Open contracts of a chain, as the data say; undefined on a chain that says none of any contract."""

    kind: ClassVar[str] = "open_interest"
    Parameters: ClassVar[type] = OpenInterestParameters

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        rights = {"call": (Right.CALL,), "put": (Right.PUT,), "both": (Right.PUT, Right.CALL)}[self.parameters.right]
        if np.isnan(snapshot.open_interest).all():
            return UNDEFINED
        near = near_rows(snapshot, self.parameters.max_dte, self.sessions)
        return sum(contracts_of(snapshot, snapshot.open_interest, right, near) for right in rights)


def near_rows(snapshot: ChainSnapshot, max_dte: int | None, sessions: SessionTable) -> NDArray[np.bool_] | None:
    """Which rows expire within so many days; None: all."""
    if max_dte is None:
        return None
    today = sessions.date_of(snapshot.at)
    near = _expirations(snapshot.contracts) <= today.toordinal() + max_dte
    rows: NDArray[np.bool_] = near[snapshot.contracts.series_index[snapshot.contract_id]]
    return rows


# A run has one table; the few kept here are those of the last runs.
@lru_cache(maxsize=8)
def _expirations(table: ContractTable) -> NDArray[np.int64]:
    """Ordinal of the expiration date of every series."""
    return np.array([one.expires_on.toordinal() for one in table.series], np.int64)


def contracts_of(
    snapshot: ChainSnapshot, counted: NDArray[np.float64], right: Right, rows: NDArray[np.bool_] | None
) -> float:
    """Sum of a column of counts over one right; a missing count is 0. Exact: counts are whole numbers."""
    of_right = snapshot.contracts.right[snapshot.contract_id] == int(right)
    return float(np.nansum(counted[of_right if rows is None else of_right & rows]))
