"""Own volatilities and Greeks beside LEAN's test data of 12 SPX options at 219 moments of 2023-08-04.

The files name neither rate nor dividends: both are what the model's own prices and volatilities say, per expiration.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.optimize import least_squares

from engine.instants import NANOS_PER_YEAR
from engine.pricing import Greeks, greeks, implied_volatility, price
from tests.builders import new_york
from tests.data.foreign_files import chains

Column = NDArray[np.float64]
NAMES = ("implied_volatility", "delta", "gamma", "vega")


class Expiration(NamedTuple):
    """Rows of one expiration.

    Attributes:
        contract: right, spot, strike, years.
        value: prices that the model computed; the provider does not read them, because nobody paid them.
        rate: and dividend_yield: per year, at which the model's volatilities make its prices.
        theirs: volatilities and Greeks of the files, per 1.00 of volatility and per year.
    """

    contract: tuple[Column, Column, Column, Column]
    value: Column
    rate: float
    dividend_yield: float
    theirs: dict[str, Column]

    @property
    def own_volatility(self) -> Column:
        found, _ = implied_volatility(self.value, *self.contract, self.rate, self.dividend_yield)
        return np.asarray(found, np.float64)

    @property
    def own_greeks(self) -> Greeks:
        volatility = self.theirs["implied_volatility"]
        return greeks(*self.contract, self.rate, self.dividend_yield, volatility, higher_order=False)


@pytest.fixture(scope="module")
def expirations(reference_data: Path) -> list[Expiration]:
    """The two expirations, 2023-08-11 and 2023-09-01."""
    folder = reference_data / "market" / "lean_greeks"
    return [_expiration(sorted(folder.glob(f"SPX{day}*.csv"))) for day in ("230811", "230901")]


def _expiration(files: list[Path]) -> Expiration:
    contracts, values, theirs = [], [], []
    for file in files:
        values.append(pd.read_csv(file)["model_price"].to_numpy())
        for chain in chains(file, "lean_greeks"):
            settles_at = new_york(chain.contracts.series[0].expires_on)
            terms = chain.underlying_price, float(chain.contracts.strike[0]), (settles_at - chain.at) / NANOS_PER_YEAR
            contracts.append((float(chain.contracts.right[0]), *terms))
            theirs.append([float(chain.columns[name][0]) for name in NAMES])
    right, spot, strike, years = np.array(contracts).T
    contract = (right, spot, strike, years)
    value, found = np.concatenate(values), np.array(theirs).T

    def misses(terms: Column) -> Column:
        rate, dividend_yield = terms.tolist()
        made: Column = price(*contract, rate, dividend_yield, found[0]) - value
        return made

    rate, dividend_yield = least_squares(misses, (0.05, 0.015)).x.tolist()
    return Expiration(contract, value, rate, dividend_yield, dict(zip(NAMES, found, strict=True)))


def test_rate_and_yield_that_the_files_imply(expirations: list[Expiration]) -> None:
    """Treasury bills of a month paid 5.4 % then; a week and four weeks of dividends are 2.8 and 8.0 points of index."""
    assert [round(one.rate, 3) for one in expirations] == [0.055, 0.055]
    assert [round(one.dividend_yield, 3) for one in expirations] == [0.033, 0.023]
    for one in expirations:
        own = price(*one.contract, one.rate, one.dividend_yield, one.theirs["implied_volatility"])
        assert np.abs(own - one.value).max() < 0.01


def test_volatilities_are_those_of_the_files(expirations: list[Expiration]) -> None:
    """219 rows, and half of them differ by less than 6 millionths; nine by more than a ten-thousandth, or have none.

    Those are of one contract: the put of 4700 in its last week, 4 % in the money, whose price is its intrinsic value to
    less than a cent. Twice it is below the bound at this rate, and then there is no volatility.
    """
    differs = np.concatenate([np.abs(one.own_volatility - one.theirs["implied_volatility"]) for one in expirations])
    assert len(differs) == 219
    assert np.nanmedian(differs) < 6e-6
    far = np.isnan(differs) | (differs > 1e-4)
    right, strike = (np.concatenate([one.contract[row] for one in expirations])[far] for row in (0, 2))
    assert (far.sum(), np.isnan(differs).sum(), set(right), set(strike)) == (9, 2, {-1.0}, {4_700.0})
    assert np.nanmax(differs) < 1.1e-3


def test_greeks_differ_by_what_discrete_dividends_make_of_them(expirations: list[Expiration]) -> None:
    """The files take dividends off the spot: no factor exp(-yield x years) in delta, and not its square in gamma."""
    for one in expirations:
        own, dividends = one.own_greeks, np.exp(one.dividend_yield * one.contract[3])
        assert np.median(np.abs(own.delta * dividends - one.theirs["delta"])) < 1e-4
        assert np.median(np.abs(own.gamma * dividends**2 / one.theirs["gamma"] - 1)) < 1e-3
        assert np.median(np.abs(own.vega / one.theirs["vega"] - 1)) < 1e-3
