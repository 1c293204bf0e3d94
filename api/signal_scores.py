"""What the signals of a run said, session by session, and what it was worth: the run is played for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from api.wiring import PreparedRun, play, prepare
from data.model_store import Progress
from engine.config import SignalConfig
from schemas.run_request import RunRequest
from signals.analytics import HorizonScore, Values, decay
from signals.history import SignalHistory

HORIZONS: Final = (1, 5, 20)
"""Sessions ahead."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoredSignal:
    """One signal over the sessions of a run.

    Attributes:
        market: whose returns it is compared with: the one that it watches, or the first of the run.
        days: exchange dates, ascending.
        values: of shape (days,), what stood at the close; NaN where it had none.
        scores: by horizon, against returns from close to close on raw prices.
    """

    name: str
    kind: str
    market: str
    days: tuple[date, ...]
    values: Values
    scores: tuple[HorizonScore, ...]


def scored_signals(
    request: RunRequest, store: Path, horizons: Sequence[int] = HORIZONS, build: Progress | None = None
) -> list[ScoredSignal]:
    """Play a configuration, and look at each of its signals in the order in which they are declared.

    Args:
        horizons: sessions ahead, each at least 1.
        build: told when model prices are made.

    Raises:
        InvalidConfiguration, DataError, EngineError: as the run itself would.
    """
    prepared, history = prepare(request, store, build), SignalHistory()
    play(prepared, listeners=(history,))
    return [_scored(signal, prepared, history, horizons) for signal in prepared.config.signals]


def _scored(
    signal: SignalConfig, prepared: PreparedRun, history: SignalHistory, horizons: Sequence[int]
) -> ScoredSignal:
    market = signal.underlying or prepared.config.data.underlyings[0]
    sessions = prepared.data.source.sessions
    closes = history.prices(market).at_closes(sessions)
    days = tuple(sessions.date_of(at) for at in closes.at.tolist())
    values = history.series(signal.name).known_at(closes.at)
    scores = decay(values, closes.values, horizons)
    return ScoredSignal(signal.name, signal.kind, market, days, np.asarray(values), scores)
