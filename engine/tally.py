"""What a strategy says of its entries while it runs: how far each got, and where it declined one."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field

from engine.market import Market


@dataclass(slots=True)
class Declines:
    """Every decline of one strategy as columns, since there may be one per market event."""

    instants: array[int] = field(default_factory=lambda: array("q"))
    reasons: list[tuple[str, str]] = field(default_factory=list)


class Tally:
    """Counts the funnel of one strategy, and remembers when it declined what."""

    def __init__(self, market: Market) -> None:
        self.declines = Declines()
        self._market = market
        self._counts: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    @property
    def counts(self) -> dict[str, int]:
        """Passes and declines, as `stage: passed` and `stage: reason`."""
        return {f"{stage}: {reason}": count for (stage, reason), count in self._counts.items()}

    def decline(self, stage: str, reason: str) -> None:
        """An entry that was due ended here."""
        # One pair of words for all that are equal.
        pair = self._known.setdefault((stage, reason), (stage, reason))
        self._counts[pair] += 1
        self.declines.instants.append(self._market.now)
        self.declines.reasons.append(pair)

    def passed(self, stage: str) -> None:
        """An entry got this far."""
        self._counts[stage, "passed"] += 1
