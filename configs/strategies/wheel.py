"""The wheel of `configs/xfund_wheel.yaml` as a program: what is held says what is done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from engine.model import ChainSnapshot, Leg, OptionContract, PositionLeg, Right
from engine.money import MICROS_PER_USD
from engine.strategies.cycles import Round, call_at_or_above, is_bought_back
from engine.strategies.selectors import NoMatch, select_expiration, select_strike
from engine.strategies.spec import CycleOption, DeltaTarget, ExpirationSpec
from engine.strategy import Strategy, StrategyContext


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelParameters:
    """What a sweep may vary; deltas are absolute."""

    underlying: str = "XFUND"
    put_delta: Annotated[float, Interval(gt=0.2, lt=0.5)] = 0.40
    call_delta: Annotated[float, Interval(gt=0.05, lt=0.5)] = 0.30
    take_percent: Annotated[float, Interval(gt=0, lt=100)] = 80.0


class ProgrammedWheel(Strategy):
    """Puts until assigned, calls until called, never below what the shares have cost."""

    Parameters = WheelParameters

    def __init__(self, name: str, parameters: WheelParameters) -> None:
        super().__init__(name, parameters)
        self.p = p = parameters
        month = ExpirationSpec(target_dte=30, min_dte=20, max_dte=45)
        put = DeltaTarget(target=p.put_delta, minimum=0.2, maximum=0.5)
        self.put = CycleOption(expiration=month, delta=put, profit_target_percent=p.take_percent)
        self.call = CycleOption(expiration=month, delta=DeltaTarget(target=p.call_delta, minimum=0.05, maximum=0.5))

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """One step of the round that is open, or a new one."""
        if snapshot.underlying != self.p.underlying or context.pending:
            return
        if not context.positions:
            put = self.chosen(context, snapshot, Right.PUT, self.put)
            if put is not None:
                context.open([Leg(put, -1)], structure="short_put", tag="put")
            return
        (position,) = context.positions
        held = Round.of(position)
        if any(self.is_cheap(context, snapshot, leg) for leg in held.puts):
            context.close(position, tag="bought_back")
        elif held.free_lots:
            call = self.covering(context, snapshot, held)
            if call is not None:
                sold = Leg(call, -held.free_lots)
                context.adjust(position, [sold], tag="call", structure="covered_call")

    def is_cheap(self, context: StrategyContext, snapshot: ChainSnapshot, leg: PositionLeg) -> bool:
        """Whether most of a put's premium is earned."""
        return is_bought_back(context, snapshot, leg, self.put)

    def covering(self, context: StrategyContext, snapshot: ChainSnapshot, held: Round) -> OptionContract | None:
        """A call at or above the break-even of the shares, or none."""
        floor = held.break_even / (held.shares * MICROS_PER_USD)
        call = self.chosen(context, snapshot, Right.CALL, self.call)
        if call is None or call.strike >= floor:
            return call
        series = int(snapshot.contracts.series_index[call.contract_id])
        row = call_at_or_above(snapshot, series, self.call, floor)
        return None if row is None else snapshot.contracts.contract(int(snapshot.contract_id[row]))

    def chosen(
        self, context: StrategyContext, snapshot: ChainSnapshot, right: Right, said: CycleOption
    ) -> OptionContract | None:
        """The option to sell, or none where nothing fits."""
        series = select_expiration(snapshot, context.today, said.expiration)
        if isinstance(series, NoMatch):
            return None
        found = select_strike(snapshot, series, right, "sell", said.delta)
        return None if isinstance(found, NoMatch) else found
