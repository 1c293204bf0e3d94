"""Margin: what a broker asks an account to hold against its book."""

from engine.margin.legs import OptionLeg, StockLeg
from engine.margin.model import MarginModel, MarginRequirement
from engine.margin.regulation_t import MarginGroup, RegTMargin, reg_t_margin
from engine.margin.scenario_grid import PortfolioMargin, portfolio_margin

__all__ = [
    "MarginGroup",
    "MarginModel",
    "MarginRequirement",
    "OptionLeg",
    "PortfolioMargin",
    "RegTMargin",
    "StockLeg",
    "portfolio_margin",
    "reg_t_margin",
]
