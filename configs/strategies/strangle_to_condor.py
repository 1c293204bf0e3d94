"""The strangle of `configs/spx_strangle_to_condor.yaml` as a program: it buys its wings at half the credit lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Gt, Interval

from engine.model import ChainSnapshot, Fill, Leg
from engine.strategies.adjustments import Change, Scene, Words, planned
from engine.strategies.entries import open_or_opening
from engine.strategies.exits import Exits
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch, select_expirations, select_legs
from engine.strategies.spec import Convert, DeltaTarget, ExitRules, ExpirationSpec, LegSpec
from engine.strategy import Strategy, StrategyContext


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangleToCondorParameters:
    """What a sweep may vary; the loss is in percent of the premium."""

    underlying: str = "SPX"
    delta: Annotated[float, Interval(gt=0, lt=1)] = 0.2
    convert_at_loss_percent: Annotated[float, Gt(0)] = 50.0


class StrangleToCondor(Strategy):
    """Sells a strangle and makes it an iron condor when it is tested."""

    Parameters = StrangleToCondorParameters

    def __init__(self, name: str, parameters: StrangleToCondorParameters) -> None:
        super().__init__(name, parameters)
        self.p = parameters
        body = DeltaTarget(target=parameters.delta, minimum=0.1, maximum=0.3)
        self.legs = (
            LegSpec(name="short_put", side="sell", right="put", expiration="front", delta=body),
            LegSpec(name="short_call", side="sell", right="call", expiration="front", delta=body),
        )
        low = DeltaTarget(target=0.04, minimum=0.01, maximum=0.1)
        high = DeltaTarget(target=0.02, minimum=0.001, maximum=0.1)
        wings = (
            LegSpec(name="long_put", side="buy", right="put", expiration="front", delta=low),
            LegSpec(name="long_call", side="buy", right="call", expiration="front", delta=high),
        )
        condor = (wings[0], *self.legs, wings[1])
        self.to_condor = Convert(kind="convert", structure="iron_condor", legs=condor)
        self.front = {"front": ExpirationSpec(target_dte=45, min_dte=35, max_dte=60, roots=("SPXW",))}
        self.words = Words.of(self.legs, self.front)
        self.names = NamedLegs()
        self.exits = Exits(ExitRules(profit_target_percent=50, dte=7), self.names)
        self.changes: dict[int, Change] = {}

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """Exits, then the wings where they are due, then the entry."""
        if snapshot.underlying != self.p.underlying:
            return
        busy = self.exits.act(context, snapshot).touched | {order.target_position for order in context.pending}
        for position in context.positions:
            value = context.value_of(position)
            lost = -value.profit * 100 >= self.p.convert_at_loss_percent * abs(position.entry_cash)
            if position.position_id in busy or position.closing or not (value.trusted and lost):
                continue
            scene = Scene.of(context, snapshot, position, self.names.contracts(position), self.words)
            change = planned(scene, self.to_condor)
            if not isinstance(change, NoMatch):
                number = context.adjust(position, change.legs, tag="to_condor", structure=change.structure)
                self.changes[number] = change
        self.enter(context, snapshot)

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        """The wings have names from now on."""
        if fill.order_id in self.changes:
            for name, instrument in self.changes.pop(fill.order_id).named.items():
                self.names.replaced(fill.position_id, name, instrument)

    def enter(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """One strangle at a time."""
        if open_or_opening(context.positions, context.pending):
            return
        legs = self.chosen(context, snapshot)
        if not isinstance(legs, NoMatch):
            number = context.open(legs, structure="short_strangle")
            named = {spec.name: leg.instrument for spec, leg in zip(self.legs, legs, strict=True)}
            self.names.opened(number, named)

    def chosen(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        """Both legs in one expiration."""
        series = select_expirations(snapshot, context.today, self.front)
        return series if isinstance(series, NoMatch) else select_legs(snapshot, series, self.legs)
