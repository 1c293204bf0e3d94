"""The straddle of `configs/xstock_hedged_straddle.yaml` as a program: shares bring its delta back, beyond a band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Gt

from engine.model import ChainSnapshot, Leg, Position, Stock
from engine.strategies.entries import open_or_opening
from engine.strategies.exits import Exits
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.strategies.hedging import net_delta, shares_to_trade
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch, select_expirations, select_legs
from engine.strategies.spec import DeltaTarget, ExitRules, ExpirationSpec, LegSpec
from engine.strategy import Strategy, StrategyContext
from engine.structures import STRUCTURES, geometry_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgedStraddleParameters:
    """What a sweep may vary: shares."""

    underlying: str = "XSTOCK"
    band_shares: Annotated[float, Gt(0)] = 20.0
    round_to: Annotated[int, Ge(1)] = 5


class HedgedStraddle(Strategy):
    """Sells a straddle and keeps its delta near nothing."""

    Parameters = HedgedStraddleParameters

    def __init__(self, name: str, parameters: HedgedStraddleParameters) -> None:
        super().__init__(name, parameters)
        self.p = parameters
        at_the_money = DeltaTarget(target=0.5)
        self.legs = (
            LegSpec(name="short_put", side="sell", right="put", expiration="front", delta=at_the_money),
            LegSpec(name="short_call", side="sell", right="call", expiration="front", delta=at_the_money),
        )
        self.front = {"front": ExpirationSpec(target_dte=45, min_dte=30, max_dte=70)}
        self.exits = Exits(ExitRules(dte=10), NamedLegs())

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """Exits, then the hedge of what stays, then the entry."""
        if snapshot.underlying != self.p.underlying:
            return
        busy = self.exits.act(context, snapshot).touched | {order.target_position for order in context.pending}
        for position in context.positions:
            if position.position_id not in busy and not position.closing:
                self.hedge(context, snapshot, position)
        if not open_or_opening(context.positions, context.pending):
            legs = self.chosen(context, snapshot)
            if not isinstance(legs, NoMatch):
                context.open(legs, structure="short_straddle")

    def hedge(self, context: StrategyContext, snapshot: ChainSnapshot, position: Position) -> None:
        """Trade the shares that are missing, where too many are."""
        delta = net_delta([position], snapshot)
        if isinstance(delta, NoMatch) or abs(delta) <= self.p.band_shares:
            return
        shares = shares_to_trade(delta, round_to=self.p.round_to)
        if shares:
            context.adjust(position, [Leg(Stock(self.p.underlying), shares)], tag=HEDGE_TAG)

    def chosen(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        """Put and call of one strike."""
        series = select_expirations(snapshot, context.today, self.front)
        legs = series if isinstance(series, NoMatch) else select_legs(snapshot, series, self.legs)
        if isinstance(legs, NoMatch):
            return legs
        fault = geometry_fault(STRUCTURES["short_straddle"], legs)
        return legs if fault is None else NoMatch("geometry", fault)
