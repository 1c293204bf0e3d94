"""What shows when chains are compared in time, and the report on a whole dataset."""

import re
from datetime import date, timedelta
from math import isnan
from pathlib import Path

import pytest

from data.errors import NotCovered
from data.importing import import_files
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.quality.counts import COUNTED
from data.quality.findings import FINDINGS
from data.quality.report import DatasetQuality, dataset_quality
from data.repository import DataRepository
from tests.data.vendor_files import EXPIRY, MONDAY, TUESDAY, WEDNESDAY, Quote, chain, write_cboe
from tests.reference import REPOSITORY


def store_of(folder: Path, days: dict[date, tuple[list[Quote], float]]) -> DataRepository:
    """A store of chains, each with the price of its underlying; the helper writes a delta of -0.3."""
    store = MemoryStore()
    import_files([write_cboe(folder, day, quotes, price) for day, (quotes, price) in days.items()], "cboe_table", store)
    return store


def quality_of(folder: Path, days: dict[date, tuple[list[Quote], float]]) -> DatasetQuality:
    return dataset_quality(store_of(folder, days), "SPX", "eod")


def counts_by_day(found: DatasetQuality, name: str) -> list[int]:
    return [day.counts[name] for day in found.days]


# --- in time


def test_t13_a_contract_that_vanishes_is_told_until_it_expires_and_no_quote_is_made_up(tmp_path: Path) -> None:
    dying = Quote(2700, expiry=TUESDAY)
    found = quality_of(
        tmp_path,
        {
            MONDAY: ([*chain(10.0), dying], 2943.0),
            TUESDAY: (chain(20.0)[1:], 2943.0),
            WEDNESDAY: (chain(30.0), 2943.0),
        },
    )
    assert counts_by_day(found, "absent") == [0, 1, 0]
    assert [day.quotes for day in found.days] == [4, 2, 3]
    (example,) = found.examples
    assert (example.finding, example.day, example.symbol) == ("absent", TUESDAY, "SPXW190515P02800000")
    assert isnan(example.bid)


def test_a_quote_that_stands_still_while_the_market_moves_is_frozen(tmp_path: Path) -> None:
    """A delta of -0.3 and 10 points make 3 USD, with quotes 0.40 wide."""
    found = quality_of(tmp_path, {MONDAY: (chain(10.0), 2943.0), TUESDAY: ([chain(10.0)[0], *chain(11.0)[1:]], 2933.0)})
    assert counts_by_day(found, "frozen") == [0, 1]
    examples = [(one.symbol, one.bid) for one in found.examples if one.finding == "frozen"]
    assert examples == [("SPXW190515P02800000", 10.0)]
    assert found.worst_days[0].day == TUESDAY


@pytest.mark.parametrize("move", [0.0, 1.0, 2.6])
def test_a_quote_that_need_not_have_moved_is_not_frozen(tmp_path: Path, move: float) -> None:
    days = {MONDAY: (chain(10.0), 2943.0), TUESDAY: ([chain(10.0)[0], *chain(11.0)[1:]], 2943.0 + move)}
    assert counts_by_day(quality_of(tmp_path, days), "frozen") == [0, 0]


# --- the report


def test_the_worst_day_stands_first(tmp_path: Path) -> None:
    found = quality_of(
        tmp_path,
        {
            MONDAY: (chain(10.0), 2943.0),
            TUESDAY: ([Quote(2800, 2.0, 1.0), *chain(5.0)[1:]], 2943.0),
            WEDNESDAY: (chain(5.0, (2800.0, 2850.0)), 2943.0),
        },
    )
    assert [(day.day, day.suspicious) for day in found.worst_days] == [(TUESDAY, 1), (WEDNESDAY, 0)]
    assert found.counts["crossed"] == found.counts["absent"] == 1
    assert found.days[1].share == pytest.approx(1 / 3)


def test_the_real_days_have_gaps_a_holiday_and_stubs(imported_spx_store: ParquetStore) -> None:
    found = dataset_quality(imported_spx_store, "SPX", "eod")
    assert found.coverage.missing == (date(2019, 5, 10), date(2019, 5, 17))
    assert [(one.day, one.rows) for one in found.skipped] == [(date(2019, 5, 27), 13_324)]
    unusual = {name: count for name, count in found.counts.items() if count}
    assert unusual == {"stub": 47, "frozen": 147, "no_bid": 18_780}
    assert found.worst_days[0].day == date(2019, 5, 20)
    assert {one.finding for one in found.examples} == {"stub", "frozen"}
    assert (found.examples[0].symbol, found.examples[0].bid, found.examples[0].ask) == (
        "SPXW190520P01700000",
        0.0,
        10.0,
    )


def test_a_dataset_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotCovered, match="no data of NDX"):
        dataset_quality(store_of(tmp_path, {MONDAY: (chain(), 2943.0)}), "NDX", "eod")


def test_every_count_is_a_finding_and_the_documentation_has_them_all() -> None:
    names = [one.name for one in FINDINGS]
    assert set(names) == {*COUNTED, "adjusted", "duplicates", "frozen", "absent"}
    text = (REPOSITORY / "docs" / "data.md").read_text()
    table = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|", text[text.index("# Quality") :], re.MULTILINE)
    told = [(name, blocks) for name, _, blocks in table if name in names]
    assert told == [(one.name, one.blocks) for one in FINDINGS]


def test_a_day_after_expiry_is_not_asked_of_a_contract(tmp_path: Path) -> None:
    after = EXPIRY + timedelta(days=1)
    later = [quote._replace(expiry=date(2019, 6, 19)) for quote in chain(3.0)]
    found = quality_of(tmp_path, {MONDAY: (chain(10.0), 2943.0), after: (later, 2943.0)})
    assert counts_by_day(found, "absent") == [0, 0]
