"""European prices, sensitivities and implied volatilities against 50-digit and published values."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from engine.pricing import IvStatus, greeks, implied_volatility, price

Rows = list[dict[str, str]]
Column = npt.NDArray[np.float64]
Terms = tuple[Column, Column, Column, Column, Column, Column]
ORACLE_GREEKS = {
    "delta": "delta",
    "gamma": "gamma",
    "vega": "vega",
    "theta": "theta",
    "rho": "rho",
    "divrho": "dividend_rho",
    "vanna": "vanna",
    "volga": "volga",
    "charm": "charm",
}


def read(path: Path) -> Rows:
    with path.open() as file:
        return list(csv.DictReader(file))


def column(rows: Rows, name: str) -> Column:
    return np.array([float(row[name]) if row[name] else np.nan for row in rows])


def contracts(rows: Rows) -> Terms:
    """right, spot, strike, years, rate, dividend yield"""
    right = np.array([1.0 if row["right"] == "C" else -1.0 for row in rows])
    spot, strike, years, rate, dividend_yield = (column(rows, name) for name in ("S", "K", "T", "r", "q"))
    return right, spot, strike, years, rate, dividend_yield


@pytest.fixture(scope="module")
def european(reference_data: Path) -> Rows:
    return read(reference_data / "oracle" / "european_oracle.csv")


def test_every_oracle_price_is_reproduced(european: Rows) -> None:
    terms = contracts(european)
    computed = price(*terms, column(european, "sigma"))
    scale = np.maximum(terms[1], terms[2])
    assert np.max(np.abs(computed - column(european, "price")) / scale) <= 1e-12


def test_relative_price_error_is_a_few_roundings_of_the_inputs(european: Rows) -> None:
    terms, sigma, expected = contracts(european), column(european, "sigma"), column(european, "price")
    computed = price(*terms, sigma)
    steep = np.abs(column(european, "delta")) * terms[1] + np.nan_to_num(column(european, "vega")) * sigma
    priced = (expected > 1e-300) & ~np.isnan(steep)
    bound = np.maximum(1e-12, 8.0 * np.finfo(float).eps * steep[priced] / expected[priced])
    assert np.all(np.abs(computed - expected)[priced] / expected[priced] <= bound)


@pytest.mark.parametrize("name", ORACLE_GREEKS)
def test_every_oracle_sensitivity_is_reproduced(european: Rows, name: str) -> None:
    terms = contracts(european)
    expected = column(european, name)
    computed = getattr(greeks(*terms, column(european, "sigma")), ORACLE_GREEKS[name])
    scale = {"gamma": 1.0 / terms[1], "theta": terms[1]}.get(name, np.maximum(terms[1], 1.0))
    defined = ~np.isnan(expected)
    error = np.abs(computed - expected) / np.maximum(np.abs(expected), scale)
    assert np.max(error[defined]) <= 1e-9


def test_sensitivities_without_a_limit_are_nan(european: Rows) -> None:
    kinks = [row for row in european if row["gamma"] == ""]
    assert kinks
    assert np.all(np.isnan(greeks(*contracts(kinks), column(kinks, "sigma")).gamma))


def test_published_prices(reference_data: Path) -> None:
    rows = [row for row in read(reference_data / "oracle" / "european.csv") if row["payoff"] == "vanilla"]
    computed = price(*contracts(rows), column(rows, "sigma"))
    assert np.all(np.abs(computed - column(rows, "expected")) <= column(rows, "tol"))


def test_published_sensitivities(reference_data: Path) -> None:
    units = {"per 1.00/per year", "per year", "per 1.00 spot", "per 1.00 vol", "per 1.00 rate", "per 1.00 spot^2"}
    every = read(reference_data / "oracle" / "greeks.csv")
    rows = [row for row in every if row["unit"] in units | {"per 1.00 yield"} and row["greek"] != "elasticity"]
    computed = greeks(*contracts(rows), column(rows, "sigma"))
    for k, row in enumerate(rows):
        name = ORACLE_GREEKS[row["greek"]]
        assert getattr(computed, name)[k] == pytest.approx(float(row["expected"]), abs=float(row["tol"])), row["id"]
    assert len(every) - len(rows) <= 10


def test_published_volatilities(reference_data: Path) -> None:
    rows = [row for row in read(reference_data / "oracle" / "implied_vol.csv") if row["status"] == "ok"]
    volatility, status = implied_volatility(column(rows, "price"), *contracts(rows))
    assert np.all(status == IvStatus.OK)
    assert np.all(np.abs(volatility - column(rows, "iv")) <= column(rows, "abs_tol"))


def test_prices_without_a_volatility_get_a_status(reference_data: Path) -> None:
    every = read(reference_data / "oracle" / "implied_vol.csv")
    rows = [row for row in every if row["status"] in {status.name.lower() for status in IvStatus} - {"unrecoverable"}]
    rows = [row for row in rows if row["status"] != "ok"]
    volatility, status = implied_volatility(column(rows, "price"), *contracts(rows))
    assert [IvStatus(code).name.lower() for code in status] == [row["status"] for row in rows]
    assert np.all(np.isnan(volatility))


def test_unrecoverable_prices_get_no_wrong_volatility(reference_data: Path) -> None:
    every = read(reference_data / "oracle" / "implied_vol.csv")
    rows = [row for row in every if row["status"] in ("unrecoverable", "zero_vol_or_unrecoverable")]
    target, terms = column(rows, "price"), contracts(rows)
    volatility, status = implied_volatility(target, *terms)
    found = status == IvStatus.OK
    assert np.all(np.isnan(volatility[~found]))
    again = price(*terms, volatility)[found]
    assert np.all(np.abs(again - target[found]) <= 4.0 * np.spacing(target[found]))
