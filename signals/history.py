"""What signals said over a run: kept as it is published, and brought beside other instants afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.events import BarArrived, Event, SignalUpdated, SnapshotArrived
from engine.instants import Instant
from engine.model import SessionTable

Handler: TypeAlias = Callable[[Any], Awaitable[None]]


@dataclass(frozen=True, slots=True, eq=False)
class SignalSeries:
    """The values of one signal in the order of their publication.

    Attributes:
        at: int64 of shape (n,), instants, ascending.
        values: float64 of shape (n,); NaN from where on the signal was undefined.
    """

    at: NDArray[np.int64]
    values: NDArray[np.float64]

    def known_at(self, instants: Sequence[Instant] | NDArray[np.int64]) -> NDArray[np.float64]:
        """The value that stood at each instant, what was published at that very instant included; NaN where none did.

        Args:
            instants: of shape (m,), in any order.
        """
        places = np.searchsorted(self.at, np.asarray(instants, np.int64), side="right")
        return np.concatenate([[np.nan], self.values])[places]

    def at_closes(self, sessions: SessionTable) -> SignalSeries:
        """One value per session in which anything was published: the one that stood after its last event."""
        dates = [sessions.date_of(at) for at in self.at.tolist()]
        last = [index for index, day in enumerate(dates) if index + 1 == len(dates) or dates[index + 1] != day]
        return SignalSeries(self.at[last], self.values[last])


class SignalHistory:
    """The listener that keeps every value that is published during a run, warm-up left out, and the prices beside."""

    slot: ClassVar[Literal["observers"]] = "observers"

    def __init__(self) -> None:
        self._published: dict[str, list[tuple[Instant, float]]] = {}
        self._prices: dict[str, list[tuple[Instant, float]]] = {}

    def handlers(self, publish: Callable[[Event], None]) -> Mapping[type[Event], Handler]:
        """Handlers that publish nothing."""

        async def on_signal(event: SignalUpdated) -> None:
            self._published.setdefault(event.name, []).append((event.at, event.value))

        async def on_snapshot(event: SnapshotArrived) -> None:
            price = event.snapshot.underlying_price
            self._prices.setdefault(event.snapshot.underlying, []).append((event.at, price))

        async def on_bar(event: BarArrived) -> None:
            self._prices.setdefault(event.bar.symbol, []).append((event.at, event.bar.close))

        return {SignalUpdated: on_signal, SnapshotArrived: on_snapshot, BarArrived: on_bar}

    @property
    def names(self) -> tuple[str, ...]:
        """Signals that published anything, in the order of their first value."""
        return tuple(self._published)

    def series(self, name: str) -> SignalSeries:
        """Everything that a signal published; empty for one that published nothing."""
        return _series(self._published.get(name, []))

    def prices(self, symbol: str) -> SignalSeries:
        """Prices of a market: beside its chains, and the closes of its bars; raw."""
        return _series(self._prices.get(symbol, []))


def _series(published: Sequence[tuple[Instant, float]]) -> SignalSeries:
    at = np.array([one for one, _ in published], np.int64)
    return SignalSeries(at, np.array([value for _, value in published], np.float64))
