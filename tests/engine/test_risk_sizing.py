from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Intent, Leg, NetLeg, NetLegs, Order, Stock
from engine.money import to_micros
from engine.risk import position_sizer
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import DELTA, GAMMA, THETA, VEGA
from engine.risk_rules.kelly import KellyFraction, Odds
from engine.risk_rules.sizing import (
    MOST_PACKAGES,
    FixedContracts,
    PercentAtRisk,
    PercentOfEquity,
    PercentOfMargin,
    PositionSizer,
)
from engine.risk_rules.solved_sizing import GreekBudget, StressBudget
from engine.risk_rules.trade import Before, Package
from engine.strategies import spec
from tests.engine.risk_builders import SHARES, call, put, share_series
from tests.engine.risk_measures import Stub, account, package


def asked(maximum_loss: float | None = 1_000.0, *, cash: float = 100_000.0, marked: float = 0.0) -> Package:
    """A package that loses so much at worst."""
    return package(maximum_loss, cash=cash, marked=marked)


def of_legs(*legs: NetLeg, received: float = 0.0, price: float = 2_700.0) -> Package:
    """A package of any legs, before an account of 100,000 USD; every underlying stands at one price."""
    order = Order(1, "puts", Intent.OPEN, tuple(Leg(leg.instrument, leg.quantity) for leg in legs), None, 0)
    before = Before(account(), NetLegs(), Stub(prices={"SPX": price, "SPY": price}))
    return Package(order, legs, to_micros(received), before, lambda _: 0)


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


@given(st.integers(1, 10**9), st.floats(0.01, 100.0), st.floats(1.0, 1e7))
def test_percent_at_risk_never_risks_more_and_one_more_would(loss: int, percent: float, cash: float) -> None:
    request = asked(loss / 1e6, cash=cash)
    packages = PercentAtRisk(percent).size(request)
    budget = request.account.net_liquidation * percent / 100
    assert request.maximum_loss is not None
    assert packages * request.maximum_loss <= budget * (1 + 1e-6) + 1
    assert packages == MOST_PACKAGES or (packages + 1) * request.maximum_loss >= budget * (1 - 1e-3) - 1


# --- percent of equity


@pytest.mark.parametrize(("received", "packages"), [(-250.0, 20), (250.0, 20), (-250.01, 19), (-5_000.01, 0)])
def test_percent_of_equity_counts_the_premium_whichever_way_it_flows(received: float, packages: int) -> None:
    bought = of_legs(NetLeg(put(2700.0), 1), received=received)
    assert PercentOfEquity(5.0, "premium").size(bought) == packages


def test_a_package_without_a_premium_is_bounded_by_nothing_but_the_most_there_is() -> None:
    assert PercentOfEquity(5.0, "premium").size(of_legs(NetLeg(put(2700.0), 1))) == MOST_PACKAGES


def test_the_notional_is_that_of_the_larger_side() -> None:
    naked = of_legs(NetLeg(put(2700.0), -1), price=2_500.0)
    spread = of_legs(NetLeg(put(2700.0), -1), NetLeg(put(2600.0), 1), price=2_500.0)
    ratio = of_legs(NetLeg(put(2700.0), 1), NetLeg(put(2600.0), -2), price=2_500.0)
    assert [PercentOfEquity(1_000.0, "notional").size(one) for one in (naked, spread, ratio)] == [4, 4, 2]


def test_shares_count_with_the_side_they_are_on() -> None:
    covered = of_legs(NetLeg(SHARES, 100), NetLeg(call(300.0, share_series()), -1), price=250.0)
    assert PercentOfEquity(100.0, "notional").size(covered) == 4
    assert PercentOfEquity(100.0, "notional").size(of_legs(NetLeg(Stock("SPY"), -1), price=250.0)) == 400


# --- percent of margin


def test_percent_of_margin_counts_requirement_and_premium() -> None:
    spread = (NetLeg(put(2700.0), -1), NetLeg(put(2650.0), 1))
    credit = of_legs(*spread, received=600.0)  # requires 5,000, binds 4,400
    bought = of_legs(NetLeg(put(2700.0), 1), received=-2_000.0)  # requires nothing, binds what it costs
    assert [PercentOfMargin(10.0).size(one) for one in (credit, bought)] == [2, 5]


def test_what_needs_margin_without_bound_gets_nothing_and_says_so() -> None:
    naked = asked(None)
    assert PercentOfMargin(10.0).size(naked) == 0
    assert PercentOfMargin(10.0).numbers(naked) == ("one needs margin without bound; net liquidation is 100,000.00 USD")


# --- all of them


EVERY: list[PositionSizer] = [
    PercentOfEquity(5.0, "premium"),
    PercentAtRisk(5.0),
    PercentOfMargin(5.0),
    KellyFraction(Odds(0.6, 1.0), 0.5, 5.0, None),
]


@pytest.mark.parametrize("sizer", EVERY, ids=lambda sizer: str(type(sizer).__name__))
def test_an_account_below_zero_gets_nothing(sizer: PositionSizer) -> None:
    assert sizer.size(asked(1_000.0, cash=-1.0)) == 0


@given(st.sampled_from(EVERY), st.integers(1, 10**10), st.integers(10**6, 10**12))
def test_a_size_keeps_its_share_of_equity_and_one_more_would_not(sizer: PositionSizer, each: int, cash: int) -> None:
    one = package(each / 1e6, cash=cash / 1e6)
    taken = abs(one.cash) if isinstance(sizer, PercentOfEquity) else one.maximum_loss
    assert taken is not None
    size, budget = sizer.size(one), one.account.net_liquidation * 5 // 100
    assert size * taken <= budget
    assert size == MOST_PACKAGES or (size + 1) * taken > budget


@pytest.mark.parametrize(
    ("config", "sizer", "name"),
    [
        (spec.FixedContracts(contracts=2), FixedContracts(2), "fixed_contracts(2)"),
        (spec.PercentAtRisk(percent=2.5), PercentAtRisk(2.5), "percent_at_risk(2.5 %)"),
        (
            spec.PercentOfEquity(kind="percent_of_equity", percent=20, measure="notional"),
            PercentOfEquity(20, "notional"),
            "percent_of_equity(20 % in notional)",
        ),
        (
            spec.PercentOfMargin(kind="percent_of_margin", percent=30),
            PercentOfMargin(30),
            "percent_of_margin(30 %)",
        ),
        (
            spec.KellyFraction(kind="kelly", win_rate=0.7, payoff_ratio=0.6, fraction=0.25, learn_after_trades=30),
            KellyFraction(Odds(0.7, 0.6), 0.25, 5.0, 30),
            "kelly(0.25 of the stake, at most 5 %)",
        ),
        (spec.NetDeltaBudget(delta_shares=200), GreekBudget(DELTA, 200), "net_delta_budget(200 shares)"),
        (
            spec.NetGammaBudget(kind="net_gamma_budget", gamma_shares_per_point=2.5),
            GreekBudget(GAMMA, 2.5),
            "net_gamma_budget(2.5 shares per point)",
        ),
        (
            spec.NetVegaBudget(kind="net_vega_budget", vega_usd_per_point=500),
            GreekBudget(VEGA, 500),
            "net_vega_budget(500 USD per volatility point)",
        ),
        (
            spec.NetThetaBudget(kind="net_theta_budget", theta_usd_per_day=90),
            GreekBudget(THETA, 90),
            "net_theta_budget(90 USD per day)",
        ),
        (
            spec.StressBudget(kind="stress_budget", percent_of_equity=5, loss_usd=2_000),
            StressBudget(5, 2_000, StressGrid()),
            "stress_budget(5 % of equity and 2000 USD)",
        ),
    ],
)
def test_the_configuration_chooses_the_sizer(config: Any, sizer: Any, name: str) -> None:
    assert position_sizer(config) == sizer
    assert position_sizer(config).name == name
