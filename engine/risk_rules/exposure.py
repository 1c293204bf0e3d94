"""Exposure: what a book or a package gains and loses when price, volatility and time move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, isfinite
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.config import PricingConfig
from engine.instants import years_between
from engine.market import Market
from engine.model import ChainSnapshot, Instrument, OptionContract
from engine.pricing.backend import pricing_backend

DAYS_PER_YEAR: Final = 365.0
POINTS_PER_UNIT: Final = 100.0
"""Volatility points in 1.00 of volatility."""
_GREEKS: Final = ("delta", "gamma", "vega", "theta")


class Held(Protocol):
    """A quantity of an instrument: a leg of a position, of a fill, or of a margin book."""

    @property
    def instrument(self) -> Instrument:
        """Contract or shares."""

    @property
    def quantity(self) -> int:
        """Contracts or shares, negative when short."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """Sensitivities in the units of the screen.

    Attributes:
        delta_shares: shares of the underlyings that move alike; underlyings are added up share for share.
        gamma_shares_per_point: change of `delta_shares` per point of the underlying.
        vega_usd_per_point: gain per volatility point.
        theta_usd_per_day: gain per calendar day.
    """

    delta_shares: float = 0.0
    gamma_shares_per_point: float = 0.0
    vega_usd_per_point: float = 0.0
    theta_usd_per_day: float = 0.0

    def __add__(self, other: Exposure) -> Exposure:
        return Exposure(
            self.delta_shares + other.delta_shares,
            self.gamma_shares_per_point + other.gamma_shares_per_point,
            self.vega_usd_per_point + other.vega_usd_per_point,
            self.theta_usd_per_day + other.theta_usd_per_day,
        )

    def times(self, quantity: int) -> Exposure:
        """Exposure of so many of the same."""
        return Exposure(
            self.delta_shares * quantity,
            self.gamma_shares_per_point * quantity,
            self.vega_usd_per_point * quantity,
            self.theta_usd_per_day * quantity,
        )


class ExposureCalculator:
    """Measures exposure on the last chains: vendor Greeks where there are some, else the model's.

    The model takes the chain's implied volatility and the rates of the configuration. Without a volatility a contract
    moves like its intrinsic value: delta 1 (-1) in the money, else 0, and no gamma, vega or theta. A contract whose
    underlying has no price yet counts nothing. Deltas of adjusted contracts are per strike multiplier.
    """

    def __init__(self, pricing: PricingConfig) -> None:
        self._pricing = pricing
        self._backend = pricing_backend(pricing.backend)

    def measure(self, legs: Iterable[Held], market: Market) -> Exposure:
        """Exposure of all legs together."""
        shares = 0
        options: dict[str, list[tuple[OptionContract, int]]] = {}
        for leg in legs:
            contract = leg.instrument
            if isinstance(contract, OptionContract):
                options.setdefault(contract.series.underlying, []).append((contract, leg.quantity))
            else:
                shares += leg.quantity
        total = Exposure(delta_shares=float(shares))
        for underlying in sorted(options):
            total += self._options(options[underlying], underlying, market)
        return total

    def _options(self, held: list[tuple[OptionContract, int]], underlying: str, market: Market) -> Exposure:
        snapshot = market.snapshots.get(underlying)
        if snapshot is not None:
            per_share = self._quoted(held, snapshot)
        elif market.last_price(underlying) is not None:
            per_share = _intrinsic(held, market.price_of(underlying)[0])
        else:
            return Exposure()
        sizes = np.array([quantity * contract.series.strike_multiplier for contract, quantity in held], np.float64)
        delta, gamma, vega, theta = map(fsum, (sizes * per_share).tolist())
        return Exposure(delta, gamma, vega / POINTS_PER_UNIT, theta / DAYS_PER_YEAR)

    def _quoted(self, held: list[tuple[OptionContract, int]], snapshot: ChainSnapshot) -> NDArray[np.float64]:
        """Delta, gamma, vega, theta per share, of shape (4, len(held))."""
        if not len(snapshot):
            return _intrinsic(held, snapshot.underlying_price)
        rows, found = _rows(held, snapshot)
        vendor = np.array([snapshot.delta[rows], snapshot.gamma[rows], snapshot.vega[rows], snapshot.theta[rows]])
        if found.all() and isfinite(vendor.sum()):  # finite where all of them are; the common case
            return vendor
        vendor[:, ~found] = np.nan
        own = np.isfinite(vendor)
        model = _intrinsic(held, snapshot.underlying_price)
        volatility = np.where(found, snapshot.implied_volatility[rows], np.nan)
        wanted = (volatility > 0.0) & ~own.all(axis=0)
        if wanted.any():
            modelled = [one for one, ok in zip(held, wanted, strict=True) if ok]
            model[:, wanted] = self._modelled(modelled, snapshot, volatility[wanted])
        return np.where(own, vendor, model)

    def _modelled(
        self, held: list[tuple[OptionContract, int]], snapshot: ChainSnapshot, volatility: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """European Greeks per share, of shape (4, len(held)); 0 where they do not exist (at the strike at the end)."""
        settles = (years_between(snapshot.at, contract.series.settles_at) for contract, _ in held)
        result = self._backend.greeks(
            [int(contract.right) for contract, _ in held],
            snapshot.underlying_price,
            [contract.strike for contract, _ in held],
            [max(years, 0.0) for years in settles],
            self._pricing.rate,
            self._pricing.dividend_yield,
            volatility,
            higher_order=False,
        )
        greeks: NDArray[np.float64] = np.nan_to_num([result.delta, result.gamma, result.vega, result.theta])
        return greeks


def _rows(
    held: list[tuple[OptionContract, int]], snapshot: ChainSnapshot
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Row of each contract in a chain that has some, and whether it is quoted there, both of shape (len(held),)."""
    ids = np.array([contract.contract_id for contract, _ in held], np.int32)
    rows = snapshot.contract_id.searchsorted(ids)
    if rows[rows.argmax()] == len(snapshot):
        rows = np.minimum(rows, len(snapshot) - 1)
    return rows, snapshot.contract_id[rows] == ids


def _intrinsic(held: list[tuple[OptionContract, int]], price: float) -> NDArray[np.float64]:
    """Delta of the intrinsic value, and three rows of zeros, of shape (4, len(held))."""
    greeks = np.zeros((len(_GREEKS), len(held)))
    greeks[0] = [float(contract.right) if contract.intrinsic(price) > 0.0 else 0.0 for contract, _ in held]
    return greeks
