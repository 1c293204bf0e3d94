"""The wheel and the covered-call cycle: what is held says what is done next.

    nothing held            -> sell puts (or buy shares and sell calls on them)
    puts                    -> wait: they expire, are bought back, or bring shares
    shares without calls    -> sell calls on every round lot of them
    shares with calls       -> wait: they expire, are bought back, or take the shares away

An assignment in parts leaves puts and shares side by side: calls are sold on the shares while the puts go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import ClassVar, Final

import numpy as np

from engine.events import ContractAssigned, ContractExercised
from engine.model import (
    BLOCKS_SELL,
    UNTRUSTED,
    ChainSnapshot,
    Fill,
    Leg,
    OptionContract,
    Position,
    PositionLeg,
    Right,
    Stock,
)
from engine.money import MICROS_PER_USD, Micros
from engine.strategies.selectors import NoMatch, select_expiration, select_strike
from engine.strategies.spec.cycles import CycleOption, WheelStrategy
from engine.strategy import Strategy, StrategyContext
from engine.structures import recognise

ROUND_LOT: Final = 100
"""Shares that one standard contract delivers."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of a cycle holds, read from its position.

    Attributes:
        puts: short, as long as nobody has assigned them.
        calls: short, on the shares.
    """

    position: Position
    shares: int
    puts: tuple[PositionLeg, ...]
    calls: tuple[PositionLeg, ...]

    @classmethod
    def of(cls, position: Position) -> Round:
        """The round that a position is."""
        shares = sum(leg.quantity for leg in position.legs if isinstance(leg.instrument, Stock))
        puts, calls = (tuple(leg for leg in position.legs if _right(leg) is right) for right in (Right.PUT, Right.CALL))
        return cls(position, shares, puts, calls)

    @property
    def free_lots(self) -> int:
        """Round lots of shares on which no call is sold."""
        covering = sum(-leg.quantity * _delivered(leg) for leg in self.calls)
        return max(self.shares - covering, 0) // ROUND_LOT

    @property
    def break_even(self) -> Micros:
        """Exact money that all its shares have cost, less all premium of the round, plus fees."""
        position = self.position
        return sum(leg.cost_basis for leg in position.legs) - position.realised + position.fees


class Wheel(Strategy):
    """Does what a `WheelStrategy` says."""

    Parameters: ClassVar[type] = WheelStrategy

    def __init__(self, spec: WheelStrategy) -> None:
        super().__init__(spec.name, spec)
        self.spec = spec
        self._paid: dict[int, Micros] = {}
        """Exact money paid for the shares that a position holds: the strike of their puts, or their price."""

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """One step of every round whose orders are done; a new round where there is none."""
        if snapshot.underlying != self.spec.underlying:
            return
        busy = {order.target_position for order in context.pending}
        positions = context.positions
        for position in positions:
            if position.position_id not in busy:
                self._go_on(context, snapshot, Round.of(position))
        if not positions and not busy:
            self._begin(context, snapshot)

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        """Remember what shares cost that were bought."""
        for leg in fill.legs:
            if isinstance(leg.instrument, Stock) and leg.quantity > 0:
                self._paid[fill.position_id] = self._paid.get(fill.position_id, 0) - leg.cash

    def on_assignment(self, context: StrategyContext, event: ContractAssigned | ContractExercised) -> None:
        """Remember what shares cost that were assigned; those that were called take their part of it with them."""
        paid = self._paid.get(event.position_id, 0)
        if event.shares > 0:
            self._paid[event.position_id] = paid - event.cash
            return
        position = next(one for one in context.positions if one.position_id == event.position_id)
        left = Round.of(position).shares
        self._paid[event.position_id] = paid * left // (left - event.shares)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _begin(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        self._paid.clear()
        starts_with_put = self.spec.begin == "put" and self.spec.put is not None
        said = self.spec.put if starts_with_put and self.spec.put is not None else self.spec.call
        contract = _chosen(context, snapshot, Right.PUT if starts_with_put else Right.CALL, said)
        if isinstance(contract, NoMatch):
            context.decline(contract.stage, contract.reason)
            return
        context.passed("legs")
        sold = Leg(contract, -1)
        if starts_with_put:
            context.open([sold], structure="short_put", tag="put")
        else:
            shares = Leg(Stock(snapshot.underlying), contract.series.deliverable.shares)
            context.open([shares, sold], structure="covered_call", tag="covered_call")

    def _go_on(self, context: StrategyContext, snapshot: ChainSnapshot, present: Round) -> None:
        due = [
            leg
            for legs, said in ((present.puts, self.spec.put), (present.calls, self.spec.call))
            for leg in legs
            if said is not None and is_bought_back(context, snapshot, leg, said)
        ]
        if due:
            self._buy_back(context, present, due)
        elif present.free_lots:
            self._sell_calls(context, snapshot, present)
        elif not present.puts and not present.calls:
            context.close(present.position, tag="odd_lot")

    def _buy_back(self, context: StrategyContext, present: Round, due: Sequence[PositionLeg]) -> None:
        position = present.position
        if len(due) == len(position.legs):
            context.close(position, tag="bought_back")
            return
        left = recognise(Leg(leg.instrument, leg.quantity) for leg in position.legs if leg not in due)
        legs = [Leg(leg.instrument, -leg.quantity) for leg in due]
        context.adjust(position, legs, tag="bought_back", structure=left)

    def _sell_calls(self, context: StrategyContext, snapshot: ChainSnapshot, present: Round) -> None:
        contract = _chosen(context, snapshot, Right.CALL, self.spec.call, self._floor(present))
        if isinstance(contract, NoMatch):
            context.decline(contract.stage, contract.reason)
            return
        context.passed("legs")
        sold = Leg(contract, -present.free_lots)
        context.adjust(present.position, [sold], tag="call", structure="covered_call")

    def _floor(self, present: Round) -> float:
        """Lowest strike of a call, in USD, as far as cost decides."""
        if self.spec.never_below == "nothing":
            return 0.0
        bought = self._paid.get(present.position.position_id, 0)
        paid = present.break_even if self.spec.never_below == "break_even" else bought
        return paid / (present.shares * MICROS_PER_USD)


def is_bought_back(context: StrategyContext, snapshot: ChainSnapshot, leg: PositionLeg, said: CycleOption) -> bool:
    """Whether a short option is due: so near to its expiration, or so much of its premium earned."""
    contract = leg.instrument
    if not isinstance(contract, OptionContract):
        return False
    if said.dte is not None and context.days_to_expiration(contract) <= said.dte:
        return True
    if said.profit_target_percent is None:
        return False
    cost = _middle(snapshot, contract) * contract.multiplier * MICROS_PER_USD * -leg.quantity
    return (-leg.cost_basis - cost) * 100 >= said.profit_target_percent * -leg.cost_basis


def call_at_or_above(snapshot: ChainSnapshot, series: int, said: CycleOption, floor_usd: float) -> int | None:
    """Row of the lowest call at or above a strike that can be sold and whose delta is within its bounds."""
    rows = snapshot.rows_of_series(series, Right.CALL)
    fits = snapshot.strike[rows] >= floor_usd
    fits &= (snapshot.flags[rows] & np.uint16(BLOCKS_SELL)) == 0
    fits &= (snapshot.delta[rows] >= said.delta.minimum) & (snapshot.delta[rows] <= said.delta.maximum)
    return rows.start + int(fits.argmax()) if fits.any() else None


def _chosen(
    context: StrategyContext, snapshot: ChainSnapshot, right: Right, said: CycleOption, floor_usd: float = 0.0
) -> OptionContract | NoMatch:
    """The contract to sell, its strike at or above a floor."""
    series = select_expiration(snapshot, context.today, said.expiration, context.market.sessions)
    if isinstance(series, NoMatch):
        return series
    context.passed("expiration")
    contract = select_strike(snapshot, series, right, "sell", said.delta)
    if isinstance(contract, NoMatch) or contract.strike >= floor_usd:
        return contract
    row = call_at_or_above(snapshot, series, said, floor_usd)
    if row is None:
        return NoMatch("legs", "call:below_cost")
    return snapshot.contracts.contract(int(snapshot.contract_id[row]))


def _middle(snapshot: ChainSnapshot, contract: OptionContract) -> float:
    """Middle of a quote that can be trusted, half the ask where nobody bids; NaN, which is due for nothing, else."""
    row = snapshot.row(contract.contract_id)
    if row is None or int(snapshot.flags[row]) & int(UNTRUSTED):
        return nan
    return (max(float(snapshot.bid[row]), 0.0) + float(snapshot.ask[row])) / 2.0


def _right(leg: PositionLeg) -> Right | None:
    return leg.instrument.right if isinstance(leg.instrument, OptionContract) else None


def _delivered(leg: PositionLeg) -> int:
    return leg.instrument.series.deliverable.shares if isinstance(leg.instrument, OptionContract) else 0
