"""Values of a file that are published later, taken away or turned round."""

from datetime import date

import pytest

from signals.other_values import OtherValues
from tests.builders import new_york, session_table

MONDAY, TUESDAY = date(2019, 4, 22), date(2019, 4, 23)
SESSIONS = session_table(MONDAY, date(2019, 4, 26))
TEXT = """\
at,value
2019-04-19,0.1
2019-04-22,0.2
2019-04-22T10:00,-0.3
2019-04-22T20:00Z,0
2019-04-23,
"""


def said(after: str, *, values: bool, text: str = TEXT) -> list[str]:
    return OtherValues(new_york(MONDAY, after), SESSIONS, values).of(text).splitlines()


def test_what_is_published_later_is_taken_away() -> None:
    assert said("15:45", values=False) == [
        "at,value",
        "2019-04-19,0.1",
        "2019-04-22,",
        "2019-04-22T10:00,-0.3",
        "2019-04-22T20:00Z,",
        "2019-04-23,",
    ]


def test_what_is_published_later_is_another_number_and_what_was_none_stays_so() -> None:
    assert said("09:45", values=True)[2:] == [
        "2019-04-22,-0.2",
        "2019-04-22T10:00,0.3",
        "2019-04-22T20:00Z,1.0",
        "2019-04-23,",
    ]


def test_a_value_of_the_very_instant_is_known() -> None:
    assert said("10:00", values=False)[3] == "2019-04-22T10:00,-0.3"


@pytest.mark.parametrize("text", ["", "date,name\n2019-04-24,FOMC\n", "at,value\nsoon,0.5\n"])
def test_what_is_no_file_of_published_values_stays_as_it_is(text: str) -> None:
    assert said("09:45", values=True, text=text) == text.splitlines()
