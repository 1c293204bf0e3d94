"""What the summary says of risk: outcomes by strategy, exposure, protection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from engine.config import RunConfig
from engine.events import ProtectionLifted, ProtectionTriggered
from engine.instants import utc_datetime
from engine.money import to_usd
from engine.result import BacktestResult
from engine.risk_rules.breakdown import ExposurePoint
from engine.risk_rules.exposure import Exposure
from engine.risk_rules.protection import PROTECTION_TAGS
from schemas.sections.risk import (
    ExposureSection,
    Extreme,
    Greeks,
    Protection,
    ProtectionBegun,
    ProtectionEnded,
    StrategyResult,
    Stress,
)

_DIGITS: Final = 9
"""Greeks are rounded so that a summary reads well; they are no money."""


def strategies_of(result: BacktestResult) -> dict[str, StrategyResult]:
    """What each strategy made of the account."""
    return {
        name: StrategyResult(
            trades=one.trades,
            profit_usd=to_usd(one.profit),
            fees_usd=to_usd(one.fees),
            dividends_usd=to_usd(one.dividends),
            max_margin_usd=None if one.max_margin is None else to_usd(one.max_margin),
            margin_share=one.margin_share,
        )
        for name, one in result.strategies.items()
    }


def exposure_of(config: RunConfig, result: BacktestResult) -> ExposureSection:
    """Exposure at the end, and its extremes over the sessions."""
    breakdown, shocks = result.exposure, config.risk.exposure.stress
    gains, beta_weighted = breakdown.stress_gains_usd, breakdown.point.beta_weighted_delta_shares
    return ExposureSection(
        at=utc_datetime(breakdown.point.at),
        total=_greeks(breakdown.point.total),
        beta_weighted_delta_shares=None if beta_weighted is None else rounded_greek(beta_weighted),
        by_underlying=_by(breakdown.by_underlying),
        by_expiration=_by(breakdown.by_expiration),
        by_structure=_by(breakdown.by_structure),
        by_strategy=_by(breakdown.by_strategy),
        stress=None
        if shocks is None or gains is None
        else Stress(
            spot_percent=shocks.spot_percent,
            volatility_points=shocks.volatility_points,
            gains_usd=tuple(tuple(map(rounded_greek, row)) for row in gains),
        ),
        extremes=_extremes(result.session_exposures),
    )


def protection_of(result: BacktestResult) -> Protection:
    """What protection did, and when."""
    return Protection(
        triggered=tuple(
            ProtectionBegun.model_validate(
                {
                    "at": utc_datetime(event.at),
                    "rule": event.rule,
                    "action": event.action,
                    "value": event.value,
                    "limit": event.limit,
                    "unit": event.unit,
                    "position_id": event.position_id,
                }
            )
            for event in result.event_log
            if isinstance(event, ProtectionTriggered)
        ),
        lifted=tuple(
            ProtectionEnded.model_validate({"at": utc_datetime(event.at), "rule": event.rule, "limit": event.limit})
            for event in result.event_log
            if isinstance(event, ProtectionLifted)
        ),
        closing_fills=sum(fill.tag in PROTECTION_TAGS for fill in result.fills),
    )


def _by(groups: Mapping[str, Exposure]) -> dict[str, Greeks]:
    return {name: _greeks(exposure) for name, exposure in groups.items()}


def _greeks(exposure: Exposure) -> Greeks:
    return Greeks(**{name: rounded_greek(getattr(exposure, name)) for name in Greeks.model_fields})


def rounded_greek(value: float) -> float:
    """A sensitivity as it is published."""
    return round(value, _DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0


def _extremes(points: Sequence[ExposurePoint]) -> dict[str, Extreme]:
    if not points:
        return {}
    named = {name: [(getattr(point.total, name), point.at) for point in points] for name in Greeks.model_fields}
    return {name: _extreme(values) for name, values in named.items()}


def _extreme(values: Sequence[tuple[float, int]]) -> Extreme:
    least, greatest = min(values, key=lambda one: one[0]), max(values, key=lambda one: one[0])
    return Extreme(
        least=rounded_greek(least[0]),
        least_at=utc_datetime(least[1]),
        greatest=rounded_greek(greatest[0]),
        greatest_at=utc_datetime(greatest[1]),
        average=rounded_greek(fsum(value for value, _ in values) / len(values)),
    )
