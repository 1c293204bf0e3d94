"""A source that tells an observer where it is, for whoever shows progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.events import Event
from engine.instants import Instant
from engine.model import ContractTable, SessionTable, Underlying
from engine.sources import EventSource


@dataclass(frozen=True, slots=True)
class ObservedSource:
    """Passes a source on and tells an observer the instant of each event."""

    source: EventSource
    observe: Callable[[Instant], None]

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
        observe = self.observe
        for event in self.source:
            observe(event.at)
            yield event
