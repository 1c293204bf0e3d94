"""Session bars: what they are made of, and which prices belong to a session."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Bar
from signals.session_bars import SessionBars
from tests.builders import new_york, session_table

MONDAY, TUESDAY, FRIDAY = date(2019, 4, 22), date(2019, 4, 23), date(2019, 4, 26)
SESSIONS = session_table(date(2019, 4, 1), date(2019, 4, 30), early_closes={FRIDAY: "13:00"})


def bar(opened: float, high: float, low: float, close: float, volume: float = 10.0) -> Bar:
    return Bar("SPX", opened, high, low, close, volume)


def present(bars: SessionBars) -> list[float]:
    shown: list[float] = bars.last(1)[:, 0].tolist()
    return shown


def test_a_session_of_bars_is_their_first_open_their_range_their_last_close_and_their_volume() -> None:
    bars = SessionBars(SESSIONS)
    assert bars.on_bar(new_york(MONDAY, "10:00"), bar(100, 104, 99, 103))
    assert bars.on_bar(new_york(MONDAY, "10:30"), bar(103, 105, 101, 102, 7))
    assert present(bars) == [100, 105, 99, 102, 17]


def test_without_bars_prices_make_the_session() -> None:
    bars = SessionBars(SESSIONS)
    for clock, price in (("09:45", 100.0), ("12:00", 107.0), ("15:45", 98.0), ("16:00", 101.0)):
        assert bars.on_price(new_york(MONDAY, clock), price)
    assert present(bars) == [100, 107, 98, 101, 0]


def test_where_bars_arrive_prices_move_the_close_only() -> None:
    bars = SessionBars(SESSIONS)
    bars.on_price(new_york(MONDAY, "09:45"), 90.0)
    bars.on_bar(new_york(MONDAY, "10:00"), bar(100, 104, 99, 103))
    assert present(bars) == [100, 104, 99, 103, 10]
    bars.on_price(new_york(MONDAY, "10:15"), 110.0)
    assert present(bars) == [100, 110, 99, 110, 10]
    bars.on_bar(new_york(MONDAY, "10:30"), bar(103, 105, 101, 102))
    assert present(bars) == [100, 105, 99, 102, 20]


@pytest.mark.parametrize(
    ("day", "clock", "belongs"),
    [
        (MONDAY, "09:30", False),
        (MONDAY, "09:31", True),
        (MONDAY, "16:15", True),
        (MONDAY, "16:16", False),
        (FRIDAY, "13:15", True),
        (FRIDAY, "13:16", False),
        (date(2019, 4, 27), "12:00", False),
        (date(2019, 5, 1), "12:00", False),
    ],
)
def test_prices_before_the_open_or_long_after_the_close_belong_to_no_session(
    day: date, clock: str, belongs: bool
) -> None:
    bars = SessionBars(SESSIONS)
    assert bars.on_price(new_york(day, clock), 100.0) is belongs
    assert bars.on_bar(new_york(day, clock), bar(1, 1, 1, 1)) is belongs
    assert len(bars) == belongs


def test_the_night_between_two_sessions_changes_nothing() -> None:
    bars = SessionBars(SESSIONS)
    bars.on_price(new_york(MONDAY, "16:00"), 100.0)
    for day, clock in ((MONDAY, "18:00"), (MONDAY, "20:00"), (TUESDAY, "08:00"), (TUESDAY, "09:30")):
        assert not bars.on_price(new_york(day, clock), 500.0)
    assert bars.on_price(new_york(TUESDAY, "09:31"), 102.0)
    assert bars.last(2)[3].tolist() == [100.0, 102.0]
    assert bars.opens_at == new_york(TUESDAY, "09:30")


def test_t29_sessions_begin_by_the_exchanges_clock_in_summer_and_in_winter() -> None:
    table = session_table(date(2019, 3, 1), date(2019, 11, 29))
    bars = SessionBars(table)
    for day in (date(2019, 3, 8), date(2019, 3, 11), date(2019, 11, 1), date(2019, 11, 4)):
        assert not bars.on_price(new_york(day, "09:30"), 1.0)
        assert bars.on_price(new_york(day, "09:31"), 2.0)
        assert bars.on_price(new_york(day, "16:15"), 3.0)
        assert not bars.on_price(new_york(day, "16:16"), 4.0)
    assert bars.last(4)[3].tolist() == [3.0] * 4


def test_scaling_reads_prices_in_another_unit_and_leaves_volume() -> None:
    bars = SessionBars(SESSIONS)
    bars.on_bar(new_york(MONDAY, "10:00"), bar(100, 104, 99, 103))
    bars.scale(0.5)
    assert present(bars) == [50, 52, 49.5, 51.5, 10]
    bars.on_price(new_york(MONDAY, "10:15"), 51.0)
    assert present(bars) == [50, 52, 49.5, 51, 10]


@given(st.lists(st.floats(1.0, 1e4), min_size=1, max_size=300))
def test_all_sessions_are_kept_however_many(prices: list[float]) -> None:
    table = session_table(date(2018, 1, 1), date(2019, 12, 31))
    bars = SessionBars(table)
    for session, price in zip(table.sessions, prices, strict=False):
        bars.on_price(session.closes_at, price)
    assert len(bars) == len(prices)
    np.testing.assert_array_equal(bars.last(len(prices))[3], prices)
