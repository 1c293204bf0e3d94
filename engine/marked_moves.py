"""How the account moves from mark to mark, and how much of that rests on marks that are no quotes."""

from __future__ import annotations

from dataclasses import dataclass

from engine.money import Micros


@dataclass(frozen=True, slots=True)
class MarkedMoves:
    """How the account moved from mark to mark, deposits and withdrawals apart.

    Attributes:
        marks: times that the account was valued; unquoted: those with a leg that no two-sided quote valued.
        moved: exact sum of the sizes of its moves; moved_unquoted: of those that begin or end at such a mark.
    """

    marks: int
    unquoted: int
    moved: Micros
    moved_unquoted: Micros


class MoveTally:
    """Adds up the moves of one run while it goes on; they are as many as its chains, and are not kept."""

    __slots__ = ("_before", "_marks", "_moved", "_moved_unquoted", "_unquoted", "_was_unquoted")

    def __init__(self) -> None:
        self._marks = self._unquoted = self._moved = self._moved_unquoted = 0
        self._before: Micros | None = None
        self._was_unquoted = False

    def take(self, worth: Micros, unquoted: bool) -> None:
        """The account was valued.

        Args:
            worth: net liquidation without what was ever deposited and with what was withdrawn.
            unquoted: the mark of some leg is no trustworthy two-sided quote.
        """
        self._marks += 1
        self._unquoted += unquoted
        if self._before is not None:
            size = abs(worth - self._before)
            self._moved += size
            if unquoted or self._was_unquoted:
                self._moved_unquoted += size
        self._before, self._was_unquoted = worth, unquoted

    def sums(self) -> MarkedMoves:
        """What was added up so far."""
        return MarkedMoves(self._marks, self._unquoted, self._moved, self._moved_unquoted)
