"""A backtest as it is stored. Documents are validated JSON text of the wire shapes; their readers are outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.instants import Instant


class Status(StrEnum):
    """Where a backtest stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more."""
        return self not in (Status.QUEUED, Status.RUNNING)


@dataclass(frozen=True, slots=True)
class Submission:
    """A backtest that somebody asks for.

    Attributes:
        configuration: JSON text of the run configuration, defaults written out.
        configuration_hash: hash of its canonical JSON.
        model_prices: it runs on prices of a model.
    """

    name: str
    configuration: str
    configuration_hash: str
    model_prices: bool


@dataclass(frozen=True, slots=True)
class BacktestRecord:
    """A backtest and its state.

    Attributes:
        attempt: how often a worker has taken it up; the fencing token of the worker that runs it.
        revision: rises by one with every change.
        simulated_to: date of the last event of the run.
        problem: JSON text of the problem that it failed with.
        headline: JSON text of its first figures.
    """

    id: str
    name: str
    status: Status
    configuration: str
    model_prices: bool
    created: Instant
    started: Instant | None
    finished: Instant | None
    attempt: int
    revision: int
    fraction: float
    simulated_to: date | None
    message: str
    problem: str | None
    headline: str | None


@dataclass(frozen=True, slots=True, eq=False)
class EquityColumns:
    """An equity curve as columns.

    Attributes:
        at: int64 instants, ascending.
        net_liquidation: int64 micro-dollars.
        margin_requirement: int64 micro-dollars; -1 where no amount would have been enough.
        external_flows: int64 micro-dollars deposited so far, less what was withdrawn.
        growth: float64 USD that the starting capital grew to, as if no cash had been added or taken.
        starting_capital: micro-dollars before the first point.
    """

    at: NDArray[np.int64]
    net_liquidation: NDArray[np.int64]
    margin_requirement: NDArray[np.int64]
    external_flows: NDArray[np.int64]
    growth: NDArray[np.float64]
    starting_capital: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run, stored as a whole.

    Attributes:
        status: complete or interrupted.
        summary: JSON text of the published summary.
        simulated_to: last date of the run.
        trades: JSON text of each trade, in the order of opening.
    """

    status: Status
    simulated_to: date
    headline: str
    summary: str
    trades: tuple[str, ...]
    equity: EquityColumns


@dataclass(frozen=True, slots=True)
class Job:
    """A backtest that a worker has taken up: it is the worker's while no higher attempt exists."""

    id: str
    attempt: int
    configuration: str
    created: Instant
