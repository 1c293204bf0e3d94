"""Holdings from their beginning to their end, and the marks that they passed: what stretches are made of afterwards.

Marks are kept once per instrument however many positions hold it, so that a session costs little while a run goes on.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.attribution.stretches import Integers, Stretches
from engine.instants import Instant
from engine.model import Instrument
from engine.money import Micros

Kind = TypeVar("Kind", np.int64, np.float64)


class Seen(NamedTuple):
    """Where the market of an instrument stands.

    Attributes:
        spot: price of the underlying.
        sessions: ends of sessions before it; of a mark at the end of a session, this end included.
    """

    at: Instant
    spot: float
    sessions: int


@dataclass(slots=True)
class MarkHistory:
    """Marks of one instrument at the ends of sessions, as far as they can be trusted.

    Plain arrays, since a run has more marks than anything else that it keeps.

    Attributes:
        holders: positions that hold it at present.
        prices: exact marks per share; beside each the fields of what was `Seen` there.
    """

    instrument: Instrument
    number: int
    holders: int = 0
    prices: array[int] = field(default_factory=lambda: array("q"))
    instants: array[int] = field(default_factory=lambda: array("q"))
    spots: array[float] = field(default_factory=lambda: array("d"))
    sessions: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.prices)

    def add(self, price: Micros, seen: Seen) -> None:
        """The instrument was marked at a price."""
        self.prices.append(price)
        self.instants.append(seen.at)
        self.spots.append(seen.spot)
        self.sessions.append(seen.sessions)


class Lot(NamedTuple):
    """What is still held of one purchase or sale.

    Attributes:
        first: place of the next mark in the history of its instrument.
    """

    quantity: int
    price: Micros
    seen: Seen
    first: int

    def latest_price(self, history: MarkHistory) -> Micros:
        """Exact mark per share that it was last looked at."""
        return history.prices[-1] if len(history) > self.first else self.price


class Life(NamedTuple):
    """A lot from its beginning to its end.

    Attributes:
        history: number of the history of its instrument.
        last: place behind the last mark that it passed.
        value: exact value of the holding at its end; None where it goes on as something else, at its last mark.
    """

    position_id: int
    history: int
    lot: Lot
    last: int
    value: Micros | None
    seen: Seen


def closed(lots: list[Lot], quantity: int) -> Iterator[Lot]:
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


def stretches_of(lives: Sequence[Life], histories: Sequence[MarkHistory]) -> Stretches:
    """Cut every life at the marks that it passed; what took no time and brought nothing is left out."""
    history = _integers(life.history for life in lives)
    first = _integers(life.lot.first for life in lives)
    passed = _integers(life.last for life in lives) - first
    pieces = passed + np.array([life.value is not None for life in lives], np.int64)
    life = np.repeat(np.arange(len(lives)), pieces)
    piece = np.arange(len(life)) - np.repeat(np.cumsum(pieces) - pieces, pieces)

    lengths = _integers(map(len, histories))
    mark = ((np.cumsum(lengths) - lengths)[history] + first)[life] + piece
    marks = _Columns.of_marks(histories)
    starts = _Columns.of([one.lot.price for one in lives], [one.lot.seen for one in lives]).at(life)
    ends = _Columns.of([one.value or 0 for one in lives], [one.seen for one in lives]).at(life)
    at_mark = piece < passed[life]
    start, end = marks.at(mark - 1).where(piece > 0, starts), marks.at(mark).where(at_mark, ends)

    stretches = Stretches(
        instruments=tuple(one.instrument for one in histories),
        instrument=history[life],
        position_id=_integers(one.position_id for one in lives)[life],
        quantity=_integers(one.lot.quantity for one in lives)[life],
        start_at=start.instant,
        end_at=end.instant,
        start_price=start.money,
        end_value=end.money,
        start_spot=start.spot,
        end_spot=end.spot,
        sessions=end.sessions - start.sessions,
    )
    stretches.end_value[at_mark] *= stretches.shares[at_mark]
    return stretches.where((stretches.end_at > stretches.start_at) | (stretches.profit != 0))


class _Columns(NamedTuple):
    """Money and market at many points."""

    money: Integers
    instant: Integers
    spot: NDArray[np.float64]
    sessions: Integers

    @classmethod
    def of(cls, money: Sequence[Micros], seen: Sequence[Seen]) -> _Columns:
        at, spot, sessions = zip(*seen, strict=True) if seen else ((), (), ())
        return cls(
            np.array(money, np.int64), np.array(at, np.int64), np.array(spot, np.float64), np.array(sessions, np.int64)
        )

    @classmethod
    def of_marks(cls, histories: Sequence[MarkHistory]) -> _Columns:
        """The marks of all histories, one after the other."""
        return cls(
            _joined([one.prices for one in histories], np.int64),
            _joined([one.instants for one in histories], np.int64),
            _joined([one.spots for one in histories], np.float64),
            _joined([one.sessions for one in histories], np.int64),
        )

    def at(self, places: Integers) -> _Columns:
        """Points at places; zeros where there are no points at all, any of them where there is none at a place."""
        places = np.clip(places, 0, max(len(self.money) - 1, 0))
        if not len(self.money):
            return _Columns.of([0], [Seen(0, 0.0, 0)]).at(places)
        return _Columns(self.money[places], self.instant[places], self.spot[places], self.sessions[places])

    def where(self, chosen: NDArray[np.bool_], other: _Columns) -> _Columns:
        """These where they are chosen, others elsewhere."""
        return _Columns(
            np.where(chosen, self.money, other.money),
            np.where(chosen, self.instant, other.instant),
            np.where(chosen, self.spot, other.spot),
            np.where(chosen, self.sessions, other.sessions),
        )


def _joined(parts: Sequence[array[int]] | Sequence[array[float]], kind: type[Kind]) -> NDArray[Kind]:
    return np.frombuffer(b"".join(parts), kind)


def _integers(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int64)
