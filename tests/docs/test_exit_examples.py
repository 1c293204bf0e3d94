"""Every example of docs/strategies/exit.md runs on the model market, and every rule in it closes something there."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from api.mapping import FinishedRun
from api.wiring import play, prepare
from engine.model import Intent
from engine.strategies.exits import tag_of
from engine.strategies.spec import DeclarativeStrategy, ExitRules, Hold
from engine.strategies.spec.exits import ExitRule
from schemas.documents import parse_document
from schemas.run_request import run_request_of
from schemas.shapes import kind_of
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs" / "strategies" / "exit.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


RUNS = [block for block in blocks("yaml") if block.startswith("name:")]
EXITS = [block for block in blocks("yaml") if block.startswith("exit:")]
(DATES,) = blocks("csv")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader keeps the file of dates."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "fomc.csv").write_text(DATES)
    return folder


def run_of(document: dict[str, Any], home: Path, store: Path) -> tuple[FinishedRun, ExitRules]:
    prepared = prepare(run_request_of(document, "example", home), store)
    (strategy,) = prepared.config.strategies
    assert isinstance(strategy, DeclarativeStrategy)
    return play(prepared), strategy.exit


def check(run: FinishedRun, rules: ExitRules) -> None:
    closed = {fill.tag for fill in run.result.fills if fill.intent is Intent.CLOSE}
    said = {tag_of(rule) for rule in rules.in_order if not isinstance(rule, Hold)}
    held = any(isinstance(rule, Hold) for rule in rules.in_order)
    assert closed == said
    assert not held or any(trade.exit_reason == "expiration" for trade in run.result.trades)


def load(text: str) -> dict[str, Any]:
    value = parse_document(text, "example").value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("text", RUNS, ids=lambda text: str(load(text)["name"]))
def test_every_run_closes_by_every_one_of_its_rules(text: str, home: Path, model_store: Path) -> None:
    check(*run_of(load(text), home, model_store))


@pytest.mark.parametrize("number", range(len(EXITS)))
def test_every_rule_of_every_example_closes_something(number: int, home: Path, model_store: Path) -> None:
    document = load(RUNS[0])
    document["strategies"][0] |= load(EXITS[number])
    check(*run_of(document, home, model_store))


def test_rules_that_say_the_short_form_make_the_same_run(home: Path, model_store: Path) -> None:
    document = load(RUNS[0])
    short, _ = run_of(document, home, model_store)
    document["strategies"][0] |= load(EXITS[0])
    listed, _ = run_of(document, home, model_store)
    assert listed.result.event_log_hash == short.result.event_log_hash


def test_every_word_of_the_vocabulary_appears_in_an_example() -> None:
    shown = dict.fromkeys((kind_of(one) for one in get_args(ExitRule)), "")
    for text in (*RUNS, *EXITS):
        document = load(text)
        (said,) = [one["exit"] for one in document.get("strategies", [document])]
        for rule in said.get("rules", ()):
            shown[rule["kind"]] += " ".join(f"{key}:" for key in rule)
    missing = [
        f"{kind_of(word)}.{field.name}"
        for word in get_args(ExitRule)
        for field in dataclasses.fields(word)
        if field.name != "legs" and f"{field.name}:" not in shown[kind_of(word)]
    ]
    assert missing == []


@pytest.mark.parametrize("key", [field.name for field in dataclasses.fields(ExitRules)])
def test_every_setting_appears_in_an_example(key: str) -> None:
    assert any(re.search(rf"^ *{key}:", text, re.MULTILINE) for text in (*RUNS, *EXITS))


def test_the_python_example_runs() -> None:
    subprocess.run([sys.executable, "-c", "\n".join(blocks("python"))], cwd=REPOSITORY, check=True)
