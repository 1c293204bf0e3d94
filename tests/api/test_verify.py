"""`ironfly verify`: the same run again, on other Pythons, on other data, and without the files that it needs."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.cli.main import main
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import ContractList
from data.datasets import SourceFile
from data.parquet_store import ParquetStore
from tests.api.server import Server
from tests.api.shell import OWN, ironfly
from tests.api.small_market import CONFIGURATION
from tests.reference import NO_PYTHON313

PYTHON = "import os, sys; from api.cli.main import main; sys.exit(main())"
PROGRAMMED = """\
name: programmed
start: 2019-01-08
end: 2019-01-31
data: {underlyings: [SPX]}
strategies: [{name: mine, kind: python, source: "strategies/mine.py:Mine"}]
"""
LAST = date(2019, 3, 28)
IDLE = "from engine.strategy import Strategy\n\n\nclass Mine(Strategy):\n    pass\n"


@pytest.fixture(scope="module")
def folder(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration and its results in `runs/condor`, made by a process of its own."""
    folder = tmp_path_factory.mktemp("verified")
    (folder / "run.yaml").write_text(CONFIGURATION)
    answer = ironfly("run", "run.yaml", "--quiet", "--out", "runs/condor", "--store", small_market, cwd=folder)
    assert answer.code == 0, answer.err
    return folder


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """The same results, to be changed."""
    return Path(shutil.copytree(folder / "runs" / "condor", tmp_path / "condor"))


@pytest.fixture
def verified(
    small_market: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, Any]]:
    """Verifies in this process; returns exit code and answer, or error."""
    monkeypatch.chdir(folder)

    def ask(run: Path | str, *options: str, store: Path = small_market) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["verify", str(run), "--store", str(store), "--quiet", "--json", *options])
        said = capsys.readouterr()
        return code, json.loads(said.out or said.err)

    return ask


def changed(file: Path, was: str, now: str) -> None:
    text = file.read_text()
    assert text.count(was) >= 1
    file.write_text(text.replace(was, now, 1))


# --- the same ---------------------------------------------------------------------------------------------------


def test_a_run_of_another_process_zone_and_hash_seed_is_identical(folder: Path, small_market: Path) -> None:
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    answer = ironfly("verify", "runs/condor", "--store", small_market, cwd=folder, environment=other)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(
        "small condor (runs/condor): identical in summary.json, trades.csv, legs.csv, orders.csv"
    )


@pytest.mark.may_skip_in_ci(NO_PYTHON313)
def test_a_run_of_either_python_is_identical_on_the_other(
    folder: Path, small_market: Path, python313: Path, tmp_path: Path, verified: Callable[..., tuple[int, Any]]
) -> None:
    def on_313(*arguments: str) -> str:
        command = [str(python313), "-c", PYTHON, *arguments, "--quiet", "--store", str(small_market)]
        done = subprocess.run(command, cwd=folder, env=OWN, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    was_here = json.loads(on_313("verify", "runs/condor", "--json"))
    assert (was_here["identical"], was_here["python"]["is"][:4]) == (True, "3.13")
    on_313("run", "run.yaml", "--out", str(tmp_path / "there"))
    code, was_there = verified(tmp_path / "there")
    assert (code, was_there["identical"], was_there["python"]["was"][:4]) == (0, True, "3.13")
    assert was_there["python"]["is"] == ".".join(map(str, sys.version_info[:3]))


def test_a_backtest_of_the_service_is_verified_by_its_id(
    service: Server,
    finished: str,
    small_market: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(service.folder)
    assert main(["verify", finished, "--store", str(small_market), "--quiet", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["run"] == f"runs/{finished}"


# --- something differs ------------------------------------------------------------------------------------------


def test_one_changed_quote_is_told_by_the_hash_of_the_data(folder: Path, small_market: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small_market, store)
    change_one_quote(ParquetStore(store))
    answer = ironfly("verify", "runs/condor", "--store", store, cwd=folder)
    assert answer.code == 1
    assert answer.err.startswith("the data differ (was ")
    lines = answer.out.splitlines()
    assert lines[0].startswith("small condor (runs/condor): differs; ")
    assert lines[2].split()[0] == "data.content_hash"
    assert lines[-1].startswith("and ")


def change_one_quote(store: ParquetStore) -> None:
    """Put the chain of the run's last day there again, its first bid a cent higher."""
    chains = store.read("SPX", "eod", LAST, LAST)
    (chain,) = chains.load()
    columns = {name: np.array(column) for name, column in chain.columns.items()}
    quoted = np.flatnonzero(columns["bid"] > 0)[0]
    columns["bid"][quoted] += 0.01
    listed = chains.contracts.take(chain.contract)
    rows = ChainRows(
        at=chain.info.at,
        day=chain.info.day,
        underlying="SPX",
        underlying_price=chain.info.underlying_price,
        contracts=ContractList(listed.series, listed.code),
        columns=columns,
        flags=np.array(chain.flags),
        time_assumed=chain.info.time_assumed,
        price_origin=chain.info.price_origin,
        market=chain.info.market,
    )
    source = SourceFile("mended.csv", "cboe_table", "0" * 64, len(columns["bid"]))
    store.add([NormalizedFile(source, "eod", (rows,), ())], replace_days=True)


def test_a_figure_that_somebody_changed_is_named(copy: Path, verified: Callable[..., tuple[int, Any]]) -> None:
    document = json.loads((copy / "summary.json").read_text())
    true, count = document["capital"]["end_usd"], document["trades"]["count"]
    document["capital"]["end_usd"] = true + 1_000
    (copy / "summary.json").write_text(json.dumps(document))
    code, answer = verified(copy)
    assert (code, answer["identical"], answer["differences"]) == (1, False, 1)
    assert answer["first"] == [{"path": "capital.end_usd", "was": true + 1_000, "is": true}]
    assert count > 0


def test_a_cell_that_somebody_changed_is_named(copy: Path, verified: Callable[..., tuple[int, Any]]) -> None:
    changed(copy / "trades.csv", ",iron_condor,", ",iron_butterfly,")
    (copy / "legs.csv").unlink()
    code, answer = verified(copy)
    assert (code, answer["first"]) == (
        1,
        [{"path": "trades.csv:2 structure", "was": "iron_butterfly", "is": "iron_condor"}],
    )
    assert answer["not_compared"] == ["legs.csv"]


def test_where_and_when_a_run_happened_is_left_out(copy: Path, verified: Callable[..., tuple[int, Any]]) -> None:
    document = json.loads((copy / "summary.json").read_text())
    document["run"] |= {"id": "other", "elapsed_s": 12_345.0, "host": {"python": "2.7", "platform": "VMS"}}
    document["artifacts"]["trades"] = "elsewhere.csv"
    (copy / "summary.json").write_text(json.dumps(document))
    assert verified(copy)[0] == 0


# --- cannot be told ---------------------------------------------------------------------------------------------


def test_a_run_that_was_interrupted_cannot_be_verified(copy: Path, verified: Callable[..., tuple[int, Any]]) -> None:
    changed(copy / "summary.json", '"status": "complete"', '"status": "interrupted"')
    code, error = verified(copy)
    assert (code, error["error"]) == (2, "RunNotVerifiable")
    assert "was interrupted" in error["message"]


def test_data_that_are_gone_are_named(folder: Path, tmp_path: Path, verified: Callable[..., tuple[int, Any]]) -> None:
    code, error = verified(folder / "runs" / "condor", store=tmp_path / "empty")
    assert (code, error["error"]) == (2, "NotCovered")
    assert "SPX" in error["message"]


def test_no_such_run(verified: Callable[..., tuple[int, Any]]) -> None:
    code, error = verified("nothing")
    assert (code, error["error"]) == (2, "UnknownRun")


def test_files_of_the_configuration_are_found_beside_it_or_where_one_says(
    small_market: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    verified: Callable[..., tuple[int, Any]],
) -> None:
    home = tmp_path / "home"
    (home / "strategies").mkdir(parents=True)
    (home / "run.yaml").write_text(PROGRAMMED)
    (home / "strategies" / "mine.py").write_text(IDLE)
    run = tmp_path / "results" / "mine"
    assert main(["run", str(home / "run.yaml"), "--out", str(run), "--store", str(small_market), "--quiet"]) == 0
    monkeypatch.chdir(tmp_path)
    assert verified(run)[0] == 0
    home.rename(tmp_path / "moved")
    code, error = verified(run)
    assert code == 2
    assert error["message"] == (
        "strategies[0].source: strategies/mine.py is not in .; name the configuration's folder with --base"
    )
    assert verified(run, "--base", str(tmp_path / "moved"))[0] == 0
    (tmp_path / "moved" / "strategies" / "mine.py").write_text(IDLE.replace("pass", "on_snapshot = None"))
    code, error = verified(run, "--base", str(tmp_path / "moved"))
    assert (code, error["error"]) == (2, "RunNotVerifiable")
    assert "fails now" in error["message"]
