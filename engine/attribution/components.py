"""Profit by its causes: exact amounts whose sum is the profit, of the run and of every position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.attribution.revaluation import Steps, revalue
from engine.attribution.stretches import Booking, BookingKind, Stretch
from engine.config import PricingConfig
from engine.instants import NANOS_PER_DAY
from engine.model import ExerciseStyle, OptionContract
from engine.money import MICROS_PER_USD, Micros


class Component(StrEnum):
    """A cause of profit.

    THETA is the whole step of time. DELTA and GAMMA are parts of the step of the spot, VEGA, VANNA and VOLGA of that of
    the volatility; what the Greeks leave of a step is of higher order. UNEXPLAINED is what no volatility reproduces.
    """

    THETA = "theta"
    DELTA = "delta"
    GAMMA = "gamma"
    SPOT_HIGHER_ORDER = "spot_higher_order"
    VEGA = "vega"
    VANNA = "vanna"
    VOLGA = "volga"
    VOLATILITY_HIGHER_ORDER = "volatility_higher_order"
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

Amounts = dict[Component, Micros]


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


@dataclass(frozen=True, slots=True)
class Attribution:
    """Profit of a run by component, exact.

    Attributes:
        by_position: the same of every position, by its id; under None what the account as a whole bore.
        daily: quality over position-days whose holdings were all marked on the evening before.
        after_gaps: the same over all others.
    """

    by_position: Mapping[int | None, Mapping[Component, Micros]]
    daily: Quality
    after_gaps: Quality

    @property
    def total(self) -> Amounts:
        """Sum over all positions and the account; its own sum is the profit of the run."""
        return added(self.by_position.values())


def attribution_of(stretches: Sequence[Stretch], bookings: Sequence[Booking], pricing: PricingConfig) -> Attribution:
    """Every stretch and every booking by its causes."""
    split = list(zip(stretches, _split(stretches, pricing), strict=True))
    by_position: dict[int | None, list[Mapping[Component, Micros]]] = {}
    for stretch, amounts in split:
        by_position.setdefault(stretch.position_id, []).append(amounts)
    for booking in bookings:
        amounts = {_OF_BOOKINGS[booking.kind]: booking.amount}
        by_position.setdefault(booking.position_id, []).append(amounts)
    ordered = sorted(by_position, key=lambda number: (number is None, number or 0))
    daily, gaps = _position_days(split)
    return Attribution({number: added(by_position[number]) for number in ordered}, _quality(daily), _quality(gaps))


def _split(stretches: Sequence[Stretch], pricing: PricingConfig) -> list[Amounts]:
    """Amounts of each stretch; they sum to its profit."""
    amounts: dict[int, Amounts] = {}
    for style in ExerciseStyle:
        places = [place for place, stretch in enumerate(stretches) if _style(stretch) is style]
        if places:
            chosen = [stretches[place] for place in places]
            amounts |= zip(places, _of_options(chosen, revalue(chosen, pricing)), strict=True)
    return [amounts.get(place, {Component.DELTA: stretch.profit}) for place, stretch in enumerate(stretches)]


def _style(stretch: Stretch) -> ExerciseStyle | None:
    """Exercise style of an option; None of shares."""
    return stretch.instrument.series.style if isinstance(stretch.instrument, OptionContract) else None


def _of_options(stretches: Sequence[Stretch], steps: Steps) -> Iterator[Amounts]:
    parts = {
        Component.THETA: steps.time,
        Component.DELTA: steps.delta,
        Component.GAMMA: steps.gamma,
        Component.SPOT_HIGHER_ORDER: steps.spot - steps.delta - steps.gamma,
        Component.VEGA: steps.vega,
        Component.VANNA: steps.vanna,
        Component.VOLGA: steps.volga,
        Component.VOLATILITY_HIGHER_ORDER: steps.volatility - steps.vega - steps.vanna - steps.volga,
    }
    columns = {component: column.tolist() for component, column in parts.items()}
    for place, stretch in enumerate(stretches):
        size = stretch.quantity * stretch.instrument.multiplier * MICROS_PER_USD
        amounts = {component: round(column[place] * size) for component, column in columns.items()}
        yield amounts | {Component.UNEXPLAINED: stretch.profit - sum(amounts.values())}


def _position_days(split: Sequence[tuple[Stretch, Amounts]]) -> tuple[list[Amounts], list[Amounts]]:
    """Amounts of every position and day: of those after a mark on the evening before, and of the others."""
    days: dict[tuple[int, int], list[tuple[Stretch, Amounts]]] = {}
    for stretch, amounts in split:
        days.setdefault((stretch.position_id, stretch.end_at // NANOS_PER_DAY), []).append((stretch, amounts))
    daily: list[Amounts] = []
    gaps: list[Amounts] = []
    for found in days.values():
        after_gap = any(stretch.sessions > 1 for stretch, _ in found)
        (gaps if after_gap else daily).append(added(amounts for _, amounts in found))
    return daily, gaps


def _quality(days: Sequence[Amounts]) -> Quality:
    return Quality(
        position_days=len(days),
        moved=sum(abs(amount) for amounts in days for amount in amounts.values()),
        unexplained=sum(abs(amounts.get(Component.UNEXPLAINED, 0)) for amounts in days),
        higher_order=sum(abs(amounts.get(component, 0)) for amounts in days for component in _HIGHER_ORDERS),
    )


def added(many: Iterable[Mapping[Component, Micros]]) -> Amounts:
    """Amounts by component in the order of the components, 0 where there is none."""
    total = dict.fromkeys(Component, 0)
    for amounts in many:
        for component, amount in amounts.items():
            total[component] += amount
    return total
