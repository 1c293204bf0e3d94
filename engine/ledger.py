"""The ledger: exact cash, entry by entry, and the identity that must hold at every moment."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

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


class LedgerEntry(NamedTuple):
    """One movement of cash, negative when paid.

    Attributes:
        position_id: the position it belongs to, or None.
        reference: what it was for: a contract symbol, an order number, a reason.
    """

    at: Instant
    kind: EntryKind
    amount: Micros
    position_id: int | None
    reference: str


class Ledger:
    """Cash of one account as the sum of its entries; entries are added and never changed."""

    def __init__(self, initial_cash: Micros) -> None:
        self.initial_cash = initial_cash
        self.cash = initial_cash
        self.entries: list[LedgerEntry] = []
        self._totals = dict.fromkeys(EntryKind, 0)
        self._not_traded = initial_cash

    def post(self, at: Instant, kind: EntryKind, amount: Micros, position_id: int | None, reference: str) -> None:
        """Append an entry; one of nothing is none."""
        if not amount:
            return
        self.entries.append(LedgerEntry(at, kind, amount, position_id, reference))
        self.cash += amount
        self._totals[kind] += amount
        if kind not in _EXPLAINED_BY_POSITIONS:
            self._not_traded += amount

    def total(self, kind: EntryKind) -> Micros:
        """Exact sum of the entries of a kind."""
        return self._totals[kind]

    def check(self, at: Instant, realised: Micros, unrealised: Micros, market_value: Micros) -> None:
        """The invariant of every run: net liquidation is what the parts explain, to the micro-dollar.

        Cash comes from the ledger's entries; realised and unrealised profit come from the cost bases that the
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
