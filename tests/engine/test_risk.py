from dataclasses import replace
from datetime import date

import pytest

from engine.costs.fees import fee_model
from engine.costs.schedule import CommissionSchedule, OptionCommission
from engine.errors import ConfigurationError
from engine.events import Event, OrderApproved, OrderRefused, OrderRequested
from engine.market import Market
from engine.model import (
    ApprovedOrder,
    Fill,
    Intent,
    Leg,
    LegFill,
    Order,
    QuoteFlag,
    Refusal,
    Stock,
)
from engine.money import to_micros
from engine.risk_rules.estimate import estimated_legs
from engine.risk_rules.exposure import DELTA
from engine.risk_rules.figures import number
from engine.risk_rules.sizing import FixedContracts, PercentAtRisk
from engine.risk_rules.solved_sizing import GreekBudget
from tests.builders import NAN, Quote, call, chain, put, session_table
from tests.engine.risk_desk import NEAR, NOW, TABLE, UNDERLYINGS, account, held, manager, order, refused


def closing(position_id: int, *legs: Leg, quantity: int | None = None) -> Order:
    """A closing order."""
    return Order(9, "puts", Intent.CLOSE, legs, quantity, NOW, position_id)


def filled(one: Order, quantity: int, *prices: float, fee: float = 0.0) -> Fill:
    """The fill of an order at these prices."""
    legs = tuple(
        LegFill(leg.instrument, leg.ratio * quantity, to_micros(price), to_micros(fee), price, price)
        for leg, price in zip(one.legs, prices, strict=True)
    )
    return Fill(
        one.order_id, one.target_position, one.strategy, one.intent, one.structure, one.tag, quantity, legs, NOW, NOW
    )


# --- sizes


def test_the_order_names_its_quantity_or_the_sizer_of_its_strategy_does() -> None:
    risk = manager(sizers={"puts": FixedContracts(2)})
    assert risk.review(order(quantity=3)) == ApprovedOrder(order(quantity=3), 3, NOW)
    assert risk.review(order()) == ApprovedOrder(order(), 2, NOW)


def test_a_strategy_without_a_sizer_must_name_quantities() -> None:
    with pytest.raises(ConfigurationError, match="order 7 names no quantity and puts has no sizer"):
        manager(sizers={}).review(order())


def test_percent_at_risk_sizes_by_the_loss_at_the_middle_of_the_quotes() -> None:
    approved = manager(account(cash=88_000.0), {"puts": PercentAtRisk(10.0)}).review(order())
    assert isinstance(approved, ApprovedOrder)
    assert approved.quantity == 2  # of 4,400 each


def test_a_net_delta_budget_counts_what_is_held() -> None:
    book = account(held(1, (Stock("SPY"), 75)))
    approved = manager(book, {"puts": GreekBudget(DELTA, 100.0)}).review(order())
    assert isinstance(approved, ApprovedOrder)
    assert approved.quantity == 2  # 75 + 2 x 10


def test_a_size_of_zero_is_refused_with_its_numbers() -> None:
    refusal = refused(manager(account(cash=20_000.0), {"puts": PercentAtRisk(10.0)}).review(order()))
    assert refusal.rule == "size_is_zero"
    assert refusal.reason == (
        "percent_at_risk(10 %) gives no package: one loses at most 4,400.00 USD; net liquidation is 20,000.00 USD"
    )
    naked = refused(manager(sizers={"puts": PercentAtRisk(10.0)}).review(order((Leg(call(TABLE, NEAR, 3000), -1),))))
    assert "one loses without bound" in naked.reason


def test_sizes_of_new_positions_are_multiplied_while_protection_reduces_them() -> None:
    approved = manager(size_factor=0.5).review(order(quantity=5))
    assert isinstance(approved, ApprovedOrder)
    assert approved.quantity == 2
    addition = replace(order(quantity=5), position_id=1)
    book = account(held(1, (put(TABLE, NEAR, 2850), -1), (put(TABLE, NEAR, 2800), 1)))
    added = manager(book, size_factor=0.5).review(addition)
    assert isinstance(added, ApprovedOrder)
    assert added.quantity == 5
    refusal = refused(manager(size_factor=0.5).review(order(quantity=1)))
    assert refusal == Refusal(
        "reduced_to_zero", "protection multiplies sizes by 0.5, which leaves none of 1 packages", 0.5, 1
    )


# --- the market


def test_a_leg_without_a_quote_is_refused() -> None:
    unquoted = refused(manager().review(order((Leg(put(TABLE, NEAR, 2750), 1),))))
    assert unquoted == Refusal("no_market", "SPXW  190510P02750000 has no quote to estimate its price from")
    other = replace(put(TABLE, NEAR, 2850), series=replace(NEAR, underlying="NDX"))
    assert refused(manager().review(order((Leg(other, 1),)))).rule == "no_market"
    assert refused(manager().review(order((Leg(Stock("QQQ"), 1),)))).rule == "no_market"


@pytest.mark.parametrize(
    ("quote", "price"),
    [
        (Quote(1.0, 2.0), 1.5),
        (Quote(0.0, 0.1), 0.05),
        (Quote(NAN, 0.1), 0.05),
        (Quote(0.05, 0.1, flags=QuoteFlag.NO_BID), 0.05),
        (Quote(3.0, NAN), 3.0),
        (Quote(3.0, 0.0), 3.0),
        (Quote(3.0, 9.0, flags=QuoteFlag.NO_ASK), 3.0),
    ],
)
def test_a_price_is_the_middle_half_the_ask_or_the_bid(quote: Quote, price: float) -> None:
    contract = put(TABLE, NEAR, 2800)
    market = Market(session_table(date(2019, 4, 1), date(2019, 5, 31)), UNDERLYINGS)
    market.snapshots["SPX"] = chain(TABLE, NOW, 2900.0, changes={contract: quote})
    dealt = estimated_legs([Leg(contract, -2)], market)
    assert not isinstance(dealt, Refusal)
    assert sum(leg.cash for leg in dealt) == to_micros(200 * price)


def test_shares_of_an_index_cannot_be_traded() -> None:
    refusal = refused(manager().review(order((Leg(Stock("SPX"), 1),), quantity=1)))
    assert refusal == Refusal("index_not_tradable", "SPX is an index: it has no shares to trade")
    assert isinstance(manager().review(order((Leg(Stock("SPY"), 1),), quantity=1)), ApprovedOrder)


# --- limits


def test_open_positions_are_limited() -> None:
    book = account(held(1, (Stock("SPY"), 1)), held(2, (Stock("SPY"), 1)))
    refusal = refused(manager(book, max_open_positions=2).review(order()))
    assert refusal == Refusal("max_open_positions", "3 positions would be open, limit 2", 3, 2)
    assert isinstance(manager(book, max_open_positions=3).review(order()), ApprovedOrder)


def test_leftovers_and_additions_do_not_count_as_new_positions() -> None:
    leftover = held(1, (put(TABLE, NEAR, 2700), 1), closing=True)
    assert isinstance(manager(account(leftover), max_open_positions=1).review(order()), ApprovedOrder)
    still_short = held(1, (put(TABLE, NEAR, 2700), -1), (put(TABLE, NEAR, 2800), 1), closing=True)
    assert refused(manager(account(still_short), max_open_positions=1).review(order())).rule == "max_open_positions"
    addition = replace(order(), position_id=1)
    assert isinstance(
        manager(account(held(1, (Stock("SPY"), 1))), max_open_positions=1).review(addition), ApprovedOrder
    )


def test_portfolio_delta_is_limited() -> None:
    bullish = account(held(1, (Stock("SPY"), 245)))
    refusal = refused(manager(bullish, max_abs_delta_shares=250.0).review(order(quantity=1)))
    assert refusal.rule == "portfolio_delta"
    assert refusal.reason == "portfolio delta would be 255 shares, limit 250"
    assert refusal.value == pytest.approx(255.0)
    assert refusal.limit == 250.0


def test_a_negative_portfolio_delta_reads_well() -> None:
    puts = (Leg(put(TABLE, NEAR, 2850), 1),)
    refusal = refused(manager(max_abs_delta_shares=250.0).review(order(puts, quantity=10)))
    assert refusal.reason == "portfolio delta would be -300 shares, limit 250"


def test_a_delta_at_its_limit_passes_whatever_binary_fractions_add() -> None:
    calls = (Leg(call(TABLE, NEAR, 3050), 1),)
    assert 0.07 * 100 > 7.0
    assert isinstance(manager(max_abs_delta_shares=7.0).review(order(calls, quantity=1)), ApprovedOrder)


def test_an_order_that_leads_back_towards_a_limit_passes() -> None:
    bullish = account(held(1, (Stock("SPY"), 300)))
    hedge = order((Leg(put(TABLE, NEAR, 2850), 1),), quantity=1)
    assert isinstance(manager(bullish, max_abs_delta_shares=250.0).review(hedge), ApprovedOrder)


def test_portfolio_vega_is_limited() -> None:
    refusal = refused(manager(max_abs_vega_usd_per_point=100.0).review(order(quantity=3)))
    assert refusal.rule == "portfolio_vega"
    assert refusal.reason == "portfolio vega would be -150 USD per volatility point, limit 100"
    assert isinstance(manager(max_abs_vega_usd_per_point=100.0).review(order(quantity=2)), ApprovedOrder)


def test_cash_after_the_fill_covers_the_requirement() -> None:
    assert isinstance(manager(account(cash=4_400.0)).review(order(quantity=1)), ApprovedOrder)
    assert isinstance(manager(account(cash=8_800.0)).review(order(quantity=2)), ApprovedOrder)
    assert refused(manager(account(cash=8_799.0)).review(order(quantity=2))).rule == "buying_power"
    refusal = refused(manager(account(cash=4_399.0)).review(order(quantity=1)))
    assert refusal.rule == "buying_power"
    assert refusal.reason == (
        "cash would be 4,999.00 USD, requirement 5,000.00 USD (SPX settling 2019-05-10T20:00:00Z loses 5,000.00 USD "
        "at 0.00)"
    )
    assert (refusal.value, refusal.limit) == (4_999.0, 5_000.0)


def test_a_book_without_bound_is_refused() -> None:
    refusal = refused(manager().review(order((Leg(call(TABLE, NEAR, 3000), -1),), quantity=1)))
    assert refusal.rule == "unbounded_loss"
    assert "short 100 shares" in refusal.reason


def test_what_other_positions_hold_counts_for_margin() -> None:
    call_3100 = call(TABLE, NEAR, 3100)
    covered = manager(account(held(1, (call_3100, 1)), cash=10_000.0))
    assert isinstance(covered.review(order((Leg(call(TABLE, NEAR, 3000), -1),), quantity=1)), ApprovedOrder)


@pytest.mark.parametrize(
    ("value", "text"), [(-1312.5, "-1,312.5"), (250.0, "250"), (-0.001, "0"), (250.004, "250"), (1e6, "1,000,000")]
)
def test_numbers_read_well(value: float, text: str) -> None:
    assert number(value) == text


# --- closing


def test_closing_orders_pass_every_limit() -> None:
    book = account(held(1, (put(TABLE, NEAR, 2850), -2), (put(TABLE, NEAR, 2800), 2)), cash=0.0)
    risk = manager(book, max_open_positions=1, max_abs_delta_shares=1.0, max_abs_vega_usd_per_point=1.0)
    one = closing(1, Leg(put(TABLE, NEAR, 2850), 1), Leg(put(TABLE, NEAR, 2800), -1))
    assert risk.review(one) == ApprovedOrder(one, 2, NOW)
    assert risk.recheck(ApprovedOrder(one, 2, NOW), filled(one, 2, 1_000.0, 0.01)) is None


def test_a_closing_order_may_close_a_part() -> None:
    risk = manager(account(held(1, (put(TABLE, NEAR, 2850), -2), (put(TABLE, NEAR, 2800), 2))))
    one = closing(1, Leg(put(TABLE, NEAR, 2850), 1), quantity=1)
    assert risk.review(one) == ApprovedOrder(one, 1, NOW)


@pytest.mark.parametrize(
    ("leg", "reason"),
    [
        (Leg(put(TABLE, NEAR, 2850), 3), "position 1 holds -2 of SPXW  190510P02850000, the order would trade +3"),
        (Leg(put(TABLE, NEAR, 2850), -1), "position 1 holds -2 of SPXW  190510P02850000, the order would trade -1"),
        (Leg(put(TABLE, NEAR, 2800), 1), "position 1 holds 0 of SPXW  190510P02800000, the order would trade +1"),
    ],
)
def test_a_closing_order_closes_only_what_its_position_holds(leg: Leg, reason: str) -> None:
    risk = manager(account(held(1, (put(TABLE, NEAR, 2850), -2))))
    assert refused(risk.review(closing(1, leg))).rule == "exceeds_position"
    assert refused(risk.review(closing(1, leg, quantity=1))).reason == reason


def test_a_position_that_is_gone_cannot_be_closed() -> None:
    one = closing(7, Leg(put(TABLE, NEAR, 2850), 1), quantity=1)
    assert manager().review(one) == Refusal("nothing_to_close", "position 7 is not open")
    assert refused(manager().recheck(ApprovedOrder(one, 1, NOW), filled(one, 1, 15.0))).rule == "nothing_to_close"


def test_two_orders_cannot_close_the_same_position_twice() -> None:
    one = closing(1, Leg(put(TABLE, NEAR, 2850), 1), quantity=2)
    smaller = manager(account(held(1, (put(TABLE, NEAR, 2850), -1))))
    assert refused(smaller.recheck(ApprovedOrder(one, 2, NOW), filled(one, 2, 15.0))).rule == "exceeds_position"


# --- at the fill


def test_the_fill_is_checked_at_its_true_prices_and_fees() -> None:
    risk = manager(account(cash=4_500.0))
    approved = risk.review(order(quantity=1))
    assert isinstance(approved, ApprovedOrder)
    assert risk.recheck(approved, filled(order(), 1, 14.0, 9.0)) is None  # 4,500 + 500 = 5,000
    assert refused(risk.recheck(approved, filled(order(), 1, 14.0, 9.0, fee=0.65))).rule == "buying_power"
    assert refused(risk.recheck(approved, filled(order(), 1, 13.9, 9.0))).rule == "buying_power"


def test_limits_hold_at_the_fill_too() -> None:
    risk = manager(account(held(1, (Stock("SPY"), 245))), max_abs_delta_shares=250.0, max_open_positions=5)
    approved = ApprovedOrder(order(), 1, NOW)
    assert refused(risk.recheck(approved, filled(order(), 1, 14.5, 8.5))).rule == "portfolio_delta"
    full = manager(account(held(1, (Stock("SPY"), 1))), max_open_positions=1)
    assert refused(full.recheck(approved, filled(order(), 1, 14.5, 8.5))).rule == "max_open_positions"


def test_fees_are_estimated_at_approval_minimums_included() -> None:
    one_dollar = fee_model(
        CommissionSchedule(options=OptionCommission(fee_per_contract_usd=0.1, minimum_per_order_usd=1.0))
    )
    enough, short = account(cash=4_401.0), account(cash=4_400.99)  # 600 of premium come in, 5,000 are required
    assert isinstance(manager(enough, fees=one_dollar).review(order(quantity=1)), ApprovedOrder)
    assert refused(manager(short, fees=one_dollar).review(order(quantity=1))).rule == "buying_power"


# --- the bus


def test_every_request_is_answered() -> None:
    published: list[Event] = []
    handler = manager().handlers(published.append)[OrderRequested]
    naked = order((Leg(call(TABLE, NEAR, 3000), -1),), quantity=1)

    for requested in (order(), naked):
        handler(OrderRequested(NOW, requested))
    approved, refusal = published
    assert approved == OrderApproved(NOW, ApprovedOrder(order(), 1, NOW))
    assert isinstance(refusal, OrderRefused)
    assert (refusal.at, refusal.order, refusal.refusal.rule) == (NOW, naked, "unbounded_loss")
