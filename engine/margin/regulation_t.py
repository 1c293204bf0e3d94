"""Regulation T: margin by strategy, on the cheapest decomposition of the book (RULES 7.1 to 7.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum
from typing import Final

from engine.errors import MarketDataError
from engine.margin.charges import GroupKind, Spot
from engine.margin.classes import class_terms
from engine.margin.decomposition import Terms, cheapest_plan
from engine.margin.groups import Plan, charge, spread_requirement
from engine.margin.legs import NetBook, PricedLeg, net_book

LONG_TERM_MONTHS: Final = 9
LONG_TERM_RATE: Final = 0.75


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
    """

    initial_requirement: float
    initial_net_deposit: float
    maintenance_requirement: float
    decomposition: tuple[MarginGroup, ...]


@dataclass(frozen=True, slots=True)
class Plans:
    """The cheapest plans of a book to open and to hold it: the same one where there are no shares."""

    initial: Plan
    maintenance: Plan


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
    return reg_t_of(book, spot, reg_t_plans(book, spot, today), today)


def reg_t_plans(book: NetBook, spot: Spot, today: date | None) -> Plans:
    """The cheapest plans of a book at present prices."""
    terms = Terms(spot, _units(book, spot), _loans(book, today))
    holding = cheapest_plan(book, terms)
    if not book.shares:
        return Plans(holding, holding)
    return Plans(cheapest_plan(book, Terms(spot, terms.shares, terms.loan, initial=True)), holding)


def reg_t_of(book: NetBook, spot: Spot, plans: Plans, today: date | None) -> RegTMargin:
    """Requirement of a book that is cut as planned."""
    groups = _described(book, spot, plans.maintenance, today)
    initial, inside = _initial(book, spot, plans.initial, today)
    proceeds = fsum(-leg.quantity * leg.value for leg in book.options if leg.quantity < 0)
    return RegTMargin(initial, initial - inside - proceeds, fsum(group.maintenance for group in groups), groups)


def _units(book: NetBook, spot: Spot) -> float:
    """Shares in units of the underlying: by value where they are a fund on an index."""
    return book.share_value / spot.price if spot.terms.shares_cover_by_value else float(book.shares)


def _loans(book: NetBook, today: date | None) -> tuple[float, ...]:
    """By place: what a long option that stands alone lends on its value, USD a contract."""
    if today is None:
        return ()
    limit = _months_later(today, LONG_TERM_MONTHS)
    return tuple(
        (1.0 - LONG_TERM_RATE) * leg.value if leg.quantity > 0 and leg.expiry > limit else 0.0 for leg in book.options
    )


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(day.day, last))


def _initial(book: NetBook, spot: Spot, plan: Plan, today: date | None) -> tuple[float, float]:
    """Initial requirement, and its part that is in the money of groups with shares."""
    used, loans = plan.used(), _loans(book, today)
    charges = [(charge(group, book.options, spot), group.count) for group in plan.groups]
    parts = [one.initial * count for one, count in charges]
    parts += [spread_requirement(spread, book.options) for spread in plan.spreads]
    parts += [leg.quantity * leg.value for leg in book.options if leg.quantity > 0]
    parts += [-loan * (book.options[place].quantity - used.get(place, 0)) for place, loan in enumerate(loans) if loan]
    parts.append(spot.terms.initial_shares * abs(book.share_value))
    return fsum(parts), fsum(one.in_the_money * count for one, count in charges)


def _described(book: NetBook, spot: Spot, plan: Plan, today: date | None) -> tuple[MarginGroup, ...]:
    """Groups with their maintenance, and what stands alone."""
    return (*_in_groups(book, spot, plan), *_in_spreads(book, plan), *_alone(book, spot, plan, today))


def _in_groups(book: NetBook, spot: Spot, plan: Plan) -> list[MarginGroup]:
    rate = _share_rate(book, spot)
    found = []
    for group in plan.groups:
        legs = tuple(_sized(book, place, group.count) for place in group.members)
        maintenance = charge(group, book.options, spot).maintenance * group.count
        shares = 0
        if group.kind not in {GroupKind.UNCOVERED, GroupKind.STRADDLE}:
            shares = group.count * book.options[group.members[0]].multiplier
        signed = shares if book.shares > 0 else -shares
        found.append(MarginGroup(group.kind, legs, signed, maintenance + rate * shares * spot.price))
    return found


def _in_spreads(book: NetBook, plan: Plan) -> list[MarginGroup]:
    return [
        MarginGroup(
            GroupKind.SPREAD,
            tuple(_sized(book, place, abs(count)) for place, count in spread.members),
            0,
            spread_requirement(spread, book.options),
        )
        for spread in plan.spreads
    ]


def _alone(book: NetBook, spot: Spot, plan: Plan, today: date | None) -> list[MarginGroup]:
    """Long options and shares in no group."""
    used, loans = plan.used(), _loans(book, today)
    found = []
    for place, leg in enumerate(book.options):
        left = leg.quantity - used.get(place, 0)
        if leg.quantity > 0 and left:
            lent = loans[place] if loans else 0.0
            required = left * leg.value * LONG_TERM_RATE if lent else 0.0
            found.append(MarginGroup(GroupKind.LONG, (_sized(book, place, left),), 0, required))
    taken = sum(abs(group.shares) for group in _in_groups(book, spot, plan))
    units = _units(book, spot)
    left_over = abs(units) - taken
    if left_over:
        required = _share_rate(book, spot) * left_over * abs(book.share_value / units)
        found.append(MarginGroup(GroupKind.SHARES, (), left_over if units > 0 else -left_over, required))
    return found


def _share_rate(book: NetBook, spot: Spot) -> float:
    return spot.terms.long_shares if book.shares > 0 else spot.terms.short_shares


def _sized(book: NetBook, place: int, count: int) -> PricedLeg:
    leg = book.options[place]
    signed = count if leg.quantity > 0 else -count
    return leg if leg.quantity == signed else replace(leg, quantity=signed)
