"""What the model says of options: Greeks that a chain lacks, and values under shocks."""

from __future__ import annotations

import numpy as np

from engine.config import PricingConfig
from engine.pricing.backend import pricing_backend
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import POINTS_PER_UNIT
from engine.risk_rules.option_columns import GREEKS, Floats, OptionColumns


class OptionModel:
    """Prices with the chain's implied volatilities and the rates of the configuration, American options as such.

    A contract without a volatility moves like its intrinsic value: delta 1 (-1) in the money, else 0, and no gamma,
    vega or theta.
    """

    def __init__(self, pricing: PricingConfig) -> None:
        self._carry = (pricing.rate, pricing.dividend_yield)
        self._backend = pricing_backend(pricing.backend)

    def greeks(self, options: OptionColumns) -> Floats:
        """Delta, gamma, vega, theta per share, of shape (4, contracts); 0 where they do not exist.

        They do not exist at the strike at the last instant.
        """
        greeks = np.zeros((GREEKS, len(options.strike)))
        greeks[0] = options.intrinsic_delta
        for style, members in options.by_style():
            result = self._backend.greeks(
                options.right[members],
                options.spot,
                options.strike[members],
                options.years[members],
                *self._carry,
                options.volatility[members],
                style=style,
                higher_order=False,
            )
            greeks[:, members] = np.nan_to_num([result.delta, result.gamma, result.vega, result.theta])
        return greeks

    def changes(self, options: OptionColumns, shocks: StressGrid) -> Floats:
        """Change of value per share under each shock, of shape (contracts, spots, volatilities)."""
        spots = options.spot * (1.0 + np.array(shocks.spot_percent) / 100.0)
        moves = np.array(shocks.volatility_points) / POINTS_PER_UNIT
        changes = np.repeat(_intrinsic_changes(options, spots)[:, :, None], len(moves), axis=2)
        for style, members in options.by_style():
            # The first spot and the first volatility are the present ones.
            at_spots = np.concatenate(([options.spot], spots))[None, :, None]
            volatility = options.volatility[members][:, None, None]
            at_volatilities = np.maximum(volatility + np.concatenate(([0.0], moves))[None, None, :], 0.0)
            values = self._backend.price(
                options.right[members][:, None, None],
                at_spots,
                options.strike[members][:, None, None],
                options.years[members][:, None, None],
                *self._carry,
                at_volatilities,
                style=style,
            )
            changes[members] = values[:, 1:, 1:] - values[:, :1, :1]
        return changes


def _intrinsic_changes(options: OptionColumns, spots: Floats) -> Floats:
    """Change of the intrinsic value per share at each spot, of shape (contracts, spots)."""
    right, strike = options.right[:, None], options.strike[:, None]
    now = np.maximum(right * (options.spot - strike), 0.0)
    changes: Floats = np.maximum(right * (spots[None, :] - strike), 0.0) - now
    return changes
