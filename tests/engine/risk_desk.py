"""A risk manager on one chain of SPX puts and calls, with an account that stands still."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.costs.fees import FeeModel, NoFees
from engine.margin.maximum_loss import MaximumLossMargin
from engine.market import Market
from engine.model import (
    AccountView,
    ApprovedOrder,
    ClosedPosition,
    Instrument,
    Intent,
    Leg,
    NetLegs,
    Order,
    Position,
    PositionLeg,
    PositionValue,
    QuoteFlag,
    Refusal,
    Underlying,
    UnderlyingKind,
)
from engine.money import to_micros
from engine.risk import PositionSizer, RiskManager, RunMeasures
from engine.risk_config import BetaConfig, RiskConfig, RiskLimits
from engine.risk_rules.limits import limit_rules
from engine.risk_rules.sizing import FixedContracts
from tests.builders import NAN, Quote, call, chain, contract_table, new_york, publish_prices, put, series, session_table
from tests.engine.play import config

NO_FEES = NoFees()
NOW = new_york(date(2019, 4, 25), "15:45")
NEAR = series(date(2019, 5, 10))
TABLE = contract_table({NEAR: range(2700, 3110, 50)})
UNDERLYINGS = {"SPX": Underlying("SPX", UnderlyingKind.INDEX), "SPY": Underlying("SPY", UnderlyingKind.ETF)}
QUOTES = {
    put(TABLE, NEAR, 2800): Quote(8.0, 9.0, delta=-0.20, vega=200.0, gamma=0.001, theta=-300.0),
    put(TABLE, NEAR, 2850): Quote(14.0, 15.0, delta=-0.30, vega=250.0, gamma=0.001, theta=-300.0),
    put(TABLE, NEAR, 2700): Quote(0.0, 0.1, delta=-0.01, vega=10.0, flags=QuoteFlag.NO_BID),
    put(TABLE, NEAR, 2750): Quote(NAN, NAN),
    call(TABLE, NEAR, 3050): Quote(2.0, 2.5, delta=0.07, vega=100.0, gamma=0.001, theta=-200.0),
    call(TABLE, NEAR, 3000): Quote(5.0, 6.0, delta=0.15, vega=150.0, gamma=0.001, theta=-300.0),
}
SPREAD = (Leg(put(TABLE, NEAR, 2850), -1), Leg(put(TABLE, NEAR, 2800), 1))
"""Credit 6.00 at mid, maximum loss 4,400 USD, delta +10 shares, vega -50 USD per point."""


@dataclass
class FakeBook:
    """An account that stands still."""

    account: AccountView

    @property
    def positions(self) -> dict[int, Position]:
        return {position.position_id: position for position in self.account.positions}

    def view(self) -> AccountView:
        return self.account

    def positions_of(self, strategy: str) -> tuple[Position, ...]:
        return tuple(position for position in self.account.positions if position.strategy == strategy)

    def closed_of(self, strategy: str) -> tuple[ClosedPosition, ...]:
        return ()

    def value_of(self, position: Position) -> PositionValue:
        return PositionValue(0, True)

    def book(self) -> NetLegs:
        return NetLegs.of(leg for position in self.account.positions for leg in position.legs)


def held(position_id: int, *legs: tuple[Instrument, int], closing: bool = False) -> Position:
    """An open position."""
    return Position(
        position_id,
        "puts",
        "custom",
        "",
        0,
        1,
        tuple(PositionLeg(one, many, 0) for one, many in legs),
        0,
        closing=closing,
    )


def account(*positions: Position, cash: float = 100_000.0) -> AccountView:
    """An account whose requirement nobody asks for."""
    return AccountView(NOW, to_micros(cash), 0, 0, positions)


def manager(
    view: AccountView | None = None,
    sizers: Mapping[str, PositionSizer] | None = None,
    fees: FeeModel = NO_FEES,
    beta: BetaConfig | None = None,
    size_factor: float = 1.0,
    **limits: Any,
) -> RiskManager:
    """A risk manager on the chain above; limits by name."""
    market = Market(session_table(date(2019, 4, 1), date(2019, 5, 31)), UNDERLYINGS, now=NOW)
    market.snapshots["SPX"] = chain(TABLE, NOW, 2900.0, changes=dict(QUOTES))
    publish_prices(market, NOW, SPX=2900.0, SPY=290.0)
    risk = RiskConfig(beta=beta, limits=RiskLimits(**limits))
    return RiskManager(
        limit_rules(risk, MaximumLossMargin()),
        fees,
        sizers if sizers is not None else {"puts": FixedContracts(1)},
        RunMeasures(config(risk=risk), MaximumLossMargin(), market, {}),
        FakeBook(view or account()),
        lambda: size_factor,
    )


def order(legs: tuple[Leg, ...] = SPREAD, quantity: int | None = None) -> Order:
    """An opening order."""
    return Order(7, "puts", Intent.OPEN, legs, quantity, NOW)


def refused(answer: ApprovedOrder | Refusal | None) -> Refusal:
    """The refusal that a test expects."""
    assert isinstance(answer, Refusal), answer
    return answer
