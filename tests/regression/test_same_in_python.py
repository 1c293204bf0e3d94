"""Five strategies that change their positions, in YAML and in Python: the same event log, to the bit."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.wiring import play, prepare
from engine.model import Intent
from engine.result import BacktestResult
from schemas.run_request import RunRequest, load_run_request, run_request_of
from tests.reference import REPOSITORY

CONFIGS = REPOSITORY / "configs"
TWINS = {
    "spx_rolled_strangle": "strategies/rolled_strangle.py:RolledStrangle",
    "spx_strangle_to_condor": "strategies/strangle_to_condor.py:StrangleToCondor",
    "spx_moved_put_spread": "strategies/moved_put_spread.py:MovedPutSpread",
    "xstock_hedged_straddle": "strategies/hedged_straddle.py:HedgedStraddle",
    "xfund_wheel": "strategies/wheel.py:ProgrammedWheel",
}


def programmed(said: RunRequest, source: str) -> RunRequest:
    """The same run with the strategy in Python: nothing else differs, not even its name."""
    document = dict(said.document.value)
    (strategy,) = document["strategies"]
    twin = {"name": strategy["name"], "kind": "python", "source": source}
    sizing = {"sizing": strategy["sizing"]} if "sizing" in strategy else {}
    return run_request_of({**document, "strategies": [twin | sizing]}, "programmed", said.base)


def played(request: RunRequest, store: Path) -> BacktestResult:
    return play(prepare(request, store)).result


@pytest.mark.parametrize("name", TWINS)
def test_yaml_and_python_are_one_strategy(name: str, model_store: Path) -> None:
    said = load_run_request(CONFIGS / f"{name}.yaml")
    first = played(said, model_store)
    second = played(programmed(said, TWINS[name]), model_store)
    assert first.event_log_hash == second.event_log_hash
    assert first.order_list_hash == second.order_list_hash
    assert any(fill.intent is Intent.ADJUST for fill in first.fills)
