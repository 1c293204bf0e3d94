"""A source whose contract table also holds contracts that none of its chains quotes.

A script names its contracts before it runs. Where the future is cut off, some of them are listed in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.events import Event, SnapshotArrived
from engine.model import ContractTable, OptionContract, SessionTable, Underlying
from engine.sources import EventSource


@dataclass(frozen=True, slots=True, eq=False)
class ListedSource:
    """Passes a source on with another contract table.

    Attributes:
        rows: int32, row in `contracts` of each contract of the inner source.
    """

    source: EventSource
    contracts: ContractTable
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, source: EventSource, also: Sequence[OptionContract]) -> EventSource:
        """The source with some more contracts that it does not hold; itself where there are none."""
        if not also:
            return source
        table = source.contracts
        series = {one.series.order_key: one.series for one in also} | {one.order_key: one for one in table.series}
        position = {key: rank for rank, key in enumerate(sorted(series))}
        ranks = np.array([position[one.order_key] for one in table.series], np.int64)
        index = np.concatenate([ranks[table.series_index], [position[one.series.order_key] for one in also]])
        right = np.concatenate([table.right, [int(one.right) for one in also]])
        strike = np.concatenate([table.strike, [one.strike for one in also]])
        order = np.lexsort((strike, right, index))
        rows = np.empty(len(order), np.int32)
        rows[order] = np.arange(len(order), dtype=np.int32)
        merged = ContractTable.build([series[key] for key in sorted(series)], index[order], right[order], strike[order])
        return cls(source, merged, rows[: len(table)])

    @property
    def sessions(self) -> SessionTable:
        """Sessions of the inner source."""
        return self.source.sessions

    @property
    def underlyings(self) -> dict[str, Underlying]:
        """Underlyings of the inner source."""
        return self.source.underlyings

    def __iter__(self) -> Iterator[Event]:
        for event in self.source:
            yield self._listed(event) if isinstance(event, SnapshotArrived) else event

    def _listed(self, event: SnapshotArrived) -> SnapshotArrived:
        snapshot = event.snapshot
        return SnapshotArrived(
            event.at, replace(snapshot, contracts=self.contracts, contract_id=self.rows[snapshot.contract_id])
        )
