"""`ironfly show` and `ironfly compare`: stored runs, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from api.cli.section_names import SectionName
from api.cli.sections import SECTIONS
from tests.api.shell import ironfly
from tests.api.small_market import CONFIGURATION


@pytest.fixture(scope="module")
def folder(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of the made market: `runs/condor`, and `runs/early`, which takes profits early."""
    folder = tmp_path_factory.mktemp("shown")
    (folder / "run.yaml").write_text(CONFIGURATION)
    own = ("--store", str(small_market), "--quiet")
    printed = ironfly("run", "run.yaml", "--out", "runs/condor", *own, cwd=folder)
    assert printed.code == 0, printed.err
    (folder / "printed.txt").write_text(printed.out)
    early = ("--set", "strategies.0.exit.profit_target_percent=20")
    assert ironfly("run", "run.yaml", "--out", "runs/early", *early, *own, cwd=folder).code == 0
    return folder


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


# --- one run ----------------------------------------------------------------------------------------------------


def test_without_sections_it_says_what_the_run_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "show", "runs/condor") == (here / "printed.txt").read_text()


@pytest.mark.usefixtures("here")
def test_every_section_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    shown = answered(capsys, "show", "runs/condor", "--section", "all")
    first = ("Warnings", "Assumptions", "Result", "Returns by month", "Deepest drawdowns")
    titles = (*first, "Trades", "Trades by", "Costs", "Where the profit came from", "Entries of condor", "Data")
    lines = iter(shown.splitlines())
    assert [title for title in titles if any(line.startswith(title) for line in lines)] == list(titles)
    assert set(SECTIONS) == set(SectionName) - {SectionName.ALL}


@pytest.mark.usefixtures("here")
def test_the_causes_add_up_to_the_profit_that_stands_below(capsys: pytest.CaptureFixture[str]) -> None:
    lines = answered(capsys, "show", "runs/condor", "--section", "attribution").splitlines()
    last = next(index for index, line in enumerate(lines) if line.startswith("profit "))
    *causes, profit = (float(line.split()[-1].replace(",", "")) for line in lines[3 : last + 1])
    assert sum(causes) == pytest.approx(profit, abs=0.005 * len(causes))


@pytest.mark.usefixtures("here")
def test_a_terminal_of_80_columns_is_wide_enough(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("api.cli.display._WIDTH_OF_FILES", 80)
    for command in (["show", "runs/condor", "--section", "all"], ["compare", "runs/condor", "runs/early"]):
        shown = answered(capsys, *command)
        assert max(map(len, shown.splitlines())) <= 80
        assert "…" not in shown


@pytest.mark.usefixtures("here")
def test_json_is_the_summary_or_the_sections_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = json.loads((folder / "runs" / "condor" / "summary.json").read_text())
    assert json.loads(answered(capsys, "show", "runs/condor", "--json")) == summary
    chosen = ("--section", "costs", "--section", "funnel", "--json")
    fields = ("costs", "fill_sensitivity", "funnel", "refusals")
    assert json.loads(answered(capsys, "show", "runs/condor", *chosen)) == {name: summary[name] for name in fields}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", [["show", "nix"], ["compare", "runs/condor", "nix"]])
def test_what_is_no_run(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 2
    assert capsys.readouterr().err.startswith("error: nix is neither a folder of results nor the id of a run in runs")


# --- several runs -----------------------------------------------------------------------------------------------


def compared(capsys: pytest.CaptureFixture[str], *runs: str) -> Any:
    return json.loads(answered(capsys, "compare", *runs, "--json"))


@pytest.mark.usefixtures("here")
def test_runs_are_compared_by_their_figures_and_by_what_they_were_made_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = compared(capsys, "runs/condor", "runs/early")
    summaries = [json.loads((folder / "runs" / name / "summary.json").read_text()) for name in ("condor", "early")]
    profits = [one["capital"]["profit_usd"] for one in summaries]
    figure = answer["figures"]["capital.profit_usd"]
    assert figure == {"values": profits, "differences": [pytest.approx(profits[1] - profits[0])]}
    assert answer["config"] == [{"path": "strategies[0].exit.profit_target_percent", "values": [50.0, 20.0]}]
    assert (answer["data"], answer["assumptions"]) == ([], [])


@pytest.mark.usefixtures("here")
def test_people_see_the_differences_beside_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split() for line in answered(capsys, "compare", "runs/condor", "runs/early").splitlines()]
    assert lines[:2] == [["A:", "small", "condor", "(runs/condor)"], ["B:", "small", "condor", "(runs/early)"]]
    assert ["A", "B", "B", "-", "A"] in lines
    profit = next(line for line in lines if line[:1] == ["profit"])
    one, other, difference = (float(cell.replace(",", "")) for cell in profit[1:])
    assert other - one == pytest.approx(difference, abs=0.011)
    assert ["strategies[0].exit.profit_target_percent", "50.0", "20.0"] in lines
    assert ["data:", "the", "same"] in lines


@pytest.mark.usefixtures("here")
def test_three_runs_are_measured_against_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    answer = compared(capsys, "runs/early", "runs/condor", "runs/early")
    first, second, third = answer["figures"]["trades.count"]["values"]
    assert answer["figures"]["trades.count"]["differences"] == [second - first, 0]
    assert third == first
