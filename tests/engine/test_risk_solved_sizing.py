"""Sizes solved from budgets of the whole portfolio: a size keeps the budget, one more breaks it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.risk import Exposure
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import DELTA, GAMMA, THETA, VEGA, Greek
from engine.risk_rules.sizing import MOST_PACKAGES
from engine.risk_rules.solved_sizing import GreekBudget, StressBudget
from engine.risk_rules.trade import Package
from tests.engine.risk_measures import Stub, package


def asked(
    maximum_loss: float | None = 1_000.0,
    delta: float = 10.0,
    portfolio_delta: float = 0.0,
    *,
    cash: float = 100_000.0,
    required: float = 0.0,
) -> Package:
    """A package in dollars and shares."""
    return package(maximum_loss, Stub(Exposure(delta), Exposure(portfolio_delta)), cash=cash, required=required)


def stressed(
    *gains: tuple[float, float], loss: float | None = 100.0, cash: float = 100_000.0, required: float = 0.0
) -> Package:
    """A package with its gains and those of the portfolio, scenario by scenario."""
    return package(loss, Stub(gains=gains), cash=cash, required=required)


# --- net delta budget


@pytest.mark.parametrize(
    ("delta", "present", "packages"),
    [
        (20.0, 0.0, 10),  # up to the budget itself
        (20.000000000000004, 0.0, 10),  # what 100 x (0.1 + 0.2 - 0.1) is in binary floating point
        (-20.0, 0.0, 10),
        (30.0, 0.0, 6),
        (20.0, 150.0, 2),
        (-20.0, 150.0, 17),  # from +150 through to -190
        (20.0, 190.0, 0),  # even one breaks it
        (201.0, 0.0, 0),
        (20.0, 250.0, 0),  # leads away
        (-20.0, 250.0, 22),  # brings back within
        (-500.0, 250.0, 0),  # jumps from one side to the other
        (-449.0, 250.0, 1),
    ],
)
def test_net_delta_budget_gives_the_most_packages_within_it(delta: float, present: float, packages: int) -> None:
    assert GreekBudget(DELTA, 200.0).size(asked(100.0, delta, present)) == packages


def test_a_package_that_moves_nothing_is_bounded_by_what_can_be_afforded() -> None:
    assert GreekBudget(DELTA, 200.0).size(asked(1_000.0, 0.0, cash=60_000.0, required=35_000.0)) == 25
    assert GreekBudget(DELTA, 200.0).size(asked(1_000.0, 1e-15, -100.0)) == 100
    assert GreekBudget(DELTA, 200.0).size(asked(0.0, 0.0)) == MOST_PACKAGES
    assert GreekBudget(DELTA, 200.0).size(asked(1_000.0, 0.0, 201.0)) == 0
    assert GreekBudget(DELTA, 200.0).size(asked(1_000.0, 0.0, -201.0)) == 0


def test_what_cannot_be_afforded_or_has_no_bound_gets_nothing() -> None:
    assert GreekBudget(DELTA, 200.0).size(asked(1_000.0, 10.0, cash=999.0)) == 0
    assert GreekBudget(DELTA, 200.0).size(asked(None, 10.0)) == 0
    assert GreekBudget(DELTA, 200.0).size(asked(0.0, 10.0, cash=10.0, required=20.0)) == 0


GREEKS = st.floats(-300.0, 300.0).filter(lambda delta: delta == 0.0 or abs(delta) > 1e-6)


@given(GREEKS, st.floats(-600.0, 600.0), st.floats(1.0, 500.0))
def test_net_delta_budget_holds_and_one_more_would_break_it(delta: float, present: float, budget: float) -> None:
    packages = GreekBudget(DELTA, budget).size(asked(100.0, delta, present))
    assert 0 <= packages <= 1_000
    allowed = budget * (1 + 1e-8)
    if packages:
        assert abs(present + packages * delta) <= allowed
        assert packages == 1_000 or abs(present + (packages + 1) * delta) > budget
    else:
        assume(abs(delta) > 0.5)
        assert all(abs(present + some * delta) > budget for some in range(1, 1_001))


@pytest.mark.parametrize("greek", [DELTA, GAMMA, VEGA, THETA], ids=lambda greek: str(greek.name))
def test_every_greek_has_its_budget(greek: Greek) -> None:
    one, held = (Exposure(**{greek.field: value}) for value in (-30.0, -80.0))
    sized = package(100.0, Stub(one, held))
    assert GreekBudget(greek, 200.0).size(sized) == 4  # -80 - 4 x 30 = -200
    assert GreekBudget(greek, 199.0).size(sized) == 3


def test_a_budget_that_is_used_up_says_by_what() -> None:
    sized = package(100.0, Stub(Exposure(vega_usd_per_point=-30.0), Exposure(vega_usd_per_point=-180.0)))
    assert GreekBudget(VEGA, 200.0).size(sized) == 0
    assert GreekBudget(VEGA, 200.0).numbers(sized) == (
        "one has a vega of -30 USD per volatility point and binds 100.00 USD; portfolio vega is -180, available cash "
        "100,000.00 USD"
    )


# --- stress budget

TEN_PERCENT = StressBudget(10.0, None, StressGrid())
"""10,000 USD of the account of the tests."""


def test_the_worst_shock_decides() -> None:
    assert TEN_PERCENT.size(stressed((-1_000.0, 0.0), (-2_500.0, 0.0), (4_000.0, 0.0))) == 4


def test_what_is_held_uses_the_budget_up_shock_by_shock() -> None:
    assert TEN_PERCENT.size(stressed((-1_000.0, -7_000.0), (-2_500.0, 5_000.0))) == 3  # the first shock, 3 x 1,000


def test_a_hedge_is_bought_as_far_as_it_is_allowed_to_lose_itself() -> None:
    gains = (2_000.0, -16_500.0), (-1_500.0, 0.0)  # at least 4 to bring the first within, at most 6 by the second
    assert TEN_PERCENT.size(stressed(*gains)) == 6
    assert TEN_PERCENT.size(stressed((2_000.0, -16_500.0), (-3_000.0, 0.0))) == 0  # at least 4, at most 3


def test_what_no_size_can_bring_within_the_budget_gets_nothing() -> None:
    assert TEN_PERCENT.size(stressed((0.0, -10_001.0))) == 0
    assert TEN_PERCENT.size(stressed((-1.0, -10_001.0))) == 0


def test_what_loses_under_no_shock_is_bounded_by_what_can_be_afforded() -> None:
    assert TEN_PERCENT.size(stressed((1.0, 0.0), loss=1_000.0, cash=60_000.0, required=35_000.0)) == 25
    assert TEN_PERCENT.size(stressed((1.0, 0.0), loss=None)) == 0


def test_the_lesser_of_two_budgets_counts() -> None:
    shocks = StressGrid()
    assert StressBudget(10.0, 5_000.0, shocks).size(stressed((-1_000.0, 0.0))) == 5
    assert StressBudget(10.0, 50_000.0, shocks).size(stressed((-1_000.0, 0.0))) == 10
    assert StressBudget(None, 2_000.0, shocks).size(stressed((-1_000.0, 0.0))) == 2


def test_a_stress_budget_that_is_used_up_says_by_what() -> None:
    assert TEN_PERCENT.numbers(stressed((-4_000.0, -7_000.0))) == (
        "under the shocks one loses up to 4,000 USD and the portfolio up to 7,000 USD, the budget is 10,000 USD; one "
        "binds 100.00 USD; net liquidation is 100,000.00 USD, available cash 100,000.00 USD"
    )


GAINS = st.floats(-5_000.0, 5_000.0).filter(lambda gain: gain == 0.0 or abs(gain) > 1e-3)
SCENARIOS = st.lists(st.tuples(GAINS, st.floats(-30_000.0, 30_000.0)), min_size=1, max_size=6)


@given(SCENARIOS, st.floats(100.0, 20_000.0))
def test_a_stress_size_is_the_largest_that_keeps_the_budget(gains: list[tuple[float, float]], budget: float) -> None:
    size = StressBudget(None, budget, StressGrid()).size(stressed(*gains, loss=100.0))

    def worst_loss(packages: int) -> float:
        return max(-(present + packages * one) for one, present in gains)

    slack = 1 + 1e-6
    assert size <= 1_000  # what can be afforded
    if size:
        assert worst_loss(size) <= budget * slack
    beyond = range(size + 1, 1_001) if size else range(1, 1_001)
    assert all(worst_loss(packages) > budget / slack for packages in beyond)
