"""Every example of docs/risk.md is valid, runs on the model market, and does what it says it does."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from api.mapping import FinishedRun, summarise
from api.wiring import play, prepare
from engine import risk_config
from engine.model import Intent
from engine.strategies import spec
from schemas.run_request import run_request_of
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs" / "risk.md").read_text()
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SIZING = (REPOSITORY / "engine" / "strategies" / "spec" / "sizing.py").read_text()
RUN, EXAMPLES = BLOCKS[0], BLOCKS[1:]
SAID = re.compile(r"# (refuses|closes): (.*)")
WORDS = (
    risk_config.RiskLimits,
    risk_config.CorrelationLimit,
    risk_config.BetaConfig,
    risk_config.StressGrid,
    risk_config.ExposureReport,
    risk_config.DrawdownStep,
    risk_config.DailyLossStop,
    risk_config.TradeStop,
    risk_config.ProtectionConfig,
    spec.StrategyBudget,
    spec.PercentOfEquity,
    spec.PercentOfMargin,
    spec.KellyFraction,
    spec.StressBudget,
)
OF_A_STRATEGY = {"sizing", "budget"}


def run_of(example: str, model_store: Path) -> FinishedRun:
    document: dict[str, Any] = YAML(typ="safe").load(RUN)
    part: dict[str, Any] = YAML(typ="safe").load(example)
    of_strategy = {key: value for key, value in part.items() if key in OF_A_STRATEGY}
    document["strategies"][0] |= of_strategy
    document |= {key: value for key, value in part.items() if key not in OF_A_STRATEGY}
    document |= {key: document[key].isoformat() for key in ("start", "end")}
    return play(prepare(run_request_of(document, "example", REPOSITORY), model_store))


def test_the_run_trades(model_store: Path) -> None:
    assert run_of("{}", model_store).result.trades


@pytest.mark.parametrize("place", range(len(EXAMPLES)))
def test_every_example_trades_and_does_what_it_says(place: int, model_store: Path) -> None:
    run = run_of(EXAMPLES[place], model_store)
    assert [fill for fill in run.result.fills if fill.intent is Intent.OPEN], run.result.refusals
    said = SAID.search(EXAMPLES[place])
    if said is not None:
        what, names = said.groups()
        done = (
            {one.rule for one in run.result.refusals} if what == "refuses" else {fill.tag for fill in run.result.fills}
        )
        assert set(names.split(", ")) <= done
    assert summarise(run).strategies.keys() == {one.name for one in run.config.strategies}


@pytest.mark.parametrize("word", WORDS, ids=lambda word: str(word.__name__))
def test_every_key_of_the_vocabulary_appears_on_the_page(word: type) -> None:
    missing = [field.name for field in dataclasses.fields(word) if not re.search(rf"\b{field.name}\b", PAGE)]
    assert missing == []


@pytest.mark.parametrize("kind", re.findall(r'kind: Literal\["(\w+)"\]', SIZING))
def test_every_sizer_appears_on_the_page(kind: str) -> None:
    assert f"`{kind}`" in PAGE
