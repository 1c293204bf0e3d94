"""Options of one underlying as columns, with what the last chain says of them; Greeks and stress start from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.instants import years_between
from engine.market import Market
from engine.model import ChainSnapshot, ExerciseStyle, OptionContract
from engine.pricing.types import Style

Floats: TypeAlias = NDArray[np.float64]
Holdings: TypeAlias = Sequence[tuple[OptionContract, int]]
"""Contracts on one underlying with their quantities."""
QUOTED_GREEKS: Final = ("delta", "gamma", "vega", "theta")


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


def option_columns(held: Holdings, underlying: str, market: Market) -> OptionColumns | None:
    """Contracts as columns; None where their underlying has no price yet."""
    snapshot = market.snapshots.get(underlying)
    known = market.last_price(underlying)
    if snapshot is not None:
        spot, at = snapshot.underlying_price, snapshot.at
    elif known is not None:
        spot, at = known[0], market.now
    else:
        return None
    contracts = [contract for contract, _ in held]
    return OptionColumns(
        spot,
        np.array([int(contract.right) for contract in contracts], np.float64),
        np.array([contract.strike for contract in contracts], np.float64),
        np.array([max(years_between(at, contract.series.settles_at), 0.0) for contract in contracts]),
        np.array([contract.series.style is ExerciseStyle.AMERICAN for contract in contracts], np.bool_),
        _volatilities(held, snapshot),
    )


def quoted_greeks(held: Holdings, snapshot: ChainSnapshot | None) -> Floats:
    """Greeks per share that a chain has, of shape (4, contracts); NaN where it has none."""
    if snapshot is None or not len(snapshot):
        return np.full((len(QUOTED_GREEKS), len(held)), np.nan)
    rows, found = _rows(held, snapshot)
    greeks = np.array([snapshot.delta[rows], snapshot.gamma[rows], snapshot.vega[rows], snapshot.theta[rows]])
    if not found.all():
        greeks[:, ~found] = np.nan
    return greeks


def sizes(held: Holdings) -> Floats:
    """Shares that each holding stands for, negative when short, of shape (contracts,)."""
    return np.array([quantity * contract.series.strike_multiplier for contract, quantity in held], np.float64)


def _volatilities(held: Holdings, snapshot: ChainSnapshot | None) -> Floats:
    if snapshot is None or not len(snapshot):
        return np.full(len(held), np.nan)
    rows, found = _rows(held, snapshot)
    quoted = snapshot.implied_volatility[rows]
    return np.where(found & (quoted > 0.0), quoted, np.nan)


def _rows(held: Holdings, snapshot: ChainSnapshot) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Row of each contract in a chain that has some, and whether it is quoted there, both of shape (contracts,)."""
    ids = np.array([contract.contract_id for contract, _ in held], np.int32)
    rows = snapshot.contract_id.searchsorted(ids)
    if rows[rows.argmax()] == len(snapshot):
        rows = np.minimum(rows, len(snapshot) - 1)
    return rows, snapshot.contract_id[rows] == ids
