"""Every example of docs/strategies/selection.md runs on the model market, and trades or says why it does not."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.mapping import FinishedRun
from api.wiring import play, prepare
from engine.model import Intent
from engine.strategies import spec
from schemas.documents import parse_document
from schemas.run_request import parse_run_request, run_request_of
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs" / "strategies" / "selection.md").read_text()
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
RUN, STRATEGIES = BLOCKS[0], {re.findall(r"^name: (\S+)", block)[0]: block for block in BLOCKS[1:]}
DECLINED = re.compile(r"^name: \S+ +# (\w+: \S+)$", re.MULTILINE)
WORDS = (
    spec.ExpirationSpec,
    spec.ExactExpiration,
    spec.LaterExpiration,
    spec.DeltaTarget,
    spec.PercentOtm,
    spec.StrikeOffset,
    spec.PremiumTarget,
    spec.ExpectedMoveTarget,
    spec.Width,
    spec.StrikeOf,
    spec.LiquidityFilter,
    spec.SameStrikeRule,
    spec.LegSpec,
    spec.SharesSpec,
)


def run_of(strategy: str, model_store: Path) -> FinishedRun:
    document = {**parse_document(RUN, "run").value, "strategies": [parse_document(strategy, "strategy").value]}
    return play(prepare(run_request_of(document, "example", REPOSITORY), model_store))


def test_the_whole_run_trades(model_store: Path) -> None:
    run = play(prepare(parse_run_request(RUN), model_store))
    first = run.result.fills[0]
    low, short_put, short_call, high = (getattr(leg.instrument, "strike", 0.0) for leg in first.legs)
    assert (short_put - low, high - short_call) == (50, 50)


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_trades_or_declines_as_it_says(name: str, model_store: Path) -> None:
    run = run_of(STRATEGIES[name], model_store)
    opened = [fill for fill in run.result.fills if fill.intent is Intent.OPEN]
    expected = DECLINED.search(STRATEGIES[name])
    if expected is None:
        assert opened, run.result.funnel
    else:
        assert not opened
        assert run.result.funnel[name][expected[1]] > 0


def test_shares_of_the_collar_are_bought_in_one_package_with_its_options(model_store: Path) -> None:
    first = run_of(STRATEGIES["collar"], model_store).result.fills[0]
    assert [leg.instrument.symbol.split(" ")[0] for leg in first.legs] == ["XFUND"] * 3
    assert [leg.quantity for leg in first.legs] == [100, 1, -1]


def test_same_strikes_are_open_only_once(model_store: Path) -> None:
    for name in ("ladder-of-puts", "one-of-each"):
        held: list[str] = []
        for fill in run_of(STRATEGIES[name], model_store).result.fills:
            symbols = [leg.instrument.symbol for leg in fill.legs]
            if fill.intent is Intent.OPEN:
                assert not set(symbols) & set(held)
                held += symbols
            else:
                held = [one for one in held if one not in symbols]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.__name__)
def test_every_key_of_the_vocabulary_appears_in_an_example(word: type) -> None:
    shown = "\n".join(BLOCKS)
    missing = [field.name for field in dataclasses.fields(word) if not re.search(rf"\b{field.name}:", shown)]
    assert missing == []


def test_the_python_example_runs() -> None:
    examples = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    subprocess.run([sys.executable, "-c", "\n".join(examples)], cwd=REPOSITORY, check=True)
