"""The account of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Gt

from engine.costs.account_terms import CashFlow, FinancingConfig
from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountConfig:
    """The account at the start of the run, and what comes to it from outside.

    Attributes:
        cash_flows: deposits and withdrawals; they are no profit, and returns leave them out.
        financing: interest and the cost of borrowed shares; null: none.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    initial_cash_usd: Annotated[float, Gt(0)] = 100_000.0
    cash_flows: tuple[CashFlow, ...] = ()
    financing: FinancingConfig | None = None
