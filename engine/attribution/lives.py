"""Holdings from their beginning to their end, and the marks that they passed: what stretches are made of afterwards.

Marks are kept once per instrument however many positions hold it, as plain numbers, one behind the other as they came,
so that a session costs little while a run goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.attribution.stretches import Integers, Stretches
from engine.instants import Instant
from engine.model import Instrument
from engine.money import Micros

Family: TypeAlias = tuple[str, bool]
Seen: TypeAlias = tuple[Instant, float, int]
"""Where a market stands: instant, price of the underlying, and ends of sessions before it.

Of a mark at the end of a session this end is included.
"""


@dataclass(slots=True)
class Lot:
    """What is still held of one purchase or sale; once it has ended, its whole life.

    Attributes:
        number: of its history.
        begun: number of what was seen when it was made; ended: at its end.
        first: number of marks, of all instruments, that were noted before it was made; last: before its end.
        valued: whether it ended at a value; else it goes on as something else, at its last mark.
        value: exact worth at its end, where it is valued.
    """

    position_id: int
    number: int
    quantity: int
    price: Micros
    begun: int
    first: int
    last: int = 0
    valued: bool = False
    value: Micros = 0
    ended: int = 0


@dataclass(slots=True)
class History:
    """An instrument, and what positions hold of it.

    Attributes:
        family: underlying, and whether it is one of its options; else its shares.
        lots: of each position that holds it, the oldest first.
    """

    instrument: Instrument
    number: int
    family: Family
    lots: dict[int, list[Lot]] = field(default_factory=dict)


def closed(lots: list[Lot], quantity: int) -> Iterator[Lot]:
    """Take so much of the opposite sign out of lots, the oldest first, and yield what was taken."""
    while quantity and lots and (lots[0].quantity > 0) != (quantity > 0):
        oldest = lots[0]
        taken = min(abs(oldest.quantity), abs(quantity)) * (1 if oldest.quantity > 0 else -1)
        quantity += taken
        if taken == oldest.quantity:
            yield lots.pop(0)
        else:
            oldest.quantity -= taken
            yield replace(oldest, quantity=taken)


def stretches_of(
    lives: Sequence[Lot], instruments: Sequence[Instrument], marks: Sequence[int], seen: Sequence[Seen]
) -> Stretches:
    """Cut every life at the marks that it passed; what took no time and brought nothing is left out.

    Args:
        lives: every lot that has ended.
        instruments: of the histories, by their numbers.
        marks: every mark in the order of time: number of the history, exact price, number of what was seen.
        seen: what was seen, by its numbers.
    """
    history, valued = _integers([lot.number for lot in lives]), _integers([lot.valued for lot in lives])
    first, last = _integers([lot.first for lot in lives]), _integers([lot.last for lot in lives])
    beginnings = _Points(_integers([lot.price for lot in lives]), _integers([lot.begun for lot in lives]))
    endings = _Points(_integers([lot.value for lot in lives]), _integers([lot.ended for lot in lives]))
    marked = np.asarray(marks, np.int64).reshape(-1, 3)
    by_history = np.argsort(marked[:, 0], kind="stable")
    at_marks = _Points(marked[by_history, 1], marked[by_history, 2])
    # Places among the marks that stand in the order of histories, and there in the order of time.
    size = len(marked) + 1
    order = marked[by_history, 0] * size + by_history
    from_mark, to_mark = np.searchsorted(order, history * size + first), np.searchsorted(order, history * size + last)
    passed = to_mark - from_mark
    pieces = passed + valued
    life = np.repeat(np.arange(len(pieces)), pieces)
    piece = np.arange(len(life)) - np.repeat(np.cumsum(pieces) - pieces, pieces)

    mark = from_mark[life] + piece
    starts, ends = beginnings.at(life), endings.at(life)
    at_mark = piece < passed[life]
    start, end = at_marks.at(mark - 1).where(piece > 0, starts), at_marks.at(mark).where(at_mark, ends)

    at, spot, sessions = zip(*seen, strict=True) if seen else ((),) * 3
    instants, spots, sessions_before = _integers(at), np.array(spot, np.float64), _integers(sessions)
    stretches = Stretches(
        instruments=tuple(instruments),
        instrument=history[life],
        position_id=_integers([lot.position_id for lot in lives])[life],
        quantity=_integers([lot.quantity for lot in lives])[life],
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


def _integers(values: Sequence[int]) -> Integers:
    return np.array(values, np.int64)
