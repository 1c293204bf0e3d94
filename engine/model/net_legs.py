"""A book: what is held of every instrument, net over whatever is looked at together.

It is kept in parts by underlying and settlement. A trade changes one of them; the others stay the same objects, so that
whoever finds something out about a part need not look at it again before it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final, TypeAlias, overload

from engine.model.account import NetLeg, PositionLeg
from engine.model.contracts import OptionContract, PartKey

_Leg: TypeAlias = NetLeg | PositionLeg
_Parts: TypeAlias = dict[PartKey, tuple[NetLeg, ...]]


class NetLegs(Sequence[NetLeg]):
    """An immutable book, told apart from others by identity.

    It is mostly looked at part by part; all legs in a row are found where somebody asks for them.

    Attributes:
        parts: ordered by key; in each the legs by symbol, none of which is 0.
    """

    __slots__ = ("_after", "parts")

    def __init__(self, parts: _Parts | None = None) -> None:
        self.parts: Final = parts or {}
        self._after: tuple[tuple[NetLeg, ...], NetLegs] | None = None
        """The last trade that was asked for: at the approval of its order, at the fill, and when it is in the book."""

    @classmethod
    def of(cls, legs: Iterable[_Leg]) -> NetLegs:
        """Any legs, of which those of one instrument are added up; a book as it is."""
        return legs if isinstance(legs, NetLegs) else _with({}, [NetLeg(leg.instrument, leg.quantity) for leg in legs])

    def after(self, trade: Sequence[NetLeg]) -> NetLegs:
        """The book once the legs of a trade are added to it; the same one when it is asked for again."""
        legs, last = tuple(trade), self._after
        if last is not None and last[0] == legs:
            return last[1]
        book = _with(self.parts, legs)
        self._after = legs, book
        return book

    @property
    def sole_underlying(self) -> str | None:
        """The underlying of everything; None where there are several, or nothing is held."""
        if not self.parts:
            return None
        first, last = next(iter(self.parts)).underlying, next(reversed(self.parts)).underlying
        return first if first == last else None

    @property
    def legs(self) -> tuple[NetLeg, ...]:
        """Of all parts."""
        return tuple(self)

    def __len__(self) -> int:
        return sum(map(len, self.parts.values()))

    def __iter__(self) -> Iterator[NetLeg]:
        return chain.from_iterable(self.parts.values())

    @overload
    def __getitem__(self, place: int) -> NetLeg: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[NetLeg, ...]: ...

    def __getitem__(self, place: int | slice) -> NetLeg | tuple[NetLeg, ...]:
        return self.legs[place]


def _with(parts: _Parts, legs: Iterable[NetLeg]) -> NetLegs:
    """A book to which legs are added; a part in which everything cancels out is gone."""
    added: dict[PartKey, list[NetLeg]] = {}
    series, part = None, []
    for leg in legs:
        instrument = leg.instrument
        if not isinstance(instrument, OptionContract):
            added.setdefault(PartKey(instrument.symbol, date.min, 0, 1), []).append(leg)
            continue
        if instrument.series is not series:  # those of a trade are mostly of one
            series = instrument.series
            part = added.setdefault(series.part, [])
        part.append(leg)
    after, in_order = dict(parts), True
    for key, more in added.items():
        before = parts.get(key, ())
        net = _netted(before, more)
        if net:
            in_order = in_order and bool(before)
            after[key] = net
        elif before:
            del after[key]
    return NetLegs(after if in_order else {key: after[key] for key in sorted(after)})


def _netted(part: tuple[NetLeg, ...], added: list[NetLeg]) -> tuple[NetLeg, ...]:
    nets: dict[str, NetLeg] = {}
    for leg in part:
        nets[leg.instrument.symbol] = leg
    for leg in added:
        symbol = leg.instrument.symbol
        before = nets.get(symbol)
        net = leg if before is None else NetLeg(leg.instrument, before.quantity + leg.quantity)
        if net.quantity:
            nets[symbol] = net
        else:
            nets.pop(symbol, None)
    return tuple(map(nets.__getitem__, sorted(nets)))
