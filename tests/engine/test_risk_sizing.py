from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.risk import Exposure, position_sizer
from engine.risk_rules.exposure import DELTA
from engine.risk_rules.sizing import MOST_PACKAGES, FixedContracts, PercentAtRisk
from engine.risk_rules.solved_sizing import GreekBudget
from engine.risk_rules.trade import Package
from engine.strategies import spec
from tests.engine.risk_measures import Stub, package


def asked(
    maximum_loss: float | None = 1_000.0,
    delta: float = 10.0,
    portfolio_delta: float = 0.0,
    *,
    cash: float = 100_000.0,
    marked: float = 0.0,
    required: float = 0.0,
) -> Package:
    """A package in dollars and shares."""
    measures = Stub(Exposure(delta), Exposure(portfolio_delta))
    return package(maximum_loss, measures, cash=cash, marked=marked, required=required)


def test_fixed_contracts_ask_nothing() -> None:
    assert FixedContracts(3).size(asked(None)) == 3


# --- percent at risk


@pytest.mark.parametrize(
    ("percent", "maximum_loss", "packages"),
    [
        (5.0, 1_000.0, 5),
        (5.0, 1_000.000001, 4),
        (5.0, 5_000.0, 1),
        (5.0, 5_000.01, 0),
        (2.5, 100.0, 25),
        (5.0, None, 0),
        (5.0, 0.0, MOST_PACKAGES),
        (5.0, 0.01, MOST_PACKAGES),
    ],
)
def test_percent_at_risk_keeps_the_loss_within_the_percentage(
    percent: float, maximum_loss: float | None, packages: int
) -> None:
    assert PercentAtRisk(percent).size(asked(maximum_loss)) == packages


def test_percent_at_risk_looks_at_net_liquidation_not_at_cash() -> None:
    assert PercentAtRisk(10.0).size(asked(1_000.0, cash=100_000.0, marked=-50_000.0)) == 5


def test_an_account_below_zero_risks_nothing() -> None:
    assert PercentAtRisk(10.0).size(asked(1_000.0, cash=-1.0)) == 0


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


DELTAS = st.floats(-300.0, 300.0).filter(lambda delta: delta == 0.0 or abs(delta) > 1e-6)


@given(DELTAS, st.floats(-600.0, 600.0), st.floats(1.0, 500.0))
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


@given(st.integers(1, 10**9), st.floats(0.01, 100.0), st.floats(1.0, 1e7))
def test_percent_at_risk_never_risks_more_and_one_more_would(loss: int, percent: float, cash: float) -> None:
    request = asked(loss / 1e6, cash=cash)
    packages = PercentAtRisk(percent).size(request)
    budget = request.account.net_liquidation * percent / 100
    assert request.maximum_loss is not None
    assert packages * request.maximum_loss <= budget * (1 + 1e-6) + 1
    assert packages == MOST_PACKAGES or (packages + 1) * request.maximum_loss >= budget * (1 - 1e-3) - 1


@pytest.mark.parametrize(
    ("config", "sizer", "name"),
    [
        (spec.FixedContracts(contracts=2), FixedContracts(2), "fixed_contracts(2)"),
        (spec.PercentAtRisk(percent=2.5), PercentAtRisk(2.5), "percent_at_risk(2.5 %)"),
        (spec.NetDeltaBudget(delta_shares=200), GreekBudget(DELTA, 200), "net_delta_budget(200 shares)"),
    ],
)
def test_the_configuration_chooses_the_sizer(config: Any, sizer: Any, name: str) -> None:
    assert position_sizer(config) == sizer
    assert position_sizer(config).name == name
