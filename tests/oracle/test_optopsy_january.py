"""The January leg of optopsy's published results, exactly: chosen by delta, filled on the quotes of the decision."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.wiring import play, prepare
from data.importing import import_files
from data.parquet_store import ParquetStore
from engine.instants import iso
from engine.money import to_usd
from schemas.run_request import run_request_of
from tests.reference import ABSENT, find_reference_data

REFERENCE = find_reference_data()
FOLDER = Path("market/spxw_eod_2018")
CASES: list[dict[str, Any]] = (
    [] if REFERENCE is None else json.loads((REFERENCE / FOLDER / "expected_january_leg.json").read_text())["cases"]
)
DELTAS = (0.5, 0.3, 0.1)

pytestmark = pytest.mark.skipif(REFERENCE is None, reason=ABSENT)


@pytest.fixture(scope="module")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spxw") / "store"
    import_files([reference_data / FOLDER / "spxw_2018-01-31_expiry.csv"], "auto", ParquetStore(folder))
    return folder


def configuration(case: dict[str, Any]) -> dict[str, Any]:
    legs = [
        {
            "name": f"leg {number}",
            "side": "buy" if leg["side"] > 0 else "sell",
            "right": leg["right"],
            "expiration": "january",
            "delta": {"target": min(DELTAS, key=lambda target: abs(target - abs(leg["delta"])))},
        }
        for number, leg in enumerate(case["january_leg"]["legs"])
    ]
    return {
        "name": case["test"],
        "start": "2018-01-02",
        "end": "2018-01-31",
        "data": {"underlyings": ["SPX"], "greeks": "vendor"},
        "account": {"initial_cash_usd": 1_000_000},
        "risk": {"margin": "regulation_t"},
        "execution": {
            "fills": {"kind": "touch" if case["mode"] == "market" else "mid"},
            "fees": {"kind": "none"},
            "fill_timing": "same_snapshot",
            "net_rounding": "none",
        },
        "strategies": [
            {
                "name": "january",
                "structure": "custom",
                "underlying": "SPX",
                "expirations": {"january": {"target_dte": 29, "min_dte": 29, "max_dte": 29}},
                "legs": legs,
                "exit": {"dte": 0 if case["exit_dte"] == "expire" else case["exit_dte"]},
            }
        ],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["test"] for case in CASES])
def test_the_published_profit_leg_by_leg(case: dict[str, Any], store: Path) -> None:
    expected = case["january_leg"]
    result = play(prepare(run_request_of(configuration(case), case["test"], store), store)).result
    (trade,) = result.trades
    assert to_usd(trade.profit) == pytest.approx(expected["pnl"], abs=1e-9)
    opened, closed = result.fills
    for leg, entry, exit_ in zip(expected["legs"], opened.legs, closed.legs, strict=True):
        assert (entry.instrument.strike, entry.quantity) == (leg["strike"], leg["side"])  # type: ignore[union-attr]
        assert (to_usd(entry.price), to_usd(exit_.price)) == pytest.approx((leg["entry"], leg["exit"]), abs=1e-9)
        assert (iso(opened.filled_at)[:10], iso(closed.filled_at)[:10]) == (leg["entry_date"], leg["exit_date"])
