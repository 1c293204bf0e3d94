"""Strikes by what is measured of them, on a chain whose answers are known by hand, and what holds on every chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.instants import years_between
from engine.model import BLOCKS_BUY, BLOCKS_SELL, ChainSnapshot, OptionContract, QuoteFlag, Right
from engine.strategies.selectors import NoMatch, expected_move, select_strike
from engine.strategies.spec import (
    DeltaTarget,
    ExpectedMoveTarget,
    PercentOtm,
    PremiumTarget,
    StrikeOffset,
    StrikeTarget,
)
from engine.structures import Side
from tests.builders import Quote, call, chain, contract_table, new_york, put, series

AT = new_york(date(2019, 4, 25), "15:45")
WEEKLY = series(date(2019, 5, 10))
TABLE = contract_table({WEEKLY: range(2700, 3101, 50)})
PRICE = 2900.0


def quoted(contract: OptionContract) -> Quote:
    """At the money 40.00 x 42.00, and 4.00 less with every 50 points away; volatility 0.15 everywhere."""
    bid = 40.0 - 4 * abs(contract.strike - PRICE) / 50
    return Quote(bid, bid + 2.0, implied_volatility=0.15)


CHAIN = chain(TABLE, AT, PRICE, quotes=quoted)


def picked(
    wanted: StrikeTarget, right: Right = Right.PUT, side: Side = "sell", snapshot: ChainSnapshot = CHAIN
) -> float | str:
    found = select_strike(snapshot, 0, right, side, wanted)
    return found.reason if isinstance(found, NoMatch) else found.strike


# --- percent out of the money -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "percent", "strike"),
    [(Right.PUT, 3.0, 2800), (Right.CALL, 3.0, 3000), (Right.PUT, -3.0, 3000), (Right.CALL, 0.0, 2900)],
)
def test_percent_counts_out_of_the_money_whatever_the_right(right: Right, percent: float, strike: float) -> None:
    assert picked(PercentOtm(target=percent), right) == strike


def test_percent_bounds_are_inclusive_though_percents_are_not_exact_in_binary() -> None:
    table = contract_table({WEEKLY: [2850, 2910]})
    snapshot = chain(table, AT, 3000.0)
    assert picked(PercentOtm(target=4, minimum=3.5, maximum=5), snapshot=snapshot) == 2850
    assert picked(PercentOtm(target=4, tolerance=1), snapshot=snapshot) == 2850
    assert picked(PercentOtm(target=4, tolerance=0.9), snapshot=snapshot) == "none_within_percent_otm"


def test_on_equal_distance_from_the_percent_the_strike_further_out_is_chosen() -> None:
    half_way = PercentOtm(target=75 / 2900 * 100)
    assert picked(half_way, Right.PUT) == 2800
    assert picked(half_way, Right.CALL) == 3000


# --- offset in points and in strikes ----------------------------------------------------------------------------


def test_offset_in_points_is_from_the_price_of_the_underlying() -> None:
    assert picked(StrikeOffset(points=90), Right.PUT) == 2800
    assert picked(StrikeOffset(points=90), Right.CALL) == 3000
    assert picked(StrikeOffset(points=-90), Right.CALL) == 2800
    assert picked(StrikeOffset(points=90, tolerance=5)) == "none_within_offset"
    assert picked(StrikeOffset(points=140, maximum=140)) == 2800


def test_offset_in_strikes_counts_from_the_listed_strike_at_the_money() -> None:
    assert picked(StrikeOffset(strikes=0)) == 2900
    assert picked(StrikeOffset(strikes=2), Right.PUT) == 2800
    assert picked(StrikeOffset(strikes=2), Right.CALL) == 3000
    assert picked(StrikeOffset(strikes=-1), Right.CALL) == 2850
    assert picked(StrikeOffset(strikes=5)) == "too_few_strikes_listed"


def test_between_two_strikes_the_lower_one_is_at_the_money_for_calls_and_puts_alike() -> None:
    between = chain(TABLE, AT, 2925.0, quotes=quoted)
    assert picked(StrikeOffset(strikes=0), Right.PUT, snapshot=between) == 2900
    assert picked(StrikeOffset(strikes=0), Right.CALL, snapshot=between) == 2900


def test_a_count_of_strikes_passes_over_nothing_that_is_listed() -> None:
    blocked = put(TABLE, WEEKLY, 2800)
    no_bid = chain(TABLE, AT, PRICE, quotes=quoted, changes={blocked: Quote(0.0, 0.5, flags=QuoteFlag.NO_BID)})
    assert picked(StrikeOffset(strikes=2), snapshot=no_bid) == "no_bid_to_sell_at"
    assert picked(StrikeOffset(strikes=2), side="buy", snapshot=no_bid) == 2800
    assert picked(StrikeOffset(points=100), snapshot=no_bid) == 2750


def test_t21_a_strike_that_is_not_quoted_yet_is_not_counted() -> None:
    unborn = chain(TABLE, AT, PRICE, quotes=quoted, changes={put(TABLE, WEEKLY, 2850): None})
    assert picked(StrikeOffset(strikes=1), snapshot=unborn) == 2800


# --- premium ----------------------------------------------------------------------------------------------------


def test_premium_is_the_bid_of_what_is_sold_and_the_ask_of_what_is_bought() -> None:
    assert picked(PremiumTarget(target=32.0), side="sell") == 2800
    assert picked(PremiumTarget(target=30.0), side="buy") == 2750
    assert picked(PremiumTarget(target=34.0, tolerance=0.5), side="buy") == 2800
    assert picked(PremiumTarget(target=34.0, tolerance=0.5), side="sell") == "none_within_premium"


def test_on_equal_distance_from_the_premium_the_strike_further_out_is_chosen() -> None:
    otm_only = chain(TABLE, AT, PRICE, quotes=lambda one: quoted(one) if one.strike < PRICE else None)
    assert picked(PremiumTarget(target=34.0), snapshot=otm_only) == 2800


def test_premium_bounds_are_hard() -> None:
    assert picked(PremiumTarget(target=32.0, minimum=31.0, maximum=33.0)) == 2800
    assert picked(PremiumTarget(target=10.0, maximum=20.0)) == "none_within_premium"


# --- expected move ----------------------------------------------------------------------------------------------


def test_expected_move_by_straddle_is_the_sum_of_the_middles_at_the_money() -> None:
    assert expected_move(CHAIN, 0, "straddle") == 82.0


def test_expected_move_by_volatility_is_one_standard_deviation_to_settlement() -> None:
    years = years_between(AT, WEEKLY.settles_at)
    assert expected_move(CHAIN, 0, "volatility") == pytest.approx(PRICE * 0.15 * sqrt(years))


def test_a_strike_lies_a_multiple_of_the_expected_move_out_of_the_money() -> None:
    assert picked(ExpectedMoveTarget(target=1.0), Right.PUT) == 2800  # 82 points: 2818
    assert picked(ExpectedMoveTarget(target=1.0), Right.CALL) == 3000
    assert picked(ExpectedMoveTarget(target=1.75), Right.PUT) == 2750  # 143.5 points: 2756.5
    assert picked(ExpectedMoveTarget(target=1.0, tolerance=0.2)) == "none_within_expected_move"
    wide = ExpectedMoveTarget(target=1.5, measured_by="volatility")  # 133 points
    assert picked(wide, Right.CALL) == 3050


@pytest.mark.parametrize("flag", [QuoteFlag.NO_BID, QuoteFlag.NO_ASK, QuoteFlag.STALE, QuoteFlag.CROSSED])
def test_t17_an_expected_move_is_measured_where_both_quotes_have_both_sides(flag: QuoteFlag) -> None:
    bad = {call(TABLE, WEEKLY, 2900): Quote(0.0, 99.0, flags=flag)}
    snapshot = chain(TABLE, AT, PRICE, quotes=quoted, changes=bad)
    assert expected_move(snapshot, 0, "straddle") == 2 * 37.0  # at 2850, the lower one of the two next


def test_without_quotes_or_volatility_there_is_no_expected_move() -> None:
    calls_only = chain(TABLE, AT, PRICE, quotes=lambda one: quoted(one) if one.right is Right.CALL else None)
    assert expected_move(calls_only, 0, "straddle") is None
    assert picked(ExpectedMoveTarget(), Right.CALL, snapshot=calls_only) == "no_expected_move"
    unknown = chain(TABLE, AT, PRICE, quotes=lambda _: Quote(implied_volatility=nan))
    assert expected_move(unknown, 0, "volatility") is None


# --- on every chain ---------------------------------------------------------------------------------------------

FLAGS = st.sampled_from([*QuoteFlag, QuoteFlag(0), QuoteFlag(0)])
QUOTES = st.builds(
    lambda bid, spread, delta, flags: Quote(bid, bid + spread, delta, 0.15, flags=flags),
    st.integers(0, 200).map(lambda cents: cents / 100),
    st.integers(0, 50).map(lambda cents: cents / 100),
    st.floats(0.0, 1.0) | st.just(nan),
    FLAGS,
)
CHAINS = st.lists(QUOTES | st.none(), min_size=18, max_size=18)
PRICES = st.integers(2600, 3200).map(float)
TARGETS: st.SearchStrategy[StrikeTarget] = st.one_of(
    st.builds(DeltaTarget, target=st.floats(0.05, 0.95), tolerance=st.none() | st.floats(0.01, 0.3)),
    st.builds(PercentOtm, target=st.integers(-9, 9), tolerance=st.none() | st.floats(0.1, 5.0)),
    st.builds(StrikeOffset, points=st.integers(-300, 300), tolerance=st.none() | st.floats(1.0, 90.0)),
    st.builds(PremiumTarget, target=st.floats(0.01, 2.0), tolerance=st.none() | st.floats(0.01, 1.0)),
    st.builds(ExpectedMoveTarget, target=st.floats(-2.0, 2.0), tolerance=st.none() | st.floats(0.1, 1.0)),
)


def measured(
    snapshot: ChainSnapshot, right: Right, side: Side, wanted: StrikeTarget
) -> Callable[[OptionContract, int], float]:
    """What a target measures, by its definition, of one contract and its row."""
    move = expected_move(snapshot, 0, "straddle") or nan

    def points(contract: OptionContract) -> float:
        return float(right) * (contract.strike - snapshot.underlying_price)

    match wanted:
        case DeltaTarget():
            return lambda _, row: abs(float(snapshot.delta[row]))
        case PercentOtm():
            return lambda contract, _: points(contract) / snapshot.underlying_price * 100
        case StrikeOffset():
            return lambda contract, _: points(contract)
        case PremiumTarget():
            return lambda _, row: float((snapshot.ask if side == "buy" else snapshot.bid)[row])
        case ExpectedMoveTarget():
            return lambda contract, _: points(contract) / move


@given(CHAINS, PRICES, st.sampled_from(Right), st.sampled_from(["buy", "sell"]), TARGETS)
def test_the_choice_can_be_traded_within_its_bounds_and_nothing_that_can_is_nearer(
    quotes: list[Quote | None], price: float, right: Right, side: Side, wanted: StrikeTarget
) -> None:
    snapshot = chain(TABLE, AT, price, quotes=lambda contract: quotes[contract.contract_id])
    measure = measured(snapshot, right, side, wanted)
    low, high = wanted.bounds
    slack = 0.0 if isinstance(wanted, DeltaTarget) else 1e-9
    blocks = BLOCKS_BUY if side == "buy" else BLOCKS_SELL
    distances: dict[float, float] = {}
    for contract in map(TABLE.contract, range(*TABLE.side(0, right))):
        row = snapshot.row(contract.contract_id)
        if row is not None and not int(snapshot.flags[row]) & blocks:
            value = measure(contract, row)
            if low - slack <= value <= high + slack:
                distances[contract.strike] = abs(value - wanted.target)
    found = select_strike(snapshot, 0, right, side, wanted)
    if isinstance(found, NoMatch):
        assert not distances
    else:
        assert distances[found.strike] <= min(distances.values()) + 1e-9
