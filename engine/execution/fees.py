"""Fee models: what a broker charges for a fill."""

from __future__ import annotations

from typing import Protocol

from engine.model import Instrument
from engine.money import Micros


class FeeModel(Protocol):
    """Fee of one leg of a fill."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for the summary's assumptions."""

    def fee(self, instrument: Instrument, quantity: int, price: Micros) -> Micros:
        """Exact fee, never negative.

        Args:
            quantity: contracts or shares, bought when positive.
            price: exact price per share.
        """
