"""Cash account: every short is secured in full, by its strike in cash or by the shares it may deliver (RULES 7.8)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.margin.model import MarginRequirement
from engine.market import Market
from engine.model import NetLeg, OptionContract, Right, SettlementMethod
from engine.money import Micros, to_micros


class CashAccountMargin:
    """Strike times multiplier for every short put; short calls only against shares, short shares never."""

    @property
    def name(self) -> str:
        """`cash`."""
        return "cash"

    @property
    def follows_prices(self) -> bool:
        """A strike does not move."""
        return False

    def on(self, market: Market) -> CashAccountMargin:
        """The same model: it needs no prices."""
        return self

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        """Cash that secures the puts; None where a call or shares are short without cover.

        A long option secures nothing: its exercise would have to be paid first.
        """
        free = _free_shares(book)
        uncovered = sorted(symbol for symbol, shares in free.items() if shares < 0)
        if uncovered:
            short = f"{uncovered[0]}: short {-free[uncovered[0]]} shares that the cash account does not hold"
            return MarginRequirement(None, None, lambda: short)
        secured = sum(_secured(leg) for leg in book)
        return MarginRequirement(secured, secured, lambda: "strikes of short puts, in cash")


def _free_shares(book: Sequence[NetLeg]) -> dict[str, int]:
    """Shares by underlying, less those that short calls may deliver; a call settled in cash delivers none held."""
    free: dict[str, int] = {}
    for leg in book:
        contract, symbol = leg.instrument, leg.instrument.underlying
        if not isinstance(contract, OptionContract):
            free[symbol] = free.get(symbol, 0) + leg.quantity
        elif contract.right is Right.CALL and leg.quantity < 0:
            physical = contract.series.settlement is SettlementMethod.PHYSICAL
            shares = contract.series.deliverable.shares if physical else contract.multiplier
            free[symbol] = free.get(symbol, 0) + leg.quantity * shares
    return free


def _secured(leg: NetLeg) -> Micros:
    contract = leg.instrument
    if not isinstance(contract, OptionContract) or contract.right is Right.CALL or leg.quantity > 0:
        return 0
    return -leg.quantity * contract.multiplier * to_micros(contract.strike)
