"""What was found out about the last books, of which the same ones are asked for again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from engine.model import NetLeg, NetLegs

_Found = TypeVar("_Found")
_REMEMBERED: Final = 16


class RememberedBooks(Generic[_Found]):
    """Looks at each book once.

    A book is asked for at its order's approval, at its fill and at its mark, as one object; single positions come as
    new legs, and many of them are alike.
    """

    def __init__(self) -> None:
        self._found: dict[NetLegs | tuple[NetLeg, ...], _Found] = {}

    def of(self, legs: Sequence[NetLeg], look: Callable[[NetLegs], _Found]) -> _Found:
        """What there is about a book, or about legs as if they were one.

        Args:
            look: what finds it out, the same every time; kept here, it would hold its owner, who holds this.
        """
        key = legs if isinstance(legs, NetLegs) else tuple(legs)
        found = self._found.get(key)
        if found is None:
            if len(self._found) == _REMEMBERED:
                self._found.clear()
            found = self._found[key] = look(NetLegs.of(legs))
        return found
