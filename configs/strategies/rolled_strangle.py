"""The strangle of `configs/spx_rolled_strangle.yaml` as a program: it decides when, the engine how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import Ge, Interval

from engine.model import ChainSnapshot, Fill, Intent, Leg, Position
from engine.strategies.adjustments import Change, Scene, Words, planned, terms_within
from engine.strategies.entries import open_or_opening
from engine.strategies.exits import Exits
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch, select_expirations, select_legs
from engine.strategies.spec import DeltaTarget, ExitRules, ExpirationSpec, LegSpec, Roll
from engine.strategy import Strategy, StrategyContext


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledStrangleParameters:
    """What a sweep may vary; deltas are absolute."""

    underlying: str = "SPX"
    root: str = "SPXW"
    delta: Annotated[float, Interval(gt=0, lt=1)] = 0.16
    tested_delta: Annotated[float, Interval(gt=0, lt=1)] = 0.30
    roll_dte: Annotated[int, Ge(1)] = 21


class RolledStrangle(Strategy):
    """Sells a strangle, brings the untested side nearer once, and rolls out before the end."""

    Parameters = RolledStrangleParameters

    def __init__(self, name: str, parameters: RolledStrangleParameters) -> None:
        super().__init__(name, parameters)
        self.p = p = parameters
        target = DeltaTarget(target=p.delta, minimum=0.1, maximum=0.2)
        self.legs = (
            LegSpec(name="short_put", side="sell", right="put", expiration="front", delta=target),
            LegSpec(name="short_call", side="sell", right="call", expiration="front", delta=target),
        )
        self.front = {"front": ExpirationSpec(target_dte=45, min_dte=35, max_dte=60, roots=(p.root,))}
        self.words = Words.of(self.legs, self.front)
        self.names = NamedLegs()
        self.exits = Exits(ExitRules(profit_target_percent=50, stop_loss_percent=300), self.names)
        self.followed: set[tuple[int, str]] = set()
        self.rolled_on: dict[int, date] = {}
        self.changes: dict[int, Change] = {}

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """Exits first, then one adjustment of what stays and is not being changed, then the entry."""
        if snapshot.underlying != self.p.underlying:
            return
        busy = self.exits.act(context, snapshot).touched | {order.target_position for order in context.pending}
        for position in context.positions:
            if position.position_id not in busy:
                self.adjust(context, snapshot, position)
        self.enter(context, snapshot)

    def adjust(self, context: StrategyContext, snapshot: ChainSnapshot, position: Position) -> None:
        """Follow the tested side, once each; else roll out when the end is near."""
        scene = Scene.of(context, snapshot, position, self.names.contracts(position), self.words)
        for tested, name, untested, direction in (
            ("short_put", "follow_down", "short_call", "down"),
            ("short_call", "follow_up", "short_put", "up"),
        ):
            contract = scene.option(tested)
            row = None if contract is None else snapshot.row(contract.contract_id)
            breached = row is not None and abs(float(snapshot.delta[row])) >= self.p.tested_delta
            if breached and (position.position_id, name) not in self.followed:
                roll = Roll(kind="roll", legs=(untested,), direction="down" if direction == "down" else "up")
                if self.request(context, scene, roll, name, maximum_debit_usd=0.0):
                    return
        rolled = self.rolled_on.get(position.position_id)
        sessions = context.market.sessions
        rested = rolled is None or len(sessions.between(rolled, context.today)) > 5
        days = [context.days_to_expiration(one) for name in scene.named if (one := scene.option(name)) is not None]
        if rested and days and min(days) <= self.p.roll_dte:
            self.request(context, scene, Roll(kind="roll", expiration="front"), "roll_out")

    def request(
        self, context: StrategyContext, scene: Scene, roll: Roll, name: str, maximum_debit_usd: float | None = None
    ) -> bool:
        """Whether a roll could be asked for now; every one that cannot says why."""
        change = planned(scene, roll)
        terms = change if isinstance(change, NoMatch) else terms_within(
            change.legs, context.market, maximum_debit_usd, None
        )  # fmt: skip
        if isinstance(change, NoMatch) or isinstance(terms, NoMatch):
            return False
        number = context.adjust(scene.position, change.legs, tag=name, structure=change.structure, terms=terms)
        self.changes[number] = change
        return True

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        """Which leg is which after a roll, and what was done."""
        if fill.intent is not Intent.ADJUST:
            return
        for name, instrument in self.changes.pop(fill.order_id).named.items():
            self.names.replaced(fill.position_id, name, instrument)
        if fill.tag == "roll_out":
            self.rolled_on[fill.position_id] = context.today
        else:
            self.followed.add((fill.position_id, fill.tag))

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
