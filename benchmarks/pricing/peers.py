"""Other ways to the same numbers."""

import warnings
from typing import Any

import numpy as np
import QuantLib as ql  # noqa: N813 - its documentation's own name
from scipy.special import ndtr

from benchmarks.pricing.inputs import Column, Contracts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from py_vollib.black_scholes_merton import black_scholes_merton
    from py_vollib.black_scholes_merton.greeks import analytical
    from py_vollib.black_scholes_merton.implied_volatility import implied_volatility

TODAY = ql.Date(2, 1, 2020)
DAYS = 3650


def numpy_price(terms: Contracts) -> Column:
    right, spot, strike, years, rate, carry, sigma = terms
    deviation = sigma * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate - carry) * years) / deviation + 0.5 * deviation
    held = spot * np.exp(-carry * years) * ndtr(right * d1)
    owed = strike * np.exp(-rate * years) * ndtr(right * (d1 - deviation))
    return np.asarray(right * (held - owed))


def numpy_greeks(terms: Contracts) -> tuple[Column, ...]:
    right, spot, strike, years, rate, carry, sigma = terms
    root = np.sqrt(years)
    deviation = sigma * root
    d1 = (np.log(spot / strike) + (rate - carry) * years) / deviation + 0.5 * deviation
    paid, discount = np.exp(-carry * years), np.exp(-rate * years)
    above, below = ndtr(right * d1), ndtr(right * (d1 - deviation))
    density = paid * np.exp(-0.5 * d1 * d1) * 0.3989422804014327
    held, owed = spot * paid * above, strike * discount * below
    theta = right * (carry * held - rate * owed) - 0.5 * spot * density * sigma / root
    rho = right * years * owed
    return right * (held - owed), right * paid * above, density / (spot * deviation), spot * density * root, theta, rho


def vollib_price(terms: Contracts) -> Column:
    return np.array(
        [
            black_scholes_merton("c" if w > 0 else "p", s, k, t, r, v, q)
            for w, s, k, t, r, q, v in zip(*terms, strict=True)
        ]
    )


def vollib_greeks(terms: Contracts) -> list[tuple[float, ...]]:
    functions = (black_scholes_merton, *(getattr(analytical, n) for n in ("delta", "gamma", "vega", "theta", "rho")))
    rows = [("c" if w > 0 else "p", s, k, t, r, v, q) for w, s, k, t, r, q, v in zip(*terms, strict=True)]
    return [tuple(function(*row) for function in functions) for row in rows]


def vollib_volatility(prices: Column, terms: Contracts) -> Column:
    rows = zip(prices, *terms, strict=True)
    return np.array([implied_volatility(p, s, k, t, r, q, "c" if w > 0 else "p") for p, w, s, k, t, r, q, _ in rows])


def quantlib_american(terms: Contracts, engine: str) -> Column:
    """Each contract on a clock rescaled to whole days, with setting up counted as QuantLib's users pay for it."""
    ql.Settings.instance().evaluationDate = TODAY
    return np.array([_quantlib_one(tuple(float(x) for x in row), engine) for row in zip(*terms, strict=True)])


def _quantlib_one(row: tuple[float, ...], engine: str) -> float:
    right, spot, strike, years, rate, carry, sigma = row
    counter = ql.Actual365Fixed()
    clock = years * 365.0 / DAYS
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, carry * clock, counter)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate * clock, counter)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), sigma * clock**0.5, counter)),
    )
    payoff = ql.PlainVanillaPayoff(ql.Option.Call if right > 0 else ql.Option.Put, strike)
    option = ql.VanillaOption(payoff, ql.AmericanExercise(TODAY, TODAY + DAYS))
    option.setPricingEngine(_engine(engine, process))
    return float(option.NPV())


def _engine(name: str, process: Any) -> Any:
    if name == "Barone-Adesi-Whaley":
        return ql.BaroneAdesiWhaleyApproximationEngine(process)
    return ql.QdFpAmericanEngine(process, ql.QdFpAmericanEngine.fastScheme())
