"""Programmed strategies: plug-ins by name, their parameters as JSON Schema, and a new one that runs with its test."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import pytest
from annotated_types import Ge, Interval
from jsonschema import Draft202012Validator

from api.cli.strategy import show_plugins
from api.errors import NameUnusable, OutputOccupied, StrategyNotLoaded
from api.python_strategies import strategy_class
from api.strategy_plugins import strategy_plugins
from api.strategy_template import write_strategy
from schemas.errors import InvalidConfiguration
from schemas.parameters import parameters_schema
from tests.api.shell import OWN, ironfly

PLUGIN = "from engine.strategy import Strategy\n\n\nclass CalmPuts(Strategy):\n    pass\n"


def install(folder: Path, package: str, announced: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package as an installer leaves it behind."""
    place = folder / package
    (place / f"{package}-1.0.dist-info").mkdir(parents=True)
    (place / f"{package}.py").write_text(PLUGIN)
    (place / f"{package}-1.0.dist-info" / "METADATA").write_text(f"Name: {package}\nVersion: 1.0\n")
    (place / f"{package}-1.0.dist-info" / "entry_points.txt").write_text(f"[ironfly.strategies]\n{announced}\n")
    monkeypatch.syspath_prepend(place)


# --- plug-ins ---------------------------------------------------------------------------------------------------


def test_a_configuration_names_a_strategy_of_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, "calm_package", "calm-puts = calm_package:CalmPuts", monkeypatch)
    assert strategy_class("calm-puts", tmp_path).__name__ == "CalmPuts"
    with pytest.raises(StrategyNotLoaded, match="did you mean 'calm-puts'"):
        strategy_class("calm-put", tmp_path)
    show_plugins(as_json=False)
    assert "calm-puts calm_package:CalmPuts calm_package 1.0" in " ".join(capsys.readouterr().out.split())


def test_two_packages_with_one_name_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("one_package", "other_package"):
        install(tmp_path, package, f"calm-puts = {package}:CalmPuts", monkeypatch)
    with pytest.raises(StrategyNotLoaded, match=r"one_package:CalmPuts \(one_package\) and other_package:CalmPuts"):
        strategy_plugins()
    assert strategy_class("one_package:CalmPuts", tmp_path).__module__ == "one_package"


def test_without_plugins_the_ways_to_name_a_strategy_are_said() -> None:
    with pytest.raises(StrategyNotLoaded, match=r"or the name of a strategy that an installed package announces"):
        strategy_class("calm-puts", Path())


# --- parameters -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What may be set.

    Attributes:
        days, sessions: how long
            it is held.
        delta: of the short put.
    """

    days: Annotated[int, Ge(1)]
    sessions: int = 3
    delta: Annotated[float, Interval(gt=0, lt=1)] = 0.25
    right: Literal["put", "call"] = "put"


def test_parameters_are_published_with_types_bounds_defaults_and_descriptions() -> None:
    schema = parameters_schema(Parameters)
    assert schema["description"] == "What may be set."
    assert schema["required"] == ["days"]
    assert schema["properties"] == {
        "days": {"type": "integer", "minimum": 1, "description": "how long it is held."},
        "sessions": {"type": "integer", "default": 3, "description": "how long it is held."},
        "delta": {
            "type": "number",
            "exclusiveMinimum": 0,
            "exclusiveMaximum": 1,
            "default": 0.25,
            "description": "of the short put.",
        },
        "right": {"type": "string", "enum": ["put", "call"], "default": "put"},
    }


@pytest.mark.parametrize(
    ("values", "valid"),
    [({"days": 1}, True), ({}, False), *((wrong | {"days": 1}, False) for wrong in ({"delta": 1}, {"x": 1}))],
)
def test_the_schema_admits_what_a_run_admits(values: dict[str, object], valid: bool) -> None:
    assert Draft202012Validator(parameters_schema(Parameters)).is_valid(values) is valid


def test_a_parameter_that_no_configuration_can_say_is_named() -> None:
    @dataclass(frozen=True)
    class Odder:
        function: "Callback" = len  # type: ignore[assignment]

    class Callback:
        pass

    with pytest.raises(InvalidConfiguration, match="Odder: "):
        parameters_schema(Odder)


# --- a new strategy ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a new strategy in it."""
    folder = tmp_path_factory.mktemp("home")
    answer = ironfly("strategy", "new", "calm-puts", cwd=folder)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[-1] == "Run it: ironfly run calm_puts/calm_puts.yaml"
    return folder


def test_a_new_strategy_runs(home: Path) -> None:
    answer = ironfly("run", "calm_puts/calm_puts.yaml", "--quiet", "--out", "results", cwd=home)
    assert answer.code == 0, answer.err
    summary = json.loads((home / "results" / "summary.json").read_text())
    assert summary["trades"]["count"] > 5
    assert summary["funnel"]["calm-puts"]["stages"][0]["stage"] == "entry_instant"


def test_the_test_of_a_new_strategy_passes(home: Path) -> None:
    variables = OWN | {"PATH": "", "HOME": str(home)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "calm_puts"]
    done = subprocess.run(command, cwd=home, env=variables, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout


def test_parameters_of_a_new_strategy(home: Path) -> None:
    answer = ironfly("strategy", "parameters", "calm_puts/calm_puts.py:CalmPuts", cwd=home)
    assert json.loads(answer.out)["properties"]["target_dte"] == {
        "type": "integer",
        "minimum": 11,
        "maximum": 90,
        "default": 30,
        "description": "days to expiration; the nearest expiration within ten days of it is taken.",
    }


def test_a_new_strategy_follows_the_style_of_the_house(home: Path) -> None:
    rules = ["--isolated", "--select", "E,F,UP,B", "--line-length", "120"]
    command = [sys.executable, "-m", "ruff", "check", *rules, "calm_puts"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["", "2puts", "calm puts", "calm--puts", "../puts", "class", "puts-"])
def test_a_name_that_no_module_can_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(NameUnusable, match="use letters, digits and -"):
        write_strategy(name, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_strategy("Mine", tmp_path / "mine")
    (tmp_path / "mine" / "mine.py").write_text("changed")
    with pytest.raises(OutputOccupied, match="is there already"):
        write_strategy("Mine", tmp_path / "mine")
    assert (tmp_path / "mine" / "mine.py").read_text() == "changed"
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]
