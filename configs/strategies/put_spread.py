"""The put credit spread of `configs/spx_put_spread.yaml` as a program: the same orders, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Gt, Interval

from engine.model import ChainSnapshot, Leg, Right
from engine.strategies.entries import open_or_opening, unmet_condition
from engine.strategies.exits import Exits
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch, select_expiration, select_strike
from engine.strategies.spec import DeltaTarget, ExitRules, ExpirationSpec, SignalCondition
from engine.strategy import Strategy, StrategyContext
from engine.structures import STRUCTURES, geometry_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCreditSpreadParameters:
    """What a sweep may vary: DTE in exchange dates, absolute deltas, exits in percent of the credit."""

    underlying: str = "SPX"
    root: str = "SPXW"
    target_dte: Annotated[int, Ge(0)] = 10
    min_dte: Annotated[int, Ge(0)] = 5
    max_dte: Annotated[int, Ge(0)] = 21
    short_delta: Annotated[float, Interval(gt=0, lt=1)] = 0.25
    long_delta: Annotated[float, Interval(gt=0, lt=1)] = 0.15
    delta_tolerance: Annotated[float, Interval(gt=0, lt=1)] = 0.05
    min_trend: float = -0.01
    max_open_positions: Annotated[int, Ge(1)] = 3
    stop_loss_percent: Annotated[float, Gt(0)] = 200.0
    profit_target_percent: Annotated[float, Gt(0)] = 75.0
    exit_dte: Annotated[int, Ge(0)] = 1


class PutCreditSpread(Strategy):
    """Sells a put and buys a cheaper one below it while the market does not fall fast."""

    Parameters = PutCreditSpreadParameters

    def __init__(self, name: str, parameters: PutCreditSpreadParameters) -> None:
        super().__init__(name, parameters)
        self.p = p = parameters
        self.expiration = ExpirationSpec(target_dte=p.target_dte, min_dte=p.min_dte, max_dte=p.max_dte, roots=(p.root,))
        self.long_put = self.around(p.long_delta)
        self.short_put = self.around(p.short_delta)
        self.trend = (SignalCondition(signal="trend", above=p.min_trend),)
        rules = ExitRules(
            stop_loss_percent=p.stop_loss_percent, profit_target_percent=p.profit_target_percent, dte=p.exit_dte
        )
        self.exits = Exits(rules, NamedLegs())

    def around(self, delta: float) -> DeltaTarget:
        """A delta with the tolerance on either side, to two digits as a person would write it."""
        low, high = delta - self.p.delta_tolerance, delta + self.p.delta_tolerance
        return DeltaTarget(target=delta, minimum=round(low, 2), maximum=round(high, 2))

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """Exits first, then at most one entry; every entry that does not happen says why."""
        if snapshot.underlying != self.p.underlying:
            return
        self.exits.act(context, snapshot)
        legs = self.entry(context, snapshot)
        if isinstance(legs, NoMatch):
            context.decline(legs.stage, legs.reason)
        else:
            context.open(legs, structure="put_credit_spread")

    def entry(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        """The legs to open now, or the reason why there are none; each stage passed is counted."""
        context.passed("entry_instant")
        unmet = unmet_condition(self.trend, context.signal)
        if unmet is not None:
            return NoMatch("signal", unmet)
        context.passed("signal")
        if open_or_opening(context.positions, context.pending) >= self.p.max_open_positions:
            return NoMatch("max_open", "reached")
        context.passed("max_open")
        series = select_expiration(snapshot, context.today, self.expiration)
        if isinstance(series, NoMatch):
            return series
        context.passed("expiration")
        return self.spread(context, snapshot, series)

    def spread(self, context: StrategyContext, snapshot: ChainSnapshot, series: int) -> tuple[Leg, ...] | NoMatch:
        """Both legs in one series, the long one below the short one, or the reason why there are none."""
        bought = select_strike(snapshot, series, Right.PUT, "buy", self.long_put)
        if isinstance(bought, NoMatch):
            return bought
        sold = select_strike(snapshot, series, Right.PUT, "sell", self.short_put)
        if isinstance(sold, NoMatch):
            return sold
        context.passed("legs")
        legs = (Leg(bought, +1), Leg(sold, -1))
        fault = geometry_fault(STRUCTURES["put_credit_spread"], legs)
        if fault is not None:
            return NoMatch("geometry", fault)
        context.passed("geometry")
        return legs
