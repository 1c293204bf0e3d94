"""Fee models: what a broker charges for an order that fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.config import FeeConfig, NoFeesConfig
from engine.costs.deal import DealtLeg, apportion
from engine.costs.presets import PRESETS
from engine.costs.schedule import CommissionSchedule, PresetFees
from engine.costs.scheduled import ScheduledFees
from engine.model import Intent, LegFill, OptionContract
from engine.money import Micros, to_micros, to_usd


class FeeModel(Protocol):
    """Fees of an order and of exercises."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for the summary's assumptions."""

    def fees(self, legs: Sequence[DealtLeg], intent: Intent) -> tuple[Micros, ...]:
        """Exact fee of each leg of an order that fills as a whole; never negative."""

    def exercise_fee(self, contract: OptionContract, quantity: int) -> Micros:
        """Exact fee of exercising contracts held long, or of the assignment of short ones; never negative."""


@dataclass(frozen=True, slots=True)
class NoFees:
    """Trading costs nothing."""

    @property
    def name(self) -> str:
        """`none`."""
        return "none"

    def fees(self, legs: Sequence[DealtLeg], intent: Intent) -> tuple[Micros, ...]:
        """Nothing, whatever trades."""
        return (0,) * len(legs)

    def exercise_fee(self, contract: OptionContract, quantity: int) -> Micros:
        """Nothing."""
        return 0


@dataclass(frozen=True, slots=True)
class PerContractFees:
    """The same fee for every contract and for every share, bought or sold.

    Attributes:
        fee_per_contract: exact fee of one option contract.
        fee_per_share: exact fee of one share.
        fee_per_exercise: exact fee of one contract that is exercised or assigned.
    """

    fee_per_contract: Micros
    fee_per_share: Micros
    fee_per_exercise: Micros = 0

    @property
    def name(self) -> str:
        """`per_contract` with its fees in dollars."""
        exercise = f", {to_usd(self.fee_per_exercise):g} USD per exercise" if self.fee_per_exercise else ""
        shares = f"{to_usd(self.fee_per_share):g} USD per share"
        return f"per_contract({to_usd(self.fee_per_contract):g} USD, {shares}{exercise})"

    def fees(self, legs: Sequence[DealtLeg], intent: Intent) -> tuple[Micros, ...]:
        """Fee of one contract or share times their number; the price does not matter."""
        fees = []
        for leg in legs:
            each = self.fee_per_contract if isinstance(leg.instrument, OptionContract) else self.fee_per_share
            fees.append(abs(leg.quantity) * each)
        return tuple(fees)

    def exercise_fee(self, contract: OptionContract, quantity: int) -> Micros:
        """Fee of one exercise times the number of contracts."""
        return abs(quantity) * self.fee_per_exercise


def charged(
    model: FeeModel, legs: Sequence[DealtLeg], intent: Intent, before: Sequence[LegFill] = ()
) -> tuple[LegFill, ...]:
    """The legs of one fill for their fees; what is handed over for nothing trades with nobody and costs nothing.

    An order that fills in parts is charged for the whole so far, less what it was charged: minimums and maximums count
    once. A part costs at least nothing.

    Args:
        before: legs of the order's earlier parts, with their fees.
    """
    traded = []
    for leg in legs:
        if not leg.flags or not leg.given_up:  # what has no flag has a bid
            traded.append(leg)
    if not before and len(traded) == len(legs):
        return tuple(map(DealtLeg.filled, legs, model.fees(legs, intent)))
    whole = _whole([*(leg for leg in before if not leg.given_up), *traded])
    fees = dict(zip(whole, model.fees(list(whole.values()), intent), strict=True))
    paid: Counter[str] = Counter()
    for part in before:
        paid[part.instrument.symbol] += part.fee
    owed = max(sum(fees.values()) - paid.total(), 0)
    added = [max(fees[leg.instrument.symbol] - paid[leg.instrument.symbol], 0) for leg in traded]
    shares = iter(apportion(owed, added) if any(added) else added)
    return tuple(leg.filled(0 if leg.given_up else next(shares)) for leg in legs)


def _whole(parts: Sequence[DealtLeg | LegFill]) -> dict[str, DealtLeg]:
    """Legs by symbol, those of several parts as one at their average price."""
    whole: dict[str, DealtLeg] = {}
    for leg in parts:
        symbol, quantity, price = leg.instrument.symbol, leg.quantity, leg.price
        if symbol in whole:
            earlier = whole[symbol]
            quantity += earlier.quantity
            price = round((earlier.quantity * earlier.price + leg.quantity * leg.price) / quantity)
        whole[symbol] = DealtLeg(leg.instrument, quantity, price, leg.closes)
    return whole


def fee_model(config: FeeConfig) -> FeeModel:
    """The model that a configuration asks for."""
    if isinstance(config, NoFeesConfig):
        return NoFees()
    if isinstance(config, PresetFees):
        return ScheduledFees(f"preset({config.name})", PRESETS[config.name])
    if isinstance(config, CommissionSchedule):
        return ScheduledFees("schedule", config)
    return PerContractFees(
        to_micros(config.fee_per_contract_usd),
        to_micros(config.fee_per_share_usd),
        to_micros(config.fee_per_exercise_usd),
    )
