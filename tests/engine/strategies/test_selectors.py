"""Selectors on chains where the answer is known by hand, and what holds on every chain."""

from dataclasses import replace
from datetime import date, timedelta
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.model import BLOCKS_BUY, BLOCKS_SELL, ChainSnapshot, OptionContract, QuoteFlag, Right, SessionTable
from engine.strategies.selectors import (
    NoMatch,
    is_monthly,
    select_expiration,
    select_expirations,
    select_legs,
    select_strike,
)
from engine.strategies.spec import DeltaTarget, ExactExpiration, ExpirationSpec, LaterExpiration, LegSpec
from engine.strategies.spec.expirations import Cycle
from engine.structures import Side
from tests.builders import (
    Quote,
    by_delta,
    call,
    chain,
    contract_table,
    equity_series,
    new_york,
    put,
    series,
    session_table,
)

TODAY = date(2019, 4, 25)
AT = new_york(TODAY, "15:45")


def dte(target: int, low: int = 0, high: int = 60, roots: tuple[str, ...] = ()) -> ExpirationSpec:
    return ExpirationSpec(target_dte=target, min_dte=low, max_dte=high, roots=roots)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def expirations(*days: int) -> ChainSnapshot:
    """A chain with one SPXW series at each of these distances."""
    return chain(contract_table({series(in_days(one)): [2900] for one in days}), AT, 2900.0)


def chosen(
    snapshot: ChainSnapshot,
    wanted: ExpirationSpec | ExactExpiration,
    today: date = TODAY,
    sessions: SessionTable | None = None,
) -> tuple[str, int] | str:
    found = select_expiration(snapshot, today, wanted, sessions)
    if isinstance(found, NoMatch):
        assert found.stage == "expiration"
        return found.reason
    one = snapshot.contracts.series[found]
    return one.root, (one.expires_on - today).days


# --- expirations ------------------------------------------------------------------------------------------------


def test_expiration_nearest_to_the_target_is_chosen() -> None:
    assert chosen(expirations(4, 11, 18), dte(12)) == ("SPXW", 11)


def test_expiration_on_equal_distance_is_the_earlier_one() -> None:
    assert chosen(expirations(8, 12), dte(10)) == ("SPXW", 8)


def test_expiration_outside_the_bounds_is_not_chosen_however_near() -> None:
    assert chosen(expirations(9, 30), dte(10, 10, 40)) == ("SPXW", 30)
    assert chosen(expirations(9, 41), dte(10, 10, 40)) == "none_within_dte"


def test_t26_am_and_pm_series_of_one_date_are_two_and_the_first_root_named_wins() -> None:
    day = date(2019, 5, 17)
    snapshot = chain(contract_table({series(day, "SPX"): [2900], series(day, "SPXW"): [2900]}), AT, 2900.0)
    assert chosen(snapshot, dte(22, roots=("SPXW", "SPX"))) == ("SPXW", 22)
    assert chosen(snapshot, dte(22, roots=("SPX",))) == ("SPX", 22)
    assert chosen(snapshot, dte(22)) == ("SPX", 22)
    assert chosen(snapshot, dte(22, roots=("NDX",))) == "none_within_dte"


def test_a_nearer_date_beats_the_order_of_roots() -> None:
    table = contract_table({series(date(2019, 5, 17), "SPX"): [2900], series(date(2019, 5, 15), "SPXW"): [2900]})
    assert chosen(chain(table, AT, 2900.0), dte(22, roots=("SPXW", "SPX"))) == ("SPX", 22)


def test_t5_am_series_is_not_chosen_once_its_trading_is_over() -> None:
    settles_today = series(TODAY, "SPX")
    later = series(in_days(1), "SPXW")
    table = contract_table({settles_today: [2900], later: [2900]})
    snapshot = chain(table, AT, 2900.0)
    assert chosen(snapshot, dte(0, 0, 5)) == ("SPXW", 1)
    assert chosen(snapshot, dte(0, 0, 0)) == "none_still_trading"


def test_t21_series_that_is_in_the_table_but_not_yet_quoted_is_unknown() -> None:
    listed, later = series(in_days(11)), series(in_days(12))
    table = contract_table({listed: [2900], later: [2900]})
    unborn = {put(table, later, 2900): None, call(table, later, 2900): None}
    before = chain(table, AT, 2900.0, changes=unborn)
    assert chosen(before, dte(12)) == ("SPXW", 11)
    assert chosen(before, dte(12, 12, 12)) == "none_quoted"
    assert chosen(chain(table, AT, 2900.0), dte(12)) == ("SPXW", 12)


def test_t28_days_are_counted_from_the_exchange_date_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert chosen(expirations(10, 11), dte(10, 10, 10)) == ("SPXW", 10)


def test_series_of_another_underlying_are_not_chosen() -> None:
    table = contract_table({equity_series(in_days(10), "AAPL"): [200], series(in_days(20)): [2900]})
    assert chosen(chain(table, AT, 2900.0), dte(10)) == ("SPXW", 20)
    assert chosen(chain(table, AT, 200.0, underlying="AAPL"), dte(10)) == ("AAPL", 10)


def test_named_expirations_are_chosen_together_and_the_one_without_match_is_named() -> None:
    snapshot = expirations(7, 30)
    assert select_expirations(snapshot, TODAY, {"front": dte(7), "back": dte(30)}) == {"front": 0, "back": 1}
    failed = select_expirations(snapshot, TODAY, {"front": dte(7), "back": dte(90, 80, 100)})
    assert failed == NoMatch("expiration", "back:none_within_dte")


# --- to the day, by cycle, behind another one --------------------------------------------------------------------


def test_an_exact_expiration_is_that_day_or_none() -> None:
    assert chosen(expirations(0, 1, 7), ExactExpiration(dte=1)) == ("SPXW", 1)
    assert chosen(expirations(0, 1, 7), ExactExpiration(dte=0)) == ("SPXW", 0)
    assert chosen(expirations(0, 1, 7), ExactExpiration(dte=2)) == "none_within_dte"


SESSIONS = session_table(date(2019, 1, 1), date(2020, 12, 31), holidays=[date(2019, 4, 19), date(2020, 4, 10)])


@pytest.mark.parametrize(
    ("expires_on", "monthly"),
    [
        (date(2019, 5, 17), True),
        (date(2019, 5, 10), False),
        (date(2019, 5, 16), False),
        (date(2019, 4, 18), True),  # Good Friday was the third Friday
        (date(2020, 4, 9), False),  # Good Friday was the second Friday
        (date(2020, 4, 17), True),
        (date(2021, 1, 15), True),  # behind the last session of the table
        (date(2022, 4, 14), True),
        (date(2022, 4, 22), False),
    ],
)
def test_a_monthly_expires_on_the_third_friday_or_the_session_before(expires_on: date, monthly: bool) -> None:
    assert is_monthly(expires_on, SESSIONS) is monthly


def test_a_cycle_leaves_only_monthlies_or_only_the_others() -> None:
    snapshot = expirations(15, 22, 29)  # 2019-05-10, 05-17 (monthly), 05-24

    def of_cycle(cycle: Cycle, target: int) -> tuple[str, int] | str:
        return chosen(snapshot, replace(dte(target), cycle=cycle), sessions=SESSIONS)

    assert of_cycle("monthly", 15) == ("SPXW", 22)
    assert of_cycle("weekly", 22) == ("SPXW", 15)
    assert of_cycle("all", 22) == ("SPXW", 22)
    only_weekly = replace(dte(15, 10, 20), cycle="monthly")
    assert chosen(snapshot, only_weekly, sessions=SESSIONS) == "none_of_the_cycle"


def test_a_cycle_cannot_be_told_without_sessions() -> None:
    with pytest.raises(ConfigurationError, match="cannot be told apart without the exchange's sessions"):
        chosen(expirations(15), replace(dte(15), cycle="monthly"))


def later(snapshot: ChainSnapshot, wanted: LaterExpiration) -> int | str:
    """Days from today to the expiration that comes after the nearest one."""
    found = select_expirations(snapshot, TODAY, {"front": dte(0), "back": wanted}, SESSIONS)
    if isinstance(found, NoMatch):
        return found.reason
    return (snapshot.contracts.series[found["back"]].expires_on - TODAY).days


def test_an_expiration_after_another_one_counts_days_from_it() -> None:
    listed = expirations(4, 11, 18, 32)
    assert later(listed, LaterExpiration(after="front")) == 11
    assert later(listed, LaterExpiration(after="front", min_days=8)) == 18
    assert later(listed, LaterExpiration(after="front", target_days=25, min_days=7, max_days=60)) == 32
    assert later(listed, LaterExpiration(after="front", target_days=25, min_days=7, max_days=27)) == 18
    assert later(listed, LaterExpiration(after="front", min_days=29)) == "back:none_within_days"
    assert later(listed, LaterExpiration(after="front", cycle="monthly")) == "back:none_of_the_cycle"


def test_t26_an_expiration_after_another_one_is_on_a_later_date_whatever_the_root() -> None:
    day = in_days(10)
    table = contract_table({series(day, "SPX"): [2900], series(day, "SPXW"): [2900], series(in_days(17)): [2900]})
    snapshot = chain(table, AT, 2900.0)
    assert later(snapshot, LaterExpiration(after="front")) == 17
    assert later(snapshot, LaterExpiration(after="front", roots=("SPX",))) == "back:none_within_days"


def test_t21_an_expiration_after_another_one_that_is_not_quoted_yet_is_unknown() -> None:
    table = contract_table({series(in_days(4)): [2900], series(in_days(11)): [2900], series(in_days(18)): [2900]})
    unborn = in_days(11)
    snapshot = chain(table, AT, 2900.0, quotes=lambda one: None if one.series.expires_on == unborn else Quote())
    assert later(snapshot, LaterExpiration(after="front")) == 18
    assert later(snapshot, LaterExpiration(after="front", max_days=10)) == "back:none_quoted"


# --- strikes ----------------------------------------------------------------------------------------------------

WEEKLY = series(in_days(10))
TABLE = contract_table({WEEKLY: range(2700, 3100, 50)})


def delta(target: float, minimum: float = 0.0, maximum: float = 1.0) -> DeltaTarget:
    return DeltaTarget(target=target, minimum=minimum, maximum=maximum)


def puts(deltas: dict[float, float], **changes: Quote | None) -> ChainSnapshot:
    special = {put(TABLE, WEEKLY, float(name.removeprefix("at_"))): quote for name, quote in changes.items()}
    return chain(TABLE, AT, 2900.0, quotes=by_delta({Right.PUT: deltas}), changes=special)


def picked(snapshot: ChainSnapshot, wanted: DeltaTarget, side: Side = "sell", right: Right = Right.PUT) -> float | str:
    found = select_strike(snapshot, 0, right, side, wanted)
    if isinstance(found, NoMatch):
        assert found.stage == "legs"
        return found.reason
    assert found.right is right
    return found.strike


LADDER = {2700.0: 0.05, 2750.0: 0.10, 2800.0: 0.18, 2850.0: 0.31}


def test_strike_nearest_in_absolute_delta_is_chosen() -> None:
    assert picked(puts(LADDER), delta(0.16)) == 2800.0
    assert picked(puts(LADDER), delta(0.11)) == 2750.0


def test_delta_bounds_are_inclusive_and_hard() -> None:
    assert picked(puts(LADDER), delta(0.30, 0.29, 0.31)) == 2850.0
    assert picked(puts(LADDER), delta(0.30, 0.20, 0.30)) == "none_within_delta"
    assert picked(puts(LADDER), delta(0.14, 0.11, 0.18)) == 2800.0


@pytest.mark.parametrize(("right", "further_out"), [(Right.PUT, 2800.0), (Right.CALL, 3000.0)])
def test_on_equal_distance_the_strike_further_out_of_the_money_is_chosen(right: Right, further_out: float) -> None:
    both = {2800.0: 0.25, 2850.0: 0.35} if right is Right.PUT else {2950.0: 0.35, 3000.0: 0.25}
    snapshot = chain(TABLE, AT, 2900.0, quotes=by_delta({right: both}))
    assert picked(snapshot, delta(0.30), right=right) == further_out


def test_rows_without_a_delta_are_passed_over() -> None:
    assert picked(puts(LADDER, at_2800=Quote(delta=nan)), delta(0.16)) == 2750.0
    assert picked(puts({}, at_2800=Quote(delta=nan)), delta(0.16)) == "none_within_delta"


@pytest.mark.parametrize("flag", list(QuoteFlag))
def test_t17_t18_flag_keeps_a_leg_from_the_side_it_blocks(flag: QuoteFlag) -> None:
    snapshot = puts(LADDER, at_2800=Quote(delta=-0.18, flags=flag))
    assert picked(snapshot, delta(0.18), "sell") == (2750.0 if flag & BLOCKS_SELL else 2800.0)
    assert picked(snapshot, delta(0.18), "buy") == (2750.0 if flag & BLOCKS_BUY else 2800.0)


def test_reason_says_when_only_flags_are_in_the_way() -> None:
    blocked = puts({}, at_2800=Quote(delta=-0.18, flags=QuoteFlag.NO_BID | QuoteFlag.NO_ASK))
    assert picked(blocked, delta(0.18), "sell") == "no_bid_to_sell_at"
    assert picked(blocked, delta(0.18), "buy") == "no_ask_to_buy_at"
    assert picked(blocked, delta(0.18, 0.1, 0.2), right=Right.CALL) == "none_within_delta"


def leg(name: str, side: Side, target: float) -> LegSpec:
    return LegSpec(name=name, side=side, right="put", expiration="weekly", delta=delta(target), ratio=2)


def test_legs_come_in_the_order_wanted_with_signed_ratios() -> None:
    found = select_legs(puts(LADDER), {"weekly": 0}, [leg("low", "buy", 0.05), leg("high", "sell", 0.3)])
    assert not isinstance(found, NoMatch)
    assert [(one.ratio, getattr(one.instrument, "strike", None)) for one in found] == [(2, 2700.0), (-2, 2850.0)]


def test_the_leg_without_match_is_named() -> None:
    snapshot = puts(LADDER, **{f"at_{strike:.0f}": None for strike in LADDER})
    assert select_legs(snapshot, {"weekly": 0}, [leg("low", "buy", 0.05)]) == NoMatch("legs", "low:none_within_delta")


# --- on every chain ---------------------------------------------------------------------------------------------

QUOTES = st.builds(
    Quote, delta=st.floats(0.0, 1.0) | st.just(nan), flags=st.sampled_from([*QuoteFlag, QuoteFlag(0), QuoteFlag(0)])
)
CHAINS = st.lists(QUOTES | st.none(), min_size=16, max_size=16)


def eligible(contract: OptionContract, snapshot: ChainSnapshot, side: Side, wanted: DeltaTarget) -> float | None:
    """Distance from the target, by definition and one at a time; None when the contract may not be chosen."""
    row = snapshot.row(contract.contract_id)
    if row is None:
        return None
    size, flags = abs(float(snapshot.delta[row])), int(snapshot.flags[row])
    blocked = flags & (BLOCKS_BUY if side == "buy" else BLOCKS_SELL)
    return abs(size - wanted.target) if wanted.minimum <= size <= wanted.maximum and not blocked else None


@given(CHAINS, st.sampled_from(Right), st.sampled_from(["buy", "sell"]), st.floats(0.05, 0.95), st.floats(0.0, 0.5))
def test_the_choice_is_eligible_and_nothing_eligible_is_nearer(
    quotes: list[Quote | None], right: Right, side: Side, target: float, width: float
) -> None:
    wanted = delta(target, max(target - width, 0.0), min(target + width, 1.0))
    snapshot = chain(TABLE, AT, 2900.0, quotes=lambda contract: quotes[contract.contract_id])
    found = select_strike(snapshot, 0, right, side, wanted)
    contracts = [TABLE.contract(row) for row in range(*TABLE.side(0, right))]
    distances = {one.strike: eligible(one, snapshot, side, wanted) for one in contracts}
    allowed = [distance for distance in distances.values() if distance is not None]
    if isinstance(found, NoMatch):
        assert allowed == []
    else:
        distance = distances[found.strike]
        assert distance is not None
        assert distance <= min(allowed) + 1e-9


@given(
    st.sets(st.integers(1, 60), min_size=1, max_size=8),
    st.sets(st.integers(1, 60)),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_the_expiration_is_quoted_within_bounds_and_none_is_nearer(
    days: set[int], hidden: set[int], one: int, two: int, three: int
) -> None:
    low, target, high = sorted((one, two, three))
    table = contract_table({series(in_days(day)): [2900] for day in days})
    snapshot = chain(
        table,
        AT,
        2900.0,
        quotes=lambda contract: None if (contract.series.expires_on - TODAY).days in hidden else Quote(),
    )
    possible = sorted((abs(day - target), day) for day in days - hidden if low <= day <= high)
    found = chosen(snapshot, dte(target, low, high))
    assert found == ("SPXW", possible[0][1]) if possible else isinstance(found, str)


@given(
    st.sets(st.integers(1, 60), min_size=2, max_size=8),
    st.sets(st.integers(1, 60)),
    st.integers(1, 40),
    st.integers(0, 20),
    st.none() | st.integers(0, 20),
)
def test_an_expiration_after_another_one_is_quoted_within_bounds_and_none_is_nearer(
    days: set[int], hidden: set[int], least: int, more: int, room: int | None
) -> None:
    wanted = LaterExpiration(
        after="front", min_days=least, target_days=least + more, max_days=None if room is None else least + more + room
    )
    table = contract_table({series(in_days(day)): [2900] for day in days})
    snapshot = chain(
        table,
        AT,
        2900.0,
        quotes=lambda one: None if (one.series.expires_on - TODAY).days in hidden else Quote(),
    )
    found = later(snapshot, wanted)
    front = min(days - hidden, default=None)
    if front is None:
        assert found == "front:none_quoted"
        return
    most = 1_000 if wanted.max_days is None else wanted.max_days
    possible = sorted((abs(day - front - wanted.target), day) for day in days - hidden if least <= day - front <= most)
    assert found == possible[0][1] if possible else isinstance(found, str)
