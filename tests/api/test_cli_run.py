"""`ironfly run` and `ironfly data` on real SPX chains, each in a process of its own."""

import csv
import gzip
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.runs.catalogue import ARTIFACTS, TABLES
from schemas.publication import check
from tests.api.shell import Answer, ironfly

MARKET = "market/cboe_scrape_spx_eod_2019"
DAYS = ("0425", "0426", "0429", "0430", "0501", "0502", "0503", "0506", "0527")

SPREAD = """\
name: put spread
start: 2019-04-25
end: 2019-05-06
data: {underlyings: [SPX]}
strategies:
  - name: spread
    structure: put_credit_spread
    underlying: SPX
    expirations: {weekly: {target_dte: 5, min_dte: 2, max_dte: 9, roots: [SPXW]}}
    legs:
      - {name: long, side: buy, right: put, expiration: weekly, delta: {target: 0.10}}
      - {name: short, side: sell, right: put, expiration: weekly, delta: {target: 0.25}}
    entry: {max_open_positions: 2}
"""
PROGRAMMED = """\
name: programmed
start: 2019-04-25
end: 2019-05-06
data: {underlyings: [SPX]}
strategies: [{name: mine, kind: python, source: "mine.py:Mine"}]
"""
STRATEGY = """\
import os, signal
from engine.strategy import Strategy

class Mine(Strategy):
    seen = 0

    def on_snapshot(self, context, snapshot):
        self.seen += 1
        if self.seen == 3:
            ACTION
"""


@pytest.fixture(scope="session")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight sessions of SPX and a file of a holiday, imported through the command line."""
    folder = tmp_path_factory.mktemp("store")
    files = [reference_data / MARKET / f"SPX_2019{day}.csv.gz" for day in DAYS]
    answer = ironfly("data", "import", *files, "--format", "cboe-table", "--store", folder, cwd=folder)
    assert answer.code == 0, answer.err
    assert "13340" in answer.out.replace(",", "")
    assert "SPX_20190527.csv.gz: 13324 rows of 2019-05-27 left out" in answer.out
    return folder


def run(folder: Path, store: Path, text: str, *options: str, environment: dict[str, str] | None = None) -> Answer:
    (folder / "run.yaml").write_text(text)
    return ironfly("run", "run.yaml", "--store", store, *options, cwd=folder, environment=environment)


def summary_in(folder: Path) -> dict[str, Any]:
    assert sorted(file.name for file in folder.iterdir()) == sorted(ARTIFACTS.model_dump(exclude_none=True).values())
    document: dict[str, Any] = json.loads((folder / "summary.json").read_text())
    check(document)
    return document


def leftovers(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name not in ("run.yaml", "mine.py", "__pycache__"))


# --- a run ------------------------------------------------------------------------------------------------------


def test_a_run_writes_a_valid_summary_and_says_first_what_it_assumed(store: Path, tmp_path: Path) -> None:
    answer = run(tmp_path, store, SPREAD, "--quiet")
    assert (answer.code, answer.err) == (0, "")
    (folder,) = (tmp_path / "runs").iterdir()
    assert folder.name.startswith("put_spread-")
    summary = summary_in(folder)
    assert summary["accounting"]["balanced"]
    assert summary["trades"]["count"] == len((folder / "trades.csv").read_text().splitlines()) - 1 > 0
    assert summary["artifacts"] == ARTIFACTS.model_dump() | {"configuration": "../../run.yaml"}
    order = [answer.out.index(word) for word in ("Warnings", "Assumptions", "fill_model", "profit at", "opened")]
    assert order == sorted(order)
    assert "\x1b" not in answer.out


def test_the_same_run_in_another_process_zone_and_hash_seed_has_the_same_hashes(store: Path, tmp_path: Path) -> None:
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    assert run(tmp_path, store, SPREAD, "--out", "one").code == 0
    assert run(tmp_path, store, SPREAD, "--out", "two", environment=other).code == 0
    one, two = summary_in(tmp_path / "one"), summary_in(tmp_path / "two")
    assert one["run"]["id"] != two["run"]["id"]
    assert (one["event_log_hash"], one["summary_hash"]) == (two["event_log_hash"], two["summary_hash"])
    for name in (table.file for table in TABLES):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_an_override_changes_the_run_and_stands_in_its_summary(store: Path, tmp_path: Path) -> None:
    answer = run(tmp_path, store, SPREAD, "--out", "out", "--set", "execution.fills.kind=mid", "--set", "seed=3")
    assert answer.code == 0
    summary = summary_in(tmp_path / "out")
    assert (summary["assumptions"]["fill_model"], summary["run"]["seed"]) == ("mid", 3)
    assert summary["config"]["execution"]["fills"] == {"kind": "mid"}


def test_official_settlement_values_come_from_the_users_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text("symbol,date,value\nSPXW,2019-05-01,2923.73\nSPXW,2019-05-03,2945.64\n")
    answer = run(tmp_path, store, SPREAD, "--out", "out", "--set", "data.settlement_values=values.csv")
    assert answer.code == 0, answer.err
    summary = summary_in(tmp_path / "out")
    assert summary["settlements"]["by_source"].get("official", 0) > 0
    assert summary["data"]["settlement_values"]["name"] == "values.csv"
    assert summary["data"]["settlement_values"]["origin"] == "file"


def test_the_curve_is_compared_with_the_users_series_and_the_run_stays_the_same(store: Path, tmp_path: Path) -> None:
    days = [date(2019, 4, 25) + timedelta(number) for number in range(35)]
    lines = [f"{day},{100 + number % 7}\n" for number, day in enumerate(days)]
    (tmp_path / "index.csv").write_text("date,value\n" + "".join(lines))
    assert run(tmp_path, store, SPREAD, "--out", "plain").code == 0
    answer = run(tmp_path, store, SPREAD, "--out", "out", "--set", "benchmark.file=index.csv")
    assert answer.code == 0, answer.err
    plain, told = summary_in(tmp_path / "plain"), summary_in(tmp_path / "out")
    assert (plain["benchmark"]["name"], plain["benchmark"]["sha256"]) == ("SPX", None)
    assert (told["benchmark"]["name"], len(told["benchmark"]["sha256"])) == ("index.csv", 64)
    assert told["benchmark"]["beta"] != plain["benchmark"]["beta"]
    assert told["event_log_hash"] == plain["event_log_hash"]


def test_settlement_values_of_the_store_hold_where_no_file_is_named(store: Path, tmp_path: Path) -> None:
    own = shutil.copytree(store, tmp_path / "own")
    (tmp_path / "values.csv").write_text("symbol,date,value\nSPXW,2019-05-01,2923.73\nSPXW,2019-05-03,2945.64\n")
    assert ironfly("data", "import", "values.csv", "--store", str(own), cwd=tmp_path).code == 0
    listed = ironfly("data", "list", "--store", str(own), cwd=tmp_path).out
    assert "settlement values of SPXW: 2, 2019-05-01 to 2019-05-03, from values.csv" in listed
    assert "settlement values of SPXW: 2" in ironfly("data", "show", "SPX", "--store", str(own), cwd=tmp_path).out
    assert run(tmp_path, own, SPREAD, "--out", "stored").code == 0
    assert run(tmp_path, store, SPREAD, "--out", "named", "--set", "data.settlement_values=values.csv").code == 0
    by_store, by_file = summary_in(tmp_path / "stored"), summary_in(tmp_path / "named")
    assert by_store["data"]["settlement_values"]["origin"] == "store"
    assert by_store["data"]["settlement_values"]["name"] == "values.csv"
    assert by_store["assumptions"]["settlement_source"].startswith("official values of values.csv; else")
    assert by_store["event_log_hash"] == by_file["event_log_hash"]


def test_what_the_user_knows_better_is_seen_by_the_run_told_and_hashed(store: Path, tmp_path: Path) -> None:
    (tmp_path / "overrides.csv").write_text(
        "underlying,at,symbol,column,value,reason\n"
        "SPX,2019-04-26,*,day,drop,quotes of the wrong evening\n"
        "SPX,2019-06-28,*,day,drop,after the run\n"
    )
    plain = run(tmp_path, store, SPREAD, "--out", "plain")
    answer = run(tmp_path, store, SPREAD, "--out", "out", "--set", "data.overrides=overrides.csv")
    assert (plain.code, answer.code) == (0, 0), answer.err
    before, after = summary_in(tmp_path / "plain")["data"], summary_in(tmp_path / "out")["data"]
    assert after["sessions"]["missing"] == [{"day": "2019-04-26", "underlying": "SPX"}]
    assert (after["overrides"]["lines"], after["overrides"]["in_force"]) == (2, 1)
    assert after["content_hash"] != before["content_hash"]
    assert before["overrides"] is None
    warnings = summary_in(tmp_path / "out")["warnings"]
    assert "overrides.csv changes the vendor's data: 1 of 2 lines are in force." in warnings
    assert "overrides.csv: lines that change nothing in this run: 3." in warnings


def test_a_bad_line_of_overrides_is_named_before_anything_runs(store: Path, tmp_path: Path) -> None:
    (tmp_path / "overrides.csv").write_text(
        "underlying,at,symbol,column,value,reason\nSPX,2019-04-26,*,bid,1,because\n"
    )
    answer = run(tmp_path, store, SPREAD, "--out", "out", "--set", "data.overrides=overrides.csv")
    assert answer.code == 2
    assert "overrides.csv: line 2, column 'symbol': '*'; one bid for all quotes cannot be right" in answer.error


def test_validate_says_what_a_run_would_use(store: Path, tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text(SPREAD)
    answer = ironfly("validate", "run.yaml", "--store", store, cwd=tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert "8 of 8 sessions" in answer.out
    assert leftovers(tmp_path) == []


# --- Ctrl-C and failures ----------------------------------------------------------------------------------------


def test_ctrl_c_leaves_a_valid_partial_result(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(STRATEGY.replace("ACTION", "os.kill(os.getpid(), signal.SIGINT)"))
    answer = run(tmp_path, store, PROGRAMMED, "--out", "out", "--quiet")
    assert answer.code == 130
    assert answer.err == "stopping; press Ctrl-C again to abort without a result\n"
    summary = summary_in(tmp_path / "out")
    assert summary["run"]["status"] == "interrupted"
    assert summary["run"]["simulated_to"].startswith("2019-04-29")
    assert summary["warnings"][0].startswith("The run was interrupted: this covers up to 2019-04-29")


def test_a_second_ctrl_c_aborts_and_writes_nothing(store: Path, tmp_path: Path) -> None:
    twice = "[os.kill(os.getpid(), signal.SIGINT) for _ in range(2)]"
    (tmp_path / "mine.py").write_text(STRATEGY.replace("ACTION", twice))
    answer = run(tmp_path, store, PROGRAMMED, "--out", "out", "--quiet")
    assert answer.code == 130
    assert answer.err.splitlines()[-1].startswith("error: aborted with Ctrl-C")
    assert leftovers(tmp_path) == []


def test_a_strategy_that_raises_ends_the_run_without_a_result(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(STRATEGY.replace("ACTION", "1 / 0"))
    answer = run(tmp_path, store, PROGRAMMED, "--out", "out", "--quiet")
    assert answer.code == 1
    assert answer.error == (
        "strategy 'mine', on_snapshot, failed on the SnapshotArrived of 2019-04-29T19:45:00Z: ZeroDivisionError: "
        f"division by zero ({tmp_path / 'mine.py'}:10)"
    )
    assert leftovers(tmp_path) == []
    traced = run(tmp_path, store, PROGRAMMED, "--out", "out", "--quiet", environment={"IRONFLY_DEBUG": "1"})
    assert 'mine.py", line 10' in traced.err


def test_a_strategy_that_cannot_be_loaded(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(STRATEGY.replace("class Mine", "class Mein"))
    answer = run(tmp_path, store, PROGRAMMED)
    assert answer.code == 2
    assert answer.error == "run.yaml:5: strategies[0].source: mine.py has no class 'Mine'; did you mean 'Mein'?"


def test_an_output_folder_with_other_files_is_left_alone(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    answer = run(tmp_path, store, SPREAD, "--out", "mine")
    assert answer.code == 2
    assert answer.error == "mine holds 'thesis.txt', which no run wrote; choose another folder with --out"


def test_dates_that_the_data_does_not_cover(store: Path, tmp_path: Path) -> None:
    answer = run(tmp_path, store, SPREAD, "--set", "end=2019-06-28")
    assert answer.code == 2
    assert "end 2019-06-28 is not covered; the store covers 2019-04-25 to 2019-05-06" in answer.error
    assert leftovers(tmp_path) == []


# --- data -------------------------------------------------------------------------------------------------------


def test_the_list_names_gaps_and_left_out_files(store: Path, tmp_path: Path) -> None:
    answer = ironfly("data", "list", cwd=tmp_path, environment={"IRONFLY_STORE": str(store)})
    assert answer.code == 0
    assert answer.out.splitlines()[1].split()[:6] == ["SPX", "eod", "cboe_table", "2019-04-25", "2019-05-06", "8"]
    assert "SPX_20190527.csv.gz: 13324 rows of 2019-05-27 left out" in answer.out


def test_an_empty_store(tmp_path: Path) -> None:
    answer = ironfly("data", "list", cwd=tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "The store var/store is empty; import files with `ironfly data import`.\n"
    assert leftovers(tmp_path) == []


def bad_files(folder: Path, market: Path) -> dict[str, Path]:
    """A truncated gzip file, and a table without one of its columns."""
    truncated, narrow = folder / "SPX_20190425.csv.gz", folder / "narrow.csv"
    whole = (market / "SPX_20190425.csv.gz").read_bytes()
    truncated.write_bytes(whole[: len(whole) // 2])
    with gzip.open(market / "SPX_20190426.csv.gz", "rt") as stream:
        rows = list(csv.reader(stream))[:20]
    gap = rows[0].index("bid")
    narrow.write_text("".join(",".join(row[:gap] + row[gap + 1 :]) + "\n" for row in rows))
    return {"truncated": truncated, "narrow": narrow}


@pytest.mark.parametrize(
    ("which", "words"), [("truncated", ("truncated", "SPX_20190425")), ("narrow", ("bid", "narrow.csv"))]
)
def test_a_bad_file_is_named_and_nothing_is_imported(
    which: str, words: tuple[str, ...], reference_data: Path, tmp_path: Path
) -> None:
    bad = bad_files(tmp_path, reference_data / MARKET)[which]
    good = tmp_path / "SPX_20190426.csv.gz"
    shutil.copy(reference_data / MARKET / good.name, good)
    answer = ironfly("data", "import", good, bad, "--format", "cboe-table", cwd=tmp_path)
    assert answer.code == 2
    assert all(word in answer.error for word in words)
    assert "is empty" in ironfly("data", "list", cwd=tmp_path).out


def test_an_unknown_format_and_a_path_that_is_not_there(tmp_path: Path) -> None:
    answer = ironfly("data", "import", "x.csv", "--format", "cboe-tabel", cwd=tmp_path)
    assert answer.code == 2
    assert "did you mean 'cboe_table'?" in answer.error
    answer = ironfly("data", "import", "x.csv", "--format", "cboe-table", cwd=tmp_path)
    assert answer.code == 2
    assert answer.error == "x.csv: no such file; check the path"
