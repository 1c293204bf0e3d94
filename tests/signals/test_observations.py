"""One observation per exchange session."""

from datetime import date

import numpy as np
import pytest

from signals.observations import SessionObservations
from tests.builders import new_york, session_table

HOLIDAY = date(2019, 5, 27)
SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31), holidays=[HOLIDAY])


def observed(length: int, *observations: tuple[date, str, float]) -> list[float]:
    kept = SessionObservations(length, SESSIONS)
    for day, clock, value in observations:
        kept.record(new_york(day, clock), value)
    return list(kept.values[~np.isnan(kept.values)])


THURSDAY, FRIDAY, MONDAY = date(2019, 4, 25), date(2019, 4, 26), date(2019, 4, 29)


def test_the_last_observation_of_a_session_stands_for_it() -> None:
    assert observed(3, (THURSDAY, "10:00", 1.0), (THURSDAY, "15:45", 2.0), (FRIDAY, "15:45", 3.0)) == [2.0, 3.0]


def test_only_the_last_sessions_are_kept() -> None:
    assert observed(2, (THURSDAY, "15:45", 1.0), (FRIDAY, "15:45", 2.0), (MONDAY, "15:45", 3.0)) == [2.0, 3.0]


def test_after_hours_belong_to_the_same_session_until_midnight_new_york() -> None:
    assert observed(3, (THURSDAY, "16:00", 1.0), (THURSDAY, "23:59", 2.0), (FRIDAY, "00:01", 3.0)) == [2.0, 3.0]
    assert observed(3, (THURSDAY, "08:00", 1.0), (THURSDAY, "09:30", 2.0), (THURSDAY, "18:00", 3.0)) == [3.0]


def test_it_is_complete_after_that_many_sessions_not_observations() -> None:
    kept = SessionObservations(2, SESSIONS)
    for clock in ("10:00", "11:00", "12:00"):
        kept.record(new_york(THURSDAY, clock), 1.0)
    assert not kept.complete
    kept.record(new_york(FRIDAY, "10:00"), 1.0)
    assert kept.complete


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC"])
def test_t28_sessions_are_exchange_dates_whatever_the_zone_of_the_machine(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert observed(3, (THURSDAY, "09:31", 1.0), (THURSDAY, "22:00", 2.0)) == [2.0]


def test_t29_sessions_on_either_side_of_the_change_of_clocks_are_two() -> None:
    assert observed(3, (date(2019, 3, 8), "23:30", 1.0), (date(2019, 3, 11), "00:30", 2.0)) == [1.0, 2.0]
