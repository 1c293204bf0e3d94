"""What an adjustment looks at: one position on the chain of now, by the names of its legs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.model import ChainSnapshot, Instrument, OptionContract, Position
from engine.strategies.selectors import NoMatch, select_expirations
from engine.strategies.spec.selection import ExpirationSpec, LegSpec
from engine.strategy import StrategyContext


@dataclass(frozen=True, slots=True)
class Words:
    """The legs and expirations of a strategy, by name."""

    legs: Mapping[str, LegSpec]
    expirations: Mapping[str, ExpirationSpec]

    @classmethod
    def of(cls, legs: Sequence[LegSpec], expirations: Mapping[str, ExpirationSpec]) -> Words:
        """From legs in their order."""
        return cls({leg.name: leg for leg in legs}, expirations)


@dataclass(frozen=True, slots=True)
class Scene:
    """A position and the chain on which it may be changed.

    Attributes:
        named: what is held under each name.
        today: exchange date.
    """

    snapshot: ChainSnapshot
    today: date
    position: Position
    named: Mapping[str, Instrument]
    words: Words

    @classmethod
    def of(
        cls,
        context: StrategyContext,
        snapshot: ChainSnapshot,
        position: Position,
        named: Mapping[str, Instrument],
        words: Words,
    ) -> Scene:
        """The scene of a position now."""
        return cls(snapshot, context.today, position, named, words)

    def held(self, name: str) -> int:
        """Contracts or shares that are held under a name, negative when short; 0 where nothing is."""
        instrument = self.named.get(name)
        return sum(leg.quantity for leg in self.position.legs if leg.instrument == instrument)

    def option(self, name: str) -> OptionContract | None:
        """The contract that is held under a name."""
        instrument = self.named.get(name)
        return instrument if isinstance(instrument, OptionContract) else None

    def series_of(self, contract: OptionContract) -> int:
        """Position of a contract's series in the table of the chain."""
        return int(self.snapshot.contracts.series_index[contract.contract_id])

    def chosen_anew(self, names: Sequence[str]) -> dict[str, int] | NoMatch:
        """Series of named expirations, chosen on the chain of now."""
        wanted = {name: self.words.expirations[name] for name in dict.fromkeys(names)}
        return select_expirations(self.snapshot, self.today, wanted)

    def held_or_chosen(self, names: Sequence[str]) -> dict[str, int] | NoMatch:
        """Series of named expirations: those the position has under these names, the others chosen anew."""
        held = {
            self.words.legs[name].expiration: self.series_of(contract)
            for name in reversed(list(self.named))
            if name in self.words.legs and (contract := self.option(name)) is not None
        }
        chosen = self.chosen_anew([name for name in names if name not in held])
        return chosen if isinstance(chosen, NoMatch) else {**held, **chosen}
