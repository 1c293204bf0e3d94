"""The run itself: a signal's value, a time that came, the end."""

from __future__ import annotations

from dataclasses import dataclass

from engine.instants import Instant


@dataclass(frozen=True, slots=True)
class SignalUpdated:
    """A signal has a value; one that is still warming up publishes nothing. NaN: it has none any more."""

    at: Instant
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class TimeReached:
    """A time came that a strategy had asked for."""

    at: Instant
    strategy: str


@dataclass(frozen=True, slots=True)
class RunFinished:
    """No event comes after this one."""

    at: Instant
    interrupted: bool
