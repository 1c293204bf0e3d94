"""Regulation T: margin by strategy, on the cheapest decomposition of the book (RULES 7.1 to 7.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum
from operator import is_
from typing import Final

from engine.errors import MarketDataError
from engine.margin.charges import GroupKind, Spot
from engine.margin.classes import class_terms
from engine.margin.decomposition import Decomposition, cheapest_plan
from engine.margin.legs import NetBook, PricedLeg, columns_of, net_book
from engine.margin.priced_plan import LONG_TERM_RATE, Held, PricedPlan
from engine.margin.programme import Terms
from engine.records import quickly_made

LONG_TERM_MONTHS: Final = 9


@dataclass(frozen=True, slots=True)
class MarginGroup:
    """A group of the decomposition.

    Attributes:
        kind: e.g. `spread`, `uncovered`, `covered call`.
        legs: (leg with the signed quantity that stands in the group).
        shares: shares in units of the underlying, negative when short.
        maintenance: requirement of the group, USD.
    """

    kind: str
    legs: tuple[PricedLeg, ...]
    shares: float
    maintenance: float


@dataclass(frozen=True, slots=True)
class RegTMargin:
    """Requirement of a book, USD.

    Attributes:
        initial_requirement: at opening; includes the value of short options and what is paid for long ones.
        initial_net_deposit: what the account must put up: the same less the proceeds of short options, which also pay
            for the in-the-money part of groups with shares.
        maintenance_requirement: to hold the book at present prices; long options up to nine months add nothing.
        decomposition: the groups of the cheapest plan for maintenance; their requirements add up to it.
        maintenance_bound: no decomposition requires less; `maintenance_requirement` itself where the plan is proved to
            be cheapest, as it is for every book that the search can finish.
    """

    initial_requirement: float
    initial_net_deposit: float
    maintenance_requirement: float
    decomposition: tuple[MarginGroup, ...]
    maintenance_bound: float


@quickly_made
@dataclass(frozen=True, slots=True)
class Plans:
    """The cheapest plans of a book to open and to hold it: the same one where there are no shares."""

    initial: PricedPlan
    maintenance: PricedPlan
    decompositions: tuple[Decomposition, ...]

    @property
    def excess(self) -> float:
        """USD by which holding the book requires at most more than on the cheapest plan."""
        return self.decompositions[0].excess

    def again(self, held: Held) -> Plans:
        """The cheapest plans at other prices of the same book: these where they are proved to be."""
        known = self.decompositions
        found = tuple(
            [known[number].again(held.book, held.options, terms) for number, terms in enumerate(_terms(held))]
        )
        return self if all(map(is_, found, known)) else _priced(held, found)


@quickly_made
@dataclass(frozen=True, slots=True)
class Figures:
    """Requirement of a book, USD; `parts` is the maintenance of every group of the plan, then of what stands alone."""

    initial: float
    initial_in_the_money: float
    maintenance: float
    parts: list[float]


def reg_t_margin(
    legs: Sequence[PricedLeg], *, underlying_price: float, underlying_class: str, today: date | None = None
) -> RegTMargin:
    """Requirement of a book on one underlying.

    Args:
        legs: options and shares; legs of the same contract are netted, their order does not matter.
        underlying_price: present price per share, USD; of the index where shares are of a fund on it.
        underlying_class: a name of `classes.CLASSES`.
        today: long options that expire more than nine months later are margined at 75 %; None: none are.

    Raises:
        ConfigurationError: for an unknown class.
        MarketDataError: for a price that is no finite positive amount.
    """
    if not 0.0 < underlying_price < float("inf"):
        raise MarketDataError(f"margin needs a finite underlying price above 0, not {underlying_price}")
    book, spot = net_book(legs), Spot(underlying_price, class_terms(underlying_class))
    held = Held(book, columns_of(book.options), spot, _loans(book, today))
    plans = cheapest_plans(held)
    figures = figures_of(held, plans)
    proceeds = fsum(-leg.quantity * leg.value for leg in book.options if leg.quantity < 0)
    return RegTMargin(
        figures.initial,
        figures.initial - figures.initial_in_the_money - proceeds,
        figures.maintenance,
        _described(held, plans.maintenance, figures.parts),
        figures.maintenance - plans.excess,
    )


def cheapest_plans(held: Held) -> Plans:
    """The cheapest plans of a book at present prices."""
    return _priced(held, tuple(cheapest_plan(held.book, held.options, terms) for terms in _terms(held)))


def _priced(held: Held, found: tuple[Decomposition, ...]) -> Plans:
    priced = [PricedPlan(one.plan, held.book, held.options) for one in found]
    return Plans(initial=priced[-1], maintenance=priced[0], decompositions=found)


def figures_of(held: Held, plans: Plans) -> Figures:
    """Requirement of a book that is cut as planned."""
    parts = plans.maintenance.maintenance(held)
    initial, inside = plans.initial.initial(held)
    return Figures(initial, inside, fsum(parts), parts)


def _terms(held: Held) -> tuple[Terms, ...]:
    """What the plans are cheapest under: to hold the book, and where it has shares to open it."""
    terms = Terms(held.spot, held.units, held.loans, known=held.uncovered if held.book.options else None)
    return (terms, replace(terms, initial=True)) if held.book.shares else (terms,)


def _loans(book: NetBook, today: date | None) -> tuple[float, ...]:
    """By place: what a long option that stands alone lends on its value, USD a contract."""
    if today is None:
        return ()
    limit = _months_later(today, LONG_TERM_MONTHS)
    loans = tuple(
        (1.0 - LONG_TERM_RATE) * leg.value if leg.quantity > 0 and leg.expiry > limit else 0.0 for leg in book.options
    )
    return loans if any(loans) else ()


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(day.day, last))


def _described(held: Held, priced: PricedPlan, parts: list[float]) -> tuple[MarginGroup, ...]:
    """Groups with their maintenance, and what stands alone."""
    book, sign = held.book, 1 if held.book.shares > 0 else -1
    plan = priced.plan
    members = [tuple((place, group.count) for place in group.members) for group in plan.groups]
    members += [tuple((place, abs(count)) for place, count in spread.members) for spread in plan.spreads]
    found = [
        MarginGroup(kind, tuple(_sized(book, place, count) for place, count in legs), sign * shares, required)
        for kind, legs, shares, required in zip(priced.kinds, members, priced.group_shares, parts, strict=False)
    ]
    for place, count in enumerate(priced.alone.tolist()):
        if count:
            required = parts[len(priced.kinds) + place] if held.loans else 0.0
            found.append(MarginGroup(GroupKind.LONG, (_sized(book, place, count),), 0, required))
    left = priced.free_units(held)
    return (*found, MarginGroup(GroupKind.SHARES, (), sign * left, parts[-1])) if left else tuple(found)


def _sized(book: NetBook, place: int, count: int) -> PricedLeg:
    leg = book.options[place]
    signed = count if leg.quantity > 0 else -count
    return leg if leg.quantity == signed else replace(leg, quantity=signed)
