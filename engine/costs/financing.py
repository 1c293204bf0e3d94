"""Interest on cash and debit, and the cost of borrowed shares, night by night, booked at session ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from engine.bus import Publish
from engine.costs.account_terms import FinancingConfig, RateStep
from engine.errors import ConfigurationError
from engine.events import InterestAccrued
from engine.market import Market
from engine.money import Micros, to_micros
from engine.portfolio import PortfolioManager


@dataclass(frozen=True, slots=True)
class _Overnight:
    """What an account holds from one session to the next.

    Attributes:
        short_shares: exact value of short shares by symbol, positive.
    """

    since: date
    cash: Micros
    short_shares: tuple[tuple[str, Micros], ...]


class Financing:
    """Accrues at each session end for the nights since the one before, on what was held over them.

    A night belongs to the date on which it begins: over a week-end three nights count, at the rate of each. Proceeds of
    short shares are the lender's security and earn nothing.
    """

    def __init__(
        self, terms: FinancingConfig, rates: Sequence[RateStep], portfolio: PortfolioManager, market: Market,
        publish: Publish,
    ) -> None:  # fmt: skip
        self._terms = terms
        self._rates = sorted(rates, key=lambda step: step.since)
        self._portfolio = portfolio
        self._market = market
        self._publish = publish
        self._overnight: _Overnight | None = None

    def on_session_end(self, day: date) -> None:
        """Book what the nights up to this session brought and cost.

        Raises:
            ConfigurationError: when the benchmark has no rate for one of them.
        """
        accrued = 0
        if self._overnight is not None:
            for reason, amount in self._accruals(self._overnight, day):
                if amount:
                    self._publish(InterestAccrued(self._market.now, amount, reason))
                    accrued += amount
        self._overnight = replace(self._held(day), cash=self._portfolio.ledger.cash + accrued)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _held(self, day: date) -> _Overnight:
        short = tuple(
            (symbol, -shares * to_micros(self._market.price_of(symbol)[0]))
            for symbol, shares in self._portfolio.shares().items()
            if shares < 0
        )
        return _Overnight(day, self._portfolio.ledger.cash, short)

    def _accruals(self, held: _Overnight, until: date) -> list[tuple[str, Micros]]:
        terms = self._terms
        benchmarks = [self._benchmark(held.since + timedelta(night)) for night in range((until - held.since).days)]
        earning = held.cash - sum(value for _, value in held.short_shares) - to_micros(terms.cash_threshold_usd)
        earned = [max(rate - terms.cash_spread_percent, 0.0) for rate in benchmarks]
        charged = [max(rate + terms.debit_spread_percent, 0.0) for rate in benchmarks]
        return [
            ("cash", self._interest(max(earning, 0), earned)),
            ("debit", self._interest(min(held.cash, 0), charged)),
            *(
                (f"borrowed {symbol}", -self._interest(value, [self._borrow_percent(symbol)] * len(benchmarks)))
                for symbol, value in held.short_shares
            ),
        ]

    def _benchmark(self, night: date) -> float:
        place = bisect_right(self._rates, night, key=lambda step: step.since)
        if place == 0:
            raise ConfigurationError(f"account.financing: the benchmark has no rate of {night}; add an earlier one")
        return self._rates[place - 1].percent

    def _borrow_percent(self, symbol: str) -> float:
        return self._terms.borrow_percent_by_symbol.get(symbol, self._terms.borrow_percent)

    def _interest(self, balance: Micros, percents: Sequence[float]) -> Micros:
        """Simple interest of a balance over nights, rounded once, to the micro-dollar."""
        if not balance:
            return 0
        # Shortest decimal of each rate, so that 4.33 is 433 hundredths and not the binary fraction next to it.
        total = sum((Fraction(repr(percent)) for percent in percents), Fraction(0))
        return round(balance * total / (100 * self._terms.days_per_year))


def benchmark_rates(terms: FinancingConfig, stored: Sequence[RateStep]) -> tuple[RateStep, ...]:
    """The benchmark by dates.

    Args:
        stored: what the store knows; asked for where the configuration says so.

    Raises:
        ConfigurationError: when it should be the store's, and the store has none.
    """
    if terms.benchmark_percent == "store":
        if not stored:
            raise ConfigurationError(
                "account.financing.benchmark_percent: this run's data have no interest rates; import some, or write "
                "a number"
            )
        return tuple(stored)
    if isinstance(terms.benchmark_percent, tuple):
        return terms.benchmark_percent
    return (RateStep(since=date.min, percent=float(terms.benchmark_percent)),)
