"""A curve in a terminal: two by four dots in every character."""

from __future__ import annotations

from typing import Final, NamedTuple

DOTS_WIDE: Final = 2
DOTS_HIGH: Final = 4
_BLANK: Final = 0x2800
_BITS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Of the dots of a character, column by column, from the top."""


class Span(NamedTuple):
    """Lowest and highest value."""

    low: float
    high: float


class Curve:
    """What a curve passes through in each column of dots, however many points it has."""

    def __init__(self, columns: int) -> None:
        self._spans: list[Span | None] = [None] * columns
        self._column, self._value = 0, 0.0
        self.bounds: Span | None = None

    def reach(self, column: int, value: float) -> None:
        """The curve goes on to a value; columns in between, which nothing fell into, keep the last one."""
        column = min(max(column, self._column), len(self._spans) - 1)
        before = value if self.bounds is None else self._value
        if self.bounds is not None:
            self._spans[self._column + 1 : column] = [Span(before, before)] * (column - self._column - 1)
        self._spans[column] = _widened(self._spans[column] or Span(before, before), value)
        self.bounds = _widened(self.bounds or Span(value, value), value)
        self._column, self._value = column, value

    def lines(self, rows: int) -> list[str]:
        """The curve between its bounds in so many lines of text, the topmost first."""
        if self.bounds is None:
            return [""] * rows
        low, high = self.bounds
        top = rows * DOTS_HIGH - 1
        scale = top / (high - low) if high > low else 0.0
        cells = [[_BLANK] * -(-len(self._spans) // DOTS_WIDE) for _ in range(rows)]
        for column, span in enumerate(self._spans):
            if span is not None:
                for dot in range(top - round((span.high - low) * scale), top - round((span.low - low) * scale) + 1):
                    cells[dot // DOTS_HIGH][column // DOTS_WIDE] |= _BITS[column % DOTS_WIDE][dot % DOTS_HIGH]
        return ["".join(map(chr, row)) for row in cells]


def _widened(span: Span, value: float) -> Span:
    return Span(min(span.low, value), max(span.high, value))
