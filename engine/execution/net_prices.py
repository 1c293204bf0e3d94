"""Exact leg prices of a package: its net rounded to its tick against the trader, and never worse than a limit.

Money is that of the package in lowest terms (2 x 2 is 1 x 1 twice); a debit is positive, a credit negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from operator import mul
from typing import Literal, TypeAlias

from engine.execution.leg_quotes import LegQuote
from engine.execution.rounding import round_up, spread_at_most, spread_remainder
from engine.model import OptionContract
from engine.money import MICROS_PER_USD, Micros, to_micros

NetRounding: TypeAlias = Literal["against_trader", "none"]


class PricedPackage:
    """Legs that can trade at the exact prices of a fill model, and how far each can still move against the trader.

    Args:
        prices: price of each leg by the model, USD per share.
        within_quotes: no leg leaves its bid and ask; else rounding may lead beyond them.
    """

    def __init__(self, quotes: Sequence[LegQuote], prices: Sequence[float], within_quotes: bool = True) -> None:
        common = 0
        for quote in quotes:
            common = gcd(common, quote.leg.ratio)
        self.common = common
        self._within_quotes = within_quotes
        self._weights: list[int] = []
        self._sizes: list[int] = []
        self._options: list[OptionContract | None] = []
        """The contract of each leg, None of shares."""
        self.exact: list[Micros] = []
        self._room: list[Micros] = []
        """How far each leg can still move to its touch, per share; shares cannot."""
        self.paid = 0
        tick, multiplier = 0.0, 0
        for number, quote in enumerate(quotes):
            instrument, ratio, price = quote.leg.instrument, quote.leg.ratio, prices[number]
            bid, ask = quote.sides
            if within_quotes:
                price = bid if price < bid else ask if price > ask else price
            exact = to_micros(price)
            option, room, weight = None, 0, ratio // common * instrument.multiplier
            if isinstance(instrument, OptionContract):
                option, room = instrument, to_micros(ask) - exact if ratio > 0 else exact - to_micros(bid)
                coarsest = instrument.series.ticks.package_usd
                tick = coarsest if coarsest > tick else tick
                multiplier = instrument.multiplier if instrument.multiplier > multiplier else multiplier
            self._weights.append(weight)
            self._sizes.append(abs(weight))
            self._options.append(option)
            self.exact.append(exact)
            self._room.append(room if room > 0 else 0)
            self.paid += weight * exact
        self._package_tick = to_micros(tick) * multiplier

    def money(self, prices: Sequence[Micros]) -> Micros:
        """Exact money paid for the package at leg prices."""
        return sum(map(mul, self._weights, prices))

    def rounded(self, rounding: NetRounding) -> tuple[Micros, ...]:
        """Prices at the model's net, rounded to its tick against the trader where asked.

        Several legs round to the coarsest `TickRule.package_usd` among the options, a single option to the increment
        at its price, shares alone to nothing. Options carry the remainder as `engine.execution.rounding` says, shares
        carry none. A net that rounding would push beyond the touch of all options stays at that touch.
        """
        if rounding == "none":
            return tuple(self.exact)
        tick = self._tick(self.exact[0])
        remainder = -self.paid % tick if tick else 0
        if not remainder:
            return tuple(self.exact)
        room = self._room if self._within_quotes else self._room_for(remainder)
        return self._conceding(spread_remainder(remainder, self._sizes, room))

    def limited(self, limit: Micros, rounding: NetRounding, *, at_model: bool) -> tuple[Micros, ...] | None:
        """Prices at which a limit order trades, or None while the model's price is worse than the limit.

        An order that is marketable when it comes trades at the model's price (`at_model`); one that rested trades at
        its limit, or at the touch where that is better. Where nets are rounded, a limit between two ticks acts as the
        better one for the trader; a quote that is itself between them can be taken.

        Args:
            limit: most money paid for the package in lowest terms.
        """
        if self.paid > limit:
            return None
        modelled = self.rounded(rounding)
        if at_model and self.money(modelled) <= limit:
            return modelled
        room = self._room
        if self.paid + self._most(room) <= limit:
            return self._conceding(room)
        target = limit if rounding == "none" else -round_up(-limit, self._tick_of(limit))
        if self.paid > target:
            return None
        return self._conceding(spread_at_most(target - self.paid, self._sizes, room))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _conceding(self, given: Sequence[Micros]) -> tuple[Micros, ...]:
        prices = []
        for number, weight in enumerate(self._weights):  # one pass: a package has two legs, and maps would be three
            exact = self.exact[number]
            prices.append(exact + given[number] if weight > 0 else exact - given[number])
        return tuple(prices)

    def _most(self, room: Sequence[Micros]) -> Micros:
        return sum(map(mul, self._sizes, room))

    def _room_for(self, remainder: Micros) -> list[Micros]:
        """Room for a remainder wherever the touch is; a sale stops at nothing."""
        legs = zip(self._options, self._sizes, strict=True)
        wide = [0 if option is None else remainder // size + 1 for option, size in legs]
        return [
            slack if weight > 0 else min(slack, price)
            for slack, weight, price in zip(wide, self._weights, self.exact, strict=True)
        ]

    def _tick_of(self, money: Micros) -> Micros:
        return self._tick(abs(money) // self._sizes[0])

    def _tick(self, price: Micros) -> Micros:
        """Tick of the net in money of one package; 0 where no option gives one.

        Args:
            price: of the option, where it is alone.
        """
        if len(self._options) > 1:
            return self._package_tick
        (option,) = self._options
        if option is None:
            return 0
        return to_micros(option.series.ticks.increment(price / MICROS_PER_USD)) * option.multiplier


def package_prices(
    quotes: Sequence[LegQuote], prices: Sequence[float], net_rounding: NetRounding, *, within_quotes: bool = True
) -> tuple[Micros, ...]:
    """Exact leg prices of a package, its net rounded where asked (`PricedPackage.rounded`).

    Args:
        quotes: legs that can trade: `blocked_legs` named no reason.
        prices: price of each leg by the fill model, USD per share.

    Returns:
        Micro-dollars per share, one per leg, each within its bid and ask unless the model leaves them.
    """
    return PricedPackage(quotes, prices, within_quotes).rounded(net_rounding)
