"""Maximum loss: a book is held to what it can lose at expiration, premium apart.

The book is cut into groups that settle on one price: all contracts of one underlying that settle at one instant (SPX
in the morning and SPXW in the afternoon of one day are two groups). The value of a group at settlement is piecewise
linear in that price, so its least value lies at a price of zero or at a kink, and it has one unless the value falls
beyond the last kink. Losses of groups add up: no gain of one group pays for another one, because they are not earned
at the same price nor at the same time. A calendar spread is therefore charged as two single options.

Shares are worth their price, their cost being premium like an option's, so long shares alone require nothing beyond
their payment. Shares cover the groups of their underlying in the order of expiration, each as far as its value would
otherwise fall (long shares) or can pay (short shares) beyond its last kink; long shares that are left over stand with
the first group. Covered calls and protected short shares are thereby bounded.

For every bounded book: requirement + net premium paid (credits negative) >= worst loss at expiration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final, TypeAlias

from engine.instants import Instant, iso
from engine.margin.model import MarginRequirement
from engine.margin.remembered_books import RememberedBooks
from engine.market import Market
from engine.model import NetLeg, NetLegs, OptionContract, OptionSeries, Right, SettlementMethod
from engine.money import Micros, to_usd

_Price: TypeAlias = int | Fraction
"""Price of the underlying in micro-dollars: whole except at the kinks of adjusted contracts."""
_AT_ZERO: _Price = 0
_CALL: Final = Right.CALL
_PHYSICAL: Final = SettlementMethod.PHYSICAL
_Key: TypeAlias = tuple[Instant, str]
"""When a group settles, and on what."""


class _Group:
    """Contracts of one underlying that settle at one instant, and the shares that stand with them.

    Attributes:
        value_at_zero: exact value when the underlying settles at 0.
        slope: shares at prices above 0 and below the first kink.
        final_slope: shares at prices beyond the last kink.
        turns: (price, change of the slope there) of every contract.
        loss: exact largest loss (negative: the least gain), and the price that it happens at; None: without bound.
        most: exact largest gain; None: without bound.
    """

    __slots__ = ("at", "final_slope", "loss", "most", "settles_at", "slope", "turns", "underlying", "value_at_zero")

    def __init__(self, underlying: str, settles_at: Instant) -> None:
        self.underlying = underlying
        self.settles_at = settles_at
        self.value_at_zero: Micros = 0
        self.slope = self.final_slope = 0
        self.turns: list[tuple[_Price, int]] = []
        self.loss: Micros | None = None
        self.most: Micros | None = None
        self.at: _Price = _AT_ZERO

    def add_shares(self, quantity: int) -> None:
        """Let shares stand with the contracts."""
        self.slope += quantity
        self.final_slope += quantity

    def add(self, contract: OptionContract, quantity: int) -> None:
        """Take in a contract: its holder may exchange strike money for what it delivers (RULES 6.4)."""
        series = contract.series
        shares = series.strike_multiplier
        kink: _Price = contract.strike_micros
        owed = contract.strike_micros * shares
        if series.settlement is _PHYSICAL:
            shares = series.deliverable.shares
            owed -= series.deliverable.cash
            if shares:
                whole, rest = divmod(owed, shares)
                kink = Fraction(owed, shares) if rest else whole
        turn = quantity * shares
        if contract.right is _CALL:
            self.final_slope += turn
            if owed <= 0:
                self.value_at_zero -= quantity * owed
                self.slope += turn
        elif owed > 0:
            self.value_at_zero += quantity * owed
            self.slope -= turn
        if owed > 0 and shares:
            self.turns.append((kink, turn))

    def look(self) -> None:
        """Find the largest loss and the largest gain, once everything is in."""
        self.turns.sort()
        value: _Price = self.value_at_zero
        slope, here, at = self.slope, _AT_ZERO, _AT_ZERO
        least = most = value
        for price, change in self.turns:
            value += slope * (price - here)
            slope, here = slope + change, price
            if value < least:
                least, at = value, price
            elif value > most:
                most = value
        self.at = at
        self.loss = ceil(-least) if self.final_slope >= 0 else None
        self.most = floor(most) if self.final_slope <= 0 else None


_Looked: TypeAlias = tuple[tuple[NetLeg, ...], _Group]
"""A part of a book, and its group."""


def _groups(book: Sequence[NetLeg]) -> list[_Group]:
    """Groups in order of expiration, shares shared out among them."""
    groups: dict[_Key, _Group] = {}
    shares: dict[str, int] = {}
    series: OptionSeries | None = None
    group: _Group
    for leg in book:
        contract = leg.instrument
        if not isinstance(contract, OptionContract):
            shares[contract.symbol] = shares.get(contract.symbol, 0) + leg.quantity
            continue
        if contract.series is not series:  # legs that stand together are mostly of one
            series = contract.series
            key = series.settles_at, series.underlying
            group = groups.get(key) or groups.setdefault(key, _Group(series.underlying, series.settles_at))
        group.add(contract, leg.quantity)
    ordered = [*groups.values()] if len(groups) == 1 else [groups[key] for key in sorted(groups)]
    if shares:
        for symbol in sorted(shares):
            _share_out(symbol, shares[symbol], ordered)
    for group in ordered:
        group.look()
    return ordered


def _share_out(symbol: str, held: int, groups: list[_Group]) -> None:
    """Let shares stand with the groups of their underlying; a group of their own where they would be uncovered."""
    own = [group for group in groups if group.underlying == symbol]
    for group in own:
        open_end = -group.final_slope
        taken = min(held, max(open_end, 0)) if held > 0 else max(held, min(open_end, 0))
        group.add_shares(taken)
        held -= taken
    if held > 0 and own:
        own[0].add_shares(held)
    elif held:
        alone = _Group(symbol, 0)
        alone.add_shares(held)
        groups.append(alone)


def _loss(groups: Sequence[_Group], entry_cash: Micros) -> Micros | None:
    """Losses of all groups together, what was paid or received included; None when one has no bound."""
    total = -entry_cash
    for group in groups:
        if group.loss is None:
            return None
        total += group.loss
    return total if total > 0 else 0


def maximum_loss(legs: Sequence[NetLeg], entry_cash: Micros) -> Micros | None:
    """Most that legs can lose at expiration, what was paid or received for them included.

    Args:
        entry_cash: exact cash received for all legs (negative: paid).

    Returns:
        Exact loss, at least 0; None when it has no bound.
    """
    return _loss(_groups(legs), entry_cash)


class PositionLegs(tuple[NetLeg, ...]):
    """The legs of one position, whose groups are made once: its bounds are asked for and its requirement."""

    groups: Sequence[_Group]

    def __new__(cls, legs: Iterable[NetLeg]) -> PositionLegs:
        made = super().__new__(cls, legs)
        made.groups = _groups(made)
        return made

    def bounds_at_expiration(self, entry_cash: Micros) -> tuple[Micros | None, Micros | None]:
        """Most that the legs can lose at expiration, as `maximum_loss`, and most that they can make.

        Returns:
            Exact loss and profit, each at least 0; None where it has no bound, and for the profit where not everything
            ends on one price.
        """
        groups = self.groups
        loss, most = _loss(groups, entry_cash), groups[0].most if len(groups) == 1 else None
        if most is None:
            return loss, None
        gain = most + entry_cash
        return loss, gain if gain > 0 else 0


class MaximumLossMargin:
    """Requires in cash what the book can lose at expiration, premium apart; None where that has no bound.

    The last books are remembered, and the groups of the last one, of which a trade changes one.
    """

    def __init__(self) -> None:
        self._books = RememberedBooks[MarginRequirement]()
        self._known: dict[int, _Looked] = {}
        """Parts of the last book with their groups, by the identity of the part."""

    @property
    def name(self) -> str:
        """`maximum_loss`."""
        return "maximum_loss"

    @property
    def follows_prices(self) -> bool:
        """A loss at expiration does not depend on present prices."""
        return False

    def on(self, market: Market) -> MaximumLossMargin:
        """A model with a memory of its own; it needs no prices."""
        return MaximumLossMargin()

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        """Sum over groups of their worst loss; initial and maintenance are the same.

        Legs of a single position come as new ones every time: to know them again would cost more than to look at them.
        """
        if isinstance(book, NetLegs):
            return self._books.of(book, self._looked_at)
        return _required(book.groups if isinstance(book, PositionLegs) else _groups(book))

    def _looked_at(self, book: NetLegs) -> MarginRequirement:
        """Part by part, unless there are shares, which cover the groups of several, or parts that settle together.

        Parts of an underlying that settle one after the other settle apart.
        """
        known, underlying, settled = self._known, "", 0
        now: dict[int, _Looked] = {}
        groups: list[_Group] = []
        for part in book.parts.values():
            place = id(part)
            looked = now[place] = known.get(place) or (part, _groups(part)[0])
            group = looked[1]
            if group.underlying != underlying:
                underlying, settled = group.underlying, 0
            if group.settles_at <= settled:
                return _required(_groups(book))
            settled = group.settles_at
            groups.append(group)
        self._known = now
        return _required(groups)


def _required(groups: Sequence[_Group]) -> MarginRequirement:
    total = 0
    for group in groups:
        loss = group.loss
        if loss is None:
            return MarginRequirement(None, None, lambda: _unbounded(groups))
        if loss > 0:
            total += loss
    return MarginRequirement(total, total, lambda: _binding(groups))


def _unbounded(groups: Sequence[_Group]) -> str:
    first = min([group for group in groups if group.loss is None], key=_order)
    place = f"{first.underlying} settling {iso(first.settles_at)}" if first.turns else f"{first.underlying} shares"
    return f"{place}: short {-first.final_slope} shares of any price above the last strike"


def _binding(groups: Sequence[_Group]) -> str:
    losing = [(group.loss, group) for group in sorted(groups, key=_order) if group.loss is not None and group.loss > 0]
    if not losing:
        return "nothing can be lost beyond the premium paid"
    loss, group = max(losing, key=lambda pair: pair[0])
    most = "" if len(losing) == 1 else f"largest of {len(losing)} losses: "
    when = iso(group.settles_at)
    return f"{most}{group.underlying} settling {when} loses {to_usd(loss):,.2f} USD at {float(group.at) / 1e6:,.2f}"


def _order(group: _Group) -> tuple[bool, Instant, str]:
    """By settlement; shares that stand alone come last."""
    return not group.settles_at, group.settles_at, group.underlying
