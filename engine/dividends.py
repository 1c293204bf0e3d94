"""Cash dividends: which are known, who is entitled, and when they are paid (RULES 5.6, 6.1)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from engine.bus import Publish
from engine.events import DividendDeclared, DividendPaid
from engine.market import Market
from engine.model import Stock
from engine.money import Micros
from engine.portfolio import PortfolioManager


class _Entitlement(NamedTuple):
    """What one position receives, or (negative) owes, for a dividend."""

    pay_date: date
    symbol: str
    amount: Micros
    position_id: int


class Dividends:
    """Dividends of a run.

    Who holds shares when the last session before the ex-date is over is entitled, who is short of them owes; exercise
    and assignment of that night count (RULES 5.6). Paid on the pay date, or on the ex-date where nobody knows it.
    """

    def __init__(self, portfolio: PortfolioManager, market: Market, publish: Publish) -> None:
        self._portfolio = portfolio
        self._market = market
        self._publish = publish
        self._declared: list[DividendDeclared] = []
        self._owed: list[_Entitlement] = []

    def on_declared(self, event: DividendDeclared) -> None:
        """Remember a dividend."""
        self._declared.append(event)

    def between(self, symbol: str, after: date, until: date) -> tuple[DividendDeclared, ...]:
        """Known dividends whose ex-date comes after one date, and not after another."""
        return tuple(one for one in self._declared if one.symbol == symbol and after < one.ex_date <= until)

    def settle_night(self, ended: date, begins: date) -> None:
        """Entitle who holds shares over the night, and pay what is due in the morning."""
        if not self._declared:
            return
        for dividend in [one for one in self._declared if ended < one.ex_date <= begins]:
            for position in self._portfolio.positions.values():
                shares = sum(leg.quantity for leg in position.legs if leg.instrument == Stock(dividend.symbol))
                if shares:
                    paid_on = dividend.pay_date or dividend.ex_date
                    entitled = _Entitlement(paid_on, dividend.symbol, shares * dividend.amount, position.position_id)
                    self._owed.append(entitled)
        due = [one for one in self._owed if one.pay_date <= begins]
        self._owed = [one for one in self._owed if one.pay_date > begins]
        for one in due:
            self._publish(DividendPaid(self._market.now, one.symbol, one.amount, one.position_id))
