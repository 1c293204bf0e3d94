"""The put spread of `configs/spx_moved_put_spread.yaml` as a program: it hedges, moves away, and is unhedged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import Interval

from engine.model import ChainSnapshot, Fill, Leg, Position
from engine.strategies.adjustments import Change, Scene, Words, planned
from engine.strategies.entries import open_or_opening
from engine.strategies.exits import Exits
from engine.strategies.limits import limit_within_spread
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch, select_expirations, select_legs
from engine.strategies.spec import AddLeg, DeltaTarget, ExitRules, ExpirationSpec, LegSpec, MoveLeg, RemoveLeg
from engine.strategy import Strategy, StrategyContext
from engine.structures import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPutSpreadParameters:
    """What a sweep may vary: absolute deltas of the short put."""

    underlying: str = "SPX"
    hedge_at: Annotated[float, Interval(gt=0, lt=1)] = 0.35
    unhedge_at: Annotated[float, Interval(gt=0, lt=1)] = 0.25
    move_at: Annotated[float, Interval(gt=0, lt=1)] = 0.45


def _put(name: str, side: Side, expiration: str, deltas: tuple[float, float, float]) -> LegSpec:
    """A put by its delta: target, minimum, maximum."""
    target, low, high = deltas
    delta = DeltaTarget(target=target, minimum=low, maximum=high)
    return LegSpec(name=name, side=side, right="put", expiration=expiration, delta=delta)


class MovedPutSpread(Strategy):
    """Sells a put spread; a falling market is met with a put more, then with a lower strike."""

    Parameters = MovedPutSpreadParameters

    def __init__(self, name: str, parameters: MovedPutSpreadParameters) -> None:
        super().__init__(name, parameters)
        self.p = parameters
        self.legs = (
            _put("long_put", "buy", "front", (0.10, 0.05, 0.15)),
            _put("short_put", "sell", "front", (0.25, 0.2, 0.3)),
        )
        self.add = AddLeg(kind="add_leg", legs=(_put("hedge", "buy", "near", (0.30, 0.2, 0.4)),))
        self.remove = RemoveLeg(kind="remove_leg", legs=("hedge",))
        self.move = MoveLeg(kind="move_leg", to=(_put("short_put", "sell", "front", (0.28, 0.2, 0.35)),))
        self.expirations = {
            "front": ExpirationSpec(target_dte=45, min_dte=35, max_dte=60, roots=("SPXW",)),
            "near": ExpirationSpec(target_dte=14, min_dte=7, max_dte=25, roots=("SPXW",)),
        }
        self.words = Words.of(self.legs, self.expirations)
        self.names = NamedLegs()
        self.exits = Exits(ExitRules(profit_target_percent=75, dte=5), self.names)
        self.changes: dict[int, Change] = {}
        self.made: Counter[tuple[int, str]] = Counter()
        self.moved_on: dict[int, date] = {}

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """Exits, then at most one change of each position, then the entry."""
        if snapshot.underlying != self.p.underlying:
            return
        busy = self.exits.act(context, snapshot).touched | {order.target_position for order in context.pending}
        for position in context.positions:
            if position.position_id not in busy and not position.closing:
                self.adjust(context, snapshot, position)
        self.enter(context, snapshot)

    def adjust(self, context: StrategyContext, snapshot: ChainSnapshot, position: Position) -> None:
        """The first change that is due and can be made."""
        scene = Scene.of(context, snapshot, position, self.names.contracts(position), self.words)
        for name, action in self.due(context, scene):
            change = planned(scene, action)
            if isinstance(change, NoMatch):
                continue
            fraction = 0.8 if name == "move_down" else None
            terms = limit_within_spread(change.legs, context.market, fraction)
            number = context.adjust(position, change.legs, tag=name, structure=change.structure, terms=terms)
            self.changes[number] = change
            return

    def due(self, context: StrategyContext, scene: Scene) -> Iterator[tuple[str, AddLeg | RemoveLeg | MoveLeg]]:
        """What the delta of the short put asks for, and may be done once more."""
        contract = scene.option("short_put")
        row = None if contract is None else scene.snapshot.row(contract.contract_id)
        if row is None:
            return
        delta, number = abs(float(scene.snapshot.delta[row])), scene.position.position_id
        if delta >= self.p.hedge_at and not self.made[number, "hedge"]:
            yield "hedge", self.add
        if delta <= self.p.unhedge_at:
            yield "unhedge", self.remove
        moved = self.moved_on.get(number)
        rested = moved is None or len(context.market.sessions.between(moved, context.today)) > 2
        if delta >= self.p.move_at and rested and self.made[number, "move_down"] < 2:
            yield "move_down", self.move

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        """What was done, and which leg is which now."""
        if fill.order_id not in self.changes:
            return
        for name, instrument in self.changes.pop(fill.order_id).named.items():
            self.names.replaced(fill.position_id, name, instrument)
        self.made[fill.position_id, fill.tag] += 1
        if fill.tag == "move_down":
            self.moved_on[fill.position_id] = context.today

    def enter(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """One spread at a time."""
        if open_or_opening(context.positions, context.pending):
            return
        legs = self.chosen(context, snapshot)
        if not isinstance(legs, NoMatch):
            number = context.open(legs, structure="put_credit_spread")
            named = {spec.name: leg.instrument for spec, leg in zip(self.legs, legs, strict=True)}
            self.names.opened(number, named)

    def chosen(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        """Both legs in one expiration, the long one below."""
        series = select_expirations(snapshot, context.today, {"front": self.expirations["front"]})
        legs = series if isinstance(series, NoMatch) else select_legs(snapshot, series, self.legs)
        if isinstance(legs, NoMatch):
            return legs
        low, high = (leg.instrument for leg in legs)
        return legs if low.symbol < high.symbol else NoMatch("geometry", "strikes_out_of_order")
