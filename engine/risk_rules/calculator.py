"""The exposure calculator: Greeks and stress of any set of legs on the present market."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import fsum, isfinite
from typing import NamedTuple

import numpy as np

from engine.config import PricingConfig
from engine.instants import Instant
from engine.market import Market
from engine.model import ChainSnapshot, NetLeg, NetLegs, OptionContract, underlying_of
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import DAYS_PER_YEAR, POINTS_PER_UNIT, Exposure, Held
from engine.risk_rules.option_columns import GREEKS_PER_SHARE, Floats, Greeks, option_columns, quoted_greeks, sizes
from engine.risk_rules.option_model import OptionModel


class _Known(NamedTuple):
    """What was found on one underlying.

    Attributes:
        on: the chain that it was found on; without one, the instant and the last price.
        per_share: Greeks of contracts, by their id.
        parts: parts of books and the Greeks of their legs, by the identity of the part; a trade changes one of a book.
        exposures: of books on this underlying alone, which are measured when an order fills and at the session's end.
    """

    on: ChainSnapshot | tuple[Instant, tuple[float, Instant] | None]
    per_share: dict[int, Greeks]
    parts: dict[int, tuple[tuple[NetLeg, ...], list[Greeks]]]
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
        if isinstance(legs, NetLegs) and (underlying := legs.sole_underlying) is not None:
            return self._of_book(legs, underlying, market)
        by_underlying: dict[str, list[Held]] = {}
        for leg in legs:
            by_underlying.setdefault(underlying_of(leg.instrument), []).append(leg)
        greeks = list[Greeks]()
        for underlying, held in by_underlying.items():
            known = self._known_of(underlying, market)
            self._learn(held, known, underlying, market)
            greeks += _weighted(held, known.per_share)
        return _summed(greeks)

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

    def _of_book(self, book: NetLegs, underlying: str, market: Market) -> Exposure:
        """Exposure of a book on one underlying, of which only parts are looked at that changed on this chain."""
        known = self._known_of(underlying, market)
        exposure = known.exposures.get(book)
        if exposure is None:
            parts = book.parts.values()
            changed = [part for part in parts if id(part) not in known.parts]
            self._learn(chain.from_iterable(changed), known, underlying, market)
            for part in changed:
                known.parts[id(part)] = part, _weighted(part, known.per_share)
            greeks = [*chain.from_iterable([known.parts[id(part)][1] for part in parts])]
            exposure = known.exposures[book] = _summed(greeks)
        return exposure

    def _known_of(self, underlying: str, market: Market) -> _Known:
        """What was found on the present chain of an underlying; nothing yet on each new chain."""
        snapshot = market.snapshots.get(underlying)
        on = (market.now, market.last_price(underlying)) if snapshot is None else snapshot
        last = self._known.get(underlying)
        if last is None or last.on != on:
            last = self._known[underlying] = _Known(on, {}, {}, {})
        return last

    def _learn(self, legs: Iterable[Held], known: _Known, underlying: str, market: Market) -> None:
        """Find the Greeks of contracts: the quoted ones, the model's in the place of those that are not finite."""
        missing = {
            contract.contract_id: contract
            for contract in [leg.instrument for leg in legs]
            if isinstance(contract, OptionContract) and contract.contract_id not in known.per_share
        }
        if not missing:
            return
        quoted = quoted_greeks(missing, market.snapshots.get(underlying))
        known.per_share.update(quoted)
        if not isfinite(sum(chain.from_iterable(quoted.values()))):
            lacking = [(missing[one], greeks) for one, greeks in quoted.items() if not isfinite(sum(greeks))]
            known.per_share.update(self._modelled(lacking, underlying, market))

    def _modelled(
        self, lacking: Sequence[tuple[OptionContract, Greeks]], underlying: str, market: Market
    ) -> dict[int, Greeks]:
        """Greeks of contracts on one underlying of which something is missing; 0 before it has a price."""
        columns = option_columns([contract for contract, _ in lacking], underlying, market)
        modelled = np.zeros((GREEKS_PER_SHARE, len(lacking))) if columns is None else self._model.greeks(columns)
        return {
            contract.contract_id: [one if isfinite(one) else other for one, other in zip(quoted, model, strict=True)]
            for (contract, quoted), model in zip(lacking, modelled.T.tolist(), strict=True)
        }


def _weighted(legs: Iterable[Held], per_share: Mapping[int, Greeks]) -> list[Greeks]:
    """Delta, gamma, vega and theta of every leg."""
    weighted = list[Greeks]()
    for leg in legs:
        contract, quantity = leg.instrument, leg.quantity
        if isinstance(contract, OptionContract):
            delta, gamma, vega, theta = per_share[contract.contract_id]
            shares = quantity * contract.multiplier
            weighted.append((shares * delta, shares * gamma, shares * vega, shares * theta))
        else:
            weighted.append((quantity, 0.0, 0.0, 0.0))
    return weighted


def _summed(legs: Sequence[Greeks]) -> Exposure:
    """Exactly rounded, whatever the order of legs."""
    if not legs:
        return Exposure()
    delta, gamma, vega, theta = map(fsum, zip(*legs, strict=True))
    return Exposure(delta, gamma, vega / POINTS_PER_UNIT, theta / DAYS_PER_YEAR)


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
