"""Opens what a configuration asks for in the store: an event source, and what is known about its data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.facts import DataFacts
from data.parquet_store import ParquetStore
from data.replay import open_range
from data.settlement_values import SettlementValues, read_settlement_values, settlement_events
from engine.config import RunConfig
from engine.sources import EventSource


@dataclass(frozen=True, slots=True)
class RunData:
    """The data of a run.

    Attributes:
        settlement_values: the user's official settlement values, None where the configuration names no file.
    """

    source: EventSource
    facts: DataFacts
    settlement_values: SettlementValues | None


def open_data(config: RunConfig, base: Path, store: Path) -> RunData:
    """Open the range of a run, warm-up included.

    Args:
        base: folder that a relative path to settlement values starts from.
        store: folder of the store.

    Raises:
        DataError: when the store does not cover the range, or the file of settlement values is wrong.
    """
    selection = config.data
    file = selection.settlement_values
    values = None if file is None else read_settlement_values(base / file)
    source = open_range(
        ParquetStore(store),
        selection.underlyings,
        selection.resolution,
        config.start,
        config.end,
        warm_up_sessions=config.warm_up_sessions,
    )
    facts = source.facts
    if values is not None:
        source = source.with_events(settlement_events(values, source.contracts))
    return RunData(source, facts, values)
