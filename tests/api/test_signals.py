"""Signals of a configuration: classes of users and of packages, files, and what the service does not run."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.bodies import submitted_request
from api.errors import SignalNotLoaded
from api.parts import signals_of
from api.python_signals import signal_kind, signal_registry
from schemas.errors import InvalidConfiguration
from schemas.run_request import parse_run_request
from signals.base import CombinedSignal, MarketSignal
from signals.registry import Signal
from tests.builders import session_table
from tests.schemas.examples import changed

SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))
OWN = """\
from dataclasses import dataclass
from typing import Annotated
from annotated_types import Ge
from signals.base import CombinedSignal, MarketSignal

@dataclass(frozen=True)
class Level:
    above: Annotated[float, Ge(0)] = 1.0

@dataclass(frozen=True)
class Pair:
    first: str
    second: str

    @property
    def signals_read(self):
        return self.first, self.second

class Mine(MarketSignal):
    Parameters = Level

class Spread(CombinedSignal):
    Parameters = Pair

class Loose(MarketSignal):
    class Parameters:
        pass

class Silent(CombinedSignal):
    Parameters = Level

class Other:
    pass
"""
TREND = "kind: moving_average_trend, underlying: SPX, parameters: {fast_sessions: 3, slow_sessions: 8}}\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "own.py").write_text(OWN)
    (tmp_path / "values.csv").write_text("at,value\n2019-04-25,0.5\n")
    (tmp_path / "wrong.csv").write_text("at,value\n2019-04-25,half\n")
    return tmp_path


def made(signals: str, base: Path) -> list[Signal]:
    request = parse_run_request(changed(TREND, TREND + signals), base=base)
    return [make(SESSIONS) for make in signals_of(request.config, request.base)]


def problem(signals: str, base: Path) -> str:
    with pytest.raises(InvalidConfiguration) as caught:
        made(signals, base)
    return str(caught.value)


# --- classes ----------------------------------------------------------------------------------------------------


def test_a_class_of_a_file_is_a_signal_with_checked_parameters(base: Path) -> None:
    said = "  - {name: own, kind: python, source: own.py:Mine, underlying: SPX, parameters: {above: 2}}\n"
    signal = made(said, base)[1]
    assert isinstance(signal, MarketSignal)
    assert (signal.name, signal.underlying, signal.parameters.above) == ("own", "SPX", 2.0)
    assert "signals[1].parameters.above" in problem(said.replace("above: 2", "above: -2"), base)
    assert "did you mean 'above'?" in problem(said.replace("above: 2", "abov: 2"), base)


def test_a_class_may_read_signals_that_are_declared_before_it(base: Path) -> None:
    said = "  - {name: own, kind: python, source: own.py:Spread, parameters: {first: trend, second: trend}}\n"
    signal = made(said, base)[1]
    assert isinstance(signal, CombinedSignal)
    assert signal.inputs == ("trend", "trend")
    found = problem(said.replace("second: trend", "second: trnd"), base)
    assert "signals[1]: signal 'own' reads 'trnd', which is not declared before it; did you mean 'trend'?" in found


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("own.py:Min", "own.py has no class 'Min'; did you mean 'Mine'?"),
        ("own.py:Other", "Other in own.py is no signal; derive it from signals.base.MarketSignal or CombinedSignal"),
        ("own.py:Loose", "Loose in own.py: its Parameters are no dataclass; decorate them with @dataclass"),
        ("own.py:Silent", "its Parameters do not say which signals it reads; give them `signals_read`"),
        ("owm.py:Mine", "owm.py: no such file; did you mean 'own.py'?"),
        ("own.py", "expected path/to/file.py:ClassName or package.module:ClassName"),
    ],
)
def test_a_class_that_is_no_signal_is_refused(base: Path, source: str, message: str) -> None:
    with pytest.raises(SignalNotLoaded) as caught:
        signal_kind(source, base)
    assert message in str(caught.value)


def test_kind_and_source_belong_together(base: Path) -> None:
    assert "kind 'python' needs a source" in problem("  - {name: own, kind: python, underlying: SPX}\n", base)
    sourced = "  - {name: own, kind: level, source: own.py:Mine, underlying: SPX}\n"
    assert "kind 'level' has no source; write kind: python" in problem(sourced, base)


# --- markets and references -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signals", "message"),
    [
        ("  - {name: a, kind: level}\n", "signals[1]: signal 'a': kind 'level' watches a market; name it"),
        (
            "  - {name: a, kind: threshold, underlying: SPX, parameters: {signal: trend, above: 0}}\n",
            "signals[1]: signal 'a': kind 'threshold' reads signals; leave `underlying` out",
        ),
        (
            "  - {name: a, kind: threshold, parameters: {signal: b, above: 0}}\n"
            "  - {name: b, kind: level, underlying: SPX}\n",
            "signals[1]: signal 'a' reads 'b', which is not declared before it",
        ),
        (
            "  - {name: a, kind: level, underlying: VIX}\n",
            "signals[1].underlying: 'VIX' is not among data.underlyings or data.bars",
        ),
        (
            "  - {name: a, kind: indicator, underlying: SPX, parameters: {function: RSI, options: {period: 3}}}\n",
            "RSI has no parameter 'period'; did you mean 'timeperiod'?",
        ),
    ],
)
def test_what_a_signal_is_declared_with_is_checked_before_there_are_data(
    base: Path, signals: str, message: str
) -> None:
    assert message in problem(signals, base)


def test_a_market_of_bars_alone_may_be_watched(base: Path) -> None:
    text = changed("  underlyings: [SPX]\n", "  underlyings: [SPX]\n  bars: [{symbol: VIX}]\n")
    text = changed(TREND, TREND + "  - {name: vix, kind: level, underlying: VIX}\n", text)
    request = parse_run_request(text, base=base)
    assert len(signals_of(request.config, base)) == 2


# --- files ------------------------------------------------------------------------------------------------------


def test_a_file_is_read_beside_the_configuration(base: Path) -> None:
    said = "  - {name: mine, kind: file, underlying: SPX, parameters: {file: values.csv}}\n"
    signal = made(said, base)[1]
    assert isinstance(signal, MarketSignal)
    assert [(one.at, one.value) for one in signal.parameters.values] == [("2019-04-25", 0.5)]
    found = problem(said.replace("values.csv", "wrong.csv"), base)
    assert "signals[1].parameters.file: wrong.csv: line 2: 'half' is no number" in found
    assert "absent.csv cannot be read: " in problem(said.replace("values.csv", "absent.csv"), base)


# --- packages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages."""
    folder = tmp_path / "installed"
    folder.mkdir()
    (folder / "own_signals_package.py").write_text(OWN)
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    sys.modules.pop("own_signals_package", None)


def installed(folder: Path, *points: str) -> None:
    about = folder / "own_signals-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: own-signals\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[ironfly.signals]\n" + "\n".join(points) + "\n")


def test_an_installed_package_brings_kinds(package: Path, base: Path) -> None:
    installed(package, "mine = own_signals_package:Mine", "spread = own_signals_package:Spread")
    kinds = signal_registry(["mine", "spread"]).kinds
    assert (kinds["mine"].combines, kinds["spread"].combines) == (False, True)
    signal = made("  - {name: own, kind: mine, underlying: SPX, parameters: {above: 3}}\n", base)[1]
    assert isinstance(signal, MarketSignal)
    assert signal.parameters.above == 3.0


def test_a_package_that_no_signal_needs_is_not_imported(package: Path) -> None:
    installed(package, "mine = own_signals_package:Absent")
    assert "mine" not in signal_registry(["level"]).kinds
    assert "own_signals_package" not in sys.modules


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ("level = own_signals_package:Mine", "signal kind 'level' is registered already; give yours another name"),
        ("mine = own_signals_package:Other", "is no signal; derive it from signals.base.MarketSignal"),
        ("mine = own_signals_package:Absent", "fails on import: AttributeError"),
    ],
)
def test_a_package_whose_signal_cannot_be_used_is_named(package: Path, point: str, message: str) -> None:
    installed(package, point)
    with pytest.raises(SignalNotLoaded) as caught:
        signal_registry([point.split(" = ", maxsplit=1)[0]])
    assert str(caught.value).startswith(f"signal {point.split(' = ', maxsplit=1)[0]!r} of own-signals (")
    assert message in str(caught.value)


# --- the service ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signal", "message"),
    [
        ({"kind": "python", "source": "own.py:Mine"}, "signals[0].source: the service runs no Python of a request"),
        (
            {"kind": "file", "parameters": {"file": "/etc/passwd"}},
            "signals[0].parameters.file: the service reads no files of its machine",
        ),
    ],
)
def test_the_service_runs_no_code_and_reads_no_files_that_a_request_names(signal: dict[str, Any], message: str) -> None:
    document = {
        "name": "run",
        "start": "2019-04-25",
        "end": "2019-05-28",
        "data": {"underlyings": ["SPX"]},
        "signals": [{"name": "own", "underlying": "SPX", **signal}],
        "strategies": [
            {
                "name": "call",
                "structure": "long_call",
                "underlying": "SPX",
                "expirations": {"near": {"target_dte": 30, "min_dte": 20, "max_dte": 45}},
                "legs": [{"name": "c", "side": "buy", "right": "call", "expiration": "near", "delta": {"target": 0.5}}],
            }
        ],
    }
    with pytest.raises(InvalidConfiguration) as caught:
        submitted_request(json.dumps(document).encode())
    assert message in str(caught.value)
