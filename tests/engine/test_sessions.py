"""Exchange dates: from midnight to midnight of the exchange, whatever the zone of the machine (T28, T29)."""

from datetime import date, timedelta

import pytest

from engine.instants import NANOS_PER_SECOND
from tests.builders import new_york, session_table

SESSIONS = session_table(date(2019, 3, 1), date(2019, 11, 29))
HOUR = 3600 * NANOS_PER_SECOND


@pytest.mark.parametrize("day", [date(2019, 3, 8), date(2019, 3, 10), date(2019, 7, 4), date(2019, 11, 3)])
def test_an_exchange_date_begins_at_its_midnight(day: date) -> None:
    midnight = SESSIONS.midnight(day)
    assert midnight == new_york(day, "00:00")
    assert SESSIONS.date_of(midnight) == day
    assert SESSIONS.date_of(midnight - 1) == day - timedelta(days=1)


@pytest.mark.parametrize(("day", "hours"), [(date(2019, 3, 10), 23), (date(2019, 11, 3), 25), (date(2019, 7, 4), 24)])
def test_a_date_on_which_clocks_change_is_shorter_or_longer(day: date, hours: int) -> None:
    assert SESSIONS.midnight(day + timedelta(days=1)) - SESSIONS.midnight(day) == hours * HOUR
