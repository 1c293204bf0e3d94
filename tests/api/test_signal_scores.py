"""`ironfly signals`: what signals said over a run, and what that was worth."""

import json
from math import nan
from pathlib import Path

import numpy as np
import pytest

from api.signal_scores import ScoredSignal, scored_signals
from schemas.run_request import parse_run_request
from tests.api.shell import ironfly
from tests.api.small_market import CONFIGURATION, DAYS

SEER = """\
from tests.api.cheats.peeking import stored_prices
from signals.base import MarketSignal

class Seer(MarketSignal):
    \"\"\"Tomorrow's return; nothing is a better signal.\"\"\"

    def on_snapshot(self, snapshot):
        later = [price for day, price in stored_prices().items() if day > self.sessions.date_of(snapshot.at)]
        return later[0] / snapshot.underlying_price - 1.0 if later else None
"""
SIGNALS = """\
signals:
  - {name: price, kind: level, underlying: SPX}
  - {name: average, kind: indicator, underlying: SPX, parameters: {function: SMA, options: {timeperiod: 3}}}
  - {name: seer, kind: python, underlying: SPX, source: "seer.py:Seer"}
  - {name: above, kind: cross, parameters: {signal: price, over: average}}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "seer.py").write_text(SEER)
    (folder / "run.yaml").write_text(CONFIGURATION + SIGNALS)
    return folder


@pytest.fixture(scope="module")
def scored(home: Path, small_market: Path) -> dict[str, ScoredSignal]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IRONFLY_STORE", str(small_market))
        found = scored_signals(parse_run_request(CONFIGURATION + SIGNALS, base=home), small_market, horizons=(1, 3))
    return {one.name: one for one in found}


def test_every_signal_has_a_value_a_session_from_where_it_is_defined(scored: dict[str, ScoredSignal]) -> None:
    assert list(scored) == ["price", "average", "seer", "above"]
    price, average = scored["price"], scored["average"]
    assert price.days == tuple(DAYS[1:-1])
    assert np.isfinite(price.values).all()
    np.testing.assert_allclose(average.values, [nan, nan, *np.convolve(price.values, np.ones(3) / 3, "valid")])


def test_who_knows_tomorrow_is_right_about_it_and_less_so_about_the_day_after(scored: dict[str, ScoredSignal]) -> None:
    tomorrow, later = scored["seer"].scores
    assert (tomorrow.horizon, later.horizon) == (1, 3)
    assert tomorrow.rank == pytest.approx(1.0)
    assert tomorrow.hit_rate.rate == 1.0
    assert tomorrow.count == len(DAYS) - 3
    assert later.rank < 1.0


def test_a_signal_of_signals_is_compared_with_the_first_market(scored: dict[str, ScoredSignal]) -> None:
    assert scored["above"].market == "SPX"


def test_the_command_shows_tables_and_answers_with_values(home: Path, small_market: Path) -> None:
    asked = ironfly("signals", "run.yaml", cwd=home, environment={"IRONFLY_STORE": str(small_market)})
    assert (asked.code, asked.err) == (0, "")
    lines = [" ".join(line.split()) for line in asked.out.splitlines()]
    assert lines[0] == "Values at the closes"
    assert any(line.startswith(f"price level {len(DAYS) - 2} 0 ") for line in lines)
    assert any(line.startswith(f"seer SPX 1 {len(DAYS) - 3} ") and line.endswith(" 1 1") for line in lines)
    answer = ironfly("signals", "run.yaml", "--json", cwd=home, environment={"IRONFLY_STORE": str(small_market)})
    average = json.loads(answer.out)[1]
    assert average["values"][0] == {"day": DAYS[1].isoformat(), "value": None}
    assert [one["horizon"] for one in average["scores"]] == [1, 5, 20]
