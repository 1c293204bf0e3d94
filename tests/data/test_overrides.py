"""What the user knows better: said in a file, seen by replay, never by the store."""

from datetime import date
from pathlib import Path

import pytest

from data.errors import OverrideFileError
from data.overridden_store import OverriddenStore
from data.overrides import read_overrides
from data.replay import StoredSource, open_range
from data.repository import DataRepository
from engine.events import SnapshotArrived
from engine.model import ChainSnapshot, QuoteFlag
from tests.data.vendor_files import MONDAY, TUESDAY, WEDNESDAY, stored

HEADER = "underlying,at,symbol,column,value,reason\n"
PUT_2800 = "SPXW190515P02800000"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "overrides.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    return path


def replayed(store: DataRepository, folder: Path, *lines: str) -> StoredSource:
    overridden = OverriddenStore(store, read_overrides(written(folder, *lines)))
    return open_range(overridden, ["SPX"], "eod", MONDAY, WEDNESDAY)


def snapshots(source: StoredSource) -> dict[date, ChainSnapshot]:
    events = [event.snapshot for event in source if isinstance(event, SnapshotArrived)]
    return {source.sessions.date_of(one.at): one for one in events}


@pytest.fixture
def store(tmp_path: Path) -> DataRepository:
    """Three days of three puts: bids 29, 30, 31 on Monday, one more each day but for Wednesday's 1, 2, 3."""
    return stored(tmp_path, [MONDAY, TUESDAY, WEDNESDAY])


def plain(store: DataRepository) -> StoredSource:
    return open_range(store, ["SPX"], "eod", MONDAY, WEDNESDAY)


def test_a_price_is_replaced_in_replay_and_nowhere_else(store: DataRepository, tmp_path: Path) -> None:
    before = plain(store).facts.content_hash
    source = replayed(store, tmp_path, f"SPX,2019-04-30,{PUT_2800},bid,28.5,time and sales")
    found = snapshots(source)
    assert [found[day].bid[0] for day in (MONDAY, TUESDAY, WEDNESDAY)] == [29.0, 28.5, 1.0]
    assert found[TUESDAY].digest == found[TUESDAY].content_digest()
    assert source.facts.content_hash != before
    assert plain(store).facts.content_hash == before
    assert snapshots(plain(store))[TUESDAY].bid[0] == 30.0


def test_the_same_file_gives_the_same_run(store: DataRepository, tmp_path: Path) -> None:
    line = f"SPX,2019-04-30,{PUT_2800},bid,28.5,time and sales"
    assert replayed(store, tmp_path, line).facts == replayed(store, tmp_path, line).facts


def test_a_price_of_zero_takes_the_side_away_and_flags_it(store: DataRepository, tmp_path: Path) -> None:
    source = replayed(store, tmp_path, f"SPX,2019-04-30,{PUT_2800},bid,0,the bid was withdrawn")
    assert QuoteFlag(int(snapshots(source)[TUESDAY].flags[0])) == QuoteFlag.NO_BID
    assert source.facts.counts.no_bid == plain(store).facts.counts.no_bid + 1


def test_a_price_that_crosses_the_other_side_says_so(store: DataRepository, tmp_path: Path) -> None:
    source = replayed(store, tmp_path, f"SPX,2019-04-30,{PUT_2800},bid,99,a slip")
    assert QuoteFlag(int(snapshots(source)[TUESDAY].flags[0])) == QuoteFlag.CROSSED


def test_flags_are_set_and_cleared_for_one_contract_or_for_all(store: DataRepository, tmp_path: Path) -> None:
    source = replayed(
        store,
        tmp_path,
        "SPX,2019-04-29,*,stale,set,the vendor said so",
        f"SPX,2019-04-29,{PUT_2800},stale,clear,but traded",
    )
    assert snapshots(source)[MONDAY].flags.tolist() == [0, QuoteFlag.STALE, QuoteFlag.STALE]
    assert source.facts.overridden == (2, 3)


def test_a_day_is_dropped_and_counts_as_missing(store: DataRepository, tmp_path: Path) -> None:
    source = replayed(store, tmp_path, "SPX,2019-04-30,*,day,drop,a copy of another day")
    assert list(snapshots(source)) == [MONDAY, WEDNESDAY]
    assert source.facts.missing == ((TUESDAY, "SPX"),)
    assert (source.facts.snapshots, source.facts.counts.rows) == (2, 6)


def test_an_instant_names_one_chain(store: DataRepository, tmp_path: Path) -> None:
    line = "SPX,2019-04-30T{}:00Z,*,outlier,set,printed late"
    assert replayed(store, tmp_path, line.format("19:45")).facts.overridden == (2,)
    assert replayed(store, tmp_path, line.format("19:46")).facts.overridden == ()


def test_lines_that_change_nothing_are_not_among_those_in_force(store: DataRepository, tmp_path: Path) -> None:
    source = replayed(
        store,
        tmp_path,
        "SPX,2019-04-30,SPXW190515P02801000,bid,1.0,no such contract",
        "SPX,2019-05-02,*,day,drop,outside of the run",
        "NDX,2019-04-30,*,day,drop,another underlying",
        "SPX,2019-04-30,*,stale,clear,it was not set",
        "SPX,2019-04-30,*,outlier,set,the only one",
    )
    assert source.facts.overridden == (6,)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("SPX,2019-04-30,*,day,drop", r"line 2: 5 cells instead of"),
        (",2019-04-30,*,day,drop,why", r"line 2, column 'underlying': ''; write its symbol"),
        ("SPX,30.4.2019,*,day,drop,why", r"line 2, column 'at': '30.4.2019'; write a date"),
        ("SPX,2019-04-30T15:45,*,day,drop,why", r"an instant needs its zone; end it with Z"),
        ("SPX,2019-04-30,SPXW,bid,1,why", r"column 'symbol': 'SPXW'; symbol 'SPXW' is not OSI"),
        ("SPX,2019-04-30,*,mid,1,why", r"column 'column': 'mid'; write bid, ask, day or a flag: crossed,"),
        ("SPX,2019-04-30,*,bid,1,why", r"one bid for all quotes cannot be right; name the contract"),
        (f"SPX,2019-04-30,{PUT_2800},bid,nan,why", r"column 'value': 'nan'; write a price"),
        (f"SPX,2019-04-30,{PUT_2800},bid,-1,why", r"column 'value': '-1'; write a price"),
        (f"SPX,2019-04-30,{PUT_2800},day,drop,why", r"a day can only be dropped whole"),
        ("SPX,2019-04-30,*,stale,1,why", r"column 'value': '1'; a flag is set or cleared"),
        ("SPX,2019-04-30,*,stale,clear,", r"column 'reason': ''; say why"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(OverrideFileError, match=f"overrides.csv: .*{message}"):
        read_overrides(written(tmp_path, line))


def test_two_lines_that_decide_the_same_are_refused(tmp_path: Path) -> None:
    lines = [f"SPX,2019-04-30,{PUT_2800},bid,{price},why" for price in (1, 2)]
    with pytest.raises(OverrideFileError, match="lines 2 and 3 decide the same; keep one"):
        read_overrides(written(tmp_path, *lines))


def test_another_header_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text("symbol,date,value\n")
    with pytest.raises(OverrideFileError, match="line 1 is 'symbol,date,value'; it must be"):
        read_overrides(path)
    with pytest.raises(OverrideFileError, match=r"absent.csv"):
        read_overrides(tmp_path / "absent.csv")
