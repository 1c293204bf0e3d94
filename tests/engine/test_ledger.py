"""The ledger: two books that must agree."""

import pytest

from engine.errors import LedgerImbalance
from engine.ledger import EntryKind, Ledger


def _ledger(*entries: tuple[EntryKind, int]) -> Ledger:
    ledger = Ledger(1_000)
    for kind, amount in entries:
        ledger.post(kind, amount)
    return ledger


def test_cash_is_the_sum_of_what_was_posted() -> None:
    ledger = _ledger((EntryKind.TRADE, -300), (EntryKind.FEE, -7), (EntryKind.DIVIDEND, 5), (EntryKind.FEE, -7))
    assert (ledger.cash, ledger.total(EntryKind.FEE)) == (691, -14)


@pytest.mark.parametrize(
    "kind", [EntryKind.FEE, EntryKind.INTEREST, EntryKind.DIVIDEND, EntryKind.EXTERNAL, EntryKind.SETTLEMENT]
)
def test_t15_what_the_parts_do_not_explain_ends_the_run(kind: EntryKind) -> None:
    """Flows explain themselves; what a settlement brings must be the realised profit of positions, to the micro."""
    ledger = _ledger((kind, 10))
    realised = 10 if kind is EntryKind.SETTLEMENT else 0
    ledger.check(0, realised, 0, 0)
    with pytest.raises(LedgerImbalance, match="net liquidation"):
        ledger.check(0, realised, 1, 0)
