"""The one Protocol of all margin models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Protocol

from engine.market import Market
from engine.model import NetLeg
from engine.money import Micros
from engine.records import record


@record
class MarginRequirement:
    """What must be held in cash against a book.

    Attributes:
        initial: exact requirement when a position is opened; None when no amount would be enough.
        maintenance: exact requirement while it is held; None likewise.
        explain: makes the explanation, which is asked for where an order is refused only.
    """

    initial: Micros | None
    maintenance: Micros | None
    explain: Callable[[], str] = field(compare=False, repr=False)

    @property
    def explanation(self) -> str:
        """One sentence: what binds."""
        return self.explain()


class MarginModel(Protocol):
    """Requirement of a whole book."""

    @property
    def name(self) -> str:
        """Stable name, for the summary's assumptions."""

    @property
    def follows_prices(self) -> bool:
        """Whether the requirement moves with prices while the book stays as it is."""

    def on(self, market: Market) -> MarginModel:
        """The model of one run, which reads the prices of its market; asked for once, before the first event."""

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        """Requirement of all legs together; the order of the legs does not matter."""
