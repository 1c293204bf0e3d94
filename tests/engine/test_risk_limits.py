"""One test per limit: what passes, what is refused, with which value and which limit."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import AccountView, ApprovedOrder, Leg, NetLeg, NetLegs, Position, PositionLeg, Refusal, Stock
from engine.money import to_micros
from engine.risk import RiskManager, RiskRule, Trade
from engine.risk_config import BetaConfig, CorrelationLimit, RiskConfig, RiskLimits
from engine.risk_rules.limits import limit_rules
from engine.risk_rules.risk_shares import RiskShare, every_position, moves_together
from engine.risk_rules.strategy_budgets import BudgetOfStrategy
from engine.risk_rules.trade import Before, Package
from engine.strategies.spec import StrategyBudget
from tests.builders import call, contract_table, put, series
from tests.engine.risk_desk import NEAR, SPREAD, TABLE, account, held, manager, order, refused
from tests.engine.risk_measures import Stub

SHORT, LONG = put(TABLE, NEAR, 2850), put(TABLE, NEAR, 2800)
LATER = series(date(2019, 6, 21))
LATER_TABLE = contract_table({LATER: [2800, 2850]})


def spread(position_id: int, **changes: object) -> Position:
    """A held put spread that can lose 5,000 USD."""
    return replace(held(position_id, (SHORT, -1), (LONG, 1)), **changes)  # type: ignore[arg-type]  # as the test says


def trade(
    *positions: Position, measures: Stub | None = None, legs: tuple[Leg, ...] = SPREAD, received: float = 600.0
) -> Trade:
    """One order that opens the spread of the desk, before an account with these positions."""
    before = Before(account(*positions), NetLegs(), measures or Stub())
    traded = tuple(NetLeg(leg.instrument, leg.ratio) for leg in legs)
    return Trade(Package(order(legs), traded, to_micros(received), before, lambda _: 0), 1)


def limited(limit: str, value: float, view: AccountView | None = None) -> RiskManager:
    """A risk manager with one limit by its name."""
    limits: dict[str, Any] = {limit: value}
    return manager(view, **limits)


def says(refusal: Refusal | None) -> tuple[object, ...]:
    """Rule, value and limit of a refusal."""
    assert refusal is not None
    assert refusal.value is not None
    assert refusal.limit is not None
    return refusal.rule, refusal.value, refusal.limit


# --- positions --------------------------------------------------------------------------------------------------


def test_positions_of_one_expiration_are_limited() -> None:
    both = account(spread(1), spread(2, legs=(PositionLeg(put(LATER_TABLE, LATER, 2800), 1, 0),)))
    assert isinstance(manager(both, max_positions_per_expiration=2).review(order()), ApprovedOrder)
    refusal = refused(manager(both, max_positions_per_expiration=1).review(order()))
    assert refusal == Refusal("max_positions_per_expiration", "2 positions would expire on 2019-05-10, limit 1", 2, 1)
    addition = replace(order(), position_id=1)
    assert isinstance(manager(both, max_positions_per_expiration=1).review(addition), ApprovedOrder)


# --- margin -----------------------------------------------------------------------------------------------------


def test_the_margin_of_the_book_is_limited_as_a_share_of_the_account() -> None:
    held_one = account(spread(1))  # 5,000 USD, and as much for every one more, of 100,000
    assert isinstance(manager(held_one, max_margin_percent=15.0).review(order(quantity=2)), ApprovedOrder)
    refusal = refused(manager(held_one, max_margin_percent=15.0).review(order(quantity=3)))
    assert says(refusal) == ("margin_percent", 20.0, 15.0)
    assert refusal.reason == (
        "the book would require 20,000.00 USD, 20 % of a net liquidation of 100,000.00 USD, limit 15 %"
    )


# --- risk -------------------------------------------------------------------------------------------------------


def test_the_risk_of_one_trade_is_limited() -> None:
    risk = manager(max_trade_risk_percent=8.8)
    assert isinstance(risk.review(order(quantity=2)), ApprovedOrder)
    assert says(refused(risk.review(order(quantity=3)))) == ("trade_risk", pytest.approx(13.2), 8.8)


def test_portfolio_heat_is_the_sum_of_all_maximum_losses() -> None:
    book = account(spread(1), spread(2))  # 5,000 each, and 4,400 to come
    assert isinstance(manager(book, max_heat_percent=14.4).review(order()), ApprovedOrder)
    refusal = refused(manager(book, max_heat_percent=14.3).review(order()))
    assert says(refusal) == ("portfolio_heat", pytest.approx(14.4), 14.3)
    assert refusal.reason == (
        "all positions would risk 14,400.00 USD, 14.4 % of a net liquidation of 100,000.00 USD, limit 14.3 %"
    )


def test_what_was_received_for_a_position_is_no_risk() -> None:
    credited = spread(1, legs=(PositionLeg(SHORT, -1, to_micros(-1_500.0)), PositionLeg(LONG, 1, to_micros(900.0))))
    assert isinstance(manager(account(credited), max_heat_percent=8.8).review(order()), ApprovedOrder)


def test_an_addition_counts_with_the_position_it_adds_to() -> None:
    book = account(spread(1))
    wing = replace(order((Leg(put(TABLE, NEAR, 2700), 1),), 1), position_id=1)
    more = replace(order(), position_id=1)
    assert says(refused(manager(book, max_trade_risk_percent=9.3).review(more)))[1] == pytest.approx(9.4)
    assert isinstance(manager(book, max_trade_risk_percent=1.0).review(wing), Refusal)  # it costs 5 USD more
    assert isinstance(manager(book, max_heat_percent=9.4).review(more), ApprovedOrder)
    assert says(refused(manager(book, max_heat_percent=9.3).review(more)))[1] == pytest.approx(9.4)
    free = RiskShare("trade_risk", "the position", 1.0, every_position)
    cheap = trade(spread(7), legs=(Leg(put(TABLE, NEAR, 2700), 1),), received=0.0)
    assert free.check(cheap) is None  # beyond the limit, but no worse than it was


@pytest.mark.parametrize(
    ("limit", "counted"),
    [("max_underlying_risk_percent", 3), ("max_expiration_risk_percent", 2), ("max_structure_risk_percent", 2)],
)
def test_concentration_counts_positions_that_hang_together(limit: str, counted: int) -> None:
    later = put(LATER_TABLE, LATER, 2850), put(LATER_TABLE, LATER, 2800)
    other_structure = spread(1, structure="condor")
    other_expiration = spread(2, legs=(PositionLeg(later[0], -1, 0), PositionLeg(later[1], 1, 0)))
    other_market = held(3, (Stock("SPY"), 1))
    book = account(other_structure, other_expiration, other_market)
    risk = 4.4 + 5.0 * (counted - 1)
    assert isinstance(limited(limit, risk, book).review(order()), ApprovedOrder)
    assert says(refused(limited(limit, risk - 0.1, book).review(order())))[1] == pytest.approx(risk)


def test_underlyings_that_move_together_count_together() -> None:
    rule = RiskShare("correlated_risk", "positions that move together", 5.0, moves_together(0.7))
    shares = replace(held(1), legs=(PositionLeg(Stock("SPY"), 10, to_micros(2_900.0)),))  # can lose 2,900 USD
    related, unrelated = (Stub(correlations={("SPX", "SPY"): value}) for value in (0.71, 0.7))
    assert says(rule.check(trade(shares, measures=related)))[1] == pytest.approx(7.3)
    assert rule.check(trade(shares, measures=unrelated)) is None
    assert rule.check(trade(shares)) is None  # nobody knows


def test_a_risk_without_bound_is_refused_by_every_limit_on_risk() -> None:
    rule = RiskShare("portfolio_heat", "all positions", 500.0, every_position)
    refusal = rule.check(trade(held(1, (call(TABLE, NEAR, 3000), -1))))
    assert refusal == Refusal("portfolio_heat", "the risk of all positions would have no bound, limit 500 %", None, 500)


@given(st.integers(0, 6), st.floats(1.0, 60.0))
def test_heat_passes_exactly_as_many_positions_as_fit(positions: int, percent: float) -> None:
    book = account(*(spread(number + 100) for number in range(positions)))
    answer = manager(book, max_heat_percent=percent).review(order())
    assert isinstance(answer, ApprovedOrder) == (5.0 * positions + 4.4 <= percent * (1 + 1e-9))


# --- Greeks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "rule", "each"),
    [
        ("max_abs_gamma_shares_per_point", "portfolio_gamma", 0.1),
        ("max_abs_theta_usd_per_day", "portfolio_theta", -300.0 * 100 / 365),
        ("max_abs_vega_usd_per_point", "portfolio_vega", 200.0),
        ("max_abs_delta_shares", "portfolio_delta", -20.0),
    ],
)
def test_every_greek_has_a_limit(limit: str, rule: str, each: float) -> None:
    bought = order((Leg(LONG, 1),), 3)
    assert isinstance(limited(limit, abs(each) * 3).review(bought), ApprovedOrder)
    refusal = refused(limited(limit, abs(each) * 2.9).review(bought))
    assert says(refusal) == (rule, pytest.approx(each * 3), pytest.approx(abs(each) * 2.9))


def test_deltas_are_weighted_by_beta_and_price() -> None:
    risk = manager(beta=BetaConfig(index="SPX", given={"SPY": 0.5}), max_abs_beta_weighted_delta_shares=10.0)
    one_tenth_of_spx = order((Leg(Stock("SPY"), 200),), 1)  # 200 x 0.5 x 290 / 2900
    assert isinstance(risk.review(one_tenth_of_spx), ApprovedOrder)
    refusal = refused(risk.review(order((Leg(Stock("SPY"), 202),), 1)))
    assert says(refusal) == ("beta_weighted_delta", pytest.approx(10.1), 10.0)
    assert refusal.reason == "beta-weighted portfolio delta would be 10.1 shares of SPX, limit 10"


def test_without_an_estimate_a_beta_is_one_and_the_index_itself_has_beta_one() -> None:
    risk = manager(beta=BetaConfig(index="SPX"), max_abs_beta_weighted_delta_shares=10.0)
    assert isinstance(risk.review(order((Leg(Stock("SPY"), 100),), 1)), ApprovedOrder)
    assert says(refused(risk.review(order((Leg(LONG, 1),), 1))))[1] == pytest.approx(-20.0)


def test_a_limit_on_beta_weighted_delta_needs_an_index() -> None:
    with pytest.raises(ValueError, match=r"needs risk\.beta, which names the index"):
        RiskConfig(limits=RiskLimits(max_abs_beta_weighted_delta_shares=10.0))


# --- budgets of strategies --------------------------------------------------------------------------------------


def budget(**terms: float) -> RiskRule:
    """The budget of the strategy of the desk's orders."""
    return BudgetOfStrategy("puts", StrategyBudget(**terms))  # type: ignore[arg-type]  # names are the test's own


def test_a_budget_of_margin_measures_the_strategys_positions_alone() -> None:
    theirs = spread(1, strategy="others")
    assert budget(margin_usd=5_000.0).check(trade(theirs)) is None
    refusal = budget(margin_usd=9_999.0).check(trade(spread(1)))
    assert says(refusal) == ("budget_margin", 10_000.0, 9_999.0)
    assert refusal is not None
    assert refusal.reason == "puts would require 10,000.00 USD, its budget is 9,999.00 USD"


def test_what_another_strategy_holds_does_not_cover_for_this_one() -> None:
    short = (Leg(SHORT, -1),)
    theirs = held(1, (LONG, 1))
    assert says(budget(margin_usd=5_000.0).check(trade(replace(theirs, strategy="others"), legs=short)))[1] == 285_000
    assert budget(margin_usd=5_000.0).check(trade(theirs, legs=short)) is None


def test_a_budget_of_equity_counts_requirement_and_premium() -> None:
    assert budget(percent_of_equity=9.4).check(trade(spread(1))) is None  # 5,000 and 4,400
    assert says(budget(percent_of_equity=9.3).check(trade(spread(1)))) == ("budget_equity", pytest.approx(9.4), 9.3)
    bought = trade(legs=(Leg(LONG, 1),), received=-850.0)
    assert says(budget(percent_of_equity=0.8).check(bought))[1] == pytest.approx(0.85)


def test_a_budget_of_positions_counts_the_strategys_own() -> None:
    assert budget(max_positions=1).check(trade(spread(1, strategy="others"))) is None
    assert says(budget(max_positions=1).check(trade(spread(1)))) == ("budget_positions", 2, 1)
    leftover = replace(held(1, (LONG, 1), closing=True))
    assert budget(max_positions=1).check(trade(leftover)) is None


def test_a_strategy_without_bound_is_within_no_budget_of_money() -> None:
    naked = trade(legs=(Leg(call(TABLE, NEAR, 3000), -1),))
    refusal = budget(margin_usd=1e9).check(naked)
    assert refusal is not None
    assert refusal.rule == "budget_margin"


def test_the_budget_of_one_strategy_is_none_of_anothers_business() -> None:
    rule = BudgetOfStrategy("calls", StrategyBudget(max_positions=1, margin_usd=1.0, percent_of_equity=0.01))
    assert rule.check(trade(spread(1))) is None


# --- which rules there are --------------------------------------------------------------------------------------


def test_every_limit_of_the_configuration_makes_a_rule() -> None:
    names = [one.name for one in fields(RiskLimits) if one.name != "correlation"]
    limits = RiskLimits(correlation=CorrelationLimit(max_risk_percent=5.0), **dict.fromkeys(names, 1))
    rules = limit_rules(RiskConfig(limits=limits, beta=BetaConfig(index="SPX")), MaximumLossMargin())
    assert len(rules) == len(names) + 2  # correlation and buying power
