"""Margin against published and computed requirements."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from engine.margin import OptionLeg, StockLeg, portfolio_margin, reg_t_margin
from engine.margin.legs import PricedLeg
from engine.model import ExerciseStyle, Right
from tests.reference import ABSENT, find_reference_data

TODAY = date(2024, 1, 2)
DAYS = {"E1": 30, "E2": 60, "E_15M": 456}
FOLDER = find_reference_data()
CASES: list[dict[str, Any]] = (
    [] if FOLDER is None else json.loads((FOLDER / "oracle" / "margin_cases.json").read_text())["cases"]
)
OF_RULES = [case for case in CASES if case["ruleset"] == "cboe_strategy"]
OF_PORTFOLIOS = [case for case in CASES if case["ruleset"] == "portfolio"]
WITHOUT_DATA = pytest.mark.skipif(FOLDER is None, reason=ABSENT)


def legs_of(case: dict[str, Any]) -> list[PricedLeg]:
    days = DAYS | ({"E1": case["days"]} if "days" in case else {})
    style = ExerciseStyle(case.get("style", "american"))
    return [
        StockLeg(leg["qty"], leg["price"])
        if leg["type"] == "stock"
        else OptionLeg(
            Right.CALL if leg["right"] == "C" else Right.PUT,
            leg["strike"],
            leg["qty"],
            leg["price"],
            TODAY + timedelta(days=days[leg["expiry"]]),
            ExerciseStyle(leg.get("style", style)),
            leg["multiplier"],
            leg.get("iv"),
        )
        for leg in case["legs"]
    ]


@WITHOUT_DATA
def test_every_case_that_is_not_another_vendors_formula_is_checked() -> None:
    assert len(OF_RULES) + len(OF_PORTFOLIOS) + sum(case["ruleset"] == "lean" for case in CASES) == 82
    assert len(OF_RULES) + len(OF_PORTFOLIOS) == 81


@WITHOUT_DATA
@pytest.mark.parametrize("case", OF_RULES, ids=lambda case: case["id"])
def test_regulation_t_requires_what_was_published(case: dict[str, Any]) -> None:
    legs = legs_of(case)
    margin = reg_t_margin(
        legs, underlying_price=case["underlying_price"], underlying_class=case["underlying_class"], today=TODAY
    )
    premium = sum(leg.quantity * leg.value for leg in legs if isinstance(leg, OptionLeg) and leg.quantity > 0)
    figures = {
        "initial_requirement": margin.initial_requirement,
        "initial_net_deposit": margin.initial_net_deposit,
        "maintenance_requirement": margin.maintenance_requirement,
        "initial_requirement_excl_option_premium": margin.initial_requirement - premium,
    }
    for name, expected in case["expected"].items():
        assert figures[name] == pytest.approx(expected, rel=0, abs=case["abs_tol"] + 1e-9), name


@WITHOUT_DATA
@pytest.mark.parametrize("case", OF_PORTFOLIOS, ids=lambda case: case["id"])
def test_the_scenario_grid_requires_what_was_published(case: dict[str, Any]) -> None:
    margin = portfolio_margin(
        legs_of(case),
        today=TODAY,
        underlying_price=case["underlying_price"],
        underlying_class=case["underlying_class"],
        rate=case["rate"],
        dividend_yield=case["dividend_yield"],
    )
    expected = case["expected"]["portfolio_requirement"]
    assert margin.requirement == pytest.approx(expected, rel=0, abs=case["abs_tol"])
    if "scenario_pnl" in case:
        assert margin.scenario_pnl == pytest.approx(case["scenario_pnl"], rel=0, abs=0.05)
