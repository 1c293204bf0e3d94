"""A run without an engine whose positions are marked on the chains that the test shows, as the portfolio marks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.instants import Instant
from engine.marks import mark_option
from engine.model import ChainSnapshot, Instrument, OptionContract, Position, PositionLeg, PositionValue, QuoteFlag
from engine.money import to_micros
from engine.strategies.named_legs import NamedLegs
from engine.strategies.spec.triggers import Trigger
from engine.strategies.triggers import Watch, predicate
from tests.builders import Quote
from tests.engine.strategies.fake_run import FakeRun

Mids = Mapping[OptionContract, float]


def opened(
    held: Mapping[str, tuple[Instrument, int, float]],
    at: Instant = 0,
    *,
    position_id: int = 1,
    structure: str = "custom",
) -> tuple[Position, dict[str, Instrument]]:
    """A position of named legs, each with its quantity and the price per share it was opened at; and their names."""
    legs = tuple(
        PositionLeg(one, quantity, quantity * one.multiplier * to_micros(price))
        for one, quantity, price in held.values()
    )
    cash = -sum(leg.cost_basis for leg in legs)
    quantity = min(abs(leg.quantity) for leg in legs)
    names = {name: one for name, (one, _, _) in held.items()}
    return Position(position_id, "test", structure, "entry", at, quantity, legs, cash), names


def quoted(
    mids: Mids, deltas: Mids | None = None, flags: Mapping[OptionContract, QuoteFlag] | None = None
) -> Callable[[OptionContract], Quote | None]:
    """Quotes a dime around these middles; other contracts are not quoted."""

    def quote(contract: OptionContract) -> Quote | None:
        if contract not in mids:
            return None
        mid, delta = mids[contract], (deltas or {}).get(contract, float("nan"))
        flag = (flags or {}).get(contract, QuoteFlag(0))
        return Quote(round(mid - 0.05, 4), round(mid + 0.05, 4), delta, flags=flag)

    return quote


class MarkedRun(FakeRun):
    """Holds one position of named legs; `holds` asks a trigger on one chain after the other."""

    def __init__(self, position: Position, names: Mapping[str, Instrument]) -> None:
        super().__init__()
        self.positions = (position,)
        self.names = NamedLegs()
        self.names.opened(position.position_id, names)

    def value_of(self, position: Position) -> PositionValue:
        profit, trusted = position.realised, True
        for leg in position.legs:
            assert isinstance(leg.instrument, OptionContract)
            snapshot = self.market.snapshots[leg.instrument.series.underlying]
            mark = mark_option(leg.instrument, snapshot, snapshot.row(leg.instrument.contract_id), None)
            profit += leg.quantity * leg.instrument.multiplier * mark.price - leg.cost_basis
            trusted = trusted and mark.trusted
        return PositionValue(profit, trusted)

    def see(self, snapshot: ChainSnapshot, signals: Mapping[str, float] | None = None) -> None:
        """Let a chain be the present one."""
        self.clock.advance(snapshot.at)
        self.market.snapshots[snapshot.underlying] = snapshot
        self.market.signals.update(signals or {})

    def holds(
        self, trigger: Trigger, *snapshots: ChainSnapshot, signals: Mapping[str, float] | None = None
    ) -> list[bool]:
        """Whether a trigger holds on each of some chains, watched from the first on."""
        watch, asked = Watch([trigger], self.names), predicate(trigger)
        answers: list[bool] = []
        for snapshot in snapshots:
            self.see(snapshot, signals)
            (holding,) = watch.holdings(self.context, snapshot)
            answers.append(asked(holding))
        return answers
