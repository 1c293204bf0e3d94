"""Deals: what the present chains, or a bar, make of a resting order; the broker turns them into fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final, NamedTuple, TypeAlias

from engine.config import ExecutionConfig
from engine.costs.deal import DealtLeg
from engine.execution.fills import FillModel
from engine.execution.leg_quotes import LegQuote, blocked_legs
from engine.execution.net_prices import PricedPackage
from engine.execution.quotes import quotes_of, side_alone
from engine.execution.resting import Resting, limit_of
from engine.execution.shown_sizes import SIZE_TOO_SMALL, ShownSizes
from engine.market import Market
from engine.model import Intent, Leg, OptionContract, QuoteFlag
from engine.money import Micros

NO_BID: Final = "no_bid"
"""The one reason for which a leg that closes can be left behind: nobody wants to buy it."""
UNPRICED: Final = "unpriced"
"""The fill model has no price for a leg."""

_Quotes: TypeAlias = Sequence[LegQuote]


@dataclass(slots=True)
class Deal:
    """What trades of an order at one instant, before fees.

    Attributes:
        packages: how many trade.
        left_open: long legs without a bid that stay behind.
    """

    packages: int
    legs: tuple[DealtLeg, ...]
    left_open: tuple[Leg, ...] = ()


class Blocked(NamedTuple):
    """What was in the way of an order that would trade at any price."""

    reasons: tuple[str, ...]


class ChainDealer:
    """Trades packages against the present chains."""

    def __init__(self, model: FillModel, execution: ExecutionConfig, market: Market) -> None:
        self._model = model
        self._execution = execution
        self._market = market
        self._sizes = None if execution.shown_size == "ignore" else ShownSizes(execution.size_percent)

    def deal(self, resting: Resting) -> Deal | Blocked | None:
        """The deal of an order in full or without its worthless long legs, what blocks it, or None: it waits.

        It waits while one of its chains is missing, or the model's price is worse than its limit.
        """
        quotes = quotes_of(resting.order, self._market)
        if quotes is None:
            return None
        if self._execution.crossed_quotes == "trade":
            quotes = tuple(side_alone(quote) for quote in quotes)
        tradable: _Quotes = quotes
        leave_behind: _Quotes = ()
        reasons = blocked_legs(quotes, self._execution.max_quote_age_s)
        if any(reasons):
            parted = self._parted(resting.order.intent, quotes, reasons)
            if isinstance(parted, Blocked):
                return parted
            tradable, leave_behind = parted
        packages = resting.remaining if self._sizes is None else self._fitting(self._sizes, resting, tradable)
        if isinstance(packages, str):
            return Blocked((packages,))
        legs = self._legs(resting, tradable, packages)
        if legs is None or isinstance(legs, Blocked):
            return legs
        if self._sizes is not None:
            self._sizes.take(tradable, packages)
        return self._leaving(leave_behind, packages, legs) if leave_behind else Deal(packages, legs)

    def _leaving(self, worthless: _Quotes, packages: int, legs: tuple[DealtLeg, ...]) -> Deal:
        if self._keeps_worthless:
            return Deal(packages, legs, tuple([quote.leg for quote in worthless]))
        return Deal(packages, legs + tuple([given_up(quote, packages) for quote in worthless]))

    @property
    def _keeps_worthless(self) -> bool:
        return self._execution.worthless_long == "keep"

    def _parted(
        self, intent: Intent, quotes: _Quotes, reasons: Sequence[str | None]
    ) -> tuple[_Quotes, _Quotes] | Blocked:
        """What can trade, and worthless long legs that are left behind; or what is in the way of the others."""
        tradable = [quote for quote, reason in zip(quotes, reasons, strict=True) if reason is None]
        worthless = [quote for quote, reason in zip(quotes, reasons, strict=True) if reason == NO_BID]
        leave_behind = worthless if intent is Intent.CLOSE and (tradable or not self._keeps_worthless) else []
        if len(tradable) + len(leave_behind) < len(quotes):
            return Blocked(tuple(reason for reason in reasons if reason is not None))
        return tradable, leave_behind

    def _fitting(self, sizes: ShownSizes, resting: Resting, tradable: _Quotes) -> int | str:
        """Packages that the shown sizes let trade now, at least one, or what is in the way."""
        fitting = sizes.packages(tradable)
        if isinstance(fitting, str):
            return fitting
        least = 1 if self._execution.shown_size == "partial" else resting.remaining
        return min(fitting, resting.remaining) if fitting >= least else SIZE_TOO_SMALL

    def _legs(
        self, resting: Resting, quotes: Sequence[LegQuote], packages: int
    ) -> tuple[DealtLeg, ...] | Blocked | None:
        if not quotes:
            return () if within_limit(resting, 0) else None
        for quote in quotes:
            quote.contracts = abs(quote.leg.ratio) * packages
        modelled = self._model.prices(quotes)
        if isnan(sum(modelled)):
            return Blocked((UNPRICED,))
        package = PricedPackage(quotes, modelled, self._model.within_quotes)
        rounding, limit = self._execution.net_rounding, limit_of(resting.order)
        if limit is None:
            prices = package.rounded(rounding)
        else:
            limited = package.limited(limit // package.common, rounding, at_model=not resting.met_market)
            if limited is None:
                return None
            prices = limited
        dealt, computed = [], self._model.theoretical
        for number, quote in enumerate(quotes):
            leg, price, bid, ask = quote.leg, prices[number], quote.bid, quote.ask
            instrument, quantity = leg.instrument, leg.ratio * packages
            theoretical = computed and isinstance(instrument, OptionContract)
            dealt.append(DealtLeg(instrument, quantity, price, leg.closes, bid, ask, quote.flags, theoretical))
        return tuple(dealt)


def within_limit(resting: Resting, paid: Micros) -> bool:
    """Whether so much money for one package keeps to the limit of an order."""
    limit = limit_of(resting.order)
    return limit is None or paid <= limit


def given_up(quote: LegQuote, packages: int) -> DealtLeg:
    """A long leg handed over for nothing."""
    leg, flags = quote.leg, quote.flags | QuoteFlag.NO_BID
    return DealtLeg(leg.instrument, leg.ratio * packages, 0, False, quote.bid, quote.ask, flags)


def dealt_shares(quote: LegQuote, packages: int, price: Micros) -> DealtLeg:
    """Shares that trade on a bar, beside their quote where there is one."""
    leg = quote.leg
    return DealtLeg(leg.instrument, leg.ratio * packages, price, leg.closes, quote.bid, quote.ask)
