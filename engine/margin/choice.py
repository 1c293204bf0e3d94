"""The margin model that a configuration names."""

from __future__ import annotations

from engine.config import PricingConfig
from engine.margin.account_models import PortfolioMarginModel, RegulationTMargin
from engine.margin.cash_account import CashAccountMargin
from engine.margin.maximum_loss import MaximumLossMargin
from engine.margin.model import MarginModel
from engine.risk_config import RiskConfig


def margin_model(risk: RiskConfig, pricing: PricingConfig) -> MarginModel:
    """The model; `on` gives it the market of its run."""
    match risk.margin:
        case "maximum_loss":
            return MaximumLossMargin()
        case "regulation_t":
            return RegulationTMargin(risk.margin_options)
        case "portfolio":
            return PortfolioMarginModel(risk.margin_options, pricing)
        case "cash":
            return CashAccountMargin()
