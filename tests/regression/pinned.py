"""Runs as they were when somebody last looked at them: the hash of their orders and of their events, and statistics.

`IRONFLY_WRITE_PINNED=1 python -m pytest ...` writes what the runs give now; the difference is then to be read and
meant.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

from api.mapping import FinishedRun
from engine.money import to_usd

FOLDER: Final = Path(__file__).parent / "pinned"
DIGITS: Final = 10


def check_pinned(name: str, run: FinishedRun) -> None:
    """Compare a run with what is pinned under its name.

    Raises:
        AssertionError: when it differs, or nothing is pinned.
    """
    found = _described(run)
    file = FOLDER / f"{name}.json"
    if os.environ.get("IRONFLY_WRITE_PINNED") == "1":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(json.dumps(found, indent=2) + "\n")
    assert file.exists(), f"nothing is pinned for {name}; write it with IRONFLY_WRITE_PINNED=1 and read it"
    assert found == json.loads(file.read_text())


def _described(run: FinishedRun) -> dict[str, Any]:
    result, totals = run.result, run.result.totals
    equity = [to_usd(point.net_liquidation) for point in result.equity]
    wins = sum(trade.profit > 0 for trade in result.trades)
    return {
        "order_list_hash": result.order_list_hash,
        "event_log_hash": result.event_log_hash,
        "orders": len(result.orders),
        "fills": len(result.fills),
        "trades": len(result.trades),
        "winners": wins,
        "end_usd": to_usd(totals.net_liquidation),
        "realised_usd": to_usd(totals.realised),
        "fees_usd": to_usd(totals.fees),
        "lowest_usd": min(equity, default=None),
        "sharpe": _rounded(run.statistics.returns.sharpe),
        "max_drawdown": _rounded(run.statistics.drawdown.max),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{DIGITS}g}")
