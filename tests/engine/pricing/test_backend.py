"""Both pricing backends answer the same questions alike."""

import numpy as np
import pytest

from engine.errors import EngineError
from engine.pricing import IvStatus
from engine.pricing.backend import pricing_backend

DRAWS = np.random.default_rng(11)
SIZE = 300
CONTRACTS = (
    DRAWS.choice([1.0, -1.0], SIZE),
    100.0,
    DRAWS.uniform(70.0, 140.0, SIZE),
    DRAWS.uniform(0.02, 2.0, SIZE),
    DRAWS.uniform(-0.01, 0.08, SIZE),
    DRAWS.uniform(0.0, 0.05, SIZE),
)
SIGMA = DRAWS.uniform(0.08, 0.8, SIZE)


def test_prices_agree_with_py_vollib() -> None:
    ours, theirs = (pricing_backend(name).price(*CONTRACTS, SIGMA) for name in ("ironfly", "py_vollib"))
    assert ours == pytest.approx(theirs, abs=1e-11)


@pytest.mark.parametrize("name", ["delta", "gamma", "vega", "theta", "rho"])
def test_sensitivities_agree_with_py_vollib(name: str) -> None:
    ours = pricing_backend("ironfly").greeks(*CONTRACTS, SIGMA)
    theirs = pricing_backend("py_vollib").greeks(*CONTRACTS, SIGMA)
    assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=1e-9, abs=1e-9)


def test_volatilities_agree_with_py_vollib() -> None:
    values = pricing_backend("ironfly").price(*CONTRACTS, SIGMA)
    ours, status = pricing_backend("ironfly").implied_volatility(values, *CONTRACTS)
    theirs, their_status = pricing_backend("py_vollib").implied_volatility(values, *CONTRACTS)
    clear = (status == IvStatus.OK) & (their_status == IvStatus.OK) & (np.abs(ours - SIGMA) < 1e-9)
    assert clear.mean() > 0.95
    assert ours[clear] == pytest.approx(theirs[clear], abs=1e-7)


def test_py_vollib_gives_statuses_too() -> None:
    quotes, years = [4.0, 120.0, np.nan, 5.0], [1.0, 1.0, 1.0, 0.0]
    _, status = pricing_backend("py_vollib").implied_volatility(quotes, 1, 100.0, 80.0, years, 0.0, 0.0)
    _, expected = pricing_backend("ironfly").implied_volatility(quotes, 1, 100.0, 80.0, years, 0.0, 0.0)
    assert np.array_equal(status, expected)


def test_py_vollib_refuses_what_it_cannot_price() -> None:
    with pytest.raises(EngineError, match="European"):
        pricing_backend("py_vollib").price(1, 100.0, 100.0, 1.0, 0.0, 0.0, 0.2, style="american")


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(EngineError, match="backend"):
        pricing_backend("abacus")  # type: ignore[arg-type]  # wrong on purpose
