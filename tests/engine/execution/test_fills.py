from dataclasses import replace
from math import gcd, nan
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import MidFills, SpreadFractionFills, TouchFills
from engine.execution.fills import (
    FillModel,
    LegQuote,
    Mid,
    SpreadFraction,
    Touch,
    blocked_legs,
    fill_model,
    package_prices,
)
from engine.execution.rounding import spread_remainder
from engine.model import Leg, QuoteFlag, Stock
from engine.money import to_micros
from tests.engine.risk_builders import NICKELS, SHARES, call, money, put, quoted, share_series

DEFAULT = fill_model(SpreadFractionFills())
Rounding = Literal["against_trader", "none"]


def net(quotes: list[LegQuote], prices: tuple[int, ...]) -> float:
    """Net price of the package, USD per share."""
    return money(quotes, prices) / 100 / 1e6


# --- models


@pytest.mark.parametrize(("legs", "fraction"), [(1, 0.75), (2, 0.66), (3, 0.56), (4, 0.53), (5, 0.53)])
def test_spread_fraction_depends_on_the_number_of_option_legs(legs: int, fraction: float) -> None:
    bought = [quoted(put(2700.0 + 5 * leg), 1, 1.0, 2.0) for leg in range(legs)]
    sold = [quoted(put(2700.0 + 5 * leg), -1, 1.0, 2.0) for leg in range(legs)]
    assert DEFAULT.prices(bought) == pytest.approx([1.0 + fraction] * legs)
    assert DEFAULT.prices(sold) == pytest.approx([2.0 - fraction] * legs)


def test_shares_trade_at_the_touch_and_do_not_count_as_an_option_leg() -> None:
    covered = [quoted(SHARES, 100, 280.0, 280.1), quoted(call(290.0, share_series()), -1, 1.0, 2.0)]
    assert DEFAULT.prices(covered) == pytest.approx([280.1, 1.25])


def test_mid_and_touch() -> None:
    quotes = [quoted(put(2700.0), 1, 1.0, 2.0), quoted(put(2750.0), -1, 3.0, 5.0)]
    assert Mid().prices(quotes) == (1.5, 4.0)
    assert Touch().prices(quotes) == (2.0, 3.0)


@pytest.mark.parametrize("model", [DEFAULT, Mid(), Touch()])
def test_t17_a_buyer_without_a_bid_faces_zero_and_a_seller_without_an_ask_gets_the_bid(model: FillModel) -> None:
    (bought,) = model.prices([quoted(put(2700.0), 1, nan, 0.10, QuoteFlag.NO_BID)])
    assert 0.05 <= bought <= 0.10
    assert model.prices([quoted(put(2700.0), -1, 0.05, 0.0, QuoteFlag.NO_ASK)]) == (0.05,)


def test_the_configuration_chooses_the_model() -> None:
    assert fill_model(SpreadFractionFills(fraction_by_legs=(1, 1, 1, 0.5))) == SpreadFraction((1, 1, 1, 0.5))
    assert isinstance(fill_model(MidFills(kind="mid")), Mid)
    assert isinstance(fill_model(TouchFills(kind="touch")), Touch)
    assert DEFAULT.name == "spread_fraction(0.75, 0.66, 0.56, 0.53)"
    assert [Mid().name, Touch().name] == ["mid", "touch"]


# --- blocked legs


@pytest.mark.parametrize(
    ("flag", "buying", "selling"),
    [
        (QuoteFlag.CROSSED, "crossed", "crossed"),
        (QuoteFlag.STUB, "stub", "stub"),
        (QuoteFlag.STALE, "stale", "stale"),
        (QuoteFlag.OUTLIER, "outlier", "outlier"),
        (QuoteFlag.MISSING, "missing", "missing"),
        (QuoteFlag.EXPIRED, "expired", "expired"),
        (QuoteFlag.OFF_HOURS, "off_hours", "off_hours"),
        (QuoteFlag.ARBITRAGE | QuoteFlag.UNLISTED_DATE, None, None),
        (QuoteFlag.NO_BID, None, "no_bid"),
        (QuoteFlag.NO_ASK, "no_ask", None),
        (QuoteFlag.NO_BID | QuoteFlag.STALE, "stale", "stale"),
    ],
)
def test_t17_a_flag_blocks_the_side_it_concerns(flag: QuoteFlag, buying: str | None, selling: str | None) -> None:
    assert blocked_legs([quoted(put(2700.0), 1, 1.0, 2.0, flag)]) == (buying,)
    assert blocked_legs([quoted(put(2700.0), -1, 1.0, 2.0, flag)]) == (selling,)


def test_t17_t18_a_side_without_a_value_is_blocked_even_where_no_flag_says_so() -> None:
    quotes = [
        None,
        quoted(put(2700.0), 1, 1.0, nan),
        quoted(put(2700.0), -1, nan, 2.0),
        quoted(put(2700.0), -1, 0.0, 2.0),
        quoted(put(2700.0), 1, 1.0, 0.0),
        quoted(put(2700.0), 1, 2.0, 1.0),
        quoted(put(2700.0), 1, nan, 2.0),
        quoted(put(2700.0), -1, 1.0, nan),
    ]
    assert blocked_legs(quotes) == ("missing", "missing", "missing", "no_bid", "no_ask", "crossed", None, None)


# --- exact prices


def test_the_net_credit_of_a_spread_is_rounded_down_to_its_tick() -> None:
    spread = [quoted(put(2750.0), -1, 10.0, 10.4), quoted(put(2700.0), 1, 6.0, 6.2)]
    prices = package_prices(spread, DEFAULT.prices(spread), "against_trader")
    # 10.4 - 0.66 x 0.4 = 10.136 less 6 + 0.66 x 0.2 = 6.132 is 4.004: rounds to 4.00; the wider leg carries it
    assert prices == (10_132_000, 6_132_000)
    assert money(spread, prices) == -400_000_000


def test_the_net_debit_of_a_spread_is_rounded_up_to_its_tick() -> None:
    spread = [quoted(put(2750.0), 1, 10.0, 10.4), quoted(put(2700.0), -1, 6.0, 6.2)]
    assert net(spread, package_prices(spread, DEFAULT.prices(spread), "against_trader")) == 4.2  # from 4.196


def test_a_net_on_its_tick_is_left_alone() -> None:
    spread = [quoted(put(2750.0), 1, 10.0, 10.4), quoted(put(2700.0), -1, 6.0, 6.2)]
    assert package_prices(spread, (10.3, 6.15), "against_trader") == (10_300_000, 6_150_000)


def test_without_rounding_prices_are_exact_to_the_micro_dollar() -> None:
    spread = [quoted(put(2750.0), -1, 10.0, 10.4), quoted(put(2700.0), 1, 6.0, 6.2)]
    assert package_prices(spread, DEFAULT.prices(spread), "none") == (10_136_000, 6_132_000)


@pytest.mark.parametrize(
    ("ratio", "bid", "ask", "price", "filled"),
    [
        (1, 2.80, 3.20, 2.96, 3.00),  # five cents below 3.00
        (1, 2.80, 3.20, 3.01, 3.10),  # ten cents from 3.00
        (-1, 2.80, 3.20, 3.04, 3.00),
        (-1, 2.80, 3.20, 2.94, 2.90),
        (1, 2.80, 2.98, 2.96, 2.98),  # not beyond the ask
    ],
)
def test_a_single_option_is_rounded_to_the_increment_at_its_price(
    ratio: int, bid: float, ask: float, price: float, filled: float
) -> None:
    assert package_prices([quoted(put(2700.0), ratio, bid, ask)], [price], "against_trader") == (to_micros(filled),)


def test_a_rounded_net_worse_than_the_touch_stays_at_the_touch() -> None:
    spread = [quoted(put(2750.0), 1, 1.00, 1.01), quoted(put(2700.0), -1, 0.50, 0.51)]
    assert package_prices(spread, DEFAULT.prices(spread), "against_trader") == (1_010_000, 500_000)  # 0.51, not 0.55


def test_the_coarsest_tick_among_the_legs_rounds_the_net() -> None:
    fine, coarse = share_series(), replace(share_series(root="SPY1"), ticks=NICKELS)
    assert fine.ticks.package_usd == 0.01
    mixed = [quoted(call(280.0, fine), 1, 2.0, 2.5), quoted(call(285.0, coarse), -1, 1.0, 1.5)]
    assert net(mixed, package_prices(mixed, (2.31, 1.20), "against_trader")) == 1.15


def test_shares_carry_no_remainder() -> None:
    covered = [quoted(SHARES, 100, 280.003, 280.003), quoted(call(290.0, share_series()), -1, 1.00, 2.00)]
    prices = package_prices(covered, DEFAULT.prices(covered), "against_trader")
    assert prices == (280_003_000, 1_243_000)
    assert net(covered, prices) == 278.76


def test_shares_alone_are_not_rounded() -> None:
    assert package_prices([quoted(SHARES, 3, 280.003, 280.007)], [280.0068], "against_trader") == (280_006_800,)


def test_a_package_in_multiples_costs_what_its_lowest_terms_cost() -> None:
    once = [quoted(put(2750.0), -1, 10.0, 10.4), quoted(put(2700.0), 1, 6.0, 6.2)]
    twice = [quoted(put(2750.0), -2, 10.0, 10.4), quoted(put(2700.0), 2, 6.0, 6.2)]
    prices = DEFAULT.prices(once)
    assert package_prices(once, prices, "against_trader") == package_prices(twice, prices, "against_trader")


def test_ratios_that_share_no_factor_still_meet_the_tick_exactly() -> None:
    ratio = [quoted(put(2700.0), -3, 6.0, 6.2), quoted(put(2750.0), 2, 10.0, 10.4)]
    prices = package_prices(ratio, (6.067891, 10.264321), "against_trader")
    assert money(ratio, prices) % to_micros(0.05 * 100) == 0


def test_where_no_whole_micro_dollars_divide_the_trader_pays_less_than_one_weight_more() -> None:
    locked = [quoted(put(2750.0), 1, 10.0, 10.0), quoted(put(2700.0), -3, 6.0, 6.2)]
    prices = package_prices(locked, (10.0, 6.07), "against_trader")
    # 10 - 18.21 = -8.21 rounds to -8.20, and three equal parts of 0.01 are no whole micro-dollars
    assert 0 < money(locked, prices) + 820_000_000 < 300


def test_the_smallest_weight_gives_what_cannot_be_divided() -> None:
    assert spread_remainder(1, (6, 4, 8), (9, 9, 9)) == (0, 1, 0)


def test_prices_never_leave_the_quote() -> None:
    bid, ask = 0.03, 0.29
    assert bid + (ask - bid) > ask  # in binary floating point
    assert Touch().prices([quoted(put(2700.0), 1, bid, ask)]) == (ask,)
    assert package_prices([quoted(put(2700.0), 1, 1.0, 2.0)], [2.5], "none") == (2_000_000,)
    assert package_prices([quoted(put(2700.0), -1, 1.0, 2.0)], [0.5], "against_trader") == (1_000_000,)


# --- properties

CENTS = st.integers(0, 3000)


@st.composite
def packages(draw: st.DrawFn, ratios: tuple[int, ...] = (-3, -2, -1, 1, 2, 3)) -> list[LegQuote]:
    """Packages of one to five options, quoted on cents, sometimes with shares."""
    quotes = []
    for leg in range(draw(st.integers(1, 5))):
        bid = draw(CENTS) / 100 + 0.01
        ask = bid + draw(st.integers(0, 200)) / 100
        quotes.append(quoted(put(2500.0 + leg), draw(st.sampled_from(ratios)), bid, ask))
    if draw(st.booleans()):
        quotes.append(quoted(Stock("SPX"), draw(st.sampled_from((-100, 100, 200))), 280.0, 280.02))
    return quotes


MODELS = st.sampled_from([DEFAULT, Mid(), Touch(), SpreadFraction((0.3, 0.37, 0.9, 0.123456))])


def tick_money(quotes: list[LegQuote], prices: tuple[int, ...]) -> int:
    if len(quotes) > 1:
        return 5_000_000
    return to_micros(NICKELS.increment(prices[0] / 1e6)) * 100


@settings(max_examples=500)
@given(packages(), MODELS, st.sampled_from(["against_trader", "none"]))
def test_no_fill_lies_outside_bid_and_ask(quotes: list[LegQuote], model: FillModel, rounding: Rounding) -> None:
    for quote, price in zip(quotes, package_prices(quotes, model.prices(quotes), rounding), strict=True):
        assert to_micros(quote.bid) <= price <= to_micros(quote.ask)


@settings(max_examples=500)
@given(packages(), MODELS)
def test_rounding_is_never_better_for_the_trader_and_less_than_a_tick_worse(
    quotes: list[LegQuote], model: FillModel
) -> None:
    prices = model.prices(quotes)
    common = gcd(*(quote.leg.ratio for quote in quotes))
    exact = package_prices(quotes, prices, "none")
    worse = money(quotes, package_prices(quotes, prices, "against_trader")) - money(quotes, exact)
    assert 0 <= worse < common * (tick_money(quotes, exact) + 300)


@settings(max_examples=500)
@given(packages(), MODELS, st.integers(2, 9))
def test_t36_a_package_times_n_trades_at_the_same_prices(quotes: list[LegQuote], model: FillModel, times: int) -> None:
    larger = [replace(quote, leg=Leg(quote.leg.instrument, times * quote.leg.ratio)) for quote in quotes]
    once = package_prices(quotes, model.prices(quotes), "against_trader")
    assert package_prices(larger, model.prices(larger), "against_trader") == once
    assert money(larger, once) == times * money(quotes, once)


@settings(max_examples=500)
@given(packages(ratios=(-2, -1, 1, 2)), MODELS)
def test_the_rounded_net_is_a_whole_number_of_ticks_or_the_touch_of_all_options(
    quotes: list[LegQuote], model: FillModel
) -> None:
    prices = package_prices(quotes, model.prices(quotes), "against_trader")
    at_touch = all(
        price == to_micros(quote.ask if quote.leg.ratio > 0 else quote.bid)
        for quote, price in zip(quotes, prices, strict=True)
        if not isinstance(quote.leg.instrument, Stock)
    )
    common = gcd(*(quote.leg.ratio for quote in quotes))
    assert at_touch or money(quotes, prices) // common % tick_money(quotes, prices) == 0


@settings(max_examples=500)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 40)), min_size=1, max_size=4),
    st.floats(0.0, 1.0),
)
def test_concessions_meet_the_remainder_or_exceed_it_by_less_than_a_weight(
    legs: list[tuple[int, int]], share: float
) -> None:
    weights, room = [leg[0] for leg in legs], [leg[1] for leg in legs]
    most = sum(weight * slack for weight, slack in legs)
    remainder = int(most * share)
    given_up = spread_remainder(remainder, weights, room)
    total = sum(weight * concession for weight, concession in zip(weights, given_up, strict=True))
    assert all(0 <= concession <= slack for concession, slack in zip(given_up, room, strict=True))
    assert remainder <= total < remainder + max(weights)
