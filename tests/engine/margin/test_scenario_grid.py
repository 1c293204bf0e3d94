"""The scenario grid of a book: what it remembers, and options that are given in different ways side by side."""

from datetime import date, timedelta
from math import fsum

import pytest

from engine.margin import OptionLeg, PortfolioMargin, StockLeg, portfolio_margin
from engine.margin.classes import class_terms
from engine.margin.legs import PricedLeg, columns_of
from engine.margin.scenario_columns import Rates, Scenario
from engine.margin.scenario_grid import ScenarioGrid
from engine.model import ExerciseStyle, Right

TODAY = date(2024, 1, 2)
FIRST, SOON, LATER = (TODAY + timedelta(days=days) for days in (9, 30, 200))
EUROPEAN, AMERICAN = ExerciseStyle.EUROPEAN, ExerciseStyle.AMERICAN


def option(right: Right, strike: float, quantity: int, price: float, expiry: date = SOON) -> OptionLeg:
    return OptionLeg(right, strike, quantity, price, expiry, EUROPEAN)


def margin_of(*legs: PricedLeg) -> PortfolioMargin:
    return portfolio_margin(
        legs, today=TODAY, underlying_price=100.0, underlying_class="equity", rate=0.05, dividend_yield=0.01
    )


def test_a_book_gains_what_its_legs_gain_however_they_are_given() -> None:
    legs: list[PricedLeg] = [
        option(Right.PUT, 90.0, -2, 1.5),
        OptionLeg(Right.PUT, 95.0, 3, 2.5, SOON, AMERICAN),
        OptionLeg(Right.CALL, 110.0, -1, 2.0, LATER, AMERICAN, volatility=0.3),
        OptionLeg(Right.CALL, 105.0, -4, 0.0, FIRST, EUROPEAN, 10, volatility=0.25),
        option(Right.CALL, 80.0, 1, 19.0),  # below what exercise pays: certain
        StockLeg(-70, 100.0),
    ]
    alone = [margin_of(leg).scenario_pnl for leg in legs]
    expected = [fsum(gains) for gains in zip(*alone, strict=True)]
    assert margin_of(*legs).scenario_pnl == pytest.approx(expected, rel=0, abs=1e-9)


def test_a_grid_says_the_same_as_a_new_one_after_other_prices_and_other_days() -> None:
    options = [option(Right.PUT, 90.0, -2, 0.0), option(Right.CALL, 110.0, -1, 0.0, LATER)]
    terms = class_terms("equity")

    def grid() -> ScenarioGrid:
        return ScenarioGrid(options, columns_of(options), terms)

    followed = grid()
    found = []
    for days, spot, prices in (
        (0, 100.0, (1.5, 4.0)),
        (0, 95.0, (2.5, 3.0)),
        (7, 95.0, (2.0, 2.5)),
        (40, 95.0, (0, 2)),
    ):
        marks = columns_of([option(Right.CALL, 1.0, 1, price) for price in prices]).price
        scenario = Scenario(spot, TODAY + timedelta(days=days), Rates(0.05, 0.01))
        found.append(followed.margin(marks, 0.0, scenario))
        assert found[-1] == grid().margin(marks, 0.0, scenario)
    assert len({margin.requirement for margin in found}) == len(found)
