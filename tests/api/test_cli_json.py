"""`--json`: every command that answers something answers programs as well, and so do its errors."""

import json
from pathlib import Path
from typing import Any, Protocol

import pytest

from api.cli.main import main
from tests.api.shell import ironfly
from tests.data.vendor_files import MONDAY, TUESDAY, write_cboe
from tests.schemas.examples import CONDOR

DAYS = ("--set", "start=2019-04-29", "--set", "end=2019-04-30", "--set", "warm_up_sessions=0")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration and a store of two days."""
    folder = tmp_path_factory.mktemp("json")
    files = [write_cboe(folder, day) for day in (MONDAY, TUESDAY)]
    (folder / "vix.csv").write_text("date,open,high,low,close\n2019-04-29,13,14,12,13.1\n2019-04-30,13,14,12,13.5\n")
    assert ironfly("data", "import", *files, "vix.csv", "--store", "store", cwd=folder).code == 0
    (folder / "run.yaml").write_text(CONDOR)
    return folder


class Answered(Protocol):
    def __call__(self, *arguments: str) -> Any: ...


@pytest.fixture
def answered(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Answered:
    """Asks in this process, in that folder: twenty processes would take a minute."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("IRONFLY_STORE", "store")

    def ask(*arguments: str) -> Any:
        assert main([*arguments, "--json"]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        return json.loads(said.out)

    return ask


def test_what_is_stored(answered: Answered) -> None:
    listed = answered("data", "list")
    (dataset,), (bars,), (shown,) = listed["datasets"], listed["bars"], answered("data", "show", "SPX")
    assert (dataset["underlying"], dataset["first"], dataset["chains"]) == ("SPX", "2019-04-29", 2)
    assert dataset["counts"]["rows"] == sum(one["counts"]["rows"] for one in shown["chains_by_time"])
    assert (bars["symbol"], bars["bars"], bars["first_at"]) == ("VIX", 2, "2019-04-29T20:00:00Z")
    assert [one["underlying"] for one in answered("data", "quality")["datasets"]] == ["SPX"]


def test_a_chain_has_its_quotes_by_strike(answered: Answered) -> None:
    chain = answered("data", "chain", "SPX", "2019-04-29")
    assert chain["at"] == "2019-04-29T19:45:00Z"
    strikes = chain["series"][0]["strikes"]
    assert [one["strike"] for one in strikes] == sorted(one["strike"] for one in strikes)
    quoted = [one[side] for one in strikes for side in ("call", "put") if one[side] is not None]
    assert len(quoted) == chain["quotes"]
    assert set(quoted[0]) == {"bid", "ask", "delta", "implied_volatility", "open_interest", "flags"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "SPX", "--out", "chains.csv"], {"file": "chains.csv", "quotes": 6, "chains": 2}),
        (["bars", "VIX", "--out", "bars.csv"], {"file": "bars.csv", "bars": 2}),
    ],
)
def test_files_that_were_written(answered: Answered, folder: Path, arguments: list[str], said: dict[str, Any]) -> None:
    assert answered("data", *arguments) == said
    assert (folder / said["file"]).exists()


def test_an_import_says_what_came_of_every_file(answered: Answered) -> None:
    again = answered("data", "import", "vix.csv")
    assert [(file["name"], file["outcome"]) for file in again["files"]] == [("vix.csv", "already_stored")]
    assert again["store"] == "store"


def test_derived_columns(answered: Answered) -> None:
    built = answered("data", "cache", "build")
    assert [(one["underlying"], one["chains"]) for one in built["datasets"]] == [("SPX", 2)]
    assert built["cache_bytes"] > 0


def test_a_valid_configuration_says_what_it_would_run_on(answered: Answered) -> None:
    valid = answered("validate", "run.yaml", *DAYS)
    assert valid["strategies"] == ["condor"]
    assert (valid["data"]["chains"], valid["data"]["sessions_present"]) == (2, 2)


def test_errors_are_one_object_with_the_fields_to_correct(folder: Path) -> None:
    wrong = ("--set", "warm_up_sessions=-1", "--set", "execution.fill_timing=never")
    answer = ironfly("validate", "run.yaml", *wrong, "--json", cwd=folder)
    assert (answer.code, answer.out) == (2, "")
    error = json.loads(answer.err)
    assert (error["error"], error["exit_code"]) == ("InvalidConfiguration", 2)
    assert [one["field"] for one in error["fields"]] == ["warm_up_sessions", "execution.fill_timing"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["data", "show", "SPY"], "NotCovered", "no data of SPY at resolution 'any'; stored: SPX (eod)"),
        (["validate"], "MissingParameter", "Missing argument 'CONFIG'. See `ironfly validate --help`."),
    ],
)
def test_errors_name_their_class(
    folder: Path,
    arguments: list[str],
    error: str,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("IRONFLY_STORE", "store")
    assert main([*arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().err) == {"error": error, "message": message, "exit_code": 2, "fields": []}


def test_strategies(answered: Answered, folder: Path) -> None:
    made = answered("strategy", "new", "calm-puts")
    assert made["configuration"] in made["files"]
    assert all((folder / file).exists() for file in made["files"])
    assert answered("strategy", "list") == {"strategies": []}
