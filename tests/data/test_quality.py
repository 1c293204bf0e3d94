"""Flags and counts."""

from datetime import date
from pathlib import Path

import pytest

from data.chain_rows import ChainRows
from data.datasets import QualityCounts
from data.quality import QuoteSideValidator, count_flags, is_repeat, repeat_hashes
from engine.model import BLOCKS_BUY, BLOCKS_SELL, QuoteFlag
from tests.data.vendor_files import EXPIRY, MONDAY, TUESDAY, Quote, chain, normalized, write_cboe


def one_chain(folder: Path, quotes: list[Quote], day: date = MONDAY) -> ChainRows:
    (one,) = normalized(write_cboe(folder, day, quotes)).chains
    return one


@pytest.mark.parametrize(
    ("bid", "ask", "flag"),
    [
        (1.0, 1.2, QuoteFlag(0)),
        (1.0, 1.0, QuoteFlag(0)),
        (1.2, 1.0, QuoteFlag.CROSSED),
        (0.0, 0.05, QuoteFlag.NO_BID),
        (-0.1, 0.05, QuoteFlag.NO_BID),
        (1.0, 0.0, QuoteFlag.NO_ASK),
        (0.0, 0.0, QuoteFlag.NO_BID | QuoteFlag.NO_ASK),
    ],
)
def test_t17_t18_each_quote_says_which_side_is_wrong(tmp_path: Path, bid: float, ask: float, flag: QuoteFlag) -> None:
    flags = one_chain(tmp_path, [Quote(bid=bid, ask=ask)]).flags
    assert QuoteFlag(int(flags[0])) == flag


def test_a_missing_side_is_a_side_that_is_not_there(tmp_path: Path) -> None:
    one = one_chain(tmp_path, [Quote()])
    one.columns["bid"][0] = float("nan")
    assert QuoteSideValidator().flags(one).tolist() == [QuoteFlag.NO_BID]


def test_t17_t18_flags_block_the_sides_that_they_concern() -> None:
    assert BLOCKS_BUY & QuoteFlag.CROSSED
    assert BLOCKS_SELL & QuoteFlag.CROSSED
    assert BLOCKS_SELL & QuoteFlag.NO_BID
    assert not BLOCKS_BUY & QuoteFlag.NO_BID
    assert not BLOCKS_SELL & QuoteFlag.NO_ASK


def test_counts_are_by_flag(tmp_path: Path) -> None:
    quotes = [Quote(2700), Quote(2800, 1.2, 1.0), Quote(2850, 0, 0), Quote(2900, 0, 0.05)]
    counts = count_flags(one_chain(tmp_path, quotes).flags, duplicates=3)
    assert counts == QualityCounts(rows=4, crossed=1, no_bid=2, no_ask=1, stale=0, duplicates=3)


def test_a_copy_under_a_later_date_is_a_repeat(tmp_path: Path) -> None:
    first = repeat_hashes(one_chain(tmp_path, chain()))
    copy = repeat_hashes(one_chain(tmp_path, chain(), TUESDAY))
    other = repeat_hashes(one_chain(tmp_path, [*chain()[:2], Quote(2900, 12.0, 12.5)], TUESDAY))
    assert is_repeat(copy, (MONDAY, first))
    assert not is_repeat(other, (MONDAY, first))
    assert not is_repeat(copy, None)


def test_a_copy_without_the_contracts_that_died_is_a_repeat(tmp_path: Path) -> None:
    dying = Quote(2900, 5.0, 5.5, expiry=MONDAY)
    first = repeat_hashes(one_chain(tmp_path, [*chain(), dying]))
    copy = repeat_hashes(one_chain(tmp_path, chain(), TUESDAY))
    assert is_repeat(copy, (MONDAY, first))


def test_a_copy_with_the_contracts_that_died_is_a_repeat(tmp_path: Path) -> None:
    quotes = [*chain(), Quote(2900, 5.0, 5.5, expiry=MONDAY)]
    first = repeat_hashes(one_chain(tmp_path, quotes))
    later = repeat_hashes(one_chain(tmp_path, quotes, date(2019, 5, 16)))
    assert later.arrived != first.carried
    assert is_repeat(later, (MONDAY, first))


def test_the_same_prices_of_other_contracts_are_no_repeat(tmp_path: Path) -> None:
    first = repeat_hashes(one_chain(tmp_path, [Quote(2900)]))
    for other in (Quote(2901), Quote(2900, right="C"), Quote(2900, root="SPX"), Quote(2900, expiry=date(2019, 5, 17))):
        assert not is_repeat(repeat_hashes(one_chain(tmp_path, [other], TUESDAY)), (MONDAY, first)), other


def test_chains_without_any_offer_repeat_nothing(tmp_path: Path) -> None:
    nothing = [Quote(2900, 0, 0)]
    first = repeat_hashes(one_chain(tmp_path, nothing))
    assert not is_repeat(repeat_hashes(one_chain(tmp_path, nothing, TUESDAY)), (MONDAY, first))
    dead = repeat_hashes(one_chain(tmp_path, [Quote(2900, expiry=MONDAY)]))
    assert not is_repeat(repeat_hashes(one_chain(tmp_path, [Quote(2800, expiry=MONDAY)], EXPIRY)), (MONDAY, dead))
