"""Payoff measures against exact and 50-digit values."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.pricing.payoff import PayoffLeg, PayoffProfile, analyse

TOLERANCE = {"breakevens": 1e-9, "flat_zero_intervals": 1e-9, "profit_intervals": 1e-9, "probability_of_profit": 1e-9}
PLAIN = (
    "net_debit",
    "breakevens",
    "flat_zero_intervals",
    "max_profit",
    "max_profit_unlimited",
    "max_loss",
    "min_pnl",
    "max_loss_unlimited",
    "profit_intervals",
    "probability_of_profit",
    "expected_value",
    "expected_profit_part",
    "expected_loss_part",
    "expected_profit_given_profit",
    "expected_loss_given_loss",
)


@pytest.fixture(scope="module")
def cases(reference_data: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((reference_data / "oracle" / "payoff_cases.json").read_text())["cases"]
    return found


def profile(case: dict[str, Any]) -> PayoffProfile:
    legs = [
        PayoffLeg(leg["type"], leg["qty"], leg["price"], strike=leg.get("strike"), multiplier=leg.get("multiplier"))
        for leg in case["legs"]
    ]
    return analyse(
        legs,
        spot=case["spot"],
        rate=case["r"],
        dividend_yield=case["q"],
        volatility=case["sigma"],
        years=case["T"],
        drift=case["mu"],
        fees=case["fees"],
    )


def assert_close(found: object, expected: object, tolerance: float, label: str) -> None:
    if isinstance(expected, list):
        assert isinstance(found, tuple), label
        assert len(found) == len(expected), label
        for one, other in zip(found, expected, strict=True):
            assert_close(one, other, tolerance, label)
    elif expected is None or isinstance(expected, bool):
        assert found == expected, label
    else:
        assert found == pytest.approx(expected, abs=tolerance), label


def test_every_measure_of_every_case(cases: list[dict[str, Any]]) -> None:
    assert len(cases) >= 45
    for case in cases:
        found = profile(case)
        for name in PLAIN:
            tolerance = TOLERANCE.get(name, 1e-6)
            assert_close(getattr(found, name), case["expected"][name], tolerance, f"{case['id']} {name}")


def test_profit_and_loss_at_the_expiry(cases: list[dict[str, Any]]) -> None:
    for case in cases:
        spots, expected = np.array(case["expected"]["payoff_at"]).T
        assert profile(case).value_at(spots, case["T"]) == pytest.approx(expected, abs=1e-6), case["id"]
