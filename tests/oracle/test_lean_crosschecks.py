"""LEAN's published results, to the cent, from its sample files: imported, configured and played as a user would."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from api.mapping import FinishedRun
from api.wiring import play, prepare
from data.importing import import_files
from data.parquet_store import ParquetStore
from engine.money import to_usd
from schemas.run_request import run_request_of
from tests.reference import ABSENT, find_reference_data
from tests.regression.pinned import check_pinned

HERE = Path(__file__).parent
DOCUMENT: dict[str, Any] = YAML(typ="safe").load(HERE / "lean_crosschecks.yaml")
CASES: dict[str, Any] = DOCUMENT["cases"]
QUOTES = ("option/usa/minute/goog", "indexoption/usa/minute/spx", "indexoption/usa/hour", "indexoption/usa/daily")
BARS = ("equity/usa/minute/goog", "index/usa")
SCRIPT = ("orders", "exercises", "cash")

pytestmark = pytest.mark.skipif(find_reference_data() is None, reason=ABSENT)


@pytest.fixture(scope="module")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lean") / "store"
    files = [
        *(file for part in QUOTES for file in (reference_data / "market/lean" / part).rglob("*quote*.zip")),
        *(file for part in BARS for file in (reference_data / "market/lean" / part).rglob("*.zip")),
    ]
    import_files(sorted(files), "auto", ParquetStore(folder))
    return folder


@pytest.fixture(scope="module")
def published(reference_data: Path) -> dict[str, Any]:
    cases = json.loads((reference_data / "market/lean_crosschecks.json").read_text())["cases"]
    return {case["algorithm"]: case for case in cases}


def merged(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """The last word on every key counts."""
    result: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            both = isinstance(value, dict) and isinstance(result.get(key), dict) and "kind" not in value
            result[key] = merged(result[key], value) if both else value
    return result


def configuration(name: str) -> dict[str, Any]:
    case = CASES[name]
    script = {key: case[key] for key in SCRIPT if key in case}
    index = "SPX" in str(case["orders"])
    layers = [DOCUMENT["rules"], *([DOCUMENT["index_rules"]] if index else [])]
    settings = {key: value for key, value in case.items() if key not in SCRIPT}
    strategy = {"name": "script", "kind": "scripted", **script}
    return as_json(merged(*layers, settings, {"name": name, "strategies": [strategy]}))


def as_json(document: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(document, default=lambda moment: moment.isoformat()))
    return plain


def played(name: str, store: Path) -> FinishedRun:
    return play(prepare(run_request_of(configuration(name), name, HERE), store))


def test_every_published_result_has_a_configuration(published: dict[str, Any]) -> None:
    assert sorted(CASES) == sorted(published)


@pytest.mark.parametrize("name", CASES)
def test_the_published_result(name: str, store: Path, published: dict[str, Any]) -> None:
    expected = published[name]
    run = played(name, store)
    totals = run.result.totals
    assert not run.result.refusals
    assert configuration(name)["account"]["initial_cash_usd"] == expected["start_cash"]
    assert to_usd(totals.fees) == pytest.approx(expected["expected_fees"], abs=1e-9)
    assert to_usd(totals.final_cash + totals.final_market_value) == pytest.approx(
        expected["expected_end_equity"], abs=1e-9
    )
    check_pinned(f"lean_{name}", run)
