"""Every example of docs/strategies/entry.md is valid, and enters on the model market."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from api.wiring import play, prepare
from engine.strategy import NoParameters
from schemas.run_request import parse_run_request
from tests.builders import chain, contract_table, new_york, series
from tests.engine.strategies.fake_run import FakeRun
from tests.reference import REPOSITORY

PAGE = REPOSITORY / "docs" / "strategies" / "entry.md"
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
(CALENDAR,) = re.findall(r"^```csv\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
RUN = """\
name: example
start: 2018-01-02
end: 2018-03-29
warm_up_sessions: 0
data: {source: model, underlyings: [XFUND], resolution: half_hour, contracts: {moneyness_percent: 5}}
signals:
  - {name: trend, kind: moving_average_trend, underlying: XFUND, parameters: {fast_sessions: 3, slow_sessions: 6}}
  - {name: iv_rank, kind: iv_rank, underlying: XFUND, parameters: {lookback_sessions: 10, maturity_days: 5}}
strategies:
  - name: example
    structure: put_credit_spread
    underlying: XFUND
    expirations:
      weekly: {target_dte: 7, min_dte: 2, max_dte: 9}
    legs:
      - {name: long_put, side: buy, right: put, expiration: weekly, delta: {target: 0.10}}
      - {name: short_put, side: sell, right: put, expiration: weekly, delta: {target: 0.30}}
    exit: {profit_target_percent: 60, stop_loss_percent: 100, dte: 1}
"""
NOT_ON_THE_MODEL_MARKET = "# data.source: store\n"
LEVEL = {"kind": "moving_average_trend", "underlying": "XFUND"}


def run_with(example: str) -> dict[str, Any]:
    """The run above with what an example says of its strategy."""
    document: dict[str, Any] = YAML(typ="safe").load(RUN)
    document["strategies"][0] |= YAML(typ="safe", pure=True).load(example)
    if example.startswith(NOT_ON_THE_MODEL_MARKET):
        document["signals"] += [LEVEL | {"name": name} for name in ("vix", "vix_gap")]
    return document


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_valid_and_enters(example: str, model_store: Path, tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(CALENDAR)
    request = parse_run_request(json.dumps(run_with(example), default=str), base=tmp_path)
    if not example.startswith(NOT_ON_THE_MODEL_MARKET):
        result = play(prepare(request, model_store)).result
        assert result.trades, result.funnel
        assert result.funnel["example"]["max_open: passed"] < result.market_events


def test_every_word_of_the_vocabulary_stands_in_an_example() -> None:
    shown = "\n".join(EXAMPLES)
    schema = json.loads((REPOSITORY / "schemas" / "strategy.schema.json").read_text())["$defs"]
    records = ("EntrySchedule", "TimeWindow", "CoolDown", "EventCondition", "SignalCondition", "ExpressionCondition")
    words = {word for record in records for word in schema[record]["properties"]}
    words |= {"all_of", "any_of", "none_of", "event_dates"}
    words |= set(schema["EntryRules"]["properties"]) - {"time_in_force", "limit_spread_fraction"}  # docs/execution.md
    assert {word for word in words if not re.search(rf"\b{word}\b", shown)} == set()


def test_the_python_example_makes_a_strategy_that_declines_off_its_schedule() -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {"__name__": "example"}
    exec(program, names)
    table = contract_table({series(date(2019, 5, 10)): [2800]})
    run, strategy = FakeRun(), names["Patient"]("patient", NoParameters())
    for clock in ("10:00", "15:30"):
        run.show(strategy, chain(table, new_york(date(2019, 4, 25), clock), 2900.0))
    assert run.funnel["entry_instant: not_at_this_time"] == 1
    assert run.funnel["max_open: passed"] == 1
