"""Triggers on what a position has won or lost, on quotes whose answer is known by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import UNTRUSTED, ChainSnapshot, OptionContract, QuoteFlag
from engine.strategies.spec.triggers import BreakEvenStop, ProfitTarget, StopLoss, TrailingStop, Trigger
from tests.builders import call, chain, contract_table, new_york, put, series
from tests.engine.strategies.marked_run import MarkedRun, opened, quoted

MAY_10, JUN_21 = series(date(2019, 5, 10)), series(date(2019, 6, 21))
TABLE = contract_table({MAY_10: [2800, 2850, 2950, 3000], JUN_21: [2850]})
AT = new_york(date(2019, 4, 25), "15:45")
LONG, SHORT, SHORT_CALL = put(TABLE, MAY_10, 2800), put(TABLE, MAY_10, 2850), call(TABLE, MAY_10, 2950)

SPREAD = opened({"long_put": (LONG, 2, 10.0), "short_put": (SHORT, -2, 20.0)})
"""Two packages at a credit of 10.00: 2,000 USD received, at most 2,000 to win and 8,000 to lose."""


def shows(
    mids: Mapping[OptionContract, float], flags: Mapping[OptionContract, QuoteFlag] | None = None
) -> ChainSnapshot:
    return chain(TABLE, AT, 2900.0, quotes=quoted(mids, flags=flags))


def costs(net: float, flags: Mapping[OptionContract, QuoteFlag] | None = None) -> ChainSnapshot:
    """A chain on which the spread costs this net price at the middle."""
    return shows({LONG: 10.0, SHORT: 10.0 + net}, flags)


def asked(trigger: Trigger, *nets: float) -> list[bool]:
    return MarkedRun(*SPREAD).holds(trigger, *map(costs, nets))


# --- profit targets and stops -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "trigger",
    [
        ProfitTarget(kind="profit_target", percent_of_premium=50),
        ProfitTarget(kind="profit_target", percent_of_maximum_profit=50),
        ProfitTarget(kind="profit_target", usd=1_000),
        ProfitTarget(kind="profit_target", net_price_usd=5),
    ],
    ids=["premium", "maximum", "usd", "net_price"],
)
def test_a_target_holds_from_its_level_on(trigger: ProfitTarget) -> None:
    assert asked(trigger, 10.0, 5.01, 5.0, 2.0) == [False, False, True, True]


@pytest.mark.parametrize(
    "trigger",
    [
        StopLoss(kind="stop_loss", percent_of_premium=200),
        StopLoss(kind="stop_loss", percent_of_maximum_loss=50),
        StopLoss(kind="stop_loss", usd=4_000),
        StopLoss(kind="stop_loss", net_price_usd=30),
    ],
    ids=["premium", "maximum", "usd", "net_price"],
)
def test_a_stop_holds_from_its_level_on(trigger: StopLoss) -> None:
    assert asked(trigger, 10.0, 29.99, 30.0, 45.0) == [False, False, True, True]


def test_percentages_of_a_debit_are_of_what_was_paid() -> None:
    bought = MarkedRun(*opened({"long_put": (LONG, 1, 4.0)}))
    half = StopLoss(kind="stop_loss", percent_of_premium=50)
    assert bought.holds(half, shows({LONG: 2.01}), shows({LONG: 2.0})) == [False, True]
    double = ProfitTarget(kind="profit_target", percent_of_premium=100)
    assert bought.holds(double, shows({LONG: 7.99}), shows({LONG: 8.0})) == [False, True]


def test_net_price_of_what_would_be_sold_is_a_credit_and_negative() -> None:
    bought = MarkedRun(*opened({"long_put": (LONG, 3, 4.0)}))
    worth = [shows({LONG: mid}) for mid in (1.0, 1.01, 2.99, 3.0)]
    assert bought.holds(StopLoss(kind="stop_loss", net_price_usd=-1), *worth) == [True, False, False, False]
    assert bought.holds(ProfitTarget(kind="profit_target", net_price_usd=-3), *worth) == [False, False, False, True]


def test_without_a_premium_a_percentage_of_it_means_nothing() -> None:
    free = MarkedRun(*opened({"long_put": (LONG, 1, 10.0), "short_put": (SHORT, -1, 10.0)}))
    assert free.holds(StopLoss(kind="stop_loss", percent_of_premium=1), costs(40.0)) == [False]
    assert free.holds(ProfitTarget(kind="profit_target", percent_of_premium=1), costs(-40.0)) == [False]


def test_unlimited_extremes_have_no_percentage() -> None:
    naked = MarkedRun(*opened({"short_call": (SHORT_CALL, -1, 10.0)}))
    ruin, gone = shows({SHORT_CALL: 900.0}), shows({SHORT_CALL: 0.1})
    assert naked.holds(StopLoss(kind="stop_loss", percent_of_maximum_loss=1), ruin) == [False]
    assert naked.holds(ProfitTarget(kind="profit_target", percent_of_maximum_profit=99), gone) == [True]


def test_a_calendar_loses_its_debit_at_most_and_nobody_knows_what_it_earns() -> None:
    far = put(TABLE, JUN_21, 2850)
    calendar = MarkedRun(*opened({"near": (SHORT, -1, 10.0), "far": (far, 1, 30.0)}))
    mids = [shows({SHORT: 10.0, far: far_mid}) for far_mid in (20.01, 20.0, 99.0)]
    assert calendar.holds(StopLoss(kind="stop_loss", percent_of_maximum_loss=50), *mids) == [False, True, False]
    most = ProfitTarget(kind="profit_target", percent_of_maximum_profit=1)
    assert calendar.holds(most, *mids) == [False, False, False]


def test_nobody_knows_what_a_sold_option_costs_that_outlives_the_first_expiration() -> None:
    far = put(TABLE, JUN_21, 2850)
    diagonal = MarkedRun(*opened({"near": (LONG, 1, 10.0), "far": (far, -1, 30.0)}))
    ruin = shows({LONG: 1.0, far: 900.0})
    assert diagonal.holds(StopLoss(kind="stop_loss", percent_of_maximum_loss=1), ruin) == [False]


def test_realised_profit_counts_and_the_premium_stays_that_of_the_entry() -> None:
    position, names = opened({"long_put": (LONG, 1, 10.0), "short_put": (SHORT, -1, 20.0)})
    one_leg_closed = replace(position, legs=position.legs[1:], realised=-200_000_000)  # the wing was sold at 8.00
    run = MarkedRun(one_leg_closed, names)
    target = ProfitTarget(kind="profit_target", percent_of_premium=50)  # 500 of 1,000 USD
    assert run.holds(target, shows({SHORT: 13.01}), shows({SHORT: 13.0})) == [False, True]


# --- legs on their own --------------------------------------------------------------------------------------------

STRANGLE = opened({"short_put": (SHORT, -1, 20.0), "short_call": (SHORT_CALL, -1, 10.0)})


def test_named_legs_are_judged_by_their_own_premium_and_their_own_quote() -> None:
    run = MarkedRun(*STRANGLE)
    stop = StopLoss(kind="stop_loss", percent_of_premium=100, legs=("short_call",))
    rising, doubled = shows({SHORT: 60.0, SHORT_CALL: 19.99}), shows({SHORT: 5.0, SHORT_CALL: 20.0})
    assert run.holds(stop, rising, doubled) == [False, True]
    bad_put = shows({SHORT: 5.0, SHORT_CALL: 20.0}, {SHORT: QuoteFlag.STALE})
    assert run.holds(stop, bad_put) == [True]
    bad_call = shows({SHORT: 5.0, SHORT_CALL: 20.0}, {SHORT_CALL: QuoteFlag.STALE})
    assert run.holds(stop, bad_call) == [False]


def test_legs_that_are_gone_are_judged_no_more() -> None:
    position, names = STRANGLE
    run = MarkedRun(replace(position, legs=position.legs[:1]), names)
    stop = StopLoss(kind="stop_loss", percent_of_premium=1, legs=("short_call",))
    assert run.holds(stop, shows({SHORT: 99.0, SHORT_CALL: 99.0})) == [False]


# --- stops that must be armed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "trigger",
    [
        TrailingStop(kind="trailing_stop", arm_percent_of_premium=40, give_back_percent_of_premium=20),
        TrailingStop(kind="trailing_stop", arm_percent_of_maximum_profit=40, give_back_usd=400),
        TrailingStop(kind="trailing_stop", arm_usd=800, give_back_percent_of_peak=40),
    ],
    ids=["premium", "maximum", "usd"],
)
def test_trailing_stop_arms_at_one_profit_and_holds_when_another_is_lost_from_the_highest(
    trigger: TrailingStop,
) -> None:
    # Profits: 700 (not armed), 400, 1000 (armed), 601, 600
    assert asked(trigger, 6.5, 8.0, 5.0, 6.995, 7.0) == [False, False, False, False, True]


def test_trailing_stop_that_is_not_armed_never_holds() -> None:
    trigger = TrailingStop(kind="trailing_stop", arm_usd=800, give_back_usd=1)
    assert asked(trigger, 6.01, 30.0, 9.0) == [False, False, False]


def test_break_even_stop_holds_when_nothing_is_left_of_a_profit_that_armed_it() -> None:
    trigger = BreakEvenStop(kind="break_even_stop", arm_percent_of_premium=50)
    assert asked(trigger, 10.5, 5.0, 9.99, 10.0, 12.0) == [False, False, False, True, True]
    assert asked(trigger, 5.01, 10.0, 12.0) == [False, False, False]


def test_t17_a_profit_that_cannot_be_trusted_arms_nothing_and_is_no_highest() -> None:
    stub = {SHORT: QuoteFlag.STUB}  # it would be marked at nothing, its intrinsic value
    trigger = TrailingStop(kind="trailing_stop", arm_usd=800, give_back_usd=400)
    snapshots = [costs(1.0, stub), costs(7.0), costs(5.0), costs(0.0, stub), costs(6.9)]
    assert MarkedRun(*SPREAD).holds(trigger, *snapshots) == [False] * 5
    assert MarkedRun(*SPREAD).holds(trigger, *snapshots, costs(7.0, stub), costs(7.0)) == [False] * 6 + [True]


# --- marks that cannot be trusted ---------------------------------------------------------------------------------

AT_A_LOSS: tuple[Trigger, ...] = (
    StopLoss(kind="stop_loss", percent_of_premium=1),
    StopLoss(kind="stop_loss", percent_of_maximum_loss=1),
    StopLoss(kind="stop_loss", usd=1),
    StopLoss(kind="stop_loss", net_price_usd=11),
    TrailingStop(kind="trailing_stop", arm_usd=1, give_back_usd=1),
    BreakEvenStop(kind="break_even_stop", arm_usd=1),
)
AT_A_PROFIT: tuple[Trigger, ...] = (
    ProfitTarget(kind="profit_target", percent_of_premium=1),
    ProfitTarget(kind="profit_target", percent_of_maximum_profit=1),
    ProfitTarget(kind="profit_target", usd=1),
    ProfitTarget(kind="profit_target", net_price_usd=9),
)


@pytest.mark.parametrize("flag", [*UNTRUSTED, QuoteFlag.NO_ASK], ids=lambda flag: flag.name)
@pytest.mark.parametrize("leg", [LONG, SHORT], ids=["long", "short"])
def test_t17_no_trigger_on_money_holds_while_a_leg_is_not_to_be_trusted(leg: OptionContract, flag: QuoteFlag) -> None:
    for trigger in (*AT_A_LOSS, *AT_A_PROFIT):
        net = 30.0 if trigger in AT_A_LOSS else 1.0
        good, flagged = costs(net), costs(net, {leg: flag})
        assert MarkedRun(*SPREAD).holds(trigger, costs(5.0), flagged, good)[1:] == [False, True], trigger


def test_t17_a_leg_that_is_not_quoted_is_not_to_be_trusted() -> None:
    missing = shows({SHORT: 60.0})
    assert MarkedRun(*SPREAD).holds(StopLoss(kind="stop_loss", usd=1), missing) == [False]


# --- properties ---------------------------------------------------------------------------------------------------

MIDS = st.integers(10, 6_000).map(lambda cents: cents / 100)


@given(MIDS, MIDS, st.integers(1, 400))
def test_stop_and_target_are_exact_in_any_market(low: float, high: float, percent: int) -> None:
    snapshot = shows({LONG: low, SHORT: high})
    profit = Fraction(200) * (10 - (Fraction(str(high)) - Fraction(str(low))))
    run = MarkedRun(*SPREAD)
    level = Fraction(percent, 100) * 2_000
    assert run.holds(StopLoss(kind="stop_loss", percent_of_premium=percent), snapshot) == [-profit >= level]
    assert run.holds(ProfitTarget(kind="profit_target", percent_of_premium=percent), snapshot) == [profit >= level]


CHAINS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=12)


@given(CHAINS, st.integers(1, 1_500), st.integers(1, 1_500))
def test_trailing_stop_is_what_the_highest_trusted_profit_says(
    path: list[tuple[int, bool]], arm: int, give_back: int
) -> None:
    trigger = TrailingStop(kind="trailing_stop", arm_usd=arm, give_back_usd=give_back)
    snapshots = [costs(net, None if trusted else {SHORT: QuoteFlag.CROSSED}) for net, trusted in path]
    expected, highest = [], None
    for net, trusted in path:
        profit = 200 * (10 - net)
        if trusted:
            highest = profit if highest is None else max(highest, profit)
        expected.append(trusted and highest is not None and highest >= arm and highest - profit >= give_back)
    assert MarkedRun(*SPREAD).holds(trigger, *snapshots) == expected
