"""Options of one underlying as columns, with what the last chain says of them; Greeks and stress start from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.instants import years_between
from engine.market import Market
from engine.model import ChainSnapshot, ExerciseStyle, Instrument, OptionContract
from engine.pricing.types import Style
from engine.risk_rules.exposure import Held

Floats: TypeAlias = NDArray[np.float64]
Holdings: TypeAlias = Sequence[tuple[OptionContract, int]]
"""Contracts on one underlying with their quantities."""
GREEKS: Final = 4
"""Delta, gamma, vega and theta stand in this order, one leg after the other."""


@dataclass(frozen=True, slots=True)
class OptionColumns:
    """Contracts on one underlying, each column of shape (contracts,).

    Attributes:
        spot: price of the underlying.
        right: 1 for calls, -1 for puts.
        years: to settlement, at least 0.
        american: whether it can be exercised before its end.
        volatility: of the chain; NaN where it has none.
    """

    spot: float
    right: Floats
    strike: Floats
    years: Floats
    american: NDArray[np.bool_]
    volatility: Floats

    @property
    def intrinsic_delta(self) -> Floats:
        """Delta of the intrinsic value."""
        return np.where(self.right * (self.spot - self.strike) > 0.0, self.right, 0.0)

    def by_style(self) -> list[tuple[Style, NDArray[np.bool_]]]:
        """Contracts with a volatility, by the way in which they are priced."""
        known = ~np.isnan(self.volatility)
        styles: list[tuple[Style, NDArray[np.bool_]]] = [
            ("european", known & ~self.american),
            ("american", known & self.american),
        ]
        return [(style, members) for style, members in styles if members.any()]


def option_columns(contracts: Sequence[OptionContract], underlying: str, market: Market) -> OptionColumns | None:
    """Contracts as columns; None where their underlying has no price yet."""
    snapshot = market.snapshots.get(underlying)
    known = market.last_price(underlying)
    if snapshot is not None:
        spot, at = snapshot.underlying_price, snapshot.at
    elif known is not None:
        spot, at = known[0], market.now
    else:
        return None
    return OptionColumns(
        spot,
        np.array([int(contract.right) for contract in contracts], np.float64),
        np.array([contract.strike for contract in contracts], np.float64),
        np.array([max(years_between(at, contract.series.settles_at), 0.0) for contract in contracts]),
        np.array([contract.series.style is ExerciseStyle.AMERICAN for contract in contracts], np.bool_),
        _volatilities(contracts, snapshot),
    )


def quoted_greeks(legs: Sequence[Held], snapshot: ChainSnapshot | None) -> list[float]:
    """What legs on one underlying add by what its chain says, NaN where there is no chain or it says nothing.

    A contract that it does not quote has no volatility either, and moves like its intrinsic value.

    Returns:
        `GREEKS` a leg, in the order of the legs.
    """
    added: list[float] = []
    if snapshot is None:
        for leg in legs:
            added += _unquoted_greeks(leg.instrument, leg.quantity, nan)
        return added
    entries = snapshot.entries
    delta, gamma, vega, theta = entries.delta, entries.gamma, entries.vega, entries.theta
    ids = []
    for leg in legs:
        ids.append(leg.instrument.contract_id)
    for number, row in enumerate(snapshot.rows(ids)):
        leg = legs[number]
        if row is None:
            added += _unquoted_greeks(leg.instrument, leg.quantity, snapshot.underlying_price)
        else:
            shares = float(leg.quantity * leg.instrument.multiplier)  # floats are multiplied fastest by floats
            added += (shares * delta[row], shares * gamma[row], shares * vega[row], shares * theta[row])
    return added


def _unquoted_greeks(instrument: Instrument, quantity: int, spot: float) -> tuple[float, ...]:
    """Of shares, or of a contract that moves like its intrinsic value; NaN as long as the spot is NaN."""
    if not isinstance(instrument, OptionContract):
        return quantity, 0.0, 0.0, 0.0
    if isnan(spot):
        return nan, nan, nan, nan
    inside = instrument.intrinsic(spot) > 0.0
    return quantity * instrument.multiplier * instrument.right if inside else 0.0, 0.0, 0.0, 0.0


def sizes(held: Holdings) -> Floats:
    """Shares that each holding stands for, negative when short, of shape (contracts,)."""
    return np.array([quantity * contract.series.strike_multiplier for contract, quantity in held], np.float64)


def _volatilities(contracts: Sequence[OptionContract], snapshot: ChainSnapshot | None) -> Floats:
    if snapshot is None or not len(snapshot):
        return np.full(len(contracts), np.nan)
    ids = np.array([contract.contract_id for contract in contracts], np.int32)
    rows = np.minimum(snapshot.contract_id.searchsorted(ids), len(snapshot) - 1)
    quoted = snapshot.implied_volatility[rows]
    return np.where((snapshot.contract_id[rows] == ids) & (quoted > 0.0), quoted, np.nan)
