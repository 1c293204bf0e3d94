"""Liquidity filters do what their names say (T38), and same strikes are allowed, skipped or moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import ChainSnapshot, Intent, Leg, OptionContract, Order, Right
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.selectors import NoMatch, select_strike
from engine.strategies.spec import (
    DeclarativeStrategy,
    DeltaTarget,
    EntryRules,
    ExpirationSpec,
    LegSpec,
    LiquidityFilter,
    SameStrikeRule,
    Width,
)
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.strategies.fake_run import FakeRun, position, worth

AT = new_york(date(2019, 4, 25), "15:45")
WEEKLY = series(date(2019, 5, 10))
TABLE = contract_table({WEEKLY: range(2650, 2901, 50)})
GOOD = Quote(bid=1.20, ask=1.30, open_interest=100, volume=10)


def delta(strike: float) -> float:
    return -0.30 + (2800 - strike) / 1000


def market(**changes: float) -> ChainSnapshot:
    """Good quotes everywhere, with changes at 2800, which every choice here wants most."""
    at_2800 = replace(GOOD, delta=delta(2800), **changes)  # type: ignore[arg-type]
    changed = {put(TABLE, WEEKLY, 2800): at_2800}
    return chain(TABLE, AT, 2900.0, quotes=lambda one: replace(GOOD, delta=delta(one.strike)), changes=changed)


def picked(snapshot: ChainSnapshot, *, only_2800: bool = False, **wanted: Any) -> float | str:
    target = DeltaTarget(target=0.3, tolerance=0.01 if only_2800 else None)
    found = select_strike(snapshot, 0, Right.PUT, "sell", target, LiquidityFilter(**wanted))
    return found.reason if isinstance(found, NoMatch) else found.strike


# --- T38 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "enough", "not_enough", "reason"),
    [
        ({"minimum_open_interest": 50}, {"open_interest": 50}, {"open_interest": 49}, "open_interest_too_low"),
        ({"minimum_volume": 5}, {"volume": 5}, {"volume": 4}, "volume_too_low"),
        ({"minimum_bid_usd": 0.10}, {"bid": 0.10, "ask": 9.0}, {"bid": 0.05, "ask": 0.10}, "bid_too_low"),
        ({"maximum_spread_usd": 0.10}, {"bid": 1.2, "ask": 1.3}, {"bid": 1.2, "ask": 1.31}, "spread_too_wide"),
        (
            {"maximum_spread_percent": 10},
            {"bid": 0.95, "ask": 1.05},
            {"bid": 0.94, "ask": 1.05},
            "spread_percent_too_wide",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else str(value),
)
def test_t38_a_filter_does_what_its_name_says(
    wanted: dict[str, Any], enough: dict[str, float], not_enough: dict[str, float], reason: str
) -> None:
    assert picked(market(**enough), **wanted) == 2800
    assert picked(market(**not_enough), **wanted) != 2800
    assert picked(market(**not_enough), only_2800=True, **wanted) == reason


def test_t38_a_minimum_bid_is_no_spread_and_a_spread_is_no_bid() -> None:
    """A wide market of high prices has a bid; a narrow one of low prices has a spread."""
    wide, narrow = market(bid=5.0, ask=9.0), market(bid=0.05, ask=0.10)
    assert picked(wide, minimum_bid_usd=1.0) == 2800
    assert picked(wide, maximum_spread_usd=1.0) != 2800
    assert picked(narrow, minimum_bid_usd=0.1) != 2800
    assert picked(narrow, maximum_spread_usd=0.1) == 2800


@pytest.mark.parametrize(
    ("column", "wanted"), [("open_interest", "minimum_open_interest"), ("volume", "minimum_volume")]
)
def test_t38_what_the_data_do_not_say_is_not_enough(column: str, wanted: str) -> None:
    assert picked(market(**{column: nan}), only_2800=True, **{wanted: 1}) == column + "_too_low"


def test_filters_apply_together_and_the_reason_is_what_the_last_candidates_fail_at() -> None:
    both = {"minimum_open_interest": 50, "maximum_spread_usd": 0.1}
    assert picked(market(ask=9.0), only_2800=True, **both) == "spread_too_wide"
    assert picked(market(ask=9.0, open_interest=1), only_2800=True, **both) == "open_interest_too_low"


@given(
    st.lists(
        st.builds(
            lambda bid, spread, interest, volume: Quote(
                bid / 100, (bid + spread) / 100, open_interest=interest, volume=volume
            ),
            st.integers(1, 300),
            st.integers(0, 60),
            st.sampled_from([nan, 0.0, 50.0, 500.0]),
            st.sampled_from([nan, 0.0, 5.0]),
        ),
        min_size=6,
        max_size=6,
    ),
    st.builds(
        LiquidityFilter,
        minimum_open_interest=st.none() | st.sampled_from([1, 50, 51]),
        minimum_volume=st.none() | st.just(5),
        minimum_bid_usd=st.none() | st.just(1.0),
        maximum_spread_usd=st.none() | st.just(0.25),
        maximum_spread_percent=st.none() | st.just(20.0),
    ),
)
def test_the_choice_passes_every_filter_and_without_a_choice_nothing_does(
    quotes: list[Quote], wanted: LiquidityFilter
) -> None:
    def quote(one: OptionContract) -> Quote:
        return replace(quotes[one.contract_id % 6], delta=delta(one.strike))

    def passes(one: Quote) -> bool:
        cents, middle = round((one.ask - one.bid) * 100), (one.ask + one.bid) / 2
        return not (
            (wanted.minimum_open_interest and not one.open_interest >= wanted.minimum_open_interest)
            or (wanted.minimum_volume and not one.volume >= wanted.minimum_volume)
            or (wanted.minimum_bid_usd and not one.bid >= wanted.minimum_bid_usd)
            or (wanted.maximum_spread_usd and cents > round(wanted.maximum_spread_usd * 100))
            or (wanted.maximum_spread_percent and cents > wanted.maximum_spread_percent * middle + 1e-6)
        )

    snapshot = chain(TABLE, AT, 2900.0, quotes=quote)
    found = select_strike(snapshot, 0, Right.PUT, "sell", DeltaTarget(target=0.3), wanted)
    if isinstance(found, NoMatch):
        assert not any(passes(one) for one in quotes)
    else:
        assert passes(quotes[found.contract_id % 6])


# --- same strikes -----------------------------------------------------------------------------------------------

WING = LegSpec(name="long", side="buy", right="put", expiration="weekly", width=Width(leg="short", points=50))
BODY = LegSpec(name="short", side="sell", right="put", expiration="weekly", delta=DeltaTarget(target=0.3))
SPREAD = DeclarativeStrategy(
    name="spread",
    structure="put_credit_spread",
    underlying="SPX",
    expirations={"weekly": ExpirationSpec(target_dte=15, min_dte=5, max_dte=25)},
    legs=(WING, BODY),
    entry=EntryRules(max_open_positions=5),
)
LONG, SHORT = put(TABLE, WEEKLY, 2750), put(TABLE, WEEKLY, 2800)


def holding(*contracts: OptionContract) -> FakeRun:
    run = FakeRun()
    if contracts:
        run.positions, run.values = (position(*(Leg(one, -1) for one in contracts)),), {1: worth(0)}
    return run


def entered(run: FakeRun, policy: Any, within: Any = "strategy") -> list[float] | str:
    run.show(SpecifiedStrategy(replace(SPREAD, same_strike=SameStrikeRule(policy=policy, within=within))), market())
    if run.orders:
        return [one.strike for one in run.orders[0].option_legs]
    (reason,) = [key for key in run.funnel if not key.endswith(": passed")]
    return reason


def test_a_contract_that_is_held_may_be_opened_again_where_nothing_is_said() -> None:
    assert entered(holding(SHORT), "allow") == [2750, 2800]


def test_skip_declines_the_entry_and_names_the_leg() -> None:
    assert entered(holding(), "skip") == [2750, 2800]
    assert entered(holding(SHORT), "skip") == "legs: short:held_already"
    assert entered(holding(LONG), "skip") == "legs: long:held_already"


def test_move_takes_the_next_nearest_and_wings_follow_or_go_further_out() -> None:
    assert entered(holding(SHORT), "move") == [2700, 2750]  # 2750 and 2850 are as near; further out wins
    assert entered(holding(LONG), "move") == [2700, 2800]
    assert entered(holding(LONG, SHORT), "move") == [2700, 2850]


def test_a_moved_leg_stays_within_its_bounds_and_a_counted_one_goes_to_the_next_listed() -> None:
    def with_wing(**width: Any) -> DeclarativeStrategy:
        wing = replace(WING, width=Width(leg="short", **width))
        return replace(SPREAD, legs=(wing, BODY), same_strike=SameStrikeRule(policy="move"))

    for width, found in (
        ({"points": 50, "tolerance": 50}, [2700, 2800]),
        ({"points": 50, "tolerance": 49}, ["legs: long:held_already"]),
        ({"strikes": 1}, [2700, 2800]),
    ):
        run = holding(LONG)
        run.show(SpecifiedStrategy(with_wing(**width)), market())
        declined = [key for key in run.funnel if not key.endswith(": passed")]
        strikes = [one.strike for order in run.orders for one in order.option_legs]
        assert [*strikes, *declined] == found


def test_move_that_finds_no_other_strike_declines() -> None:
    below = [put(TABLE, WEEKLY, one) for one in (2650, 2700, 2750)]
    assert entered(holding(*below), "move") == "legs: long:held_already"


def test_an_order_that_rests_holds_its_contracts_and_one_that_closes_does_not() -> None:
    run = holding()
    run.pending = (Order(7, "test", Intent.OPEN, (Leg(SHORT, -1),), None, 0),)
    assert entered(run, "skip") == "legs: short:held_already"
    run = holding()
    run.pending = (Order(7, "test", Intent.CLOSE, (Leg(SHORT, 1),), 1, 0, 3),)
    assert entered(run, "skip") == [2750, 2800]


def test_within_the_account_positions_of_other_strategies_count() -> None:
    class Others(FakeRun):
        """The account holds more than the strategy."""

        def positions_of(self, strategy: str) -> Any:
            return ()

    run = Others()
    run.positions = (position(Leg(SHORT, -1)),)
    assert entered(run, "skip") == [2750, 2800]
    run = Others()
    run.positions = (position(Leg(SHORT, -1)),)
    assert entered(run, "skip", "account") == "legs: short:held_already"


def test_t26_the_same_strike_and_date_under_another_root_is_another_contract() -> None:
    day = date(2019, 5, 17)
    am, pm = series(day, "SPX"), series(day, "SPXW")
    table = contract_table({am: [2750, 2800], pm: [2750, 2800]})
    snapshot = chain(table, AT, 2900.0, quotes=lambda one: replace(GOOD, delta=delta(one.strike)))
    wanted = ExpirationSpec(target_dte=22, min_dte=20, max_dte=25, roots=("SPXW",))
    unique = replace(SPREAD, expirations={"weekly": wanted}, same_strike=SameStrikeRule(policy="skip"))
    run = holding(put(table, am, 2800))
    run.show(SpecifiedStrategy(unique), snapshot)
    assert [one.series.root for one in run.orders[0].option_legs] == ["SPXW", "SPXW"]
