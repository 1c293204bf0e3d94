"""Legs with their prices, as the rules look at them: net per contract, in one order whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum, isfinite
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import MarketDataError
from engine.instants import Instant
from engine.model import ExerciseStyle, Right
from engine.records import quickly_made

Expires: TypeAlias = tuple[date, Instant]
Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
_Key: TypeAlias = tuple[date, Instant, int, int, float, str, float]


@quickly_made
@dataclass(frozen=True, slots=True)
class OptionLeg:
    """Contracts of one kind.

    Attributes:
        quantity: contracts, negative when short.
        price: present price per share, USD.
        multiplier: price and strike per share times this is money.
        volatility: decimal per square root of a year; None: implied by `price`.
        settles_at: instant of settlement, where contracts of one date settle at several (SPX and SPXW).
    """

    right: Right
    strike: float
    quantity: int
    price: float
    expiry: date
    style: ExerciseStyle = ExerciseStyle.AMERICAN
    multiplier: int = 100
    volatility: float | None = None
    settles_at: Instant = 0

    @property
    def expires(self) -> Expires:
        """What expirations are ordered by: no long covers a short that settles after it."""
        return self.expiry, self.settles_at

    @property
    def value(self) -> float:
        """Present money of one contract."""
        return self.price * self.multiplier

    def intrinsic(self, price: float) -> float:
        """Value per share when exercised at `price` of the underlying; how far it is in the money."""
        return max(self.right * (price - self.strike), 0.0)

    def out_of_the_money(self, price: float) -> float:
        """How far per share the strike lies out of the money."""
        return max(self.right * (self.strike - price), 0.0)

    @property
    def key(self) -> _Key:
        """What the contract is; legs of one key are netted."""
        volatility = -1.0 if self.volatility is None else self.volatility
        terms = int(self.right), self.strike, str(self.style), volatility
        return self.expiry, self.settles_at, self.multiplier, *terms


@dataclass(frozen=True, slots=True)
class StockLeg:
    """Shares of the underlying, or of a fund on it where the underlying is an index.

    Attributes:
        quantity: shares, negative when short.
        price: present price per share, USD.
    """

    quantity: int
    price: float


PricedLeg: TypeAlias = OptionLeg | StockLeg


@quickly_made
@dataclass(frozen=True, slots=True)
class LegColumns:
    """What the rules ask of many options at once, each of shape (options,).

    Attributes:
        right: 1 for calls, -1 for puts.
        price: per share, USD; `strike` likewise.
        expires: rank among the expirations of the book.
        european: whether it can be exercised only at its end.
    """

    right: Floats
    strike: Floats
    price: Floats
    multiplier: Floats
    quantity: Integers
    expires: Integers
    european: NDArray[np.bool_]

    @property
    def value(self) -> Floats:
        """Present money of one contract."""
        return self.price * self.multiplier

    def intrinsic(self, price: float | Floats) -> Floats:
        """Value per share when exercised at `price` of the underlying."""
        return np.maximum(self.right * (price - self.strike), 0.0)

    def out_of_the_money(self, price: float) -> Floats:
        """How far per share the strike lies out of the money."""
        return np.maximum(self.right * (self.strike - price), 0.0)

    def at(self, prices: Floats) -> LegColumns:
        """The same options at other prices."""
        return LegColumns(self.right, self.strike, prices, self.multiplier, self.quantity, self.expires, self.european)

    def take(self, places: Integers) -> LegColumns:
        """The options at these places."""
        return LegColumns(
            self.right[places],
            self.strike[places],
            self.price[places],
            self.multiplier[places],
            self.quantity[places],
            self.expires[places],
            self.european[places],
        )


def columns_of(options: Sequence[OptionLeg]) -> LegColumns:
    """Options as columns, in their order."""
    expires = [leg.expires for leg in options]
    ranks = {one: rank for rank, one in enumerate(sorted(set(expires)))}
    return LegColumns(
        np.array([float(leg.right) for leg in options]),
        np.array([leg.strike for leg in options], np.float64),
        np.array([leg.price for leg in options], np.float64),
        np.array([leg.multiplier for leg in options], np.float64),
        np.array([leg.quantity for leg in options], np.int64),
        np.array([ranks[one] for one in expires], np.int64),
        np.array([leg.style is ExerciseStyle.EUROPEAN for leg in options], np.bool_),
    )


@quickly_made
@dataclass(frozen=True, slots=True)
class NetBook:
    """Options of one underlying, one leg per contract, ordered by key; shares with their average price."""

    options: tuple[OptionLeg, ...]
    shares: int
    share_price: float

    @property
    def share_value(self) -> float:
        """Present money of the shares, negative when short."""
        return self.shares * self.share_price


def net_book(legs: Iterable[PricedLeg]) -> NetBook:
    """Net legs of the same contract; a contract with several prices counts at their average.

    Raises:
        MarketDataError: for a price or a strike that is no finite amount of at least 0.
    """
    options: dict[_Key, list[OptionLeg]] = {}
    stock: list[StockLeg] = []
    for leg in legs:
        _check(leg)
        if isinstance(leg, OptionLeg):
            options.setdefault(leg.key, []).append(leg)
        else:
            stock.append(leg)
    netted = (
        same[0]
        if len(same) == 1
        else replace(same[0], quantity=sum(leg.quantity for leg in same), price=_average(same))
        for _, same in sorted(options.items())
    )
    return NetBook(tuple(leg for leg in netted if leg.quantity), sum(leg.quantity for leg in stock), _average(stock))


def _average(legs: list[OptionLeg] | list[StockLeg]) -> float:
    if not legs or all(leg.price == legs[0].price for leg in legs):
        return legs[0].price if legs else 0.0
    weight = sum(abs(leg.quantity) for leg in legs)
    return fsum(abs(leg.quantity) * leg.price for leg in legs) / weight if weight else legs[0].price


def _check(leg: PricedLeg) -> None:
    amounts = (leg.price, leg.strike) if isinstance(leg, OptionLeg) else (leg.price,)
    if not all(isfinite(amount) and amount >= 0.0 for amount in amounts):
        raise MarketDataError(f"margin needs finite prices and strikes of at least 0, not {leg}")
