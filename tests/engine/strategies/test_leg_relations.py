"""Legs that stand in a relation to other legs: wings, same strikes, beyond; shares beside options."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import ChainSnapshot, Deliverable, Leg, OptionContract, QuoteFlag, Stock
from engine.strategies.selectors import LegSelector, NoMatch, select_legs
from engine.strategies.spec import (
    AnyLeg,
    DeltaTarget,
    LegSpec,
    LiquidityFilter,
    PremiumTarget,
    SharesSpec,
    StrikeOf,
    StrikeOffset,
    Width,
)
from engine.structures import STRUCTURES, geometry_fault
from tests.builders import Quote, chain, contract_table, equity_series, new_york, put, series

AT = new_york(date(2019, 4, 25), "15:45")
WEEKLY = series(date(2019, 5, 10))
TABLE = contract_table({WEEKLY: [2500, 2600, 2650, 2700, 2725, 2750, 2775, 2800, 2825, 2850, 2875, 2900]})


def quoted(one: OptionContract) -> Quote:
    """Delta 0.30 at 2800, 0.01 more or less with every 10 points."""
    return Quote(delta=one.right * (0.30 + (one.strike - 2800) / 1000))


CHAIN = chain(TABLE, AT, 2900.0, quotes=quoted)


def option(name: str, side: str = "buy", right: str = "put", expiration: str = "weekly", **words: Any) -> LegSpec:
    return LegSpec(name=name, side=side, right=right, expiration=expiration, **words)  # type: ignore[arg-type]


BODY = option("body", "sell", delta=DeltaTarget(target=0.3))


def wing(**width: Any) -> LegSpec:
    return option("wing", width=Width(leg="body", **width))


def chosen(*legs: AnyLeg, snapshot: ChainSnapshot = CHAIN, **filters: LiquidityFilter) -> list[float] | str:
    """Strikes in the order of the legs, or why there are none."""
    found = select_legs(snapshot, {"weekly": 0}, legs, **filters)
    if isinstance(found, NoMatch):
        assert found.stage == "legs"
        return found.reason
    return [leg.instrument.strike for leg in found if isinstance(leg.instrument, OptionContract)]


# --- width ------------------------------------------------------------------------------------------------------


def test_a_wing_lies_its_width_further_out_of_the_money() -> None:
    assert chosen(wing(points=50), BODY) == [2750, 2800]
    assert chosen(replace(wing(points=50), right="call"), BODY) == [2850, 2800]


def test_a_width_in_strikes_counts_those_that_are_listed() -> None:
    assert chosen(wing(strikes=1), BODY) == [2775, 2800]
    assert chosen(wing(strikes=5), BODY) == [2650, 2800]
    assert chosen(wing(strikes=8), BODY) == "wing:too_few_strikes_listed"


def test_a_width_in_percent_is_of_the_other_strike() -> None:
    assert chosen(wing(percent=5), BODY) == [2650, 2800]  # 140 points: 2660
    assert chosen(wing(percent=100 / 28, tolerance=0.01), BODY) == [2700, 2800]


def test_a_width_that_is_not_listed_gives_the_nearest_one_within_bounds() -> None:
    assert chosen(wing(points=210), BODY) == [2600, 2800]
    assert chosen(wing(points=210, tolerance=5), BODY) == "wing:none_within_width"
    assert chosen(wing(points=240, minimum=220), BODY) == [2500, 2800]
    assert chosen(wing(points=250), BODY) == [2500, 2800]  # 50 points either way: the one further out


def test_t27_without_a_strike_beyond_its_body_there_is_no_wing() -> None:
    lowest = option("body", "sell", strike_of=StrikeOf(leg="top", points=300))
    assert chosen(wing(points=1), lowest, option("top", delta=DeltaTarget(target=0.3))) == "wing:none_within_width"


def test_t27_wings_are_chosen_from_all_listed_strikes_and_not_from_those_that_a_filter_leaves() -> None:
    """Only 2800 and 2775 have open interest; a wing snapped to one of them would be a quarter as wide."""
    traded = {
        put(TABLE, WEEKLY, one): replace(quoted(put(TABLE, WEEKLY, one)), open_interest=500) for one in (2775, 2800)
    }
    snapshot = chain(TABLE, AT, 2900.0, quotes=quoted, changes=traded)
    filtered = LiquidityFilter(minimum_open_interest=100)
    assert chosen(wing(points=100), replace(BODY, liquidity=filtered), snapshot=snapshot) == [2700, 2800]
    assert chosen(wing(points=100), BODY, snapshot=snapshot, liquidity=filtered) == "wing:open_interest_too_low"


def test_t27_a_wing_that_cannot_be_traded_is_declined_and_not_moved() -> None:
    snapshot = chain(
        TABLE, AT, 2900.0, quotes=quoted, changes={put(TABLE, WEEKLY, 2750): Quote(flags=QuoteFlag.NO_ASK)}
    )
    assert chosen(wing(points=50), BODY, snapshot=snapshot) == "wing:no_ask_to_buy_at"


def test_t21_a_wing_is_not_chosen_from_strikes_that_are_quoted_later() -> None:
    later = chain(TABLE, AT, 2900.0, quotes=quoted, changes={put(TABLE, WEEKLY, 2750): None})
    assert chosen(wing(points=50), BODY, snapshot=later) == [2725, 2800]
    assert chosen(wing(points=50, tolerance=5), BODY, snapshot=later) == "wing:none_within_width"
    assert chosen(wing(strikes=2), BODY, snapshot=later) == [2725, 2800]


def test_t26_a_wing_stays_in_the_series_of_its_own_expiration() -> None:
    """The AM series lists every 50 points, the PM series of the same date every 5."""
    day = date(2019, 5, 17)
    am, pm = series(day, "SPX"), series(day, "SPXW")
    table = contract_table({am: range(2700, 2901, 50), pm: range(2700, 2901, 5)})
    snapshot = chain(table, AT, 2900.0, quotes=quoted)
    for position, one, strike in ((0, am, 2750), (1, pm, 2780)):
        found = select_legs(snapshot, {"weekly": position}, [wing(points=20), BODY])
        assert found == (Leg(put(table, one, strike), 1), Leg(put(table, one, 2800), -1))


# --- the strike of another leg ----------------------------------------------------------------------------------


def test_the_strike_of_another_leg_serves_another_right() -> None:
    straddle = option("call", "sell", "call", strike_of=StrikeOf(leg="body"))
    assert chosen(straddle, BODY) == [2800, 2800]


@pytest.mark.parametrize(
    ("right", "relation", "strike"),
    [
        ("put", {"points": 100}, 2700),
        ("put", {"points": -50}, 2850),
        ("call", {"points": 50}, 2850),
        ("call", {"points": -50}, 2750),
        ("put", {"strikes": 2}, 2750),
        ("put", {"strikes": -1}, 2825),
        ("call", {"strikes": -1}, 2775),
        ("put", {"points": 170, "tolerance": 30}, 2650),
        ("put", {"points": 170}, "other:strike_not_listed"),
        ("put", {"strikes": -5}, "other:too_few_strikes_listed"),
    ],
)
def test_a_distance_from_another_leg_may_go_either_way(right: str, relation: Any, strike: float | str) -> None:
    found = chosen(option("other", "buy", right, strike_of=StrikeOf(leg="body", **relation)), BODY)
    assert found == (strike if isinstance(strike, str) else [strike, 2800])


def test_the_same_strike_in_another_expiration_must_be_listed_there() -> None:
    back = series(date(2019, 6, 21))
    table = contract_table({WEEKLY: [2775, 2800], back: [2700, 2750, 2800]})
    snapshot = chain(table, AT, 2900.0, quotes=quoted)
    calendar = option("back", expiration="back", strike_of=StrikeOf(leg="body"))
    series_of = {"weekly": 0, "back": 1}
    assert select_legs(snapshot, series_of, [BODY, calendar]) == (
        Leg(put(table, WEEKLY, 2800), -1),
        Leg(put(table, back, 2800), 1),
    )
    lower = replace(BODY, delta=DeltaTarget(target=0.275))
    assert select_legs(snapshot, series_of, [lower, calendar]) == NoMatch("legs", "back:strike_not_listed")


# --- beyond -----------------------------------------------------------------------------------------------------


def test_beyond_chooses_the_nearest_delta_further_out_than_another_leg() -> None:
    near = option("near", delta=DeltaTarget(target=0.31), beyond="body")
    assert chosen(near, BODY) == [2775, 2800]
    assert chosen(replace(near, right="call"), BODY) == [2825, 2800]
    assert chosen(replace(near, delta=DeltaTarget(target=0.31, minimum=0.3)), BODY) == "near:none_within_delta"


def test_beyond_narrows_every_word_that_leaves_a_choice() -> None:
    same_price = option("cheap", premium=PremiumTarget(target=1.1), beyond="body")
    assert chosen(same_price, BODY) == [2500, 2800]
    assert chosen(option("near", offset=StrikeOffset(points=0), beyond="body"), BODY) == [2775, 2800]


# --- order ------------------------------------------------------------------------------------------------------

FLY = (
    wing(points=50),
    BODY,
    option("call", "sell", "call", strike_of=StrikeOf(leg="body")),
    option("call_wing", "buy", "call", width=Width(leg="call", points=75)),
)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_in_which_legs_stand_changes_no_choice(order: tuple[int, ...]) -> None:
    found = chosen(*(FLY[position] for position in order))
    assert found == [[2750, 2800, 2800, 2875][position] for position in order]


def test_legs_come_with_their_ratios_in_the_order_wanted() -> None:
    found = select_legs(CHAIN, {"weekly": 0}, [replace(wing(points=50), ratio=2), BODY])
    assert found == (Leg(put(TABLE, WEEKLY, 2750), 2), Leg(put(TABLE, WEEKLY, 2800), -1))


# --- shares -----------------------------------------------------------------------------------------------------

STOCK = SharesSpec(name="stock", instrument="shares", side="buy")


def equities(*deliverables: Deliverable) -> ChainSnapshot:
    listed = [equity_series(date(2019, 5, 10 + 7 * place), "AAPL", one) for place, one in enumerate(deliverables)]
    table = contract_table(dict.fromkeys(listed, (2700, 2800, 2900)))
    return chain(table, AT, 2800.0, quotes=quoted, underlying="AAPL")


@pytest.mark.parametrize(("deliverable", "shares"), [(Deliverable(), 100), (Deliverable(shares=150), 150)])
def test_shares_are_as_many_as_the_contracts_deliver(deliverable: Deliverable, shares: int) -> None:
    snapshot = equities(deliverable)
    found = select_legs(snapshot, {"weekly": 0}, [STOCK, option("call", "sell", "call", delta=DeltaTarget(target=0.3))])
    assert not isinstance(found, NoMatch)
    assert found[0] == Leg(Stock("AAPL"), shares)
    assert geometry_fault(STRUCTURES["covered_call"], found) is None


def test_shares_sold_are_negative_and_scale_with_their_ratio() -> None:
    sold = replace(STOCK, side="sell", ratio=2)
    found = select_legs(equities(Deliverable()), {"weekly": 0}, [sold, BODY])
    assert not isinstance(found, NoMatch)
    assert found[0] == Leg(Stock("AAPL"), -200)


def test_shares_alone_are_counted_one_by_one() -> None:
    assert select_legs(CHAIN, {}, [replace(STOCK, ratio=7)]) == (Leg(Stock("SPX"), 7),)


def test_shares_beside_contracts_that_deliver_differently_are_declined() -> None:
    snapshot = equities(Deliverable(), Deliverable(shares=150))
    legs = (STOCK, BODY, replace(BODY, name="later", expiration="later"))
    assert select_legs(snapshot, {"weekly": 0, "later": 1}, legs) == NoMatch("legs", "stock:deliverables_differ")


# --- on every chain ---------------------------------------------------------------------------------------------

CONDOR = (
    option("long_put", width=Width(leg="short_put", points=75, tolerance=50)),
    option("short_put", "sell", delta=DeltaTarget(target=0.25)),
    option("short_call", "sell", "call", delta=DeltaTarget(target=0.25)),
    option("long_call", "buy", "call", width=Width(leg="short_call", strikes=2)),
)
SELECTOR = LegSelector(CONDOR, LiquidityFilter(minimum_open_interest=10))
QUOTES = st.builds(
    Quote,
    delta=st.floats(0.0, 1.0),
    open_interest=st.sampled_from([0.0, 10.0, 500.0]),
    flags=st.sampled_from([QuoteFlag(0), QuoteFlag(0), QuoteFlag(0), QuoteFlag.NO_BID, QuoteFlag.NO_ASK]),
)


@given(st.lists(QUOTES | st.none(), min_size=24, max_size=24))
def test_t27_wings_on_every_chain_lie_beyond_their_body_within_their_tolerance(quotes: list[Quote | None]) -> None:
    snapshot = chain(TABLE, AT, 2900.0, quotes=lambda one: quotes[one.contract_id])
    legs = SELECTOR.select(snapshot, {"weekly": 0})
    if isinstance(legs, NoMatch):
        assert legs.reason.split(":")[0] in {leg.name for leg in CONDOR}
        return
    low, short_put, short_call, high = (one.instrument for one in legs if isinstance(one.instrument, OptionContract))
    assert 25 <= short_put.strike - low.strike <= 125
    listed = [TABLE.contract(row) for row in range(*TABLE.side(0, 1)) if quotes[row] is not None]
    between = [one for one in listed if short_call.strike < one.strike < high.strike]
    assert len(between) == 1
    for one in (low, short_put, short_call, high):
        quote = quotes[one.contract_id]
        assert quote is not None
        assert quote.open_interest >= 10
