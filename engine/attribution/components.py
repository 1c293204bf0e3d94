"""Profit by its causes: exact amounts whose sum is the profit, of the run and of every position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.attribution.rates import KnownRates
from engine.attribution.revaluation import Steps, revalue
from engine.attribution.stretches import Booking, BookingKind, Stretches
from engine.config import PricingConfig
from engine.instants import NANOS_PER_DAY, Instant
from engine.model import ExerciseStyle, Instrument, OptionContract
from engine.money import MICROS_PER_USD, Micros


class Component(StrEnum):
    """A cause of profit.

    THETA is the whole step of time, RHO that of the rate. DELTA and GAMMA are parts of the step of the spot, VEGA,
    VANNA and VOLGA of that of the volatility; what the Greeks leave of a step is of higher order. UNEXPLAINED is what
    no volatility reproduces.
    """

    THETA = "theta"
    DELTA = "delta"
    GAMMA = "gamma"
    SPOT_HIGHER_ORDER = "spot_higher_order"
    VEGA = "vega"
    VANNA = "vanna"
    VOLGA = "volga"
    VOLATILITY_HIGHER_ORDER = "volatility_higher_order"
    RHO = "rho"
    SPREAD_COST = "spread_cost"
    FEES = "fees"
    DIVIDENDS = "dividends"
    FINANCING = "financing"
    ASSIGNMENT = "assignment"
    UNEXPLAINED = "unexplained"


_OF_BOOKINGS: Final[Mapping[BookingKind, Component]] = {
    BookingKind.SPREAD_COST: Component.SPREAD_COST,
    BookingKind.FEES: Component.FEES,
    BookingKind.DIVIDENDS: Component.DIVIDENDS,
    BookingKind.FINANCING: Component.FINANCING,
    BookingKind.ASSIGNMENT: Component.ASSIGNMENT,
    BookingKind.ADJUSTMENT: Component.UNEXPLAINED,
}
_HIGHER_ORDERS: Final = (Component.SPOT_HIGHER_ORDER, Component.VOLATILITY_HIGHER_ORDER)

_ACCOUNT: Final = np.iinfo(np.int64).max
"""Stands for the account where positions are numbers: after all of them."""
_PLACES: Final = {component: place for place, component in enumerate(Component)}

Amounts: TypeAlias = NDArray[np.int64]
"""Exact amounts; the last axis is that of the components."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How much of what moved is explained, over positions and days (UTC): sums of the sizes of their amounts.

    Attributes:
        position_days: days on which a position was looked at.
        moved: sum of the sizes of all components.
        unexplained, higher_order: sum of the sizes of these.
    """

    position_days: int
    moved: Micros
    unexplained: Micros
    higher_order: Micros

    @property
    def unexplained_fraction(self) -> float | None:
        """Unexplained by everything that moved; None where nothing did."""
        return self.unexplained / self.moved if self.moved else None

    @property
    def higher_order_fraction(self) -> float | None:
        """Higher orders by everything that moved; None where nothing did."""
        return self.higher_order / self.moved if self.moved else None


@dataclass(frozen=True, slots=True, eq=False)
class DailyAmounts:
    """Amounts of every position and exchange date on which something moved or was booked, ascending by both.

    Attributes:
        days: exchange date of each row: that of the mark, the settlement or the booking that an amount ends with.
        position_ids: of each row; None, after all others of the day, where the account as a whole bears it.
        amounts: shape (rows, components); all of them together are the profit of the run.
    """

    days: tuple[date, ...]
    position_ids: tuple[int | None, ...]
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Attribution:
    """Profit of a run by component, exact.

    Attributes:
        by_position: the same of every position that something moved, by its id; under None what the account bore.
        by_day: the same of every position and exchange date.
        daily: quality over position-days whose holdings were all marked on the evening before.
        after_gaps: the same over all others.
    """

    by_position: Mapping[int | None, Mapping[Component, Micros]]
    by_day: DailyAmounts
    daily: Quality
    after_gaps: Quality

    @property
    def total(self) -> dict[Component, Micros]:
        """Sum over all positions and the account; its own sum is the profit of the run."""
        return added(self.by_position.values())


def attribution_of(
    stretches: Stretches,
    bookings: Sequence[Booking],
    pricing: PricingConfig,
    date_of: Callable[[Instant], date],
    later_rates: Sequence[tuple[Instant, float]] = (),
) -> Attribution:
    """Every stretch and every booking by its causes.

    Args:
        date_of: exchange date of an instant.
        later_rates: rates per year that took the place of `pricing.rate`, and from when on they were known, ascending.
    """
    amounts = _split(stretches, KnownRates(pricing.rate, tuple(later_rates)), pricing.dividend_yield)
    held, of_held = np.unique(stretches.position_id, return_inverse=True)
    by_position: dict[int | None, list[Mapping[Component, Micros]]] = {
        number: [dict(zip(Component, row, strict=True))]
        for number, row in zip(held.tolist(), _summed(amounts, of_held, len(held)).tolist(), strict=True)
    }
    for booking in bookings:
        booked = {_OF_BOOKINGS[booking.kind]: booking.amount}
        by_position.setdefault(booking.position_id, []).append(booked)
    ordered = sorted(by_position, key=lambda number: (number is None, number or 0))
    daily, after_gaps = _qualities(stretches, amounts, of_held)
    by_day = _by_day(stretches, amounts, bookings, date_of)
    return Attribution({number: added(by_position[number]) for number in ordered}, by_day, daily, after_gaps)


def _split(stretches: Stretches, rates: KnownRates, dividend_yield: float) -> Amounts:
    """Amounts of each stretch, whose sum is its profit; shape (stretches, components)."""
    amounts = np.zeros((len(stretches), len(_PLACES)), np.int64)
    amounts[:, _PLACES[Component.DELTA]] = stretches.profit
    for style in ExerciseStyle:
        of_style = np.array([_style(one) is style for one in stretches.instruments], np.bool_)
        chosen = of_style[stretches.instrument]
        if chosen.any():
            options = stretches.where(chosen)
            amounts[chosen] = _of_options(options, revalue(options, style, rates, dividend_yield))
    return amounts


def _style(instrument: Instrument) -> ExerciseStyle | None:
    """Exercise style of an option; None of shares."""
    return instrument.series.style if isinstance(instrument, OptionContract) else None


def _of_options(stretches: Stretches, steps: Steps) -> Amounts:
    parts = {
        Component.THETA: steps.time,
        Component.DELTA: steps.delta,
        Component.GAMMA: steps.gamma,
        Component.SPOT_HIGHER_ORDER: steps.spot - steps.delta - steps.gamma,
        Component.VEGA: steps.vega,
        Component.VANNA: steps.vanna,
        Component.VOLGA: steps.volga,
        Component.VOLATILITY_HIGHER_ORDER: steps.volatility - steps.vega - steps.vanna - steps.volga,
        Component.RHO: steps.rate,
    }
    sizes = stretches.shares * float(MICROS_PER_USD)
    amounts = np.zeros((len(stretches), len(_PLACES)), np.int64)
    for component, part in parts.items():
        amounts[:, _PLACES[component]] = np.rint(part * sizes)
    amounts[:, _PLACES[Component.UNEXPLAINED]] = stretches.profit - amounts.sum(axis=1)
    return amounts


def _summed(amounts: Amounts, group: NDArray[np.intp], groups: int) -> Amounts:
    """Sums of the rows of each group; shape (groups, components)."""
    sums = np.zeros((groups, len(_PLACES)), np.int64)
    np.add.at(sums, group, amounts)
    return sums


def _by_day(
    stretches: Stretches, amounts: Amounts, bookings: Sequence[Booking], date_of: Callable[[Instant], date]
) -> DailyAmounts:
    """Sums over position and exchange date of everything that ended or was booked there."""
    booked_at = np.array([booking.at for booking in bookings], np.int64)
    bearers = [_ACCOUNT if booking.position_id is None else booking.position_id for booking in bookings]
    instants, of_instant = np.unique(np.concatenate((stretches.end_at, booked_at)), return_inverse=True)
    ordinals = np.array([date_of(at).toordinal() for at in instants.tolist()], np.int64)[of_instant]
    positions = np.concatenate((stretches.position_id, np.array(bearers, np.int64)))
    rows, group = np.unique(np.column_stack((ordinals, positions)), axis=0, return_inverse=True)
    summed = _summed(np.concatenate((amounts, _booked(bookings))), group, len(rows))
    return DailyAmounts(
        days=tuple(map(date.fromordinal, rows[:, 0].tolist())),
        position_ids=tuple(None if one == _ACCOUNT else one for one in rows[:, 1].tolist()),
        amounts=summed,
    )


def _booked(bookings: Sequence[Booking]) -> Amounts:
    """Amount of each booking under its component; shape (bookings, components)."""
    amounts = np.zeros((len(bookings), len(_PLACES)), np.int64)
    places = [_PLACES[_OF_BOOKINGS[booking.kind]] for booking in bookings]
    amounts[np.arange(len(bookings)), places] = [booking.amount for booking in bookings]
    return amounts


def _qualities(stretches: Stretches, amounts: Amounts, position: NDArray[np.intp]) -> tuple[Quality, Quality]:
    """Of the position-days after a mark on the evening before, and of the others."""
    day = stretches.end_at // NANOS_PER_DAY
    days, group = np.unique(np.column_stack((position, day)), axis=0, return_inverse=True)
    after_gap = np.zeros(len(days), np.bool_)
    after_gap[group[stretches.sessions > 1]] = True
    sizes = np.abs(_summed(amounts, group, len(days)))
    return _quality(sizes[~after_gap]), _quality(sizes[after_gap])


def _quality(sizes: Amounts) -> Quality:
    """Quality of position-days, from the sizes of their amounts."""
    return Quality(
        position_days=len(sizes),
        moved=int(sizes.sum()),
        unexplained=int(sizes[:, _PLACES[Component.UNEXPLAINED]].sum()),
        higher_order=int(sizes[:, [_PLACES[component] for component in _HIGHER_ORDERS]].sum()),
    )


def added(many: Iterable[Mapping[Component, Micros]]) -> dict[Component, Micros]:
    """Amounts by component in the order of the components, 0 where there is none."""
    total = dict.fromkeys(Component, 0)
    for amounts in many:
        for component, amount in amounts.items():
            total[component] += amount
    return total
