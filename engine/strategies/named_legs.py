"""Which contract each named leg of a position is: names come from the specification, positions know contracts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from engine.model import Instrument, OptionContract, Position, Right

_ROOM: Final = 64


class NamedLegs:
    """The memory of one strategy: from the order that opened a position to the contracts of its named legs.

    It survives partial fills (the position has the number of its order), legs that are closed or expire (their names
    are forgotten), rolls (`replaced`), and corporate actions, which change symbols and strikes of a contract, but
    neither its right, nor its expiration, nor which of two strikes is the higher one.
    """

    def __init__(self) -> None:
        self._known: dict[int, Mapping[str, Instrument]] = {}
        self._room = _ROOM

    @property
    def crowded(self) -> bool:
        """Whether so many are known that it is time to `keep_only` those that are still needed."""
        return len(self._known) >= self._room

    def opened(self, order_id: int, legs: Mapping[str, Instrument]) -> None:
        """An order was requested that opens a position of these legs; the mapping must not change afterwards."""
        self._known[order_id] = legs

    def replaced(self, position_id: int, name: str, instrument: Instrument) -> None:
        """A fill put an instrument in the place of a named leg, or added a leg of that name."""
        self._known[position_id] = {**self._known.get(position_id, {}), name: instrument}

    def contracts(self, position: Position) -> dict[str, Instrument]:
        """What the position holds under each name, in the order of the specification; other legs have no name."""
        known = self._known.get(position.position_id)
        if not known:
            return {}
        held = [leg.instrument for leg in position.legs]
        if any(one not in held for one in known.values()):
            known = self._known[position.position_id] = _still_held(known, held)
        return dict(known)

    def keep_only(self, position_ids: Collection[int]) -> None:
        """Forget all positions and opening orders but these."""
        self._known = {number: legs for number, legs in self._known.items() if number in position_ids}
        self._room = max(2 * len(self._known), _ROOM)


def _still_held(known: Mapping[str, Instrument], held: Sequence[Instrument]) -> dict[str, Instrument]:
    named = set(known.values())
    gone = _by_side((name, one) for name, one in known.items() if one not in held)
    come = _by_side((one.symbol, one) for one in held if one not in named)
    adjusted = {
        name: after
        for side, before in gone.items()
        if len(before) == len(come.get(side, ()))
        for (name, _), (_, after) in zip(before, come[side], strict=True)
    }
    return {name: adjusted.get(name, one) for name, one in known.items() if one in held or name in adjusted}


def _by_side(
    named: Iterable[tuple[str, Instrument]],
) -> dict[tuple[Right, date], list[tuple[str, OptionContract]]]:
    """Options by right and expiration, strikes ascending."""
    sides: dict[tuple[Right, date], list[tuple[str, OptionContract]]] = defaultdict(list)
    for name, one in named:
        if isinstance(one, OptionContract):
            sides[one.right, one.series.expires_on].append((name, one))
    return {side: sorted(those, key=lambda pair: pair[1].strike) for side, those in sides.items()}
