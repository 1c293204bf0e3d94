"""Files of a run for other programs, each written as a whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from api.interchange.option_omega_csv import daily_csv, trades_csv
from api.interchange.option_omega_trades import ExportedTrades, exported_trades
from api.runs import StoredRun

TRADE_LOG: Final = "option-omega-trades.csv"
DAILY_LOG: Final = "option-omega-daily.csv"
RETURNS: Final = "returns.csv"


def export_option_omega(run: StoredRun, folder: Path) -> ExportedTrades:
    """Write both logs; says which trades have no row, or one that does not tell everything.

    Raises:
        OSError: when a file cannot be written; those that were there are then as they were.
    """
    exported = exported_trades(run)
    texts = {TRADE_LOG: trades_csv(exported.trades, run.summary.capital.start_usd), DAILY_LOG: daily_csv(run)}
    _write(folder, texts)
    return exported


def export_returns(run: StoredRun, folder: Path) -> Path:
    """Write `day,return`: daily returns as decimals.

    Raises:
        OSError: when the file cannot be written; one that was there is then as it was.
    """
    _write(folder, {RETURNS: run.returns().to_csv(date_format="%Y-%m-%d", lineterminator="\n")})
    return folder / RETURNS


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export.", dir=folder) as staging:
        for name, text in texts.items():
            (Path(staging) / name).write_text(text, encoding="utf-8", newline="")
        for name in texts:
            (Path(staging) / name).replace(folder / name)
