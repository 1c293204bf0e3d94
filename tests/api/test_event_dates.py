"""A calendar of events is read whole, or says what is wrong with it and where."""

from datetime import date
from pathlib import Path

import pytest

from api.errors import EventDatesUnreadable
from api.event_dates import read_event_dates
from api.parts import strategies_of
from engine.strategies.declarative import SpecifiedStrategy
from schemas.errors import InvalidConfiguration
from schemas.run_request import parse_run_request
from tests.schemas.examples import CONDOR, changed

CONDITION = "conditions: [{signal: trend, above: 0}]"


def written(folder: Path, text: str) -> Path:
    file = folder / "events.csv"
    file.write_text(text)
    return file


def test_dates_by_name_in_order(tmp_path: Path) -> None:
    text = "date,name\n2018-03-21, FOMC\n2018-01-31,FOMC\n\n2018-02-01,earnings\n"
    dates = read_event_dates(written(tmp_path, text))
    assert dates.of("FOMC") == (date(2018, 1, 31), date(2018, 3, 21))
    assert dates.of("earnings") == (date(2018, 2, 1),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,name\n", "events.csv: line 1 is 'day,name'; it must be 'date,name'"),
        ("", "events.csv: line 1 is ''; it must be 'date,name'"),
        ("date,name\n2018-01-31\n", "events.csv: line 2: '2018-01-31' is not 'date,name'"),
        ("date,name\n2018-01-31,\n", "events.csv: line 2: '2018-01-31,' is not 'date,name'"),
        ("date,name\n31.01.2018,FOMC\n", "events.csv: line 2: '31.01.2018' is no date; write it as YYYY-MM-DD"),
        ("date,name\n2018-02-30,FOMC\n", "events.csv: line 2: '2018-02-30' is no date"),
        (
            "date,name\n2018-01-31,FOMC\n2018-01-31,CPI\n2018-01-31,FOMC\n",
            "events.csv: line 4: FOMC of 2018-01-31 stands there twice; remove one",
        ),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(EventDatesUnreadable) as caught:
        read_event_dates(written(tmp_path, text))
    assert str(caught.value).startswith(message)


def test_a_file_that_is_absent_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(EventDatesUnreadable, match=r"none\.csv cannot be read"):
        read_event_dates(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"date,name\n\xff")
    with pytest.raises(EventDatesUnreadable, match=r"bytes\.csv cannot be read"):
        read_event_dates(tmp_path / "bytes.csv")


def asking(event: str, file: str = "events.csv") -> str:
    text = changed(CONDITION, f"conditions: [{{none_of: [{{event: {event}, from_sessions: -1}}]}}]")
    return changed("    underlying: SPX\n    exp", f"    underlying: SPX\n    event_dates: {file}\n    exp", text)


def test_the_file_is_relative_to_the_configuration_and_known_when_the_strategy_is_made(tmp_path: Path) -> None:
    written(tmp_path, "date,name\n2018-01-31,FOMC\n")
    (made,) = strategies_of(parse_run_request(asking("FOMC")).config, tmp_path)
    assert isinstance(made, SpecifiedStrategy)


@pytest.mark.parametrize(
    ("event", "file", "message"),
    [
        ("FMOC", "events.csv", "strategies[0].event_dates: unknown event 'FMOC': did you mean 'FOMC'? valid: FOMC"),
        ("FOMC", "other.csv", "strategies[0].event_dates: other.csv cannot be read"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_a_problem_of_the_configuration(
    tmp_path: Path, event: str, file: str, message: str
) -> None:
    written(tmp_path, "date,name\n2018-01-31,FOMC\n")
    with pytest.raises(InvalidConfiguration) as caught:
        strategies_of(parse_run_request(asking(event, file)).config, tmp_path)
    assert str(caught.value).startswith(message)


def test_without_conditions_on_events_no_calendar_is_needed() -> None:
    assert parse_run_request(CONDOR).config.strategies[0].name == "condor"
