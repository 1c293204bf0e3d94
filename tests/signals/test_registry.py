"""The registry of signal kinds, the filter, and the dispatcher."""

from datetime import date
from math import copysign, nan
from struct import pack

import pytest

from engine.events import SignalUpdated
from engine.strategies.spec import SignalCondition
from signals.catalogue import default_registry
from signals.conditions import ThresholdParameters
from signals.errors import (
    DuplicateSignalKind,
    UnknownSignal,
    UnknownSignalKind,
    WrongSignalParameters,
    WrongUnderlying,
)
from signals.iv_standing import IvRank, IvRankParameters
from signals.registry import EventDispatcher, SignalFilter, SignalKind, SignalRegistry
from signals.technical import MovingAverageTrend, MovingAverageTrendParameters
from tests.builders import session_table

SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))


def test_a_registry_is_an_object_and_starts_empty() -> None:
    assert dict(SignalRegistry().kinds) == {}


def test_default_registry_is_made_afresh() -> None:
    first, second = default_registry(), default_registry()
    assert {"iv_rank", "moving_average_trend", "indicator", "all"} < set(first.kinds)
    assert first.kinds is not second.kinds


def test_kind_is_registered_once() -> None:
    with pytest.raises(DuplicateSignalKind, match="'iv_rank' is registered already"):
        default_registry().register(SignalKind("iv_rank", IvRankParameters, IvRank))


def test_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(UnknownSignalKind, match="unknown signal kind 'ivrank': did you mean 'iv_rank'"):
        default_registry().kind("ivrank")


def test_kinds_are_a_read_only_view() -> None:
    assert not hasattr(default_registry().kinds, "__setitem__")


def test_create_makes_a_fresh_generator_of_the_kind() -> None:
    signal = default_registry().create(
        "moving_average_trend",
        name="trend",
        underlying="SPX",
        parameters=MovingAverageTrendParameters(fast_sessions=2, slow_sessions=3),
        sessions=SESSIONS,
    )
    assert isinstance(signal, MovingAverageTrend)
    assert (signal.name, signal.kind, signal.underlying) == ("trend", "moving_average_trend", "SPX")


def test_parameters_of_another_kind_are_refused() -> None:
    with pytest.raises(WrongSignalParameters, match="takes IvRankParameters, not MovingAverageTrendParameters"):
        default_registry().create(
            "iv_rank", name="rank", underlying="SPX", parameters=MovingAverageTrendParameters(), sessions=SESSIONS
        )


def test_filter_holds_when_all_conditions_hold() -> None:
    calm_uptrend = SignalFilter((SignalCondition(signal="rank", below=0.5), SignalCondition(signal="trend", above=0)))
    assert calm_uptrend.holds({"rank": 0.2, "trend": 0.01})
    assert calm_uptrend.unmet({"rank": 0.2, "trend": -0.01}) == "signal_not_above:trend"
    assert calm_uptrend.unmet({"trend": 0.01}) == "signal_undefined:rank"


def test_dispatcher_publishes_values_at_once_and_nothing_for_none() -> None:
    published: list[SignalUpdated] = []
    dispatcher = EventDispatcher(published.append)
    dispatcher.dispatch(7, "rank", 0.25)
    dispatcher.dispatch(8, "rank", None)
    assert published == [SignalUpdated(7, "rank", 0.25)]


def test_every_nan_is_published_with_the_same_bits() -> None:
    published: list[SignalUpdated] = []
    EventDispatcher(published.append).dispatch(7, "gap", copysign(nan, -1.0))
    assert pack("<d", published[0].value) == pack("<d", nan)


@pytest.mark.parametrize(
    ("kind", "underlying", "message"),
    [
        ("iv_rank", None, "signal 'one': kind 'iv_rank' watches a market; name it with `underlying`"),
        ("threshold", "SPX", "signal 'one': kind 'threshold' reads signals; leave `underlying` out"),
    ],
)
def test_a_signal_watches_a_market_or_reads_signals(kind: str, underlying: str | None, message: str) -> None:
    parameters = ThresholdParameters(signal="rsi", above=70.0)
    with pytest.raises(WrongUnderlying, match=message):
        default_registry().kind(kind).check_place("one", underlying, parameters, ["rsi"])


def test_a_combination_reads_what_is_declared_before_it() -> None:
    kind = default_registry().kind("threshold")
    kind.check_place("one", None, ThresholdParameters(signal="rsi", above=70.0), ["rsi"])
    with pytest.raises(UnknownSignal, match="reads 'rsi', which is not declared before it; there are no signals"):
        kind.check_place("one", None, ThresholdParameters(signal="rsi", above=70.0), [])


@pytest.mark.parametrize("kind", sorted(default_registry().kinds))
def test_every_kind_says_what_it_is_and_bounds_its_parameters(kind: str) -> None:
    found = default_registry().kind(kind)
    assert found.name == kind
    assert found.combines == hasattr(found.parameters, "signals_read")
    assert (found.factory.__doc__ or "").strip()
    assert vars(found.parameters)["__pydantic_config__"] == {"extra": "forbid"}
