"""Fill models: the price at which a package trades against the quotes of one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, isnan
from typing import Final, Literal, Protocol

from engine.config import FillConfig, MidFills, SpreadFractionFills
from engine.execution.rounding import round_up, spread_remainder
from engine.model import BLOCKS_BUY, BLOCKS_SELL, UNFLAGGED, Leg, OptionContract, QuoteFlag
from engine.money import MICROS_PER_USD, Micros, to_micros


@dataclass(frozen=True, slots=True)
class LegQuote:
    """A leg and the quote it would trade against, USD per share."""

    leg: Leg
    bid: float
    ask: float
    flags: QuoteFlag = UNFLAGGED


class FillModel(Protocol):
    """Prices of the legs of one package that trades as a whole."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for the summary's assumptions."""

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Price of each leg, USD per share, within its bid and ask, before the net is rounded."""


# --- what can trade ---------------------------------------------------------------------------------------------

_NAMED_FIRST: Final = (
    QuoteFlag.MISSING,
    QuoteFlag.EXPIRED,
    QuoteFlag.OFF_HOURS,
    QuoteFlag.CROSSED,
    QuoteFlag.STUB,
    QuoteFlag.STALE,
    QuoteFlag.OUTLIER,
    QuoteFlag.NO_BID,
    QuoteFlag.NO_ASK,
)
"""The order in which one reason is picked where a quote has several flags."""


def blocked_legs(quotes: Sequence[LegQuote | None]) -> tuple[str | None, ...]:
    """Why each leg cannot trade on the side it needs; None where it can.

    The reason is the flag's name in lower case. A quote that is absent, or NaN on the needed side, is `missing`; a
    needed side at zero is `no_bid` or `no_ask`, and bid above ask is `crossed`, whether the data says so or not.
    """
    return tuple(_blocked(quote) for quote in quotes)


def _blocked(quote: LegQuote | None) -> str | None:
    if quote is None:
        return QuoteFlag.MISSING.name.lower() if QuoteFlag.MISSING.name else None
    buys = quote.leg.ratio > 0
    needed = quote.ask if buys else quote.bid
    found = quote.flags
    if isnan(needed):
        found |= QuoteFlag.MISSING
    elif needed <= 0.0:
        found |= QuoteFlag.NO_ASK if buys else QuoteFlag.NO_BID
    elif quote.bid > quote.ask > 0.0:
        found |= QuoteFlag.CROSSED
    found &= BLOCKS_BUY if buys else BLOCKS_SELL
    return next((str(flag.name).lower() for flag in _NAMED_FIRST if flag & found), None)


def _sides(quote: LegQuote) -> tuple[float, float]:
    """Bid and ask of a leg that can trade: without a bid a buyer faces 0; without an ask a seller gets the bid."""
    bid = quote.bid if quote.bid > 0.0 and not quote.flags & QuoteFlag.NO_BID else 0.0
    ask = quote.ask if quote.ask > 0.0 and not quote.flags & QuoteFlag.NO_ASK else bid
    return bid, ask


def _toward_touch(quote: LegQuote, fraction: float) -> float:
    """Price at a fraction of the way from the other side of the quote to the one the leg takes."""
    bid, ask = _sides(quote)
    distance = fraction * (ask - bid)
    price = bid + distance if quote.leg.ratio > 0 else ask - distance
    return min(max(price, bid), ask)


# --- models -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpreadFraction:
    """Options at a fraction of the spread that depends on their number in the package, shares at the touch.

    Attributes:
        fraction_by_legs: fraction for one, two, three, and four or more option legs; 0.5 is mid, 1 is touch.
    """

    fraction_by_legs: tuple[float, ...]

    @property
    def name(self) -> str:
        """`spread_fraction` with its fractions."""
        return f"spread_fraction({', '.join(f'{fraction:g}' for fraction in self.fraction_by_legs)})"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Buy at bid + f (ask - bid), sell at ask - f (ask - bid)."""
        options = sum(isinstance(quote.leg.instrument, OptionContract) for quote in quotes)
        fraction = self.fraction_by_legs[min(max(options, 1), len(self.fraction_by_legs)) - 1]
        return tuple(
            _toward_touch(quote, fraction if isinstance(quote.leg.instrument, OptionContract) else 1.0)
            for quote in quotes
        )


@dataclass(frozen=True, slots=True)
class Mid:
    """Every leg in the middle of its bid and ask."""

    @property
    def name(self) -> str:
        """`mid`."""
        return "mid"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """Half way."""
        return tuple(_toward_touch(quote, 0.5) for quote in quotes)


@dataclass(frozen=True, slots=True)
class Touch:
    """Buy at the ask, sell at the bid."""

    @property
    def name(self) -> str:
        """`touch`."""
        return "touch"

    def prices(self, quotes: Sequence[LegQuote]) -> tuple[float, ...]:
        """The side that the leg takes."""
        return tuple(_toward_touch(quote, 1.0) for quote in quotes)


def fill_model(config: FillConfig) -> FillModel:
    """The model that a configuration asks for."""
    if isinstance(config, SpreadFractionFills):
        return SpreadFraction(config.fraction_by_legs)
    return Mid() if isinstance(config, MidFills) else Touch()


# --- exact prices -----------------------------------------------------------------------------------------------


def package_prices(
    quotes: Sequence[LegQuote], prices: Sequence[float], net_rounding: Literal["against_trader", "none"]
) -> tuple[Micros, ...]:
    """Exact leg prices of a package, its net rounded to its tick against the trader where asked.

    The net is the money of one package in lowest terms (2 x 2 is 1 x 1 twice) divided by the option multiplier, the
    largest where they differ. Several legs round to the coarsest `TickRule.package_usd` among the options, a single
    option to the increment at its price, shares alone to nothing. Options carry the remainder as
    `engine.execution.rounding` says, shares carry none. A net that rounding would push beyond the touch of all
    options stays at that touch.

    Args:
        quotes: legs that can trade: `blocked_legs` named no reason.
        prices: price of each leg by the fill model, USD per share.

    Returns:
        Micro-dollars per share, one per leg, each within its bid and ask.
    """
    exact = [_exact_price(quote, price) for quote, price in zip(quotes, prices, strict=True)]
    if net_rounding == "none":
        return tuple(exact)
    common = gcd(*(quote.leg.ratio for quote in quotes))
    weights = [quote.leg.ratio // common * quote.leg.multiplier for quote in quotes]
    paid = sum(weight * price for weight, price in zip(weights, exact, strict=True))
    remainder = round_up(paid, _tick_money(quotes, exact)) - paid
    options = [leg for leg, quote in enumerate(quotes) if isinstance(quote.leg.instrument, OptionContract)]
    room = [_room(quotes[leg], exact[leg]) for leg in options]
    sizes = [abs(weights[leg]) for leg in options]
    most = sum(size * slack for size, slack in zip(sizes, room, strict=True))
    given = tuple(room) if remainder >= most else spread_remainder(remainder, sizes, room)
    for leg, concession in zip(options, given, strict=True):
        exact[leg] += concession if weights[leg] > 0 else -concession
    return tuple(exact)


def _exact_price(quote: LegQuote, price: float) -> Micros:
    bid, ask = _sides(quote)
    return min(max(to_micros(price), to_micros(bid)), to_micros(ask))


def _room(quote: LegQuote, price: Micros) -> Micros:
    """How far a price can still move against the trader, per share."""
    bid, ask = _sides(quote)
    return to_micros(ask) - price if quote.leg.ratio > 0 else price - to_micros(bid)


def _tick_money(quotes: Sequence[LegQuote], exact: Sequence[Micros]) -> Micros:
    """Tick of the net in money of one package; 0 where no option gives one."""
    options = [quote.leg.instrument for quote in quotes if isinstance(quote.leg.instrument, OptionContract)]
    if not options:
        return 0
    if len(quotes) == 1:
        tick = options[0].series.ticks.increment(exact[0] / MICROS_PER_USD)
    else:
        tick = max(option.series.ticks.package_usd for option in options)
    return to_micros(tick) * max(option.multiplier for option in options)
