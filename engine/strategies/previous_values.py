"""What signals said on the chain before, for expressions that look back."""

from __future__ import annotations

from collections.abc import Iterable

from engine.strategies.expressions import Expression, ValueOf


class PreviousValues:
    """Values of the signals that some expressions ask `previous(...)` of; nothing else is kept.

    `turn` once on every chain, before anything is asked: what was now becomes previous.
    """

    def __init__(self, expressions: Iterable[Expression]) -> None:
        references = (one for said in expressions for one in said.references)
        self._names = tuple(dict.fromkeys(one.signal for one in references if one.previous))
        self._before: dict[str, float | None] = {}
        self._now: dict[str, float | None] = {}

    def turn(self, value_of: ValueOf) -> None:
        """A chain arrived, and signals have these values."""
        if self._names:
            self._before, self._now = self._now, {name: value_of(name) for name in self._names}

    def value_of(self, name: str) -> float | None:
        """A value on the chain before; None on the first chain, and where the signal had none."""
        return self._before.get(name)
