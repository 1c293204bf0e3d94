"""Every example of docs/signals.md is a valid configuration, and every signal in it has a value on the model market."""

import re
from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from api.parts import signals_of
from api.wiring import prepare
from engine.runner import run_backtest_sync
from schemas.run_request import RunRequest, run_request_of
from signals.catalogue import default_registry
from signals.history import SignalHistory
from signals.service import SignalService
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs" / "signals.md").read_text()
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
FILES = re.findall(r"^`([\w.]+)`[^`]*?(?:`\w+`\.?)?:\n\n```(?:csv|python)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
INTRADAY = "# data.resolution: half_hour"
IMPORTED = "# data.source: store"
"""Begins examples that need what the model market has not; they are checked, and not run."""
IDLE = {
    "name": "idle",
    "structure": "long_call",
    "underlying": "SPX",
    "expirations": {"near": {"target_dte": 30, "min_dte": 25, "max_dte": 35}},
    "legs": [{"name": "call", "side": "buy", "right": "call", "expiration": "near", "delta": {"target": 0.5}}],
    "entry": {"conditions": [{"signal": "price_of_nothing", "above": 1e12}]},
}
NOTHING = {"name": "price_of_nothing", "kind": "level", "underlying": "SPX"}


def parsed(example: str) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe").load(example)
    return document


def daily_examples() -> Iterator[dict[str, Any]]:
    """Signals of all examples on daily chains, each name once."""
    seen: dict[str, Any] = {}
    for example in EXAMPLES:
        if not example.startswith((INTRADAY, IMPORTED)):
            for signal in parsed(example)["signals"]:
                assert seen.setdefault(signal["name"], signal) == signal
    yield from seen.values()


def request(base: Path, signals: list[dict[str, Any]], **said: Any) -> RunRequest:
    document = {
        "name": "signals",
        "start": "2014-03-03",
        "end": "2014-05-30",
        "warm_up_sessions": 40,
        "data": {"source": "model", "underlyings": ["SPX"]},
        "signals": [NOTHING, *signals],
        "strategies": [IDLE],
    }
    return run_request_of(plain(document | said), "docs/signals.md", base)


def plain(value: Any) -> Any:
    """Dates as text, as the configuration's own reader leaves them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page shows."""
    folder = tmp_path_factory.mktemp("configuration")
    for name, text in FILES:
        (folder / name).write_text(text)
    return folder


def history(run: RunRequest, model_store: Path) -> SignalHistory:
    prepared, kept = prepare(run, model_store), SignalHistory()
    listeners = (SignalService(prepared.signals), kept)
    run_backtest_sync(prepared.config, prepared.data.source, prepared.strategies, prepared.models, listeners)
    return kept


def silent(kept: SignalHistory, names: list[str]) -> list[str]:
    """Signals that never had a value."""
    return [name for name in names if all(map(isnan, kept.series(name).values.tolist()))]


def test_the_page_shows_the_files_that_it_names() -> None:
    named = set(re.findall(r"(?:file|source): ([\w.]+\.(?:csv|py))", PAGE))
    assert {name for name, _ in FILES} == named


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: parsed(example)["signals"][-1]["name"])
def test_an_example_is_valid(example: str, base: Path) -> None:
    document = parsed(example)
    run = request(base, document["signals"], **{key: document[key] for key in document.keys() & {"data"}})
    assert len(signals_of(run.config, base)) == 1 + len(document["signals"])


def test_every_signal_on_daily_chains_has_a_value(base: Path, model_store: Path) -> None:
    signals = list(daily_examples())
    names = [signal["name"] for signal in signals]
    assert silent(history(request(base, signals), model_store), names) == []


def test_every_signal_on_chains_of_the_half_hour_has_a_value(base: Path, model_store: Path) -> None:
    (example,) = [one for one in EXAMPLES if one.startswith(INTRADAY)]
    signals = parsed(example)["signals"]
    run = request(
        base,
        signals,
        start="2018-01-16",
        end="2018-01-18",
        warm_up_sessions=0,
        data={"source": "model", "underlyings": ["SPX"], "resolution": "half_hour"},
    )
    assert silent(history(run, model_store), [signal["name"] for signal in signals]) == []


def test_every_kind_has_an_example() -> None:
    shown = {signal["kind"] for example in EXAMPLES for signal in parsed(example)["signals"]}
    assert shown == set(default_registry().kinds) | {"python"}
