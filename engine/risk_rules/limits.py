"""The rules that a configuration asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.config import RunConfig
from engine.margin import MarginModel
from engine.risk_config import RiskConfig, RiskLimits
from engine.risk_rules.exposure import DELTA, GAMMA, THETA, VEGA
from engine.risk_rules.greek_limits import BetaWeightedDeltaLimit, GreekLimit
from engine.risk_rules.margin_limits import BuyingPower, MarginShare
from engine.risk_rules.position_limits import MaxOpenPositions, MaxPositionsPerExpiration
from engine.risk_rules.protection import DrawdownProtection
from engine.risk_rules.risk_shares import (
    RiskShare,
    every_position,
    itself_only,
    moves_together,
    shares_expiration,
    shares_structure,
    shares_underlying,
)
from engine.risk_rules.rule import RiskRule
from engine.risk_rules.strategy_budgets import BudgetOfStrategy
from engine.strategies.script import ScriptedStrategy
from engine.strategies.spec import StrategyBudget, StrategyConfig


def run_rules(config: RunConfig, margin: MarginModel, protection: DrawdownProtection) -> tuple[RiskRule, ...]:
    """Everything that an opening order of a run must pass: protection, limits, and the budget of its strategy."""
    return (
        *([protection] if protection.active else []),
        *limit_rules(config.risk, margin),
        *budget_rules(config.strategies),
    )


def budget_rules(strategies: Iterable[StrategyConfig]) -> tuple[RiskRule, ...]:
    """The budgets of strategies that have one; a script has none."""
    return tuple(
        BudgetOfStrategy(strategy.name, strategy.budget)
        for strategy in strategies
        if not isinstance(strategy, ScriptedStrategy) and strategy.budget != StrategyBudget()
    )


def limit_rules(risk: RiskConfig, margin: MarginModel) -> tuple[RiskRule, ...]:
    """The rules that limits ask for, cheapest first; buying power is always one of them."""
    limits = risk.limits
    rules: list[RiskRule] = []
    if limits.max_open_positions is not None:
        rules.append(MaxOpenPositions(limits.max_open_positions))
    if limits.max_positions_per_expiration is not None:
        rules.append(MaxPositionsPerExpiration(limits.max_positions_per_expiration))
    rules.append(BuyingPower(margin))
    if limits.max_margin_percent is not None:
        rules.append(MarginShare(margin, limits.max_margin_percent))
    rules += _risk_shares(limits)
    rules += _greek_limits(risk)
    return tuple(rules)


def _risk_shares(limits: RiskLimits) -> Iterator[RiskRule]:
    table = (
        ("trade_risk", "the position", limits.max_trade_risk_percent, itself_only),
        ("portfolio_heat", "all positions", limits.max_heat_percent, every_position),
        ("underlying_risk", "positions on the underlying", limits.max_underlying_risk_percent, shares_underlying),
        ("expiration_risk", "positions of the expiration", limits.max_expiration_risk_percent, shares_expiration),
        ("structure_risk", "positions of the structure", limits.max_structure_risk_percent, shares_structure),
    )
    for rule, what, percent, kin in table:
        if percent is not None:
            yield RiskShare(rule, what, percent, kin)
    together = limits.correlation
    if together is not None:
        what = "positions on underlyings that move together"
        yield RiskShare("correlated_risk", what, together.max_risk_percent, moves_together(together.above))


def _greek_limits(risk: RiskConfig) -> Iterator[RiskRule]:
    limits = risk.limits
    table = (
        (DELTA, limits.max_abs_delta_shares),
        (GAMMA, limits.max_abs_gamma_shares_per_point),
        (VEGA, limits.max_abs_vega_usd_per_point),
        (THETA, limits.max_abs_theta_usd_per_day),
    )
    for greek, limit in table:
        if limit is not None:
            yield GreekLimit(greek, limit)
    if limits.max_abs_beta_weighted_delta_shares is not None and risk.beta is not None:
        yield BetaWeightedDeltaLimit(risk.beta.index, limits.max_abs_beta_weighted_delta_shares)
