"""Payoff requests to the engine's payoff analytics, and their profile to the wire."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from engine.pricing import greeks
from engine.pricing.errors import PricingInputError
from engine.pricing.payoff import PayoffProfile, analyse
from engine.pricing.payoff_legs import PayoffLeg
from engine.pricing.types import FloatArray
from schemas.payoff import PayoffCurves, PayoffGreeks, PayoffRequest, PayoffResponse

_DAYS_PER_YEAR: Final = 365.0
_POINTS: Final = 201
_LOWEST_SPOT: Final = 1e-6


def payoff_response(request: PayoffRequest) -> PayoffResponse:
    """Measures, Greeks and curves of the legs.

    Raises:
        PricingInputError: for legs that cannot be valued, naming the value.
    """
    try:
        with np.errstate(over="raise", invalid="raise"):
            return _response(_profile(request))
    except (ArithmeticError, RuntimeError) as error:  # SciPy says so when a search does not converge
        raise PricingInputError("the numbers of the legs lie too far apart to be valued together") from error


def _response(profile: PayoffProfile) -> PayoffResponse:
    return PayoffResponse(
        net_debit_usd=profile.net_debit,
        breakevens=profile.breakevens,
        max_profit_usd=profile.max_profit,
        max_loss_usd=profile.max_loss,
        profit_intervals=profile.profit_intervals,
        probability_of_profit=profile.probability_of_profit,
        probability_of_touch=profile.probability_of_touch,
        expected_value_usd=profile.expected_value,
        greeks=_greeks(profile),
        curves=_curves(profile),
    )


def _profile(request: PayoffRequest) -> PayoffProfile:
    legs = [
        PayoffLeg(
            leg.kind,
            leg.quantity,
            leg.price,
            strike=leg.strike,
            years=leg.years,
            volatility=leg.volatility,
            multiplier=leg.multiplier,
        )
        for leg in request.legs
    ]
    return analyse(
        legs,
        spot=request.spot,
        rate=request.rate,
        dividend_yield=request.dividend_yield,
        volatility=request.volatility,
        years=request.years,
        fees=request.fees_usd,
    )


def _greeks(profile: PayoffProfile) -> PayoffGreeks:
    """Sums over legs; at a kink, where a sensitivity does not exist, that of the leg counts as zero."""
    market, spot = profile.market, profile.distribution.spot
    legs = [leg for leg in profile.legs if leg.is_option]
    shares = np.array([leg.shares for leg in legs])
    each = greeks(
        np.array([1.0 if leg.kind == "call" else -1.0 for leg in legs]),
        spot,
        np.array([leg.strike for leg in legs], dtype=np.float64),
        np.array([market.expiry(leg) for leg in legs]),
        market.rate,
        market.dividend_yield,
        np.array([market.sigma(leg) for leg in legs]),
        higher_order=False,
    )
    stock = math.fsum(leg.shares for leg in profile.legs if leg.kind == "stock")
    return PayoffGreeks(
        delta_shares=stock + _total(shares, each.delta),
        gamma_shares_per_point=_total(shares, each.gamma),
        theta_usd_per_day=_total(shares, each.theta) / _DAYS_PER_YEAR,
        vega_usd_per_point=_total(shares, each.vega) / 100.0,
        rho_usd_per_percent=_total(shares, each.rho) / 100.0,
    )


def _total(shares: FloatArray, per_share: FloatArray) -> float:
    amounts = shares * per_share
    return math.fsum(amounts[np.isfinite(amounts)])


def _curves(profile: PayoffProfile) -> PayoffCurves:
    outlook = profile.distribution
    spots = _spots(profile)
    return PayoffCurves(
        spots=tuple(spots.tolist()),
        expiry_usd=tuple(profile.value_at(spots, outlook.years).tolist()),
        today_usd=tuple(profile.value_at(spots, 0.0).tolist()),
    )


def _spots(profile: PayoffProfile) -> FloatArray:
    """An even grid around everything of interest, and strikes, break-evens and spot exactly."""
    spot = profile.distribution.spot
    exact = [spot, *profile.breakevens, *(leg.strike for leg in profile.legs if leg.is_option and leg.strike)]
    reach = max(3.0 * spot * profile.distribution.deviation, 0.02 * spot)
    low = max(min(*exact, spot - reach) * 0.98, _LOWEST_SPOT)
    high = max(*exact, spot + reach) * 1.02
    return np.unique(np.concatenate([np.linspace(low, high, _POINTS), np.array(exact)]))
