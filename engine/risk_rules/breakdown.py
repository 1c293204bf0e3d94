"""Exposure by what it hangs on, as results report it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.instants import Instant
from engine.model import NetLegs, OptionContract, Position, PositionLeg
from engine.records import record
from engine.risk_config import RiskConfig
from engine.risk_rules.exposure import Exposure, Held
from engine.risk_rules.trade import Measures

SHARES: Final = "shares"
"""Where a share stands among expirations."""


@record
class ExposurePoint:
    """Exposure of everything held at one instant.

    Attributes:
        beta_weighted_delta_shares: in shares of the index; None without `risk.beta` or before the index has a price.
        worst_stress_usd: least gain under the shocks of the configuration; None without any.
    """

    at: Instant
    total: Exposure
    beta_weighted_delta_shares: float | None
    worst_stress_usd: float | None


@dataclass(frozen=True, slots=True)
class ExposureBreakdown:
    """Exposure of everything held, by what it hangs on; each of the mappings adds up to the total.

    Attributes:
        by_expiration: by ISO date; what shares add stands under `shares`.
        stress_gains_usd: gains under the shocks of the configuration, one row per spot; None without any.
    """

    point: ExposurePoint
    by_underlying: Mapping[str, Exposure]
    by_expiration: Mapping[str, Exposure]
    by_structure: Mapping[str, Exposure]
    by_strategy: Mapping[str, Exposure]
    stress_gains_usd: tuple[tuple[float, ...], ...] | None


def exposure_point(at: Instant, held: Iterable[Held], measures: Measures, risk: RiskConfig) -> ExposurePoint:
    """Exposure of everything held together."""
    legs = held if isinstance(held, NetLegs) else tuple(held)
    beta, shocks = risk.beta, risk.exposure.stress
    return ExposurePoint(
        at,
        measures.exposure(legs),
        measures.beta_weighted_delta(legs) if beta is not None and measures.is_priced(beta.index) else None,
        float(measures.stress(legs, shocks).min()) if shocks is not None else None,
    )


def exposure_breakdown(
    at: Instant, positions: Iterable[Position], measures: Measures, risk: RiskConfig
) -> ExposureBreakdown:
    """Exposure of positions by underlying, expiration, structure and strategy."""
    held = tuple(positions)
    labelled = [(position, leg) for position in held for leg in position.legs]
    shocks = risk.exposure.stress
    gains = None if shocks is None else measures.stress([leg for _, leg in labelled], shocks).tolist()

    def by(label: Callable[[Position, PositionLeg], str]) -> dict[str, Exposure]:
        groups: dict[str, list[PositionLeg]] = {}
        for position, leg in labelled:
            groups.setdefault(label(position, leg), []).append(leg)
        return {name: measures.exposure(groups[name]) for name in sorted(groups)}

    return ExposureBreakdown(
        exposure_point(at, [leg for _, leg in labelled], measures, risk),
        by_underlying=by(lambda _, leg: leg.instrument.underlying),
        by_expiration=by(lambda _, leg: _expiration(leg)),
        by_structure=by(lambda position, _: position.structure),
        by_strategy=by(lambda position, _: position.strategy),
        stress_gains_usd=None if gains is None else tuple(tuple(row) for row in gains),
    )


def _expiration(leg: PositionLeg) -> str:
    contract = leg.instrument
    return contract.series.expires_on.isoformat() if isinstance(contract, OptionContract) else SHARES
