"""The exposure calculator: Greeks and stress of any set of legs on the present market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, isfinite
from operator import mul
from typing import NamedTuple, TypeAlias

import numpy as np

from engine.config import PricingConfig
from engine.market import Market
from engine.model import ChainSnapshot, OptionContract
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import DAYS_PER_YEAR, POINTS_PER_UNIT, Exposure, Held
from engine.risk_rules.option_columns import Floats, Holdings, option_columns, quoted_greeks, sizes
from engine.risk_rules.option_model import OptionModel

PerShare: TypeAlias = Sequence[float]
"""Delta, gamma, vega and theta of one contract, per share."""


class _ChainGreeks(NamedTuple):
    """What was found of contracts on one chain, by contract id."""

    chain: ChainSnapshot | None
    per_share: dict[int, PerShare]


class ExposureCalculator:
    """Measures exposure on the last chains: vendor Greeks where there are some, else the model's.

    A contract whose underlying has no price yet counts nothing. Deltas of adjusted contracts are per strike
    multiplier.
    """

    def __init__(self, pricing: PricingConfig) -> None:
        self._model = OptionModel(pricing)
        self._known: dict[str, _ChainGreeks] = {}

    def measure(self, legs: Iterable[Held], market: Market) -> Exposure:
        """Exposure of all legs together."""
        shares, options = _parted(legs)
        total = Exposure(delta_shares=float(sum(shares.values())))
        for underlying in sorted(options):
            total += self._options(options[underlying], underlying, market)
        return total

    def stress(self, legs: Iterable[Held], market: Market, shocks: StressGrid) -> Floats:
        """Gain of all legs together under each shock, USD, of shape (spots, volatilities).

        A gain is the model's value after the shock less the model's value before it; shares move with their price.
        """
        shares, options = _parted(legs)
        shape = (len(shocks.spot_percent), len(shocks.volatility_points))
        parts = [np.zeros(shape), *(_share_gains(one, shares[one], market, shocks) for one in sorted(shares))]
        for underlying in sorted(options):
            columns = option_columns(options[underlying], underlying, market)
            if columns is not None:
                held = sizes(options[underlying])[:, None, None]
                parts += list(held * self._model.changes(columns, shocks))
        by_shock = np.array(parts).reshape(len(parts), -1).T.tolist()
        return np.array([fsum(gains) for gains in by_shock]).reshape(shape)

    def _options(self, held: Holdings, underlying: str, market: Market) -> Exposure:
        known = self._greeks_of_chain(underlying, market)
        unknown = [(contract, quantity) for contract, quantity in held if contract.contract_id not in known]
        if unknown:
            per_contract = self._per_share(unknown, underlying, market)
            known.update(zip((contract.contract_id for contract, _ in unknown), per_contract, strict=True))
        sizes = [quantity * contract.series.strike_multiplier for contract, quantity in held]
        columns = zip(*(known[contract.contract_id] for contract, _ in held), strict=True)
        delta, gamma, vega, theta = (fsum(map(mul, sizes, column)) for column in columns)
        return Exposure(delta, gamma, vega / POINTS_PER_UNIT, theta / DAYS_PER_YEAR)

    def _greeks_of_chain(self, underlying: str, market: Market) -> dict[int, PerShare]:
        """What was found of contracts on the last chain of an underlying; empty for each new chain."""
        chain = market.snapshots.get(underlying)
        last = self._known.get(underlying)
        if chain is None or last is None or last.chain is not chain:
            last = self._known[underlying] = _ChainGreeks(chain, {})
        return last.per_share

    def _per_share(self, held: Holdings, underlying: str, market: Market) -> list[PerShare]:
        """Delta, gamma, vega, theta per share of each contract; 0 before its underlying has a price."""
        per_share = quoted_greeks(held, market.snapshots.get(underlying))
        if not isfinite(per_share.sum()):  # finite where all of them are, which is the common case
            missing = ~np.isfinite(per_share)
            lacking = np.flatnonzero(missing.any(axis=0))
            columns = option_columns([held[place] for place in lacking.tolist()], underlying, market)
            modelled = np.zeros_like(per_share)
            if columns is not None:
                modelled[:, lacking] = self._model.greeks(columns)
            per_share = np.where(missing, modelled, per_share)
        greeks: list[PerShare] = per_share.T.tolist()
        return greeks


def _parted(legs: Iterable[Held]) -> tuple[dict[str, int], dict[str, list[tuple[OptionContract, int]]]]:
    """Shares by symbol, and contracts with their quantities by underlying."""
    shares: dict[str, int] = {}
    options: dict[str, list[tuple[OptionContract, int]]] = {}
    for leg in legs:
        contract = leg.instrument
        if isinstance(contract, OptionContract):
            options.setdefault(contract.series.underlying, []).append((contract, leg.quantity))
        else:
            shares[contract.symbol] = shares.get(contract.symbol, 0) + leg.quantity
    return shares, options


def _share_gains(symbol: str, quantity: int, market: Market, shocks: StressGrid) -> Floats:
    known = market.last_price(symbol)
    value = 0.0 if known is None else quantity * known[0]
    moves = np.array(shocks.spot_percent) / 100.0
    return np.repeat(value * moves[:, None], len(shocks.volatility_points), axis=1)
