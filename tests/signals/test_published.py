"""Values that users bring are visible from their publication on, and not a moment earlier."""

from datetime import date
from math import isnan
from typing import Any

import pytest

from engine.model import Bar
from signals.errors import SignalFileError
from signals.published import Published, PublishedParameters, PublishedValue
from tests.builders import new_york, session_table

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2019, 4, day) for day in (25, 26, 27, 29))
SESSIONS = session_table(date(2019, 4, 1), date(2019, 5, 31), early_closes={FRIDAY: "13:00"})
OF_A_FILE = PublishedParameters(file="values.csv")


def signal(text: str, **more: Any) -> Published:
    return Published("mine", "SPX", PublishedParameters(file="v.csv", **more).with_text(text), SESSIONS)


def seen(published: Published, on: date, clock: str) -> float | None:
    return published.on_bar(new_york(on, clock), Bar("SPX", 1, 1, 1, 1, 0))


def test_t22_a_value_of_a_date_is_known_after_the_close_of_its_session_only() -> None:
    mine = signal("at,value\n2019-04-25,0.5\n")
    assert [seen(mine, THURSDAY, clock) for clock in ("09:31", "15:45", "16:00")] == [None, None, None]
    assert seen(mine, THURSDAY, "16:01") == 0.5
    assert seen(mine, MONDAY, "09:31") == 0.5


def test_an_early_close_is_a_close_and_a_date_without_a_session_ends_at_midnight() -> None:
    mine = signal("at,value\n2019-04-26,1\n2019-04-27,2\n")
    assert seen(mine, FRIDAY, "13:00") is None
    assert seen(mine, FRIDAY, "13:01") == 1.0
    assert seen(mine, SATURDAY, "23:59") == 1.0
    assert seen(mine, date(2019, 4, 28), "00:00") == 2.0


def test_a_time_counts_on_the_exchanges_clock_or_in_the_zone_that_it_names() -> None:
    mine = signal("at,value\n2019-04-25T10:00,1\n2019-04-25T15:00Z,2\n2019-04-25T12:30:00+01:00,3\n")
    assert seen(mine, THURSDAY, "07:29") is None
    assert seen(mine, THURSDAY, "07:30") == 3.0
    assert seen(mine, THURSDAY, "10:00") == 1.0
    assert seen(mine, THURSDAY, "10:59") == 1.0
    assert seen(mine, THURSDAY, "11:00") == 2.0


def test_an_empty_value_takes_the_one_before_back() -> None:
    mine = signal("at,value\n2019-04-25T10:00,1\n2019-04-25T11:00,\n")
    assert seen(mine, THURSDAY, "10:30") == 1.0
    assert isnan(seen(mine, THURSDAY, "11:30") or 0.0)


def test_a_value_can_grow_too_old() -> None:
    mine = signal("at,value\n2019-04-25T10:00,1\n", max_age_days=1)
    assert seen(mine, FRIDAY, "10:00") == 1.0
    assert isnan(seen(mine, FRIDAY, "10:01") or 0.0)


def test_values_may_stand_in_the_configuration_in_any_order() -> None:
    values = (PublishedValue(at="2019-04-25T12:00", value=2.0), PublishedValue(at="2019-04-25T10:00", value=1.0))
    mine = Published("mine", "SPX", PublishedParameters(values=values), SESSIONS)
    assert [seen(mine, THURSDAY, clock) for clock in ("09:00", "10:00", "12:00")] == [None, 1.0, 2.0]


def test_two_values_at_one_time_are_refused() -> None:
    with pytest.raises(SignalFileError, match="signal 'mine': two values are published at 2019-04-25T10:00; keep one"):
        signal("at,value\n2019-04-25T14:00Z,1\n2019-04-25T10:00,2\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date,value\n", "line 1 is 'date,value'; it must be at,value"),
        ("at,value\n2019-04,1\n", "line 2: '2019-04' is no date and no time; write 2019-04-25 or 2019-04-25T10:00"),
        ("at,value\n25.4.2019,1\n", "line 2: '25.4.2019' is no date and no time"),
        ("at,value\n2019-04-25,one\n", "line 2: 'one' is no number; write one like 0.5, or nothing"),
        ("at,value\n2019-04-25,nan\n", "line 2: value nan is no finite number; leave it out where there is none"),
        ("at,value\n", "it has no value; write one line per value under `at,value`"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(text: str, message: str) -> None:
    with pytest.raises(SignalFileError, match=f"^{message}"):
        OF_A_FILE.with_text(text)


@pytest.mark.parametrize("said", [{}, {"file": "v.csv", "values": (PublishedValue(at="2019-04-25", value=1.0),)}])
def test_values_stand_in_one_place(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give either `file` or `values`"):
        PublishedParameters(**said)
