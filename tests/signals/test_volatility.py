"""Signals of implied volatility on chains whose answers are known by hand."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import pytest

from engine.model import ChainSnapshot, OptionContract
from signals.base import MarketSignal
from signals.volatility import (
    AtMaturity,
    AtTheMoneyIv,
    ExpectedMove,
    ExpectedMoveParameters,
    Skew,
    SkewParameters,
    TermSlope,
    TermSlopeParameters,
)
from tests.builders import Quote, chain, contract_table
from tests.signals.smiles import AT, SESSIONS, STRIKES, after, smile

NEAR, MIDDLE, FAR = after(30), after(60), after(90)


def made(signal: type[MarketSignal], parameters: Any) -> MarketSignal:
    return signal("one", "SPX", parameters, SESSIONS)


def sloped() -> ChainSnapshot:
    """20 % for a month, 25 % for three."""
    return smile(lambda contract: 0.20 if contract.series == NEAR else 0.25, 2910.0, NEAR, FAR)


def test_at_the_money_volatility_is_that_of_the_maturity() -> None:
    assert made(AtTheMoneyIv, AtMaturity(maturity_days=90)).on_snapshot(sloped()) == pytest.approx(0.25)


@pytest.mark.parametrize(("measure", "expected"), [("difference", 0.05), ("ratio", 1.25)])
def test_the_slope_is_far_against_near(measure: Any, expected: float) -> None:
    signal = made(TermSlope, TermSlopeParameters(near_days=30, far_days=90, measure=measure))
    assert signal.on_snapshot(sloped()) == pytest.approx(expected)


def test_without_one_of_the_maturities_there_is_no_slope() -> None:
    assert made(TermSlope, TermSlopeParameters(near_days=30, far_days=91)).on_snapshot(sloped()) is None


def test_the_near_maturity_is_shorter() -> None:
    with pytest.raises(ValueError, match="near_days 90 must be less than far_days 90"):
        TermSlopeParameters(near_days=90, far_days=90)


def skewed() -> ChainSnapshot:
    """Puts of delta -0.25 at 24 %, calls of 0.25 at 14 %, 18 % at the money."""
    deltas = {2850.0: (0.25, 0.24), 2900.0: (0.50, 0.18), 2950.0: (0.25, 0.14)}

    def quote(contract: OptionContract) -> Quote | None:
        if contract.strike not in deltas or (contract.strike - 2900.0) * contract.right < 0:
            return None
        delta, iv = deltas[contract.strike]
        return Quote(delta=contract.right * delta, implied_volatility=iv)

    return chain(contract_table({NEAR: STRIKES}), AT, 2900.0, quotes=quote)


@pytest.mark.parametrize(
    ("measure", "relative", "expected"),
    [
        ("put_less_call", False, 0.10),
        ("put_less_atm", False, 0.06),
        ("call_less_atm", False, -0.04),
        ("put_less_call", True, 0.10 / 0.18),
    ],
)
def test_skew_is_the_difference_of_two_wings(measure: Any, relative: bool, expected: float) -> None:
    parameters = SkewParameters(delta=0.25, maturity_days=30, measure=measure, relative=relative)
    assert made(Skew, parameters).on_snapshot(skewed()) == pytest.approx(expected)


def test_a_wing_that_is_not_quoted_leaves_no_skew() -> None:
    assert made(Skew, SkewParameters(delta=0.10)).on_snapshot(skewed()) is None


@pytest.mark.parametrize(("unit", "scale"), [("fraction", 1.0), ("points", 2910.0)])
def test_the_expected_move_is_a_standard_deviation(unit: Any, scale: float) -> None:
    signal = made(ExpectedMove, ExpectedMoveParameters(maturity_days=30, unit=unit))
    assert signal.on_snapshot(sloped()) == pytest.approx(scale * 0.20 * sqrt(30 / 365))


def test_the_expected_move_is_the_same_whichever_time_measures_a_maturity_that_is_quoted() -> None:
    """Total variance is what it is; only between expirations do the two ways of time part."""
    moves = [
        made(ExpectedMove, ExpectedMoveParameters(maturity_days=30, time=time)).on_snapshot(sloped())
        for time in ("calendar", "trading")
    ]
    assert moves[0] == pytest.approx(moves[1])


def test_the_expected_move_of_a_straddle_is_a_part_of_its_price() -> None:
    table = contract_table({MIDDLE: STRIKES})
    snapshot = chain(table, AT, 2900.0, quotes=lambda _: Quote(bid=39.0, ask=41.0))
    parameters = ExpectedMoveParameters(maturity_days=0, method="straddle", factor=0.85)
    assert made(ExpectedMove, parameters).on_snapshot(snapshot) == pytest.approx(0.85 * 80.0 / 2900.0)


def test_a_maturity_of_no_days_has_no_deviation() -> None:
    with pytest.raises(ValueError, match="use method: straddle, or maturity_days 1"):
        ExpectedMoveParameters(maturity_days=0)


Made = Callable[[], MarketSignal]


@pytest.mark.parametrize(
    "make",
    [
        lambda: made(AtTheMoneyIv, AtMaturity()),
        lambda: made(TermSlope, TermSlopeParameters()),
        lambda: made(Skew, SkewParameters()),
        lambda: made(ExpectedMove, ExpectedMoveParameters()),
        lambda: made(ExpectedMove, ExpectedMoveParameters(method="straddle")),
    ],
    ids=["atm_iv", "slope", "skew", "move", "straddle"],
)
def test_a_chain_that_says_nothing_leaves_the_last_value(make: Made) -> None:
    assert make().on_snapshot(chain(contract_table({NEAR: STRIKES}), AT, 2900.0, quotes=lambda _: None)) is None
