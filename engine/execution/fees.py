"""Fee models: what a broker charges for a fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from engine.config import FeeConfig, NoFeesConfig
from engine.model import Instrument, OptionContract
from engine.money import Micros, to_micros, to_usd


class FeeModel(Protocol):
    """Fee of one leg of a fill."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for the summary's assumptions."""

    def fee(self, instrument: Instrument, quantity: int, price: Micros) -> Micros:
        """Exact fee, never negative.

        Args:
            quantity: contracts or shares, bought when positive.
            price: exact price per share.
        """

    def exercise_fee(self, contract: OptionContract, quantity: int) -> Micros:
        """Exact fee of exercising contracts, or of their assignment, in cash or in shares; never negative."""


@dataclass(frozen=True, slots=True)
class NoFees:
    """Trading costs nothing."""

    @property
    def name(self) -> str:
        """`none`."""
        return "none"

    def fee(self, instrument: Instrument, quantity: int, price: Micros) -> Micros:
        """Nothing, whatever trades."""
        return 0

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

    def fee(self, instrument: Instrument, quantity: int, price: Micros) -> Micros:
        """Fee of one contract or share times their number; the price does not matter."""
        one = self.fee_per_contract if isinstance(instrument, OptionContract) else self.fee_per_share
        return abs(quantity) * one

    def exercise_fee(self, contract: OptionContract, quantity: int) -> Micros:
        """Fee of one exercise times the number of contracts."""
        return abs(quantity) * self.fee_per_exercise


def fee_model(config: FeeConfig) -> FeeModel:
    """The model that a configuration asks for."""
    if isinstance(config, NoFeesConfig):
        return NoFees()
    return PerContractFees(
        to_micros(config.fee_per_contract_usd),
        to_micros(config.fee_per_share_usd),
        to_micros(config.fee_per_exercise_usd),
    )
