from datetime import UTC, date, datetime

import pytest

from api.cli.progress import RunProgress
from api.observed_source import ObservedSource
from engine.events import BarArrived
from engine.instants import instant
from engine.model import Bar
from engine.sources import RecordedSource
from tests.builders import contract_table, session_table


def noon(day: int) -> int:
    return instant(datetime(2019, 5, day, 12, tzinfo=UTC))


def lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], enabled: bool = True) -> list[str]:
    """What is shown when each of ten days takes two seconds."""
    clock = iter(range(0, 100, 2))
    monkeypatch.setattr("api.cli.progress.time.monotonic", lambda: float(next(clock)))
    with RunProgress(date(2019, 5, 1), date(2019, 5, 10), enabled) as shown:
        for day in range(1, 11):
            shown.observe(noon(day))
    return capsys.readouterr().err.splitlines()


def test_elsewhere_than_on_a_terminal_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lines(monkeypatch, capsys) == [
        "2019-05-03 20%, about 0:00:24 left",
        "2019-05-06 50%, about 0:00:12 left",
        "2019-05-09 80%, about 0:00:04 left",
    ]


def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(monkeypatch, capsys, enabled=False) == []


def test_an_observed_source_passes_everything_on() -> None:
    events = [BarArrived(noon(day), Bar("SPX", 1.0, 1.0, 1.0, 1.0, 0.0)) for day in (1, 2)]
    inner = RecordedSource(events, contract_table({}), session_table(date(2019, 5, 1), date(2019, 5, 2)), {})
    seen: list[int] = []
    source = ObservedSource(inner, seen.append)
    assert list(source) == events
    assert seen == [noon(1), noon(2)]
    assert (source.contracts, source.sessions, source.underlyings) == (inner.contracts, inner.sessions, {})
