"""The one Protocol of all margin models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.market import Market
from engine.model import NetLeg, PositionLeg
from engine.money import Micros


def netted(legs: Iterable[NetLeg | PositionLeg]) -> list[NetLeg]:
    """Net quantity of every instrument, those that cancel out left away."""
    nets: dict[str, NetLeg] = {}
    for leg in legs:
        symbol = leg.instrument.symbol
        present = nets[symbol].quantity if symbol in nets else 0
        nets[symbol] = NetLeg(leg.instrument, present + leg.quantity)
    return [leg for leg in nets.values() if leg.quantity]


@dataclass(frozen=True, slots=True)
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
