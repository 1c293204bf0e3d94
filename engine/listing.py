"""Which contracts of a run are listed by now: one is known from its first quote on, and not before (T21)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.model import ChainSnapshot, ContractTable, OptionContract

_AT_ONCE: Final = 16


class Listing:
    """The contracts that chains have quoted so far.

    Args:
        table: every contract of the run, those that are listed later included.
    """

    def __init__(self, table: ContractTable) -> None:
        self._table = table
        self._quoted = np.zeros(len(table), np.bool_)
        self._noted: list[NDArray[np.int32]] = []

    def note(self, snapshot: ChainSnapshot) -> None:
        """What a chain quotes is listed from now on."""
        self._noted.append(snapshot.contract_id)
        if len(self._noted) == _AT_ONCE:
            self._take_note()

    def named(self, symbol: str) -> OptionContract | None:
        """The contract of an OSI symbol, blanks in it or not; None while nothing has quoted it."""
        self._take_note()
        found = self._table.named(symbol)
        return found if found is not None and self._quoted[found.contract_id] else None

    def _take_note(self) -> None:
        """Several chains at once: there is one at every instant, and seldom somebody who asks."""
        if self._noted:
            # As numpy would turn them by itself, but three times as fast.
            self._quoted[np.concatenate(self._noted).astype(np.intp)] = True
            self._noted.clear()
