"""The exposure calculator: Greeks and stress of any set of legs on the present market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import fsum, isfinite
from typing import NamedTuple

import numpy as np

from engine.config import PricingConfig
from engine.instants import Instant
from engine.market import Market
from engine.model import ChainSnapshot, NetLegs, OptionContract
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import DAYS_PER_YEAR, POINTS_PER_UNIT, Exposure, Held
from engine.risk_rules.option_columns import GREEKS_PER_SHARE, Floats, PerShare, option_columns, quoted_greeks, sizes
from engine.risk_rules.option_model import OptionModel


class _Known(NamedTuple):
    """What was found on one underlying.

    Attributes:
        on: the chain that it was found on; without one, the instant and the last price.
        per_share: Greeks of contracts, by their id.
        exposures: of books on this underlying alone, which are measured when an order fills and at the session's end.
    """

    on: ChainSnapshot | tuple[Instant, tuple[float, Instant] | None]
    per_share: dict[int, PerShare]
    exposures: dict[NetLegs, Exposure]


class ExposureCalculator:
    """Measures exposure on the last chains: vendor Greeks where there are some, else the model's.

    A contract whose underlying has no price yet counts nothing. Deltas of adjusted contracts are per strike
    multiplier.
    """

    def __init__(self, pricing: PricingConfig) -> None:
        self._model = OptionModel(pricing)
        self._known: dict[str, _Known] = {}

    def measure(self, legs: Iterable[Held], market: Market) -> Exposure:
        """Exposure of all legs together."""
        if not isinstance(legs, NetLegs) or (underlying := legs.sole_underlying) is None:
            return self._measured(tuple(legs), market)
        exposures = self._known_of(underlying, market).exposures
        exposure = exposures.get(legs)
        if exposure is None:
            exposure = exposures[legs] = self._measured(legs.legs, market)
        return exposure

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

    def _measured(self, legs: Sequence[Held], market: Market) -> Exposure:
        try:
            delta, gamma, vega, theta = self._weighted(legs, market)
        except KeyError:
            self._learn(legs, market)
            delta, gamma, vega, theta = self._weighted(legs, market)
        return Exposure(fsum(delta), fsum(gamma), fsum(vega) / POINTS_PER_UNIT, fsum(theta) / DAYS_PER_YEAR)

    def _weighted(self, legs: Sequence[Held], market: Market) -> tuple[list[float], ...]:
        """Delta, gamma, vega and theta of every leg; raises `KeyError` where a contract was not looked at yet."""
        deltas: list[float] = []
        gammas: list[float] = []
        vegas: list[float] = []
        thetas: list[float] = []
        underlying = ""
        known: dict[int, PerShare] = {}
        for leg in legs:
            contract = leg.instrument
            if not isinstance(contract, OptionContract):
                deltas.append(leg.quantity)
                continue
            series = contract.series
            if series.underlying != underlying:
                underlying, known = series.underlying, self._known_of(series.underlying, market).per_share
            delta, gamma, vega, theta = known[contract.contract_id]
            shares = leg.quantity * series.strike_multiplier
            deltas.append(shares * delta)
            gammas.append(shares * gamma)
            vegas.append(shares * vega)
            thetas.append(shares * theta)
        return deltas, gammas, vegas, thetas

    def _known_of(self, underlying: str, market: Market) -> _Known:
        """What was found on the present chain of an underlying; nothing yet on each new chain."""
        snapshot = market.snapshots.get(underlying)
        on = (market.now, market.last_price(underlying)) if snapshot is None else snapshot
        last = self._known.get(underlying)
        if last is None or last.on != on:
            last = self._known[underlying] = _Known(on, {}, {})
        return last

    def _learn(self, legs: Sequence[Held], market: Market) -> None:
        """Find the Greeks of contracts: the quoted ones, the model's in the place of those that are not finite."""
        _, options = _parted(legs)
        for underlying, held in options.items():
            known = self._known_of(underlying, market).per_share
            missing = [contract for contract, _ in held if contract.contract_id not in known]
            quoted = quoted_greeks(missing, market.snapshots.get(underlying))
            known.update(zip([contract.contract_id for contract in missing], quoted, strict=True))
            if not isfinite(sum(chain.from_iterable(quoted))):
                lacking = [one for one in zip(missing, quoted, strict=True) if not isfinite(sum(one[1]))]
                known.update(self._modelled(lacking, underlying, market))

    def _modelled(
        self, lacking: Sequence[tuple[OptionContract, PerShare]], underlying: str, market: Market
    ) -> dict[int, PerShare]:
        """Greeks of contracts on one underlying of which something is missing; 0 before it has a price."""
        columns = option_columns([contract for contract, _ in lacking], underlying, market)
        modelled = np.zeros((GREEKS_PER_SHARE, len(lacking))) if columns is None else self._model.greeks(columns)
        return {
            contract.contract_id: [one if isfinite(one) else other for one, other in zip(quoted, model, strict=True)]
            for (contract, quoted), model in zip(lacking, modelled.T.tolist(), strict=True)
        }


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
