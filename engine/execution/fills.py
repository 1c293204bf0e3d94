"""Fill models: the price at which a package trades against the quotes of one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.model import UNFLAGGED, Leg, QuoteFlag


@dataclass(frozen=True, slots=True)
class LegQuote:
    """A leg and the quote it would trade against, USD per share."""

    leg: Leg
    bid: float
    ask: float
    flags: QuoteFlag = UNFLAGGED


class FillModel(Protocol):
    """Prices of the legs of one package that trades as a whole."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for the summary's assumptions."""

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Price of each leg, USD per share, within its bid and ask, before the net is rounded."""
