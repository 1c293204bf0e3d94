"""The pricing functions computed by py_vollib, for comparison: European only, one contract at a time.

Same signatures, units and statuses as `engine.pricing`; vanna, volga, charm and dividend rho, which py_vollib does not
have, are NaN. The only module that touches py_vollib; `engine.pricing.backend` imports it when it is asked for.
"""

import math
from collections.abc import Callable

import numpy as np
from py_vollib.black_scholes_merton import black_scholes_merton
from py_vollib.black_scholes_merton.greeks import analytical
from py_vollib.black_scholes_merton.implied_volatility import implied_volatility as vollib_implied_volatility

from engine.pricing.blocks import flatten
from engine.pricing.errors import UnsupportedPricingError
from engine.pricing.types import Dividends, FloatArray, Greeks, IvStatus, Method, Numbers, StatusArray, Style

_Formula = Callable[[str, float, float, float, float, float, float], float]
# py_vollib gives theta per day, vega and rho per percentage point.
_DAYS, _POINTS = 365.0, 100.0


def price(  # noqa: PLR0913, PLR0917 - the signature of `engine.pricing.price`
    right: Numbers,
    spot: Numbers,
    strike: Numbers,
    years: Numbers,
    rate: Numbers,
    dividend_yield: Numbers,
    volatility: Numbers,
    *,
    style: Style = "european",
    method: Method = "fast",
    dividends: Dividends = (),
) -> FloatArray:
    """Values as `engine.pricing.price`; raises `UnsupportedPricingError` for what py_vollib cannot price."""
    _require_european(style, dividends)
    return _each(black_scholes_merton, (right, spot, strike, years, rate, dividend_yield, volatility))


def greeks(  # noqa: PLR0913, PLR0917 - the signature of `engine.pricing.greeks`
    right: Numbers,
    spot: Numbers,
    strike: Numbers,
    years: Numbers,
    rate: Numbers,
    dividend_yield: Numbers,
    volatility: Numbers,
    *,
    style: Style = "european",
    method: Method = "fast",
    dividends: Dividends = (),
    higher_order: bool = True,
) -> Greeks:
    """Values and sensitivities as `engine.pricing.greeks`; errors as in `price`."""
    _require_european(style, dividends)
    contracts = (right, spot, strike, years, rate, dividend_yield, volatility)
    value = _each(black_scholes_merton, contracts)
    missing = np.full(value.shape, np.nan) if higher_order else None
    return Greeks(
        price=value,
        delta=_each(analytical.delta, contracts),
        gamma=_each(analytical.gamma, contracts),
        vega=_POINTS * _each(analytical.vega, contracts),
        theta=_DAYS * _each(analytical.theta, contracts),
        rho=_POINTS * _each(analytical.rho, contracts),
        dividend_rho=missing,
        vanna=missing,
        volga=missing,
        charm=missing,
    )


def implied_volatility(  # noqa: PLR0913, PLR0917 - the signature of `engine.pricing.implied_volatility`
    price: Numbers,
    right: Numbers,
    spot: Numbers,
    strike: Numbers,
    years: Numbers,
    rate: Numbers,
    dividend_yield: Numbers,
    *,
    style: Style = "european",
    method: Method = "fast",
    dividends: Dividends = (),
) -> tuple[FloatArray, StatusArray]:
    """Volatilities and statuses as `engine.pricing.implied_volatility`; errors as in `price`."""
    _require_european(style, dividends)
    columns, shape, size = flatten((price, right, spot, strike, years, rate, dividend_yield))
    rows = np.array([np.broadcast_to(column, size) for column in columns]).T
    found = [_implied(*(float(value) for value in row)) for row in rows]
    volatility = np.array([value for value, _ in found]).reshape(shape)
    return volatility, np.array([status for _, status in found], dtype=np.int8).reshape(shape)


def _require_european(style: str, dividends: Dividends) -> None:
    if style != "european" or len(dividends):
        raise UnsupportedPricingError("py_vollib prices European options without cash dividends only")


def _each(formula: _Formula, contracts: tuple[Numbers, ...]) -> FloatArray:
    columns, shape, size = flatten(contracts)
    rows = np.array([np.broadcast_to(column, size) for column in columns]).T
    values = [_one(formula, *(float(value) for value in row)) for row in rows]
    return np.array(values).reshape(shape)


def _one(formula: _Formula, right: float, *terms: float) -> float:
    spot, strike, years, rate, carry, sigma = terms
    usable = abs(right) == 1.0 and all(math.isfinite(term) for term in terms)
    if not (usable and spot > 0.0 and strike > 0.0 and years >= 0.0 and sigma >= 0.0):
        return math.nan
    try:
        return float(formula("c" if right > 0.0 else "p", spot, strike, years, rate, sigma, carry))
    except ZeroDivisionError:  # zero time or volatility
        return math.nan


def _implied(target: float, right: float, *terms: float) -> tuple[float, IvStatus]:
    spot, strike, years, rate, carry = terms
    if not (abs(right) == 1.0 and all(math.isfinite(term) for term in (target, *terms)) and min(spot, strike) > 0.0):
        return math.nan, IvStatus.INVALID_INPUT
    if years <= 0.0:
        return math.nan, IvStatus.EXPIRED
    spot_leg, strike_leg = spot * math.exp(-carry * years), strike * math.exp(-rate * years)
    if target >= (spot_leg if right > 0.0 else strike_leg):
        return math.nan, IvStatus.AT_OR_ABOVE_MAXIMUM
    if target < max(right * (spot_leg - strike_leg), 0.0):
        return math.nan, IvStatus.BELOW_INTRINSIC
    flag = "c" if right > 0.0 else "p"
    volatility = float(vollib_implied_volatility(target, spot, strike, years, rate, carry, flag))
    return (volatility, IvStatus.OK) if volatility > 0.0 else (math.nan, IvStatus.UNRECOVERABLE)
