"""What an adjustment looks at: one position on the chain of now, by the names of its legs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.model import ChainSnapshot, Instrument, Leg, OptionContract, Position, SessionTable
from engine.strategies.selectors import LegSelector, NoMatch, select_expiration
from engine.strategies.selectors.expirations import select_later_expiration
from engine.strategies.spec.expirations import Expiration, LaterExpiration
from engine.strategies.spec.selection import ANY_LIQUIDITY, AnyLeg, LegSpec, LiquidityFilter, expirations_named
from engine.strategy import StrategyContext


@dataclass(frozen=True, slots=True)
class Words:
    """The option legs and the expirations of a strategy, by name.

    Attributes:
        liquidity: filter of the legs that have none of their own.
    """

    legs: Mapping[str, LegSpec]
    expirations: Mapping[str, Expiration]
    liquidity: LiquidityFilter = ANY_LIQUIDITY

    @classmethod
    def of(
        cls,
        legs: Sequence[AnyLeg],
        expirations: Mapping[str, Expiration],
        liquidity: LiquidityFilter = ANY_LIQUIDITY,
    ) -> Words:
        """From legs in their order."""
        return cls({leg.name: leg for leg in legs if isinstance(leg, LegSpec)}, expirations, liquidity)


@dataclass(frozen=True, slots=True)
class Scene:
    """A position and the chain on which it may be changed.

    Attributes:
        named: what is held under each name.
        today: exchange date.
    """

    snapshot: ChainSnapshot
    today: date
    sessions: SessionTable
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
        return cls(snapshot, context.today, context.market.sessions, position, named, words)

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

    def chosen_anew(self, name: str) -> int | NoMatch:
        """Series of a named expiration, chosen anew; one that comes after another, after the one that is held."""
        held = {known: series for known, series in self._held_series().items() if known != name}
        chosen = self._chosen([name], held)
        return chosen if isinstance(chosen, NoMatch) else chosen[name]

    def held_or_chosen(self, names: Collection[str]) -> dict[str, int] | NoMatch:
        """Series of named expirations: those the position has under these names, the others chosen anew."""
        return self._chosen(names, self._held_series())

    def _held_series(self) -> dict[str, int]:
        """Series of expirations by the name under which their legs were said, the first leg's where they differ."""
        return {
            self.words.legs[name].expiration: self.series_of(contract)
            for name in reversed(list(self.named))
            if name in self.words.legs and (contract := self.option(name)) is not None
        }

    def _chosen(self, names: Collection[str], held: Mapping[str, int]) -> dict[str, int] | NoMatch:
        series = dict(held)
        for name, wanted in expirations_named(names, self.words.expirations).items():
            if name in held:
                continue
            if isinstance(wanted, LaterExpiration):
                found = select_later_expiration(self.snapshot, series[wanted.after], wanted, self.sessions)
            else:
                found = select_expiration(self.snapshot, self.today, wanted, self.sessions)
            if isinstance(found, NoMatch):
                return NoMatch(found.stage, f"{name}:{found.reason}")
            series[name] = found
        return series

    def select(self, wanted: Sequence[LegSpec], expirations: Mapping[str, int]) -> tuple[Leg, ...] | NoMatch:
        """Legs by their words; they may be relative to each other, and to those held that are not among them."""
        chosen = {leg.name for leg in wanted}
        standing = {
            name: contract for name in self.named if name not in chosen and (contract := self.option(name)) is not None
        }
        missing = [leg for leg in wanted if leg.relative_to not in (None, *chosen, *standing)]
        if missing:
            return NoMatch("legs", f"{missing[0].name}:{missing[0].relative_to}_not_held")
        return LegSelector(wanted, self.words.liquidity, standing=standing).select(self.snapshot, expirations)
