"""The sizer that a configuration names."""

from __future__ import annotations

from engine.risk_rules.exposure import DELTA, GAMMA, THETA, VEGA
from engine.risk_rules.kelly import KellyFraction, Odds
from engine.risk_rules.sizing import FixedContracts, PercentAtRisk, PercentOfEquity, PercentOfMargin, PositionSizer
from engine.risk_rules.solved_sizing import GreekBudget, StressBudget
from engine.strategies import spec


def position_sizer(config: spec.SizingConfig) -> PositionSizer:
    """The sizer, with the numbers of the configuration."""
    match config:
        case spec.FixedContracts():
            return FixedContracts(config.contracts)
        case spec.KellyFraction():
            odds = Odds(config.win_rate, config.payoff_ratio)
            return KellyFraction(odds, config.fraction, config.cap_percent, config.learn_after_trades)
        case spec.StressBudget():
            return StressBudget(config.percent_of_equity, config.loss_usd, config.shocks)
        case spec.PercentOfEquity() | spec.PercentAtRisk() | spec.PercentOfMargin():
            return _share_of_equity(config)
        case _:
            return _greek_budget(config)


def _share_of_equity(config: spec.PercentOfEquity | spec.PercentAtRisk | spec.PercentOfMargin) -> PositionSizer:
    match config:
        case spec.PercentOfEquity():
            return PercentOfEquity(config.percent, config.measure)
        case spec.PercentAtRisk():
            return PercentAtRisk(config.percent)
        case spec.PercentOfMargin():
            return PercentOfMargin(config.percent)


def _greek_budget(config: spec.GreekBudgetConfig) -> GreekBudget:
    match config:
        case spec.NetDeltaBudget():
            return GreekBudget(DELTA, config.delta_shares)
        case spec.NetGammaBudget():
            return GreekBudget(GAMMA, config.gamma_shares_per_point)
        case spec.NetVegaBudget():
            return GreekBudget(VEGA, config.vega_usd_per_point)
        case spec.NetThetaBudget():
            return GreekBudget(THETA, config.theta_usd_per_day)
