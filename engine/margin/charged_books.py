"""Cash that Regulation T binds against the book of one underlying, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum, inf

import numpy as np

from engine.margin.charges import GroupKind
from engine.margin.covered_shorts import CoveredShorts
from engine.margin.priced_plan import Held
from engine.margin.regulation_t import Figures, Plans, figures_of
from engine.money import Micros, to_micros
from engine.records import quickly_made

ChargedGroup = tuple[float, str, str]
"""Maintenance in USD, underlying and kind of a group."""


@quickly_made
@dataclass(frozen=True, slots=True)
class ChargedBook:
    """Exact cash bound by the book of one underlying.

    Attributes:
        to_open: when it is opened; `to_hold` while it is held.
        fixed_from: price of the underlying from which on no price changes anything here.
        groups: makes the groups of the plan, and what stands alone.
        excess: USD by which holding it requires at most more than on the cheapest plan.
    """

    to_open: Micros
    to_hold: Micros
    fixed_from: float
    groups: Callable[[], list[ChargedGroup]]
    excess: float = 0.0


def charged_at_any_price(underlying: str, covered: CoveredShorts) -> ChargedBook:
    """What spreads bind that are proved to be the cheapest plan."""
    bound = to_micros(covered.cost)
    return ChargedBook(bound, bound, covered.proved_from, lambda: _groups_of_spreads(underlying, covered))


def charged_at(held: Held, underlying: str, plans: Plans) -> ChargedBook:
    """What a book binds at present prices."""
    figures = figures_of(held, plans)
    to_open, to_hold = _cash_to_open(held, figures), fsum((figures.maintenance, -held.book.share_value))
    return ChargedBook(
        to_micros(to_open), to_micros(to_hold), inf, lambda: _groups(held, underlying, plans, figures), plans.excess
    )


def largest_group(charged: Sequence[ChargedBook]) -> str:
    """One sentence: the group that binds most."""
    groups = [group for one in charged for group in one.groups()]
    excess = sum(one.excess for one in charged)
    largest = max(groups, default=(0.0, "", ""))
    if largest[0] <= 0.0:
        return "nothing is required beyond the premium paid"
    unproved = f"; the cheapest plan may need up to {excess:,.2f} USD less" if excess else ""
    return f"largest of {len(groups)} margin groups: {largest[1]} {largest[2]}, {largest[0]:,.2f} USD{unproved}"


def _cash_to_open(held: Held, figures: Figures) -> float:
    """Initial requirement without what was paid for long options and shares."""
    return fsum((figures.initial, -fsum(held.paid), -held.book.share_value))


def _groups_of_spreads(underlying: str, covered: CoveredShorts) -> list[ChargedGroup]:
    found: list[ChargedGroup] = []
    for one in covered.expirations:
        if one.has_shorts:
            found.append((one.loss, underlying, str(GroupKind.SPREAD)))
        else:
            found += [(0.0, underlying, str(GroupKind.LONG))] * len(one.options)
    return found


def _groups(held: Held, underlying: str, plans: Plans, figures: Figures) -> list[ChargedGroup]:
    priced, parts = plans.maintenance, figures.parts
    found = [(required, underlying, str(kind)) for kind, required in zip(priced.kinds, parts, strict=False)]
    found += [(0.0, underlying, str(GroupKind.LONG))] * np.count_nonzero(priced.alone)
    return found + ([(parts[-1], underlying, str(GroupKind.SHARES))] if priced.free_units(held) else [])
