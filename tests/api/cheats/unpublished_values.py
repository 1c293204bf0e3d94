"""A signal that reads a file of values to its end, and says today what will be published next."""

from typing import Any, ClassVar

from engine.model import ChainSnapshot, SessionTable
from signals.base import MarketSignal
from signals.published import PublishedParameters, known_from


class Cheat(MarketSignal):
    Parameters: ClassVar[type] = PublishedParameters

    def __init__(self, name: str, underlying: str, parameters: Any, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._published = [(known_from(one.moment(), sessions), one.value) for one in parameters.values]

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return next((value for at, value in self._published if at > snapshot.at), None)
