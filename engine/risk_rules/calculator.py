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
from engine.risk_rules.option_columns import QUOTED_GREEKS, Floats, Holdings, option_columns, quoted_greeks, sizes
from engine.risk_rules.option_model import OptionModel

PerShare: TypeAlias = Sequence[float]
"""Delta, gamma, vega and theta of one contract, per share."""


class _ChainGreeks(NamedTuple):
    """What was found of contracts on one chain, by contract id."""

    chain: ChainSnapshot | None
    per_share: dict[int, PerShare]


class _Measured(NamedTuple):
    """The legs that were measured last, and the chains that this rests on."""

    legs: tuple[Held, ...]
    chains: Sequence[tuple[str, ChainSnapshot | None]]
    exposure: Exposure

    def stands(self, legs: Iterable[Held], market: Market) -> bool:
        """Whether it is what the same legs measure now; without a chain, time and price move it."""
        if legs is not self.legs:
            return False
        return all(chain is not None and market.snapshots.get(name) is chain for name, chain in self.chains)


class ExposureCalculator:
    """Measures exposure on the last chains: vendor Greeks where there are some, else the model's.

    A contract whose underlying has no price yet counts nothing. Deltas of adjusted contracts are per strike
    multiplier.
    """

    def __init__(self, pricing: PricingConfig) -> None:
        self._model = OptionModel(pricing)
        self._known: dict[str, _ChainGreeks] = {}
        self._last: _Measured | None = None

    def measure(self, legs: Iterable[Held], market: Market) -> Exposure:
        """Exposure of all legs together; that of a tuple is remembered, as a book is asked for again and again."""
        if self._last is not None and self._last.stands(legs, market):
            return self._last.exposure
        shares, options = _parted(legs)
        parts = [self._options(options[underlying], underlying, market) for underlying in sorted(options)]
        held = sum(shares.values())
        total = sum(parts, Exposure(delta_shares=float(held))) if held or len(parts) != 1 else parts[0]
        if isinstance(legs, tuple):
            self._last = _Measured(legs, [(one, market.snapshots.get(one)) for one in options], total)
        return total

    def stress(self, legs: Iterable[Held], market: Market, shocks: StressGrid) -> Floats:
        """Gain of all legs together under each shock, USD, of shape (spots, volatilities).

        A gain is the model's value after the shock less the model's value before it; shares move with their price.
        """
        shares, options = _parted(legs)
        shape = (len(shocks.spot_percent), len(shocks.volatility_points))
        parts = [np.zeros(shape), *(_share_gains(one, shares[one], market, shocks) for one in sorted(shares))]
        for underlying in sorted(options):
            columns = option_columns([contract for contract, _ in options[underlying]], underlying, market)
            if columns is not None:
                held = sizes(options[underlying])[:, None, None]
                parts += list(held * self._model.changes(columns, shocks))
        by_shock = np.array(parts).reshape(len(parts), -1).T.tolist()
        return np.array([fsum(gains) for gains in by_shock]).reshape(shape)

    def _options(self, held: Holdings, underlying: str, market: Market) -> Exposure:
        known = self._greeks_of_chain(underlying, market)
        unknown = [contract for contract, _ in held if contract.contract_id not in known]
        if unknown:
            self._learn(known, unknown, underlying, market)
        sizes = [quantity * contract.series.strike_multiplier for contract, quantity in held]
        delta, gamma, vega, theta = zip(*[known[contract.contract_id] for contract, _ in held], strict=True)
        return Exposure(
            fsum(map(mul, sizes, delta)),
            fsum(map(mul, sizes, gamma)),
            fsum(map(mul, sizes, vega)) / POINTS_PER_UNIT,
            fsum(map(mul, sizes, theta)) / DAYS_PER_YEAR,
        )

    def _greeks_of_chain(self, underlying: str, market: Market) -> dict[int, PerShare]:
        """What was found of contracts on the last chain of an underlying; empty for each new chain."""
        chain = market.snapshots.get(underlying)
        last = self._known.get(underlying)
        if chain is None or last is None or last.chain is not chain:
            last = self._known[underlying] = _ChainGreeks(chain, {})
        return last.per_share

    def _learn(
        self, known: dict[int, PerShare], contracts: Sequence[OptionContract], underlying: str, market: Market
    ) -> None:
        """Find the Greeks of contracts: the quoted ones, the model's in the place of those that are not finite."""
        chain = market.snapshots.get(underlying)
        lacking: list[tuple[OptionContract, PerShare]] = []
        for contract in contracts:
            quoted: PerShare = quoted_greeks(contract, chain)
            if isfinite(sum(quoted)):
                known[contract.contract_id] = quoted
            else:
                lacking.append((contract, quoted))
        if not lacking:
            return
        columns = option_columns([contract for contract, _ in lacking], underlying, market)
        modelled = np.zeros((len(QUOTED_GREEKS), len(lacking))) if columns is None else self._model.greeks(columns)
        for (contract, quoted), model in zip(lacking, modelled.T.tolist(), strict=True):
            known[contract.contract_id] = [
                one if isfinite(one) else other for one, other in zip(quoted, model, strict=True)
            ]


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
