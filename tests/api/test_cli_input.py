"""What the command line says to bad input: one line, the place, the remedy, the exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.shell import ironfly
from tests.reference import REPOSITORY
from tests.schemas.examples import CONDOR, changed


def written(folder: Path, text: str) -> Path:
    file = folder / "run.yaml"
    file.write_text(text)
    return file


def test_help_and_version(tmp_path: Path) -> None:
    helped = ironfly("--help", cwd=tmp_path)
    assert (helped.code, helped.err) == (0, "")
    assert all(command in helped.out for command in ("run", "validate", "data"))
    assert ironfly("--version", cwd=tmp_path).out.startswith("ironfly ")
    assert ironfly(cwd=tmp_path).out == helped.out


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'numpy', 'pandas', 'pydantic', 'pyarrow', 'rich', 'exchange_calendars', 'ruamel', 'jsonschema'}"
    code = f"import sys; from api.cli.main import main; main(['--help']); assert not set(sys.modules) & {heavy}"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rn"], "No such command 'rn'. Did you mean 'run'? See `ironfly --help`."),
        (["run"], "Missing argument 'CONFIG'. See `ironfly run --help`."),
        (["run", "x.yaml", "--sett", "a=1"], "No such option: --sett"),
        (["run", "none.yaml"], "none.yaml: no such file; check the path"),
        (["data", "import"], "Missing argument 'PATH...'. See `ironfly data import --help`."),
    ],
)
def test_a_command_that_cannot_be_understood(arguments: list[str], message: str, tmp_path: Path) -> None:
    answer = ironfly(*arguments, cwd=tmp_path)
    assert answer.code == 2
    assert answer.error.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [x", "run.yaml:1:9: is not valid YAML: expected ',' or ']', but got '<stream end>'; check indentation, "
         "quotes and colons there"),
        (changed("profit_target_percent", "profit_target_pct"),
         "run.yaml:22: strategies[0].exit.profit_target_pct: unknown key; did you mean 'profit_target_percent'?"),
        (changed("iron_condor", "iron_condr"), "run.yaml:10: strategies[0].structure: unknown structure 'iron_condr': "
         "did you mean 'iron_condor'?"),
        (changed("    structure: iron_condor", "    kind: declarativ\n    structure: iron_condor"),
         "run.yaml:10: strategies[0].kind: unknown kind 'declarativ'; did you mean 'declarative'?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["run", "validate"])
def test_a_wrong_configuration(command: str, text: str, message: str, tmp_path: Path) -> None:
    written(tmp_path, text)
    answer = ironfly(command, "run.yaml", cwd=tmp_path)
    assert answer.code == 2
    assert answer.error.startswith(message)
    assert [file.name for file in tmp_path.iterdir()] == ["run.yaml"]


def test_an_override_of_an_unknown_path(tmp_path: Path) -> None:
    answer = ironfly("run", written(tmp_path, CONDOR), "--set", "executon.fills.kind=mid", cwd=tmp_path)
    assert answer.code == 2
    assert answer.error == ("--set executon.fills.kind=mid: executon: unknown key; did you mean 'execution'?")


def test_validate_lists_every_problem(tmp_path: Path) -> None:
    text = changed("dte: 7", "dte: x", changed("name: condor\nstart", "name: ''\nstart"))
    answer = ironfly("validate", written(tmp_path, text), cwd=tmp_path)
    assert answer.code == 2
    assert answer.error.endswith("(and 1 more problem; `ironfly validate` lists all)")
    assert [line.split(": ")[1] for line in answer.out.splitlines()] == ["name", "strategies[0].exit.dte"]


@pytest.mark.parametrize("command", ["run", "validate"])
def test_data_that_nobody_imported(command: str, tmp_path: Path) -> None:
    answer = ironfly(command, written(tmp_path, CONDOR), cwd=tmp_path)
    assert answer.code == 2
    assert answer.error == "no data of SPX at resolution 'eod'; the store is empty, import files first"
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: moving_average_trend", "kind: moving_averge_trend", "run.yaml:7: signals[0].kind: unknown signal kind "
         "'moving_averge_trend': did you mean 'moving_average_trend'?"),
        ("fast_sessions", "fast", "run.yaml:7: signals[0].parameters.fast: unknown key; did you mean 'fast_sessions'?"),
        ("slow_sessions: 8", "slow_sessions: 1", "run.yaml:7: signals[0].parameters.slow_sessions: expected a value "
         "greater than or equal to 3, got 1"),
    ],
)  # fmt: skip
def test_a_signal_that_is_not_there(old: str, new: str, message: str, tmp_path: Path) -> None:
    written(tmp_path, changed(old, new))
    answer = ironfly("validate", "run.yaml", cwd=tmp_path)
    assert answer.code == 2
    assert answer.error.startswith(message)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("IRONFLY_WORKERS", "two", "Input should be a valid integer, unable to parse string as an integer"),
        ("IRONFLY_WORKERS", "-1", "Input should be greater than or equal to 0"),
        ("IRONFLY_MOST_BODY_BYTES", "0", "Input should be greater than 0"),
        ("IRONFLY_RESULTS", "sqlite:///results.db", "expected the path of a folder or of a file, not an address"),
    ],
)
def test_a_setting_that_cannot_be_used(variable: str, value: str, message: str, tmp_path: Path) -> None:
    answer = ironfly("serve", "--port", "0", cwd=tmp_path, environment={variable: value})
    assert answer.code == 2
    assert answer.error == f"{variable}={value}: {message}; correct it or unset it"
    assert list(tmp_path.iterdir()) == []
