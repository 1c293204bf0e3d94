"""Which contracts of a run are listed by now: one is known from its first quote on, and not before (T21)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.model import ChainSnapshot, ContractTable, OptionContract

_MOST_WAITING: Final = 4_000_000
"""Ids that are kept until somebody asks: 16 MB of columns, five years of daily chains."""


class Listing:
    """The contracts that chains have quoted so far.

    Args:
        table: every contract of the run, those that are listed later included.
    """

    def __init__(self, table: ContractTable) -> None:
        self._table = table
        self._quoted = np.zeros(len(table), np.bool_)
        self._noted: list[NDArray[np.int32]] = []
        self._waiting = 0

    def note(self, snapshot: ChainSnapshot) -> None:
        """What a chain quotes is listed from now on."""
        self._noted.append(snapshot.contract_id)
        self._waiting += len(snapshot.contract_id)
        if self._waiting > _MOST_WAITING:
            self._take_note()

    def named(self, symbol: str) -> OptionContract | None:
        """The contract of an OSI symbol, blanks in it or not; None while nothing has quoted it."""
        self._take_note()
        found = self._table.named(symbol)
        return found if found is not None and self._quoted[found.contract_id] else None

    def _take_note(self) -> None:
        """Read what was kept: there is a chain at every instant, and seldom somebody who asks."""
        for ids in self._noted:
            self._quoted[ids.astype(np.intp)] = True  # as numpy would turn them by itself, but three times as fast
        self._noted.clear()
        self._waiting = 0
