"""The ledger: exact cash by what it moved for, and the identity that must hold at every moment."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from engine.errors import LedgerImbalance
from engine.instants import Instant, iso
from engine.money import Micros, to_usd


class EntryKind(StrEnum):
    """Why cash moved."""

    TRADE = "trade"
    SETTLEMENT = "settlement"
    FEE = "fee"
    INTEREST = "interest"
    DIVIDEND = "dividend"
    EXTERNAL = "external"


_EXPLAINED_BY_POSITIONS: Final = (EntryKind.TRADE, EntryKind.SETTLEMENT)
"""Kinds whose effect on net liquidation is the realised and unrealised profit of the positions."""


class Ledger:
    """Cash of one account as the sum of what was posted; what each post was for is said by the event behind it."""

    def __init__(self, initial_cash: Micros) -> None:
        self.initial_cash = initial_cash
        self.cash = initial_cash
        self._totals = dict.fromkeys(EntryKind, 0)
        self._not_traded = initial_cash

    def post(self, kind: EntryKind, amount: Micros) -> None:
        """Cash moved, out when negative."""
        self.cash += amount
        self._totals[kind] += amount
        if kind not in _EXPLAINED_BY_POSITIONS:
            self._not_traded += amount

    def total(self, kind: EntryKind) -> Micros:
        """Exact sum of what was posted under a kind."""
        return self._totals[kind]

    def check(self, at: Instant, realised: Micros, unrealised: Micros, market_value: Micros) -> None:
        """The invariant of every run: net liquidation is what the parts explain, to the micro-dollar.

        Cash comes from what was posted; realised and unrealised profit come from the cost bases that the
        positions keep on their own: two books that must agree.

        Raises:
            LedgerImbalance: when they do not.
        """
        explained = self._not_traded + realised + unrealised
        net_liquidation = self.cash + market_value
        if net_liquidation != explained:
            raise LedgerImbalance(
                f"at {iso(at)} net liquidation is {to_usd(net_liquidation):.6f} USD, but initial cash, flows, "
                f"interest, dividends, fees, realised and unrealised profit explain {to_usd(explained):.6f} USD"
            )
