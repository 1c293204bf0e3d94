"""Holdings from their beginning to their end, and the marks that they passed: what stretches are made of afterwards.

Marks are kept once per instrument however many positions hold it, one behind the other as they came, and what was seen
beside them once per market, so that a session costs little while a run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.attribution.stretches import Integers, Stretches
from engine.holdings import HeldContract
from engine.instants import Instant
from engine.model import Instrument
from engine.money import Micros

Family: TypeAlias = tuple[str, bool]
Seen: TypeAlias = tuple[Instant, float, int]
"""Where a market stands: instant, price of the underlying, and ends of sessions before it.

Of a mark at the end of a session this end is included.
"""


class Lot(NamedTuple):
    """What is still held of one purchase or sale.

    Attributes:
        seen: number of what was seen when it was made.
        first: place of the next mark in the history of its instrument.
    """

    quantity: int
    price: Micros
    seen: int
    first: int


@dataclass(slots=True)
class History:
    """An instrument: what positions hold of it, and where its marks at the ends of sessions stand.

    Attributes:
        family: underlying, and whether it is one of its options; else its shares.
        lots: of each position that holds it, the oldest first.
        held: a contract with its present mark, while positions hold it.
        passed: number of trustworthy marks so far; price: the last of them, exact, per share.
    """

    instrument: Instrument
    number: int
    family: Family
    lots: dict[int, list[Lot]] = field(default_factory=dict)
    held: HeldContract | None = None
    passed: int = 0
    price: Micros = 0

    def begin(self, position_id: int, quantity: int, price: Micros, seen: int) -> None:
        """A position has so much more of it."""
        self.lots.setdefault(position_id, []).append(Lot(quantity, price, seen, self.passed))

    def close(self, position_id: int, quantity: int) -> list[Lot]:
        """What such a trade of a position closes; it is taken out."""
        lots = self.lots.get(position_id)
        if lots is None:
            return []
        gone = list(_closed(lots, quantity))
        if not lots:
            del self.lots[position_id]
        return gone

    def latest_price(self, lot: Lot) -> Micros:
        """Exact mark per share that a lot was last looked at."""
        return self.price if self.passed > lot.first else lot.price


class Life(NamedTuple):
    """A lot from its beginning to its end.

    Attributes:
        history: number of the history of its instrument.
        last: place behind the last mark that it passed.
        value: exact value of the holding at its end; None where it goes on as something else, at its last mark.
        seen: number of what was seen at its end.
    """

    position_id: int
    history: int
    lot: Lot
    last: int
    value: Micros | None
    seen: int


def _closed(lots: list[Lot], quantity: int) -> Iterator[Lot]:
    """Take so much of the opposite sign out of lots, the oldest first, and yield what was taken."""
    while quantity and lots and (lots[0].quantity > 0) != (quantity > 0):
        oldest = lots[0]
        taken = min(abs(oldest.quantity), abs(quantity)) * (1 if oldest.quantity > 0 else -1)
        yield oldest._replace(quantity=taken)
        quantity += taken
        if taken == oldest.quantity:
            del lots[0]
        else:
            lots[0] = oldest._replace(quantity=oldest.quantity - taken)


def stretches_of(
    lives: Sequence[Life], instruments: Sequence[Instrument], marks: Sequence[int], seen: Iterable[Seen]
) -> Stretches:
    """Cut every life at the marks that it passed; what took no time and brought nothing is left out.

    Args:
        instruments: of the histories, by their numbers.
        marks: every mark in the order of time: number of the history, exact price, number of what was seen.
        seen: what was seen, by its numbers.
    """
    position_id, of_history, lots, last, values, ended = zip(*lives, strict=True) if lives else ((),) * 6
    quantity, price, begun, of_first = zip(*lots, strict=True) if lots else ((),) * 4
    history, first = _integers(of_history), _integers(of_first)
    passed = _integers(last) - first
    pieces = passed + np.array([value is not None for value in values], np.int64)
    life = np.repeat(np.arange(len(lives)), pieces)
    piece = np.arange(len(life)) - np.repeat(np.cumsum(pieces) - pieces, pieces)

    marked = np.asarray(marks, np.int64).reshape(-1, 3)
    marked = marked[np.argsort(marked[:, 0], kind="stable")]
    mark = (np.searchsorted(marked[:, 0], history) + first)[life] + piece
    at_marks = _Points(marked[:, 1], marked[:, 2])
    starts = _Points(_integers(price), _integers(begun)).at(life)
    ends = _Points(_integers(value or 0 for value in values), _integers(ended)).at(life)
    at_mark = piece < passed[life]
    start, end = at_marks.at(mark - 1).where(piece > 0, starts), at_marks.at(mark).where(at_mark, ends)

    at, spot, sessions = zip(*seen, strict=True) if lives else ((),) * 3
    instants, spots, sessions_before = _integers(at), np.array(spot, np.float64), _integers(sessions)
    stretches = Stretches(
        instruments=tuple(instruments),
        instrument=history[life],
        position_id=_integers(position_id)[life],
        quantity=_integers(quantity)[life],
        start_at=instants[start.seen],
        end_at=instants[end.seen],
        start_price=start.money,
        end_value=end.money,
        start_spot=spots[start.seen],
        end_spot=spots[end.seen],
        sessions=sessions_before[end.seen] - sessions_before[start.seen],
    )
    stretches.end_value[at_mark] *= stretches.shares[at_mark]
    return stretches.where((stretches.end_at > stretches.start_at) | (stretches.profit != 0))


class _Points(NamedTuple):
    """Money, and the number of what was seen beside it, at many points."""

    money: Integers
    seen: Integers

    def at(self, places: Integers) -> _Points:
        """Points at places; zeros where there are no points at all, any of them where there is none at a place."""
        if not len(self.money):
            return _Points(np.zeros_like(places), np.zeros_like(places))
        return _Points(self.money.take(places, mode="clip"), self.seen.take(places, mode="clip"))

    def where(self, chosen: NDArray[np.bool_], other: _Points) -> _Points:
        """These where they are chosen, others elsewhere."""
        return _Points(np.where(chosen, self.money, other.money), np.where(chosen, self.seen, other.seen))


def _integers(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int64)
