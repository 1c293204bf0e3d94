"""The exposure calculator: Greeks and stress of any set of legs on the present market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import fsum, isfinite

import numpy as np

from engine.config import PricingConfig
from engine.instants import Instant
from engine.market import Market
from engine.model import ChainSnapshot, Instrument, NetLeg, NetLegs, OptionContract
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import DAYS_PER_YEAR, POINTS_PER_UNIT, Exposure, Held
from engine.risk_rules.option_columns import GREEKS, Floats, option_columns, quoted_greeks, sizes
from engine.risk_rules.option_model import OptionModel


@dataclass(slots=True)
class _Known:
    """What was found on one underlying.

    Attributes:
        on: the chain that it was found on; without one, the instant and the last price.
        modelled: Greeks of the model per share, of contracts by their id.
        parts: what the legs of the books' parts add, by the identity of the part; a trade changes one of a book.
        exposures: of books on this underlying alone, which are measured when an order fills and at the session's end;
            the books keep their parts alive.
    """

    on: ChainSnapshot | tuple[Instant, tuple[float, Instant] | None]
    modelled: dict[int, list[float]] = field(default_factory=dict)
    parts: dict[int, list[float]] = field(default_factory=dict)
    exposures: dict[NetLegs, Exposure] = field(default_factory=dict)


class ExposureCalculator:
    """Measures exposure on the last chains: vendor Greeks where there are some, else the model's.

    A contract whose underlying has no price yet counts nothing. Deltas of adjusted contracts are per strike
    multiplier.
    """

    def __init__(self, pricing: PricingConfig) -> None:
        self._model = OptionModel(pricing)
        self._known: dict[str, _Known] = {}

    def measure(self, legs: Iterable[Held], market: Market) -> Exposure:
        """Exposure of all legs together.

        Of a book on one underlying only those parts are looked at that have changed since the last look at this chain.
        """
        if isinstance(legs, NetLegs) and (underlying := legs.sole_underlying) is not None:
            known = self._known_of(underlying, market)
            exposure = known.exposures.get(legs)
            if exposure is None:
                exposure = known.exposures[legs] = _summed(self._greeks_of(legs, known.parts, underlying, market))
            return exposure
        by_underlying: dict[str, list[Held]] = {}
        for leg in legs:
            by_underlying.setdefault(leg.instrument.underlying, []).append(leg)
        greeks: list[float] = []
        for underlying, held in by_underlying.items():
            greeks += self._greeks(held, underlying, market)
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

    def _greeks_of(self, book: NetLegs, known: dict[int, list[float]], underlying: str, market: Market) -> list[float]:
        """What the legs of a book add; parts that are not known yet are looked at together, and known from then on."""
        parts = book.parts.values()
        changed: list[tuple[NetLeg, ...]] = []
        legs: list[NetLeg] = []
        for part in parts:
            if id(part) not in known:
                changed.append(part)
                legs += part
        added = self._greeks(legs, underlying, market)
        end = 0
        for part in changed:
            start, end = end, end + GREEKS * len(part)
            known[id(part)] = added[start:end]
        if len(changed) == len(parts):
            return added
        greeks: list[float] = []
        for part in parts:
            greeks += known[id(part)]
        return greeks

    def _known_of(self, underlying: str, market: Market) -> _Known:
        """What was found on the present chain of an underlying; nothing yet on each new chain."""
        snapshot = market.snapshots.get(underlying)
        on = (market.now, market.last_price(underlying)) if snapshot is None else snapshot
        last = self._known.get(underlying)
        if last is None or last.on != on:
            last = self._known[underlying] = _Known(on)
        return last

    def _greeks(self, legs: Sequence[Held], underlying: str, market: Market) -> list[float]:
        """What legs add: by the quoted Greeks, the model's in the place of those that are not finite."""
        added = quoted_greeks(legs, market.snapshots.get(underlying))
        if isfinite(sum(added)):
            return added
        lacking = [leg for leg in range(len(legs)) if not isfinite(sum(added[GREEKS * leg : GREEKS * (leg + 1)]))]
        modelled = self._modelled([legs[leg].instrument for leg in lacking], underlying, market)
        for leg, per_share in zip(lacking, modelled, strict=True):
            shares = legs[leg].quantity * legs[leg].instrument.multiplier
            for place, one in enumerate(per_share, GREEKS * leg):
                if not isfinite(added[place]):
                    added[place] = shares * one
        return added

    def _modelled(self, lacking: Sequence[Instrument], underlying: str, market: Market) -> list[list[float]]:
        """Greeks per share of contracts on one underlying; 0 before it has a price."""
        modelled = self._known_of(underlying, market).modelled
        contracts = [one for one in lacking if isinstance(one, OptionContract)]
        unknown = [one for one in contracts if one.contract_id not in modelled]
        if unknown:
            columns = option_columns(unknown, underlying, market)
            greeks = np.zeros((GREEKS, len(unknown))) if columns is None else self._model.greeks(columns)
            modelled.update(zip([one.contract_id for one in unknown], greeks.T.tolist(), strict=True))
        return [modelled[one.contract_id] for one in contracts]


def _summed(greeks: list[float]) -> Exposure:
    """Of all legs, exactly rounded, whatever their order."""
    return Exposure(
        fsum(greeks[0::GREEKS]),
        fsum(greeks[1::GREEKS]),
        fsum(greeks[2::GREEKS]) / POINTS_PER_UNIT,
        fsum(greeks[3::GREEKS]) / DAYS_PER_YEAR,
    )


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
