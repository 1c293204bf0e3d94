"""Which contracts of a run are listed by now: one is known from its first quote on, and not before (T21)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.model import ChainSnapshot, ContractTable, OptionContract
from engine.pricing.compiling import kernel


class Listing:
    """The contracts that chains have quoted so far.

    Args:
        table: every contract of the run, those that are listed later included.
    """

    def __init__(self, table: ContractTable) -> None:
        self._table = table
        self._quoted = np.zeros(len(table), np.bool_)

    def note(self, snapshot: ChainSnapshot) -> None:
        """What a chain quotes is listed from now on."""
        _note(self._quoted, snapshot.contract_id)

    def named(self, symbol: str) -> OptionContract | None:
        """The contract of an OSI symbol, blanks in it or not; None while nothing has quoted it."""
        found = self._table.named(symbol)
        return found if found is not None and self._quoted[found.contract_id] else None


# Compiled: numpy would turn every id of every chain into another type first.
@kernel
def _note(quoted: NDArray[np.bool_], ids: NDArray[np.int32]) -> None:
    for one in ids:
        quoted[one] = True
