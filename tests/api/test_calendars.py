"""A calendar of events that ends before the run does is told before the run and in its summary."""

import json
from datetime import date
from pathlib import Path

import pytest

from api.calendars import calendar_warnings
from api.parts import signals_of, strategies_of
from schemas.run_request import parse_run_request
from tests.api.shell import ironfly
from tests.api.small_market import CONFIGURATION
from tests.builders import session_table
from tests.schemas.examples import changed

SESSIONS = session_table(date(2018, 1, 2), date(2019, 12, 31))
CONDITION = "conditions: [{signal: trend, above: 0}]"
EVENT = "conditions: [{none_of: [{event: FOMC, from_sessions: -1}]}]"


def warnings(folder: Path, dates: str, end: str, asked: str = EVENT, signal: str = "") -> tuple[str, ...]:
    """Of a condor whose calendar has these dates of FOMC, and one of something else long ago."""
    lines = [f"{one},FOMC" for one in dates.split()]
    (folder / "events.csv").write_text("\n".join(["date,name", "2017-01-02,CPI", "2017-01-03,CPI", *lines, ""]))
    text = changed("    underlying: SPX\n    exp", "    underlying: SPX\n    event_dates: events.csv\n    exp")
    text = changed("signals:\n", f"signals:\n{signal}", changed(CONDITION, asked, text))
    config = parse_run_request(text, base=folder).config
    signals = [make(SESSIONS) for make in signals_of(config, folder)]
    return calendar_warnings(strategies_of(config, folder), signals, date.fromisoformat(end))


def test_a_calendar_that_ends_early_is_named_with_its_last_date(tmp_path: Path) -> None:
    assert warnings(tmp_path, "2018-01-31 2018-05-02 2018-03-21", "2018-12-31") == (
        "Strategy condor: dates of FOMC end on 2018-05-02, the run on 2018-12-31: nothing is known to come after that; "
        "add what was announced.",
    )


@pytest.mark.parametrize(
    ("dates", "end"),
    [
        ("2018-01-31 2018-03-21", "2018-05-09"),  # no longer than between two of them
        ("2018-01-31 2018-03-21", "2018-02-28"),
        ("2018-01-31", "2018-12-31"),  # an election comes once
    ],
)
def test_the_end_may_come_before_the_next_event(dates: str, end: str, tmp_path: Path) -> None:
    assert warnings(tmp_path, dates, end) == ()


def test_what_nobody_asks_for_may_end(tmp_path: Path) -> None:
    assert warnings(tmp_path, "2018-01-31 2018-02-01", "2018-12-31", asked=CONDITION) == ()


@pytest.mark.parametrize(("toward", "count"), [("next", 1), ("last", 0)])
def test_a_signal_of_days_to_an_event_has_a_calendar_too(toward: str, count: int, tmp_path: Path) -> None:
    dates = f"dates: [2018-01-31, 2018-02-14], toward: {toward}"
    signal = f"  - {{name: far, kind: days_to_event, underlying: SPX, parameters: {{{dates}}}}}\n"
    found = warnings(tmp_path, "2018-01-31", "2018-12-31", CONDITION, signal)
    assert [one.partition(" end on ")[0] for one in found] == count * ["Signal far: dates"]


def test_it_is_told_before_the_run_and_in_the_summary(small_market: Path, tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("date,name\n2019-01-09,FOMC\n2019-01-16,FOMC\n")
    asked = "{max_open_positions: 2, conditions: [{none_of: [{event: FOMC}]}]}\n    event_dates: events.csv"
    (tmp_path / "run.yaml").write_text(CONFIGURATION.replace("{max_open_positions: 2}", asked))
    said = "Strategy condor: dates of FOMC end on 2019-01-16, the run on 2019-03-28: nothing is known"
    checked = ironfly("validate", "run.yaml", "--store", small_market, cwd=tmp_path)
    assert f"warning: {said}" in checked.out
    assert ironfly("run", "run.yaml", "--store", small_market, "--out", "out", cwd=tmp_path).code == 0
    warned = json.loads((tmp_path / "out" / "summary.json").read_text())["warnings"]
    assert [one for one in warned if one.startswith(said)]
