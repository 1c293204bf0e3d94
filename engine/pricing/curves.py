"""Rates and dividends by date: what was known at an instant, and the forward that follows from it.

Rates are continuously compounded decimals, times years (actual/365 fixed), dates instants. Nothing here looks ahead: an
answer about an instant does not depend on what was published or declared after it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np

from engine.instants import NANOS_PER_DAY, Instant, instant, iso, years_between
from engine.pricing.elementwise import exp
from engine.pricing.errors import NotYetPublished, PricingInputError
from engine.pricing.types import Dividends, FloatArray, Numbers

_ALWAYS = instant(datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class RateCurve:
    """Zero rates at tenors; log discount factors are linear between them, and the zero rate is flat beyond the ends.

    Linear log discount factors mean forward rates that are constant from tenor to tenor and depend on the two nearest
    ones only (Hagan and West, "Interpolation Methods for Curve Construction", 2006, the raw method).

    Attributes:
        tenors: years, positive and strictly ascending.
        rates: one continuously compounded decimal per tenor.

    Raises:
        PricingInputError: when tenors or rates are not so.
    """

    tenors: tuple[float, ...]
    rates: tuple[float, ...]
    _growth: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.tenors or len(self.tenors) != len(self.rates):
            raise PricingInputError(
                f"a curve has a rate for each tenor: {len(self.tenors)} and {len(self.rates)} given"
            )
        if not all(math.isfinite(value) for value in (*self.tenors, *self.rates)):
            raise PricingInputError("tenors and rates of a curve are finite numbers")
        if any(later <= earlier for earlier, later in pairwise((0.0, *self.tenors))):
            raise PricingInputError(f"tenors are positive years in ascending order, not {self.tenors}")
        growth = tuple(years * rate for years, rate in zip(self.tenors, self.rates, strict=True))
        object.__setattr__(self, "_growth", growth)

    @classmethod
    def flat(cls, rate: float) -> RateCurve:
        """Return the curve that has one rate for all times."""
        return cls((1.0,), (rate,))

    def rate(self, years: Numbers) -> FloatArray:
        """Zero rates for times in years, in their shape; NaN for a time below zero."""
        times = np.asarray(years, dtype=np.float64)
        with np.errstate(all="ignore"):
            between = np.interp(times, self.tenors, self._growth) / times
        known = np.where(
            times <= self.tenors[0], self.rates[0], np.where(times >= self.tenors[-1], self.rates[-1], between)
        )
        return np.where(times >= 0.0, known, np.nan)

    def discount(self, years: Numbers) -> FloatArray:
        """Values now of 1.00 paid after times in years, in their shape; NaN for a time below zero."""
        return np.asarray(exp(-self.rate(years) * np.asarray(years, dtype=np.float64)))


@dataclass(frozen=True, slots=True)
class RateHistory:
    """Curves by the instant at which they were published.

    Attributes:
        publications: pairs (instant, curve), strictly ascending.

    Raises:
        PricingInputError: when there are none or they are not ascending.
    """

    publications: tuple[tuple[Instant, RateCurve], ...]

    def __post_init__(self) -> None:
        if not self.publications:
            raise PricingInputError("a history of rates has at least one publication")
        for (earlier, _), (later, _) in pairwise(self.publications):
            if later <= earlier:
                raise PricingInputError(f"publications of rates are not ascending at {iso(later)}")

    @classmethod
    def constant(cls, rate: float) -> RateHistory:
        """Return the history in which one rate was always known."""
        return cls(((_ALWAYS, RateCurve.flat(rate)),))

    def known_at(self, now: Instant) -> RateCurve:
        """Return the last curve published at or before now; raises `NotYetPublished` when there is none."""
        place = bisect_right(self.publications, now, key=lambda publication: publication[0])
        if place == 0:
            first = iso(self.publications[0][0])
            raise NotYetPublished(f"no rate was known at {iso(now)}: the first is of {first}; add earlier rates")
        return self.publications[place - 1][1]


@dataclass(frozen=True, slots=True, order=True)
class CashDividend:
    """A dividend as it was declared; a later declaration for the same ex-date replaces it, with 0.00 cancels it.

    Attributes:
        declared_at: when it became known; the ex-date itself where nobody knows better, then it never surprises.
        ex_at: when spot drops by it: the open of the ex-date.
        amount: per share, zero or more, in the currency of spot; regular and special ones of an ex-date added up.

    Raises:
        PricingInputError: for an amount that is none, or a declaration after the ex-date.
    """

    declared_at: Instant
    ex_at: Instant
    amount: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.amount < math.inf:
            raise PricingInputError(
                f"the dividend of {iso(self.ex_at)} is {self.amount}, not an amount of zero or more"
            )
        if self.declared_at > self.ex_at:
            raise PricingInputError(f"the dividend of {iso(self.ex_at)} is declared later, at {iso(self.declared_at)}")


@dataclass(frozen=True, slots=True)
class DividendSchedule:
    """Cash dividends, in any order.

    Attributes:
        dividends: as declared.
        repeat_days: assume that the dividend with the last known ex-date is paid again every so many days; None assumes
            nothing, and options are priced on what was declared.

    Raises:
        PricingInputError: when repeat_days is not positive, or a declaration for an ex-date comes twice.
    """

    dividends: tuple[CashDividend, ...] = ()
    repeat_days: int | None = None

    def __post_init__(self) -> None:
        if self.repeat_days is not None and self.repeat_days < 1:
            raise PricingInputError(f"dividends repeat after at least a day, not {self.repeat_days}")
        ordered = sorted(self.dividends)
        for one, other in pairwise(ordered):
            if (one.declared_at, one.ex_at) == (other.declared_at, other.ex_at):
                raise PricingInputError(
                    f"the dividend of {iso(one.ex_at)} is declared twice at once; add the amounts up"
                )
        object.__setattr__(self, "dividends", tuple(ordered))

    def between(self, now: Instant, expiry: Instant) -> Dividends:
        """Return ((years from now, amount), ...) of ex-dates after now and until expiry, for `engine.pricing.price`.

        Only what was declared at or before now counts, and what is assumed to follow from it.
        """
        known = {one.ex_at: one.amount for one in self.dividends if one.declared_at <= now}
        paid = [(ex_at, amount) for ex_at, amount in sorted(known.items()) if amount > 0.0]
        due = [*paid, *self._repeated(paid, expiry)]
        return tuple((years_between(now, ex_at), amount) for ex_at, amount in due if now < ex_at <= expiry)

    def _repeated(self, paid: list[tuple[Instant, float]], expiry: Instant) -> Iterable[tuple[Instant, float]]:
        if self.repeat_days is None or not paid:
            return ()
        last, amount = paid[-1]
        step = self.repeat_days * NANOS_PER_DAY
        return ((ex_at, amount) for ex_at in range(last + step, expiry + 1, step))


@dataclass(frozen=True, slots=True)
class ForwardCurve:
    """What carrying an underlying costs and pays: rates, a constant dividend yield, and cash dividends.

    Attributes:
        rates: as published.
        dividend_yield: a continuously compounded decimal, for indices and what pays continuously.
        dividends: cash by which spot drops.

    Raises:
        PricingInputError: when the yield is not finite.
    """

    rates: RateHistory
    dividend_yield: float = 0.0
    dividends: DividendSchedule = DividendSchedule()

    def __post_init__(self) -> None:
        if not math.isfinite(self.dividend_yield):
            raise PricingInputError(f"the dividend yield is a finite decimal, not {self.dividend_yield}")

    def forward(self, spot: float, *, now: Instant, expiry: Instant) -> float:
        """Forward price for expiry as known now, in the currency of spot: the fall-back of `parity_forward`.

        F = (S exp(-q T) - sum of D discount(t) exp(-q (T - t))) / discount(T), which is the forward of
        `engine.pricing.price` with the same dividends. Raises `NotYetPublished` when no rate was known, and
        `PricingInputError` when expiry is before now or spot is not positive.
        """
        years = years_between(now, expiry)
        if years < 0.0 or not 0.0 < spot < math.inf:
            raise PricingInputError(f"a forward needs a positive spot and an expiry not before {iso(now)}")
        curve = self.rates.known_at(now)
        worth = [spot * math.exp(-self.dividend_yield * years)]
        for time, amount in self.dividends.between(now, expiry):
            worth.append(-amount * float(curve.discount(time)) * math.exp(-self.dividend_yield * (years - time)))
        return math.fsum(worth) / float(curve.discount(years))
