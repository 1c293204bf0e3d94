"""What an entry may ask for: conditions and their combinations, and event dates."""

from collections.abc import Mapping
from datetime import date
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.strategies.entries import EntryGate, Known, compiled
from engine.strategies.event_dates import EventDistance
from engine.strategies.expressions import Unmet
from engine.strategies.spec import AllOf, AnyOf, Condition, EntryRules, EventCondition, NoneOf, SignalCondition
from tests.engine.strategies.gates import EASTER, FOMC, MONDAY, RANK, TREND

HIGH = {"rank": 0.5, "trend": 1.0}


def unmet(said: Condition, signals: Mapping[str, float], today: date = MONDAY) -> Unmet | None:
    known = Known(signals.get, lambda _: None, today, EASTER)
    return compiled(said, FOMC)(known)


def test_all_of_them_hold_or_the_one_that_is_known_not_to_hold_is_named() -> None:
    both = AllOf(all_of=(RANK, TREND))
    assert unmet(both, HIGH) is None
    assert unmet(both, {"rank": 0.1, "trend": 1.0}) == Unmet("signal_not_above:rank")
    assert unmet(both, {"trend": -1.0}) == Unmet("not_met:trend > 0")
    assert unmet(both, {"trend": 1.0}) == Unmet("signal_undefined:rank", undefined=True)


def test_one_of_them_is_enough_even_where_another_is_undefined() -> None:
    either = AnyOf(any_of=(RANK, TREND))
    assert unmet(either, {"rank": nan, "trend": 1.0}) is None
    assert unmet(either, {"rank": 0.1, "trend": -1.0}) == Unmet("none_of(signal_not_above:rank; not_met:trend > 0)")
    assert unmet(either, {"rank": 0.1}) == Unmet(
        "none_of(signal_not_above:rank; signal_undefined:trend:trend > 0)", undefined=True
    )


def test_none_of_them_holds_only_where_all_are_known_not_to() -> None:
    neither = NoneOf(none_of=(RANK, TREND))
    assert unmet(neither, {"rank": 0.1, "trend": -1.0}) is None
    assert unmet(neither, {"rank": 0.5, "trend": -1.0}) == Unmet("holds:rank above 0.3")
    assert unmet(neither, {"rank": 0.1, "trend": 1.0}) == Unmet("holds:trend > 0")
    assert unmet(neither, {"rank": 0.1}) == Unmet("signal_undefined:trend:trend > 0", undefined=True)


def test_an_undefined_condition_stays_undefined_through_every_combination() -> None:
    inside = AnyOf(any_of=(AllOf(all_of=(RANK, TREND)), SignalCondition(signal="trend", below=-5)))
    assert unmet(NoneOf(none_of=(inside,)), {"rank": 0.5}) is not None
    assert unmet(NoneOf(none_of=(NoneOf(none_of=(RANK,)),)), {}) == Unmet("signal_undefined:rank", undefined=True)


def test_labels_of_combinations_say_what_holds() -> None:
    either = AnyOf(any_of=(SignalCondition(signal="rank", above=0.3, below=0.8), AllOf(all_of=(TREND,))))
    assert unmet(NoneOf(none_of=(either,)), HIGH) == Unmet("holds:(rank above 0.3 below 0.8 or (trend > 0))")
    assert unmet(NoneOf(none_of=(NoneOf(none_of=(RANK,)),)), {"rank": 0.0}) == Unmet("holds:not (rank above 0.3)")


SIMPLE = st.sampled_from([SignalCondition(signal=name, above=0.0) for name in ("a", "b", "c")])
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: AllOf(all_of=tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: AnyOf(any_of=tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: NoneOf(none_of=tuple(some))),
    ),
    max_leaves=8,
)


def kleene(said: Condition, truth: Mapping[str, bool | None]) -> bool | None:
    """Three-valued logic, written down once more: 1 is true, 0 is false, a half is undefined."""

    def value(one: Condition) -> float:
        match one:
            case SignalCondition(signal=name):
                known = truth[name]
                return 0.5 if known is None else float(known)
            case AllOf(all_of=inner):
                return min(map(value, inner))
            case AnyOf(any_of=inner):
                return max(map(value, inner))
            case NoneOf(none_of=inner):
                return 1 - max(map(value, inner))
        raise AssertionError(one)

    return {1.0: True, 0.0: False, 0.5: None}[value(said)]


@given(CONDITIONS, st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in "abc"}))
def test_combinations_follow_three_valued_logic(said: Condition, truth: dict[str, bool | None]) -> None:
    signals = {name: 1.0 if known else -1.0 for name, known in truth.items() if known is not None}
    result = unmet(said, signals)
    assert (True if result is None else None if result.undefined else False) is kleene(said, truth)


# --- event dates ------------------------------------------------------------------------------------------------------


def days_within(event: str, first: int, last: int, of: date, to: date) -> list[date]:
    said = EventCondition(event=event, from_sessions=first, to_sessions=last)
    return [session.on for session in EASTER.between(of, to) if unmet(said, {}, session.on) is None]


def test_sessions_before_and_after_an_event() -> None:
    april_26, april_29, april_30, may_1, may_2 = (
        date(2019, 4, 26), date(2019, 4, 29), date(2019, 4, 30), date(2019, 5, 1), date(2019, 5, 2)
    )  # fmt: skip
    span = date(2019, 4, 22), date(2019, 5, 10)
    assert days_within("FOMC", 0, 0, *span) == [may_1]
    assert days_within("FOMC", -3, -1, *span) == [april_26, april_29, april_30]
    assert days_within("FOMC", -1, 1, *span) == [april_30, may_1, may_2]
    assert days_within("FOMC", 1, 1, *span) == [may_2]


def test_an_event_on_a_closed_day_is_one_of_the_next_session() -> None:
    span = date(2019, 4, 15), date(2019, 4, 26)  # Saturday after Good Friday
    assert days_within("earnings", 0, 0, *span) == [date(2019, 4, 22)]
    assert days_within("earnings", -1, -1, *span) == [date(2019, 4, 18)]


def test_an_event_beyond_the_sessions_that_are_known_is_near_nothing() -> None:
    far = EventDistance([date(2018, 12, 3), date(2021, 1, 4)])
    assert not far.within(EASTER.sessions[-1].on, -3, 3, EASTER)
    assert not far.within(EASTER.sessions[0].on, -3, 3, EASTER)


def test_reasons_name_the_event() -> None:
    near = EventCondition(event="FOMC", from_sessions=-2)
    assert unmet(near, {}) == Unmet("event_not_near:FOMC -2 to 0")
    assert unmet(NoneOf(none_of=(near,)), {}, date(2019, 4, 30)) == Unmet("holds:FOMC -2 to 0")
    assert unmet(NoneOf(none_of=(near,)), {}) is None


def test_an_event_that_the_calendar_does_not_name_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match="unknown event 'FMOC': did you mean 'FOMC'"):
        EntryGate(EntryRules(conditions=(NoneOf(none_of=(EventCondition(event="FMOC"),)),)), FOMC)


DAYS = st.dates(date(2019, 2, 1), date(2019, 11, 30))


@given(st.lists(DAYS, min_size=1, max_size=5), DAYS, st.integers(-12, 12), st.integers(0, 12))
def test_distance_is_counted_in_sessions(events: list[date], today: date, first: int, width: int) -> None:
    session = EASTER.first_at_or_after(today)
    assert session is not None
    on = [one.on for one in EASTER.sessions]
    of_events = [next(number for number, day in enumerate(on) if day >= event) for event in events]
    near = any(first <= on.index(session.on) - number <= first + width for number in of_events)
    assert EventDistance(events).within(session.on, first, first + width, EASTER) is near
