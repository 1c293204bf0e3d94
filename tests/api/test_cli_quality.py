"""`ironfly data quality`: in the terminal, as JSON, and as a page."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from api.quality_page import write_page
from data.errors import ExportError
from data.importing import import_files
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.quality.report import DatasetQuality, dataset_quality
from tests.api.shell import ironfly
from tests.data.vendor_files import EXPIRY, MONDAY, TUESDAY, Quote, chain, write_cboe

THURSDAY, HOLIDAY = date(2019, 5, 2), date(2019, 5, 27)
DAYS = {
    MONDAY: chain(10.0),
    TUESDAY: [Quote(2800, 0.05, 10.0), Quote(2850, 2.0, 1.0), Quote(2900, 12.0, 12.4)],
    THURSDAY: chain(20.0)[:2],
    HOLIDAY: [Quote(2900, expiry=date(2019, 6, 19))],
}


def files(folder: Path) -> list[Path]:
    """Four days, one of them a holiday; Wednesday is missing."""
    return [write_cboe(folder, day, quotes) for day, quotes in DAYS.items()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    import_files(files(tmp_path), "cboe_table", ParquetStore(tmp_path / "store"))
    return tmp_path


@pytest.fixture
def found(tmp_path: Path) -> DatasetQuality:
    store = MemoryStore()
    import_files(files(tmp_path), "cboe_table", store)
    return dataset_quality(store, "SPX", "eod")


def test_the_worst_day_its_findings_and_examples_are_told(folder: Path) -> None:
    answer = ironfly("data", "quality", "SPX", "--store", "store", cwd=folder)
    assert (answer.code, answer.err) == (0, "")
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]
    assert lines[:4] == [
        "SPX (eod)",
        "3 of 4 sessions from 2019-04-29 to 2019-05-02, 3 chains, 8 quotes",
        "missing sessions: 2019-05-01",
        "SPX_20190527.csv: 1 rows of 2019-05-27 left out: no session of the exchange on that date",
    ]
    assert lines[4] == "Worst days (2 of 2 with findings)"
    assert lines[6] == "2019-04-30 3 2 66.667% crossed 1, stub 1"
    assert lines[7] == "2019-05-02 2 0 0.000% absent 1"
    assert "stub 1 12.500% both sides the ask is absurdly far from the bid" in lines
    assert "stub 2019-04-30T19:45:00Z SPXW190515P02800000 0.05 10.00" in lines
    assert "absent 2019-05-02T19:45:00Z SPXW190515P02900000 not quoted" in lines
    assert any(line.startswith("not found: stale, off hours, expired, outlier,") for line in lines)


def test_json_holds_every_day_and_what_the_findings_mean(folder: Path) -> None:
    answer = ironfly("data", "quality", "--json", "--store", "store", cwd=folder)
    document = json.loads(answer.out)
    (dataset,) = document["datasets"]
    assert [(day["day"], day["suspicious"]) for day in dataset["days"]] == [
        ("2019-04-29", 0),
        ("2019-04-30", 2),
        ("2019-05-02", 0),
    ]
    assert dataset["missing"] == ["2019-05-01"]
    assert dataset["skipped"][0]["file"] == "SPX_20190527.csv"
    assert {one["name"]: one["blocks"] for one in document["findings"]}["arbitrage"] == "nothing"
    assert [one["bid"] for one in dataset["examples"] if one["finding"] == "absent"] == [None]


@pytest.mark.parametrize("arguments", [["NDX"], []])
def test_what_is_not_stored_is_said_in_one_line(folder: Path, arguments: list[str]) -> None:
    store = "store" if arguments else "empty"
    answer = ironfly("data", "quality", *arguments, "--store", store, cwd=folder)
    assert answer.code == 2
    assert ("no data of NDX" if arguments else "the store is empty") in answer.error


def test_the_page_needs_nothing_else_and_is_the_same_every_time(found: DatasetQuality, tmp_path: Path) -> None:
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    write_page(first, [found])
    write_page(second, [found])
    page = first.read_text()
    assert first.read_bytes() == second.read_bytes()
    assert page.count("<svg") == 2
    # Names of XML vocabularies are no addresses that a browser fetches.
    assert not re.search(r'(?:src|href)="(?!#)', page.replace("xlink:href", "reference"))
    assert "Missing sessions: 2019-05-01." in page
    assert "SPXW190515P02800000" in page


def test_names_in_the_page_are_text(found: DatasetQuality, tmp_path: Path) -> None:
    store = MemoryStore()
    quotes = [Quote(2900, 2.0, 1.0, root="AB", expiry=EXPIRY)]
    import_files([write_cboe(tmp_path, MONDAY, quotes, underlying="A<B>&")], "cboe_table", store)
    write_page(tmp_path / "page.html", [dataset_quality(store, "A<B>&", "eod")])
    assert "<h2>A&lt;B&gt;&amp; (eod)</h2>" in (tmp_path / "page.html").read_text()


@pytest.mark.parametrize(
    ("name", "message"), [("x.txt", "let the name end with .html"), ("no/x.html", "cannot be wri")]
)
def test_a_page_that_cannot_be_written_is_said(found: DatasetQuality, tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        write_page(tmp_path / name, [found])
