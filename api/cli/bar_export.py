"""`ironfly data bars`: bars of a symbol with features beside them, as one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from api.cli.display import console
from api.cli.json_answer import print_json
from api.settings import Settings
from data.errors import ExportError, NotCovered
from data.export import replacing
from data.parquet_store import ParquetStore
from data.preprocessing import Adjustment, FeatureRequest, adjusted_bars, features, price_steps
from data.underlying_records import BAR_COLUMNS, covered

_ALWAYS: Final = 2**62
_TIMEZONE: Final = "America/New_York"


@dataclass(frozen=True, slots=True)
class BarExport:
    """What is written of which bars.

    Attributes:
        volatility: windows of realised volatility, in bars.
    """

    symbol: str
    resolution: str
    adjust: Adjustment
    volatility: tuple[int, ...]


def export_bars(wanted: BarExport, out: Path, store: Path | None, *, as_json: bool) -> None:
    """Write bars in the unit of the last one, with log returns and realised volatilities.

    Raises:
        NotCovered: when the store has no such bars.
        ExportError: for an ending that is neither `.csv` nor `.parquet`.
    """
    if out.suffix not in (".csv", ".parquet"):
        raise ExportError(f"{out.name}: bars are written as .csv or .parquet; choose one of these endings")
    frame = _frame(wanted, ParquetStore(store or Settings().store))
    with replacing(out) as unfinished:
        if out.suffix == ".csv":
            frame.to_csv(unfinished)
        else:
            frame.to_parquet(unfinished)
    if as_json:
        print_json({"file": out, "bars": len(frame)})
    else:
        console().print(f"{out}: {len(frame):,} bars", soft_wrap=True)


def _frame(wanted: BarExport, store: ParquetStore) -> pd.DataFrame:
    with store.underlyings() as records:
        if records is None:
            raise NotCovered("nothing is stored; import bars first")
        bars, events = records.bars(wanted.symbol, wanted.resolution, 0, _ALWAYS), records.events(wanted.symbol)
        stored = [f"{info.symbol} ({info.resolution}) {covered(info)}" for info in records.infos()]
    if not len(bars.ends_at):
        known = ", ".join(stored) or "none"
        raise NotCovered(f"bars of {wanted.symbol} ({wanted.resolution}): none; stored: {known}")
    steps = price_steps(bars, events, wanted.adjust, _TIMEZONE)
    shown = adjusted_bars(bars, steps, int(bars.ends_at[-1]))
    beside = features(bars, steps, FeatureRequest(realised_volatility=wanted.volatility))
    prices = pd.DataFrame({name: shown.columns[name] for name in BAR_COLUMNS}, index=beside.index)
    return pd.concat([prices, beside], axis=1)
