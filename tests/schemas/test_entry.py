"""Words for entries: mistakes are one line that names file, line, path and remedy."""

import pytest

from engine.strategies.spec import (
    AnyOf,
    DeclarativeStrategy,
    EventCondition,
    ExpressionCondition,
    NoneOf,
    SignalCondition,
)
from schemas.errors import InvalidConfiguration
from schemas.run_request import parse_run_request
from tests.schemas.examples import changed

CONDITION = "conditions: [{signal: trend, above: 0}]"
KEYS = "signal, when, event, all_of, any_of, none_of"


def problems(entry: str) -> list[str]:
    with pytest.raises(InvalidConfiguration) as caught:
        parse_run_request(changed(CONDITION, entry), "run.yaml")
    assert all("\n" not in str(problem) for problem in caught.value.problems)
    return [str(problem).removeprefix("run.yaml:20: strategies[0].entry.") for problem in caught.value.problems]


def test_conditions_nest() -> None:
    entry = (
        "conditions: [{any_of: [{when: trend > 0 and previous(trend) < 1}, {none_of: [{event: FOMC}]}]}, "
        "{signal: trend, below: 5}]"
    )
    text = changed("    underlying: SPX\n    exp", "    underlying: SPX\n    event_dates: dates.csv\n    exp")
    (strategy,) = parse_run_request(changed(CONDITION, entry, text)).config.strategies
    assert isinstance(strategy, DeclarativeStrategy)
    assert strategy.entry.conditions == (
        AnyOf(
            any_of=(
                ExpressionCondition(when="trend > 0 and previous(trend) < 1"),
                NoneOf(none_of=(EventCondition(event="FOMC"),)),
            )
        ),
        SignalCondition(signal="trend", below=5),
    )


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("{when: trand > 0}", "conditions[0].when: unknown signal 'trand'; did you mean 'trend'?"),
        ("{when: previous(vix) > 0}", "conditions[0].when: unknown signal 'vix'; valid signals: trend"),
        ("{when: trend}", "conditions[0]: `trend` is no condition; compare it with something, e.g. `iv_rank > 0.3`"),
        ("{wen: trend > 0}", f"conditions[0]: expected one of the keys {KEYS}; did you mean 'when'? the mapping has "
         "wen"),
        ("{}", f"conditions[0]: expected one of the keys {KEYS}; the mapping has none"),
        ("trend > 0", f"conditions[0]: expected a mapping with one of the keys {KEYS}, got 'trend > 0'"),
        ("{when: trend > 0, above: 3}", "conditions[0].above: unknown key; valid keys: when"),
        ("{any_of: []}", "conditions[0].any_of: expected a list with at least 1 item, got a list"),
        ("{all_of: [{any_of: [{signal: trend, abov: 3}]}]}", "conditions[0].all_of[0].any_of[0].abov: unknown key; did "
         "you mean 'above'?"),
        ("{none_of: [{all_of: [{when: trand > 0}]}]}", "conditions[0].none_of[0].all_of[0].when: unknown signal "
         "'trand'; did you mean 'trend'?"),
        ("{event: FOMC, from_sessions: 3, to_sessions: 1}", "conditions[0]: from_sessions 3 must not come after "
         "to_sessions 1; sessions before the event are negative"),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_named_where_it_stands(condition: str, message: str) -> None:
    assert problems(f"conditions: [{condition}]") == [message]


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        ("{days_of_month: [0]}", "schedule: days_of_month counts from 1, or from the end from -1; there is no 0"),
        ("{times: ['15:45Z']}", "schedule: 15:45:00+00:00 has a time zone; write the exchange's clock time, e.g. "
         "15:45"),
        ("{times: [25:45]}", "schedule.times[0]: expected a value in a valid time format, hour value is outside "
         "expected range of 0-23, got '25:45'"),
        ("{weekdays: [mondy]}", "schedule.weekdays[0]: unknown value 'mondy'; did you mean 'monday'? (valid values: "
         "monday, tuesday, wednesday, thursday, friday, saturday, sunday)"),
        ("{since: 2019-01-01}", "schedule: since is the first day of every_sessions or every_days; say one of them, or "
         "leave it out"),
        ("{windows: [{start: 10:00, minutes_after_open: 3}]}", "schedule.windows[0]: a window begins at `start` or at "
         "`minutes_after_open`; leave one out"),
        ("{windows: [{end: 10:00, minutes_before_close: 3}]}", "schedule.windows[0]: a window ends at `end` or at "
         "`minutes_before_close`; leave one out"),
        ("{windows: [{start: 10:00, end: 09:00}]}", "schedule.windows[0]: the window ends at 09:00, before it begins "
         "at 10:00"),
        ("{every_session: 3}", "schedule.every_session: unknown key; did you mean 'every_sessions'?"),
    ],
)  # fmt: skip
def test_a_wrong_schedule_is_named_where_it_stands(schedule: str, message: str) -> None:
    assert problems(f"schedule: {schedule}") == [message]


def test_what_concerns_the_whole_strategy_stands_where_it_begins() -> None:
    assert problems("schedule: {dte: {neer: 45}}") == [
        "run.yaml:9: strategies[0]: entry.schedule.dte: unknown expiration 'neer': did you mean 'near'? valid: near"
    ]
    assert problems("conditions: [{event: FOMC}]") == [
        "run.yaml:9: strategies[0]: entry.conditions ask for 'FOMC'; name the file of its dates: `event_dates`"
    ]
