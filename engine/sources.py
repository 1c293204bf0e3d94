"""Where market events come from, and how several sources become one in a total order."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from engine.errors import RunInterrupted, SourceOutOfOrder
from engine.events import (
    BarArrived,
    DividendDeclared,
    Event,
    SettlementPublished,
    SharesQuoted,
    SnapshotArrived,
    SplitAnnounced,
    SymbolChanged,
)
from engine.instants import iso
from engine.model import ContractTable, SessionTable, Underlying

PRIORITY: Final[dict[type[Event], int]] = {
    SettlementPublished: 0,
    DividendDeclared: 1,
    SplitAnnounced: 1,
    SymbolChanged: 1,
    SharesQuoted: 2,
    BarArrived: 3,
    SnapshotArrived: 4,
}
"""Order of market events of one instant: settlement values, news of companies, quotes of shares, bars, chains. Others
come last."""


class EventSource(Protocol):
    """Market events in the order (at, priority, sequence), and the tables they refer to.

    Iterating twice yields the same events twice.
    """

    @property
    def contracts(self) -> ContractTable:
        """Every contract of the source's snapshots."""

    @property
    def sessions(self) -> SessionTable:
        """Sessions that cover the source's range and every settlement of its contracts."""

    @property
    def underlyings(self) -> dict[str, Underlying]:
        """The underlyings by symbol."""

    def __iter__(self) -> Iterator[Event]:
        """Events in order."""


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """A source over events that somebody already holds, e.g. a list."""

    events: Iterable[Event]
    contracts: ContractTable
    sessions: SessionTable
    underlyings: dict[str, Underlying]

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)


def merge(streams: Sequence[Iterable[Event]]) -> Iterator[Event]:
    """One stream in the order (at, priority, position of the stream, sequence within the stream).

    Raises:
        SourceOutOfOrder: when one of the streams goes back in time.
    """
    ordered = [_keyed(stream, position) for position, stream in enumerate(streams)]
    for _, event in heapq.merge(*ordered, key=lambda keyed: keyed[0]):
        yield event


def _keyed(stream: Iterable[Event], position: int) -> Iterator[tuple[tuple[int, int, int, int], Event]]:
    previous = (0, 0)
    for sequence, event in enumerate(stream):
        rank = (event.at, PRIORITY.get(type(event), len(PRIORITY)))
        if rank < previous:
            raise SourceOutOfOrder(
                f"stream {position}: {type(event).__name__} of {iso(event.at)} comes too late, after an event of "
                f"{iso(previous[0])}; sort the stream by (at, priority)"
            )
        previous = rank
        yield (*rank, position, sequence), event


@dataclass(frozen=True, slots=True)
class InterruptibleSource:
    """Passes a source on until `stopped()` is true, then ends the run with what it has."""

    source: EventSource
    stopped: Callable[[], bool]

    @property
    def contracts(self) -> ContractTable:
        """Contracts of the inner source."""
        return self.source.contracts

    @property
    def sessions(self) -> SessionTable:
        """Sessions of the inner source."""
        return self.source.sessions

    @property
    def underlyings(self) -> dict[str, Underlying]:
        """Underlyings of the inner source."""
        return self.source.underlyings

    def __iter__(self) -> Iterator[Event]:
        for event in self.source:
            if self.stopped():
                raise RunInterrupted("the user asked to stop")
            yield event
