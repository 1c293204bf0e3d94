"""Random contracts against QuantLib's engines, an independent implementation."""

from typing import Any

import numpy as np
import pytest
import QuantLib as ql  # noqa: N813 - its documentation's own name

from engine.pricing import greeks, price

TODAY = ql.Date(2, 1, 2020)
COUNTER = ql.Actual365Fixed()
SENSITIVITIES = {
    "delta": "delta",
    "gamma": "gamma",
    "vega": "vega",
    "theta": "theta",
    "rho": "rho",
    "dividend_rho": "dividendRho",
}


def quantlib_option(terms: tuple[float, ...], american: bool) -> Any:
    right, spot, strike, days, rate, carry, sigma = (float(term) for term in terms)
    ql.Settings.instance().evaluationDate = TODAY
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, carry, COUNTER)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, COUNTER)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), sigma, COUNTER)),
    )
    expiry = TODAY + int(days)
    exercise = ql.AmericanExercise(TODAY, expiry) if american else ql.EuropeanExercise(expiry)
    option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Call if right > 0 else ql.Option.Put, strike), exercise)
    if american:
        option.setPricingEngine(ql.QdFpAmericanEngine(process, ql.QdFpAmericanEngine.highPrecisionScheme()))
    else:
        option.setPricingEngine(ql.AnalyticEuropeanEngine(process))
    return option


@pytest.mark.parametrize(("american", "limit"), [(False, 1e-10), (True, 5e-6)])
def test_random_contracts(american: bool, limit: float) -> None:
    draws = np.random.default_rng(3)
    for _ in range(60):
        right = float(draws.choice([1.0, -1.0]))
        strike, days = float(draws.uniform(70.0, 140.0)), int(draws.integers(5, 900))
        rate, carry, sigma = (
            float(draws.uniform(0.0, 0.1)),
            float(draws.uniform(0.0, 0.08)),
            float(draws.uniform(0.1, 0.8)),
        )
        expected = quantlib_option((right, 100.0, strike, days, rate, carry, sigma), american).NPV()
        style = "american" if american else "european"
        found = price(right, 100.0, strike, days / 365.0, rate, carry, sigma, style=style, method="converged")  # type: ignore[arg-type]  # chosen above
        assert found == pytest.approx(expected, abs=limit), (right, strike, days, rate, carry, sigma)


def test_random_european_sensitivities() -> None:
    draws, size = np.random.default_rng(4), 60
    right = draws.choice([1.0, -1.0], size)
    strike, days = draws.uniform(70.0, 140.0, size), draws.integers(5, 900, size)
    rate, carry, sigma = draws.uniform(-0.01, 0.1, size), draws.uniform(0.0, 0.08, size), draws.uniform(0.1, 0.8, size)
    found = greeks(right, 100.0, strike, days / 365.0, rate, carry, sigma)
    for k in range(size):
        option = quantlib_option((right[k], 100.0, strike[k], days[k], rate[k], carry[k], sigma[k]), american=False)
        for ours, theirs in SENSITIVITIES.items():
            expected = getattr(option, theirs)()
            assert getattr(found, ours)[k] == pytest.approx(expected, rel=1e-9, abs=1e-9), (ours, k)
