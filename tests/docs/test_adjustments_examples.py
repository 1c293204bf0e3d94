"""Every example of docs/strategies/adjustments.md runs on the model market, and changes a position."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from api.wiring import play, prepare
from engine.instants import NANOS_PER_SECOND
from engine.model import Intent
from engine.result import BacktestResult
from engine.strategies import spec
from schemas.run_request import run_request_of
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs" / "strategies" / "adjustments.md").read_text()
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
STRATEGIES = {re.findall(r"^name: (\S+)", block, re.MULTILINE)[0]: block for block in BLOCKS[1:]}
INTRADAY = "# data.resolution: half_hour"
HOUR = 3_600 * NANOS_PER_SECOND
DAILY = {"start": "2016-01-04", "end": "2016-03-31"}
HALF_HOURLY = {
    "start": "2018-02-01",
    "end": "2018-02-16",
    "data": {"source": "model", "underlyings": ["XFUND"], "resolution": "half_hour"},
}
WORDS = (
    spec.Adjustment,
    spec.Roll,
    spec.MoveLeg,
    spec.AddLeg,
    spec.RemoveLeg,
    spec.Convert,
    spec.DeltaHedge,
    spec.ShareHedge,
    spec.OptionHedge,
    spec.HedgeBand,
    spec.HedgeSchedule,
    spec.WheelStrategy,
    spec.CycleOption,
)
SHARED = {"budget"}
"""Fields that every strategy has, documented elsewhere."""


def run_of(model_store: Path, strategy: str | None = None) -> BacktestResult:
    document: dict[str, Any] = YAML(typ="safe").load(BLOCKS[0])
    document |= HALF_HOURLY if strategy is not None and strategy.startswith(INTRADAY) else DAILY
    if strategy is not None:
        document["strategies"] = [YAML(typ="safe").load(strategy)]
    return play(prepare(run_request_of(document, "example", REPOSITORY), model_store)).result


def adjusted_by(result: BacktestResult) -> set[str]:
    return {fill.tag for fill in result.fills if fill.intent is Intent.ADJUST}


def test_the_whole_run_rolls(model_store: Path) -> None:
    assert adjusted_by(run_of(model_store)) == {"call_follows", "roll_out"}


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("strangle-to-condor", {"to_condor"}),
        ("spread-that-is-hedged-and-moved", {"hedge", "unhedge", "move_down"}),
        ("put-that-is-rolled-at-its-strike", {"same_strike_for_a_credit", "same_delta"}),
        ("straddle-in-a-band", {"delta_hedge"}),
        ("straddle-on-a-schedule", {"delta_hedge"}),
        ("straddle-by-the-hour", {"delta_hedge"}),
        ("strangle-hedged-with-options", {"delta_hedge"}),
        ("wheel", {"call"}),
        ("covered-calls", {"bought_back", "call"}),
    ],
)
def test_an_example_changes_positions(name: str, tags: set[str], model_store: Path) -> None:
    assert tags <= adjusted_by(run_of(model_store, STRATEGIES[name]))


def test_a_hedge_by_the_hour_is_made_within_sessions_and_never_sooner(model_store: Path) -> None:
    result = run_of(model_store, STRATEGIES["straddle-by-the-hour"])
    decided = [fill.decided_at for fill in result.fills if fill.tag == "delta_hedge"]
    apart = [later - earlier for earlier, later in pairwise(decided)]
    assert min(apart) == HOUR
    assert apart.count(HOUR) > len(apart) / 2


def test_every_word_stands_on_the_page() -> None:
    fields = {field.name for word in WORDS for field in dataclasses.fields(word)} - SHARED
    assert {name for name in fields if not re.search(rf"\b{name}\b", PAGE)} == set()
    assert len(STRATEGIES) == 9
