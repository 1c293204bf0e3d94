"""What exercise does to one holding: cash and shares, and whether it happens by itself at expiration."""

from __future__ import annotations

from typing import Final, NamedTuple

from engine.events import ContractAssigned, ContractExercised, ExerciseReason, SettlementSource
from engine.instants import Instant
from engine.model import OptionContract
from engine.money import MICROS_PER_CENT, Micros, to_micros

EXERCISE_THRESHOLD: Final = MICROS_PER_CENT
"""In the money by at least this much per share, an expiring option is exercised (RULES 5.1)."""


class PricedAt(NamedTuple):
    """A price of the underlying, where it came from, and its instant."""

    price: float
    source: SettlementSource
    at: Instant


def exercised_by_exception(contract: OptionContract, worth: Micros) -> bool:
    """Whether an expiring contract, of this worth when exercised, is so without anybody saying it (OCC Rule 805)."""
    return worth >= EXERCISE_THRESHOLD * contract.multiplier


class Exercised(NamedTuple):
    """Contracts of one position that are exercised or assigned.

    Attributes:
        quantity: contracts held, negative when short: then they are assigned.
        fee: exact fee for all of them, positive.
    """

    position_id: int
    contract: OptionContract
    quantity: int
    fee: Micros


def delivery(
    now: Instant, exercised: Exercised, priced: PricedAt, reason: ExerciseReason
) -> ContractExercised | ContractAssigned:
    """The delivery of shares for contracts of a physically settled series."""
    position_id, contract, quantity, fee = exercised
    kind = ContractExercised if quantity > 0 else ContractAssigned
    shares = quantity * contract.right * contract.series.deliverable.shares
    # The strike and the cash of the deliverable are what is left of the value of exercise without the shares.
    cash = quantity * contract.exercise_micros(priced.price) - shares * to_micros(priced.price)
    return kind(now, position_id, contract, quantity, shares, cash, *priced, reason, fee)
