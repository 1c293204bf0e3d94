"""LEAN's Greeks: the contract of the file's name, moments in UTC, and units that the own formula confirms."""

from pathlib import Path

import numpy as np
import pytest

from data.importing import AUTO, import_files
from data.memory_store import MemoryStore
from engine.instants import NANOS_PER_YEAR, iso
from engine.pricing import greeks
from tests.builders import new_york
from tests.data.foreign_files import chains, refusal, write

HEADER = ",model_price,model_impliedVol,model_delta,model_gamma,model_vega,model_theta,model_undPrice\n"
ROWS = (
    "20230804 13:31:26.730840,221.23,0.19045,0.96924,0.00057,0.4426,-1.2018,4518.02\n"
    "20230804 13:32:38.885826,224.59,0.19641,0.96708,0.00058,0.4684,-1.2534,4521.22\n"
)
NAME = "SPX230811C04300000.csv"


def test_a_row_is_a_moment_in_utc_without_a_quote(tmp_path: Path) -> None:
    first, second = chains(write(tmp_path, HEADER + ROWS, NAME), "lean_greeks")
    assert [iso(one.at) for one in (first, second)] == ["2023-08-04T13:31:26.730840Z", "2023-08-04T13:32:38.885826Z"]
    assert (first.underlying, first.underlying_price, first.contracts.strike.tolist()) == ("SPX", 4518.02, [4300.0])
    row = {name: float(column[0]) for name, column in first.columns.items()}
    assert row["implied_volatility"] == 0.19045
    assert [row["vega"], row["theta"]] == pytest.approx([44.26, -1.2018 * 365])
    # A value that somebody computed is no price that anybody paid.
    assert np.isnan([row["bid"], row["ask"], row["last"]]).all()


def test_all_real_files_stand_beside_each_other(reference_data: Path) -> None:
    """They share moments, so each contract is a dataset."""
    report = import_files([reference_data / "market" / "lean_greeks"], AUTO, MemoryStore())
    assert (len(report.files), len(report.coverage), report.counts.rows) == (12, 12, 219)


def test_vega_is_per_point_and_theta_per_day(reference_data: Path) -> None:
    """Measured: medians of vendor's to own are 1.006, 1.025 and 1.007 at a rate of 5.3 % and a yield of 1.5 %."""
    ratios = []
    for path in sorted((reference_data / "market" / "lean_greeks").glob("*.csv")):
        for chain in chains(path, "lean_greeks"):
            years = (new_york(chain.contracts.series[0].expires_on) - chain.at) / NANOS_PER_YEAR
            volatility = chain.columns["implied_volatility"]
            listed, spot = chain.contracts, chain.underlying_price
            own = greeks(listed.right, spot, listed.strike, years, 0.053, 0.015, volatility, higher_order=False)
            found = {"vega": own.vega, "theta": own.theta, "gamma": own.gamma}
            ratios.append([float(chain.columns[name][0] / value[0]) for name, value in found.items()])
    assert np.median(ratios, axis=0) == pytest.approx([1.0, 1.0, 1.0], abs=0.03)


@pytest.mark.parametrize(
    ("name", "good", "bad", "reason"),
    [
        ("greeks.csv", "", "", "BadFile greeks.csv: the contract is told by the file's name, and symbol 'greeks'"),
        (NAME, "20230804 13:31", "2023-08-04 13:31", f"BadRow {NAME}: line 2, column 'moment': '2023-08-04 13:31:26"),
        (NAME, "0.19045", "x", f"BadRow {NAME}: line 2, column 'model_impliedVol': 'x' is no number"),
        (NAME, "0.19045", "", f"BadRow {NAME}: line 2, column 'model_impliedVol': the cell is empty"),
        (NAME, ",4521.22", "", f"BadRow {NAME}: line 3: 7 cells where the header has 8; the file may be cut off"),
        (NAME, "model_vega", "vega", f"MissingColumn {NAME}: the header lacks 'model_vega'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, good: str, bad: str, reason: str) -> None:
    message = refusal(write(tmp_path, (HEADER + ROWS).replace(good, bad, 1), name), "lean_greeks")
    assert message.startswith(reason), message
