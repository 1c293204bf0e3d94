"""The audit: every cheat is caught and its first changed decision named, honest strategies pass."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from math import cos
from pathlib import Path

import numpy as np
import pytest

from api.audit import Alteration, AuditReport, AuditTerms, audit
from data.bar_rows import BarRows
from data.datasets import SourceFile
from data.parquet_store import ParquetStore
from data.underlying_rows import CorporateEvent, SettlementValue, UnderlyingRows
from schemas.run_request import RunRequest, load_run_request, parse_run_request
from tests.api.shell import ironfly
from tests.api.small_market import CONFIGURATION, DAYS, FRIDAYS, small_store
from tests.builders import new_york
from tests.reference import REPOSITORY

CHEATS = Path(__file__).parent / "cheats"
FROM_THE_STORE = (
    "final_contracts",
    "future_iv_rank",
    "centred_average",
    "final_settlement",
    "future_dividend",
    "run_maximum",
    "surviving_strikes",
    "whole_series",
    "tomorrows_bar",
)
SOURCE = SourceFile("more.csv", "test", "0", 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small market with bars, settlement values and dividends."""
    folder = small_store(tmp_path_factory.mktemp("audited"))
    closes = np.array([2700.0 + 60.0 * cos(number / 3) for number in range(len(DAYS))])
    columns = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": np.ones(len(DAYS))}
    ends = np.array([new_york(day, "16:00") for day in DAYS])
    values = [
        SettlementValue("SPXW", day, 2700.0 + 80.0 * cos(number), "more.csv", number + 1)
        for number, day in enumerate(FRIDAYS)
    ]
    dividends = [CorporateEvent("XYZ", day, 0.6 + 0.3 * cos(number), 1.0) for number, day in enumerate(FRIDAYS)]
    rows = UnderlyingRows(
        SOURCE,
        bars=(BarRows(SOURCE, "SPX", "eod", ends, columns),),
        settlements=tuple(values),
        events=tuple(dividends),
    )
    ParquetStore(folder).add([], [rows])
    return folder


@pytest.fixture(scope="module")
def report(store: Path) -> AuditReport:
    """Of the strategy that knows tomorrow's price."""
    return audited(configured("tomorrows_underlying"), store, points=3)


HALF_HOURLY = "{source: model, underlyings: [SPX], resolution: half_hour, contracts: {max_dte: 25}}"
"""Of a year that other tests make as well."""


def configured(cheat: str, timing: str = "next_snapshot") -> str:
    return f"""\
name: {cheat}
start: 2019-01-08
end: 2019-02-22
data: {{underlyings: [SPX]}}
strategies:
  - {{name: cheat, kind: python, source: "{cheat}.py:Cheat"}}
execution: {{fill_timing: {timing}}}
"""


def audited(text: str, store: Path, points: int = 2) -> AuditReport:
    return audit(parse_run_request(text, base=CHEATS), store, AuditTerms(points))


@pytest.mark.parametrize("cheat", FROM_THE_STORE)
def test_t21_t22_a_cheat_is_caught_and_its_first_changed_decision_named(cheat: str, store: Path) -> None:
    report = audited(configured(cheat), store)
    first = report.findings[0].change
    assert first.strategy == "cheat"
    assert first.was != first.became
    assert "SPXW" in (first.was or first.became or "")
    assert not any("the run fails" in (one.change.became or "") for one in report.findings)


def test_t22_a_delta_of_the_quotes_that_it_fills_on_is_caught(store: Path) -> None:
    assert not audited(configured("closing_delta"), store).findings
    (first, *_) = audited(configured("closing_delta", "same_snapshot"), store).findings
    assert first.alteration is Alteration.OTHER_FILLS
    assert first.change.at == first.after == new_york(DAYS[1], "15:45")
    assert first.change.was is not None
    assert first.change.was.startswith("order 1, open custom (entry), +1 SPXW  1901")


def believing(signal: str, folder: Path) -> RunRequest:
    """Of a strategy that follows a signal, with a file of values whose last one is published after the run."""
    days = [*DAYS[::3], date(2019, 4, 1)]
    lines = [f"{day},{cos(number):.3f}" for number, day in enumerate(days)]
    (folder / "values.csv").write_text("\n".join(["at,value", *lines, ""]))
    text = configured("believer").replace("believer.py:Cheat", f"{CHEATS}/peeking_signal.py:Believer")
    return parse_run_request(f"{text}signals: [{{name: outlook, underlying: SPX, {signal}}}]\n", base=folder)


@pytest.mark.parametrize(
    "signal",
    [
        f"kind: python, source: '{CHEATS}/peeking_signal.py:Cheat'",
        f"kind: python, source: '{CHEATS}/unpublished_values.py:Cheat', parameters: {{file: values.csv}}",
    ],
    ids=["tomorrow's price", "a value before it is published"],
)
def test_t22_a_signal_that_peeks_is_caught_by_what_is_decided_on_it(signal: str, store: Path, tmp_path: Path) -> None:
    first = audit(believing(signal, tmp_path), store, AuditTerms(2)).findings[0].change
    assert first.strategy == "cheat"
    assert "SPXW" in (first.was or first.became or "")


def test_values_of_a_file_that_are_seen_when_they_are_published_change_nothing_before(
    store: Path, tmp_path: Path
) -> None:
    report = audit(believing("kind: file, parameters: {file: values.csv}", tmp_path), store, AuditTerms(4))
    assert report.decisions > 10
    assert not report.findings


@pytest.mark.parametrize("alteration", [Alteration.NOTHING_COMES, Alteration.OTHERS_COME])
def test_either_change_of_the_future_catches_who_knows_tomorrow(alteration: Alteration, report: AuditReport) -> None:
    found = [one for one in report.findings if one.alteration is alteration]
    assert len(found) == len(report.instants)
    assert all(one.change.at <= one.after for one in found)


def test_the_first_change_is_the_earliest_decision_after_which_the_future_was_changed(report: AuditReport) -> None:
    assert report.findings[0].change.at == report.instants[0]
    assert list(report.instants) == sorted(report.instants)


def test_an_honest_strategy_passes_and_the_store_is_left_as_it_was(store: Path) -> None:
    before = _content(store)
    report = audited(CONFIGURATION, store, points=6)
    assert not report.findings
    assert (report.decisions > 10, report.runs, len(report.instants)) == (True, 13, 6)
    assert _content(store) == before


def test_a_cheat_within_the_session_is_caught_at_the_half_hour_at_which_it_cheats(model_store: Path) -> None:
    text = configured("next_half_hour").replace("{underlyings: [SPX]}", HALF_HOURLY)
    text = text.replace("2019-01-08", "2018-01-16").replace("2019-02-22", "2018-01-17")
    report = audited(text, model_store, points=1)
    first = report.findings[0]
    assert first.after == first.change.at == new_york(date(2018, 1, 16), "10:00")


def test_an_honest_strategy_of_the_half_hour_passes(model_store: Path) -> None:
    wanted = load_run_request(REPOSITORY / "configs" / "spx_zero_dte_condor.yaml", ["end=2017-01-13"])
    report = audit(wanted, model_store, AuditTerms(2))
    assert report.decisions > 10
    assert not report.findings


def test_a_script_may_name_contracts_that_are_listed_later(store: Path) -> None:
    """They are no news to it: orders before and after the first quote are decided alike without the future."""
    lines = [
        f"{{at: 2019-01-{day}T15:50, time_in_force: gtc, legs: [{{symbol: SPXW190215P02600000, quantity: 1}}]}}"
        for day in ("08", "25")
    ]
    script = f"{{name: script, kind: scripted, orders: [{', '.join(lines)}]}}"
    text = configured("script").replace('{name: cheat, kind: python, source: "script.py:Cheat"}', script)
    report = audited(text, store, points=4)
    assert (report.decisions, report.findings) == (2, ())


def test_a_run_that_fails_without_the_true_future_is_a_change(store: Path, tmp_path: Path) -> None:
    (tmp_path / "brittle.py").write_text(
        (CHEATS / "tomorrows_underlying.py").read_text().replace("if later else 0.0", "")
    )
    report = audit(parse_run_request(configured("brittle"), base=tmp_path), store, AuditTerms(2))
    # The last day of the true run has no tomorrow either.
    assert any("the run fails: " in (one.change.became or "") for one in report.findings)


def test_the_command_names_the_first_change_and_answers_with_1(store: Path, tmp_path: Path) -> None:
    (tmp_path / "cheat.yaml").write_text(configured("tomorrows_underlying").replace('source: "', f'source: "{CHEATS}/'))
    asked = ironfly("audit", "cheat.yaml", "--points", "1", "--store", store, cwd=tmp_path)
    assert asked.code == 1
    said = " ".join(asked.out.split())
    assert "tomorrows_underlying: decisions depend on the future" in said
    assert "instant 2019-01-08T20:45:00Z strategy cheat it was order 1, open custom (entry), +1 SPXW 1901" in said
    answered = json.loads(ironfly("audit", "cheat.yaml", "--points", "1", "--json", "--store", store, cwd=tmp_path).out)
    assert answered["looks_ahead"] is True
    assert answered["findings"][0]["at"] == "2019-01-08T20:45:00Z"


def test_the_command_answers_with_0_where_nothing_looks_ahead(store: Path, tmp_path: Path) -> None:
    (tmp_path / "honest.yaml").write_text(CONFIGURATION)
    asked = ironfly("audit", "honest.yaml", "--points", "1", "--quiet", "--store", store, cwd=tmp_path)
    assert (asked.code, asked.err) == (0, "")
    assert asked.out.startswith("small condor: no decision depends on the future (")


SHIPPED = sorted((REPOSITORY / "configs").glob("*.yaml"))
ALWAYS = ("spx_put_spread", "spx_put_spread_python", "xstock_hedged_straddle")
"""Audited in every run of the tests, all others in the long one: ten plays of each."""


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, id=file.stem, marks=[] if file.stem in ALWAYS else pytest.mark.long) for file in SHIPPED],
)
def test_shipped_configurations_do_not_look_ahead(file: Path, request: pytest.FixtureRequest) -> None:
    wanted = load_run_request(file)
    on_model = wanted.config.data.source == "model"
    folder = request.getfixturevalue("model_store" if on_model else "spx_2019")
    soon = min(wanted.config.end, wanted.config.start + timedelta(days=120))
    wanted = load_run_request(file, [f"end={soon}"])
    assert not audit(wanted, folder, AuditTerms(2)).findings


def _content(folder: Path) -> dict[str, str]:
    """Hashes of the files of a store that hold data; derived ones are made when they are first read."""
    files = [file for file in folder.rglob("*") if file.is_file() and "cache" not in file.parts]
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
