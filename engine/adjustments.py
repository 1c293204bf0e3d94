"""What corporate actions make of one instrument (RULES 6.1 to 6.4); pure, without an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Final, NamedTuple

from engine.events import AdjustmentReason
from engine.model import Deliverable, Instrument, OptionContract, OptionSeries, Right, Stock, osi_symbol
from engine.money import Micros, to_micros, to_usd

FindContract = Callable[[OptionSeries, Right, float], OptionContract]
"""The contract of a series, as the data of the run know it, or one that no chain quotes."""

_LONGEST_ROOT: Final = 6


class Adjusted(NamedTuple):
    """What one unit of an instrument becomes: `ratio` units of another one."""

    instrument: Instrument
    ratio: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class SplitAdjustment:
    """Shares become `ratio` shares each.

    A whole split leaves contracts standard: so many more of them at so much lower strikes. Any other split changes what
    the contract delivers, for the same money, under a root with a number (RULES 6.2, 6.3).

    Attributes:
        price_after: exact price of a share after it; fractions of a share are delivered in cash at it.
    """

    symbol: str
    ratio: Fraction
    price_after: Micros
    reason: ClassVar[AdjustmentReason] = AdjustmentReason.SPLIT

    def of(self, instrument: Instrument, find: FindContract) -> Adjusted:
        """What an instrument on the symbol becomes."""
        if isinstance(instrument, Stock):
            return Adjusted(instrument, self.ratio)
        series = instrument.series
        if self.ratio.denominator == 1:
            return Adjusted(find(series, instrument.right, round(instrument.strike / self.ratio, 3)), self.ratio)
        shares = series.deliverable.shares * self.ratio
        whole = shares.numerator // shares.denominator
        cash = series.deliverable.cash + round((shares - whole) * self.price_after)
        adjusted = replace(series, root=numbered(series.root), deliverable=Deliverable(whole, cash))
        return Adjusted(find(adjusted, instrument.right, instrument.strike))


@dataclass(frozen=True, slots=True)
class StrikeCut:
    """A special dividend: strikes fall by what a share pays; shares stay what they are (RULES 6.1)."""

    symbol: str
    amount: Micros
    reason: ClassVar[AdjustmentReason] = AdjustmentReason.SPECIAL_DIVIDEND

    def of(self, instrument: Instrument, find: FindContract) -> Adjusted:
        """What an instrument on the symbol becomes; a strike that would not stay above nothing is left."""
        if isinstance(instrument, Stock):
            return Adjusted(instrument)
        strike = round(to_usd(to_micros(instrument.strike) - self.amount), 3)
        return Adjusted(find(instrument.series, instrument.right, strike) if strike > 0.0 else instrument)


@dataclass(frozen=True, slots=True)
class Renaming:
    """Shares, and the root of options on them, get another symbol."""

    symbol: str
    after: str
    reason: ClassVar[AdjustmentReason] = AdjustmentReason.NEW_SYMBOL

    def of(self, instrument: Instrument, find: FindContract) -> Adjusted:
        """What an instrument on the symbol becomes."""
        if isinstance(instrument, Stock):
            return Adjusted(Stock(self.after))
        series, old = instrument.series, _letters(self.symbol)
        is_own = series.root.rstrip("0123456789") == old
        root = _letters(self.after) + series.root.removeprefix(old) if is_own else series.root
        return Adjusted(find(replace(series, underlying=self.after, root=root), instrument.right, instrument.strike))


Adjustment = SplitAdjustment | StrikeCut | Renaming


def unquoted(series: OptionSeries, right: Right, strike: float) -> OptionContract:
    """A contract that no chain of the run quotes."""
    return OptionContract(osi_symbol(series.root, series.symbol_date, right, strike), -1, series, right, strike)


def numbered(root: str) -> str:
    """Root of an adjusted contract: `AMD` becomes `AMD1`, and that `AMD2`."""
    letters = root.rstrip("0123456789")
    number = str(int(root[len(letters) :] or "0") + 1)
    return letters[: _LONGEST_ROOT - len(number)] + number


def _letters(symbol: str) -> str:
    """Symbols of shares have points and slashes, roots of options have not."""
    return "".join(letter for letter in symbol if letter.isalnum())
