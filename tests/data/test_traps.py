"""The traps of vendors' files, one test each: found by the validator, or refused by name, on the real file where
there is one. Those of a single module are tested beside it as well."""

import gzip
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.chain_rows import ChainRows
from data.errors import BadRow, BadSymbol, NotCovered
from data.importing import import_files
from data.memory_store import MemoryStore
from data.normalizer import NO_SESSION, DataNormalizer
from data.parquet_store import ParquetStore
from data.provider import make_provider
from data.quality import ChainValidator
from data.quality.report import dataset_quality
from data.replay import open_range
from data.selection import ContractFilter, ReadOptions
from data.underlying_records import BAR_COLUMNS, Bars
from engine.events import SnapshotArrived
from engine.instants import NANOS_PER_SECOND, iso
from engine.model import QuoteFlag, SettlementSession
from tests.builders import new_york
from tests.data.lean_folders import CALL, ONE_SIDED, QUOTE, write_index, write_options, write_zip
from tests.data.vendor_files import EXPIRY, MONDAY, TUESDAY, WEDNESDAY, Quote, chain, normalized, write_cboe
from tests.stores import SPX_2019

HISTORICAL = Path("market") / "historicaloptiondata_spx" / "test_data_options.csv"
QUOTEDATA = Path("market") / "cboe_quotedata" / "SPY_2025-09-25.csv"
GOOG = Path("market") / "lean" / "option" / "usa"


def checked(path: Path, format_name: str) -> list[ChainRows]:
    """Chains of a file with the flags that an import gives them."""
    chains = DataNormalizer().normalize(make_provider(format_name).read(path)).chains
    return [replace(one, flags=ChainValidator().flags(one)) for one in chains]


def having(one: ChainRows, flag: QuoteFlag) -> list[int]:
    return np.flatnonzero(one.flags & np.uint16(flag)).tolist()


# --- FORMATS.md


def test_a_repeated_chain_is_stale_and_the_report_names_the_day(reference_data: Path, tmp_path: Path) -> None:
    """As 2019-07-04 repeats 07-03 at this vendor: here 05-09 under the date of 05-10."""
    original = reference_data / SPX_2019 / "SPX_20190509.csv.gz"
    copy = tmp_path / "SPX_20190510.csv"
    copy.write_bytes(gzip.decompress(original.read_bytes()).replace(b",05/09/2019,", b",05/10/2019,"))
    store = MemoryStore()
    import_files([original, copy], "cboe_table", store)
    found = dataset_quality(store, "SPX", "eod")
    assert [(day.day, day.counts["stale"], day.share) for day in found.worst_days[:1]] == [
        (date(2019, 5, 10), 13_678, 1.0)
    ]


def test_a_stale_holiday_file_makes_no_chain_and_is_named(imported_spx_store: ParquetStore) -> None:
    (skipped,) = dataset_quality(imported_spx_store, "SPX", "eod").skipped
    assert (skipped.day, skipped.rows, skipped.reason) == (date(2019, 5, 27), 13_324, NO_SESSION)


def test_missing_sessions_are_named(imported_spx_store: ParquetStore) -> None:
    found = dataset_quality(imported_spx_store, "SPX", "eod")
    assert found.coverage.missing == (date(2019, 5, 10), date(2019, 5, 17))


def test_zero_quotes_of_am_roots_on_expiration_friday_are_expired(tmp_path: Path) -> None:
    friday = date(2019, 5, 17)
    quotes = [Quote(2850, 0.0, 0.0, root="SPX", expiry=friday), Quote(2850, 5.0, 5.2, expiry=friday)]
    (one,) = normalized(write_cboe(tmp_path, friday, quotes)).chains
    assert [QuoteFlag(int(flags)) for flags in one.flags] == [
        QuoteFlag.EXPIRED | QuoteFlag.NO_BID | QuoteFlag.NO_ASK,
        QuoteFlag(0),
    ]


def test_t5_real_am_quotes_on_expiration_friday_are_expired(reference_data: Path) -> None:
    """This vendor goes on quoting them: six quotes on the third Fridays of March to May 2017, none to be traded."""
    chains = checked(reference_data / HISTORICAL, "historical_option_data")
    found = {one.day: len(having(one, QuoteFlag.EXPIRED)) for one in chains}
    assert {day: count for day, count in found.items() if count} == {
        date(2017, 3, 17): 2,
        date(2017, 4, 21): 2,
        date(2017, 5, 19): 2,
    }


def test_the_junk_row_of_1990_is_refused_by_its_line(tmp_path: Path) -> None:
    header = "underlying_symbol,underlying_price,option_type,expiration,quote_date,strike,bid,ask,delta\n"
    path = tmp_path / "chain.csv"
    path.write_text(f"{header}SPXW,2695.79,call,01/31/2018,01/03/1990,1200,1483.6,1503.2,1\n")
    with pytest.raises(BadRow, match=r"chain.csv: line 2, column 'quote_date': 1990-01-03 is before 1991"):
        checked(path, "optopsy")


def test_a_blank_in_the_header_is_no_part_of_the_name(reference_data: Path) -> None:
    header = (reference_data / HISTORICAL).read_text().splitlines()[0]
    assert " exchange" in header.split(",")
    assert sum(map(len, checked(reference_data / HISTORICAL, "historical_option_data"))) == 392


def test_duplicate_column_names_are_calls_left_and_puts_right(reference_data: Path) -> None:
    lines = (reference_data / QUOTEDATA).read_text().splitlines()
    header = next(line for line in lines if line.startswith("Expiration Date"))
    assert header.split(",").count("Bid") == 2
    (one,) = checked(reference_data / QUOTEDATA, "cboe_quotedata")
    assert (one.contracts.right > 0).sum() == (one.contracts.right < 0).sum() == 1_858


def test_a_missing_side_is_unknown_and_never_zero(tmp_path: Path) -> None:
    write_index(tmp_path)
    (one, *_) = checked(write_options(tmp_path, {CALL: ONE_SIDED}), "lean_options")
    assert np.isnan(one.columns["bid"][0])
    assert QuoteFlag(int(one.flags[0])) == QuoteFlag.NO_BID


def test_t20_a_stale_last_price_is_no_side_and_no_reason_to_distrust_the_quote(reference_data: Path) -> None:
    (one,) = checked(reference_data / SPX_2019 / "SPX_20190425.csv.gz", "cboe_table")
    never_traded = (one.columns["last"] == 0.0) & (one.columns["bid"] > 100.0)
    assert never_traded.sum() > 1_000
    assert not one.flags[never_traded].any()
    traded_without_quote = (one.columns["last"] > 0.0) & ((one.flags & np.uint16(QuoteFlag.NO_BID)) != 0)
    assert traded_without_quote.sum() == 14
    assert (one.columns["bid"][traded_without_quote] == 0.0).all()


def test_fabricated_symbols_of_ten_digits_are_refused(tmp_path: Path) -> None:
    path = write_cboe(tmp_path, MONDAY)
    path.write_text(path.read_text().replace("P02850000", "P0002850000"))
    with pytest.raises(BadSymbol, match=r"line 3, column 'optionroot': symbol 'SPXW190515P0002850000': .*fabricated"):
        checked(path, "cboe_table")


def test_a_zip_named_twice_is_a_plain_zip(tmp_path: Path) -> None:
    write_index(tmp_path)
    path = write_options(tmp_path, {CALL: QUOTE})
    (one,) = checked(path.rename(f"{path}.zip"), "lean_options")
    assert one.columns["bid"].tolist() == [564.1]


# --- TRAPS.md, as far as data is concerned; more beside the calendar, the normaliser, the store and replay


def test_t4_t6_real_quotes_after_the_close_of_a_half_day_are_expired(reference_data: Path) -> None:
    """GOOG on Christmas Eve 2015: eight contracts that expired at 13:00 were quoted at 13:01."""
    chains = checked(reference_data / GOOG / "minute" / "goog" / "20151224_quote_american.zip", "lean_options")
    found = {iso(one.at): len(having(one, QuoteFlag.EXPIRED)) for one in chains}
    assert {at: count for at, count in found.items() if count} == {"2015-12-24T18:01:00Z": 8}


def test_t7_am_and_pm_series_of_one_date_settle_at_open_and_close(imported_spx_store: ParquetStore) -> None:
    source = open_range(imported_spx_store, ["SPX"], "eod", date(2019, 4, 25), date(2019, 5, 16))
    settles = {one.root: one for one in source.contracts.series if one.expires_on == date(2019, 5, 17)}
    assert (settles["SPX"].session, settles["SPXW"].session) == (SettlementSession.AM, SettlementSession.PM)
    assert (iso(settles["SPX"].settles_at), iso(settles["SPXW"].settles_at)) == (
        "2019-05-17T13:30:00Z",
        "2019-05-17T20:00:00Z",
    )


def test_t8_quotes_of_extended_hours_are_told_from_those_of_the_session(tmp_path: Path) -> None:
    (one,) = normalized(write_cboe(tmp_path, MONDAY)).chains
    evening = replace(one, at=one.at + 2 * 3_600 * NANOS_PER_SECOND)
    assert set(ChainValidator().flags(evening).tolist()) == {QuoteFlag.OFF_HOURS}
    assert not ChainValidator().flags(one).any()


def test_t13_t16_t20_a_session_without_a_file_is_a_gap_and_filled_with_nothing(tmp_path: Path) -> None:
    store = MemoryStore()
    import_files([write_cboe(tmp_path, day) for day in (MONDAY, WEDNESDAY)], "cboe_table", store)
    source = open_range(store, ["SPX"], "eod", MONDAY, WEDNESDAY)
    days = [source.sessions.date_of(event.at) for event in source if isinstance(event, SnapshotArrived)]
    assert days == [MONDAY, WEDNESDAY]
    assert source.facts.missing == ((TUESDAY, "SPX"),)


def test_t19_a_dataset_that_ends_early_is_not_stretched(tmp_path: Path) -> None:
    store = MemoryStore()
    for name, days in (("SPX", (MONDAY, TUESDAY, WEDNESDAY)), ("ABC", (MONDAY, TUESDAY))):
        quotes = {day: [one._replace(root=name) for one in chain(float(day.day))] for day in days}
        files = [write_cboe(tmp_path, day, of_day, underlying=name) for day, of_day in quotes.items()]
        import_files(files, "cboe_table", store)
    with pytest.raises(NotCovered, match=r"ABC \(eod\): end 2019-05-01 is not covered; the store covers 2019-04-29 to"):
        open_range(store, ["SPX", "ABC"], "eod", MONDAY, WEDNESDAY)


def test_t19_t20_bars_that_end_early_are_not_repeated(imported_spx_store: ParquetStore) -> None:
    """72 of 84 symbols stood still at one date elsewhere; here a series that has ended has ended."""
    source = open_range(imported_spx_store, ["SPX"], "eod", MONDAY, WEDNESDAY)
    price, ends_at = np.array([2943.03]), np.array([new_york(MONDAY)])
    bars = Bars("SPX", "eod", ends_at, dict.fromkeys(BAR_COLUMNS, price))
    events = [(type(event).__name__, iso(event.at)[:10]) for event in source.with_bars([bars])]
    assert events == [
        ("SnapshotArrived", "2019-04-29"),
        ("BarArrived", "2019-04-29"),
        ("SnapshotArrived", "2019-04-30"),
        ("SnapshotArrived", "2019-05-01"),
    ]


def test_t21_a_contract_is_in_no_chain_before_its_first_quote(tmp_path: Path) -> None:
    """Though the table of the range knows it, as an exchange's file of all contracts would."""
    store = MemoryStore()
    listed_later = Quote(3000.0, 80.0, 81.0)
    files = [write_cboe(tmp_path, MONDAY), write_cboe(tmp_path, TUESDAY, [*chain(), listed_later])]
    import_files(files, "cboe_table", store)
    source = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY)
    later = source.contracts.find("SPXW", EXPIRY, -1, 3000.0).contract_id
    seen = [later in event.snapshot.contract_id for event in source if isinstance(event, SnapshotArrived)]
    assert seen == [False, True]


def test_t25_t26_an_adjusted_root_is_another_contract_and_counted(tmp_path: Path) -> None:
    store = MemoryStore()
    quotes = [Quote(30, 2.0, 2.1, root="AMD"), Quote(30, 1.0, 1.1, root="AMD1"), Quote(35, 4.0, 4.1, root="AMD1")]
    import_files([write_cboe(tmp_path, MONDAY, quotes, 31.0, underlying="AMD")], "cboe_table", store)
    found = dataset_quality(store, "AMD", "eod")
    assert found.counts["adjusted"] == 2
    table = open_range(store, ["AMD"], "eod", MONDAY, MONDAY).contracts
    first, second = (table.find(root, date(2019, 5, 15), -1, 30.0).contract_id for root in ("AMD", "AMD1"))
    assert first != second


def test_t27_strikes_of_another_expiration_are_no_neighbours(tmp_path: Path) -> None:
    """Four puts on a line and a fifth above it, the outermost: the far date goes on where the line would."""
    near = [Quote(2700.0 + 10 * step, 1.0 + step, 1.2 + step) for step in range(4)]
    far = [Quote(2750.0 + 10 * step, 6.0 + step, 6.2 + step, expiry=date(2019, 5, 22)) for step in range(4)]
    (one,) = normalized(write_cboe(tmp_path, MONDAY, [*near, Quote(2740.0, 13.0, 13.2), *far])).chains
    assert having(one, QuoteFlag.OUTLIER) == []
    (one,) = normalized(
        write_cboe(
            tmp_path, MONDAY, [*near, Quote(2740.0, 13.0, 13.2), *(quote._replace(expiry=EXPIRY) for quote in far)]
        )
    ).chains
    assert one.contracts.strike[having(one, QuoteFlag.OUTLIER)].tolist() == [2740.0]


def test_t27_strikes_of_one_expiration_are_not_listed_in_another(imported_spx_store: ParquetStore) -> None:
    """Each expiration of a real chain has the strikes that it quotes, in steps of its own."""
    source = open_range(imported_spx_store, ["SPX"], "eod", MONDAY, MONDAY)
    snapshot = next(event.snapshot for event in source if isinstance(event, SnapshotArrived))
    strikes = {
        (one.root, one.expires_on): set(snapshot.strike[snapshot.rows_of_series(number, -1)].tolist())
        for number, one in enumerate(source.contracts.series)
    }
    union = set().union(*strikes.values())
    assert (len(union), max(map(len, strikes.values()))) == (308, 284)
    assert (2_905.0 in strikes["SPXW", date(2019, 5, 3)], 2_905.0 in strikes["SPX", date(2021, 12, 17)]) == (
        True,
        False,
    )


def test_t17_a_stub_a_missing_bid_and_a_missing_ask_are_flagged_each_for_itself(tmp_path: Path) -> None:
    near = [Quote(2700.0 + 10 * step, 1.0 + step, 1.2 + step) for step in range(6)]
    odd = [Quote(2760.0, 0.05, 10.0), Quote(2770.0, 0.0, 0.4), Quote(2780.0, 9.0, 0.0)]
    (one,) = normalized(write_cboe(tmp_path, MONDAY, [*near, *odd])).chains
    assert {
        flag: one.contracts.strike[having(one, flag)].tolist()
        for flag in (QuoteFlag.STUB, QuoteFlag.NO_BID, QuoteFlag.NO_ASK)
    } == {QuoteFlag.STUB: [2760.0], QuoteFlag.NO_BID: [2770.0], QuoteFlag.NO_ASK: [2780.0]}


def test_t18_a_real_crossed_quote_is_flagged_and_kept(reference_data: Path) -> None:
    (one,) = checked(reference_data / "market" / "yahoo_chain" / "SPX_all_2026-01-30.csv.gz", "yahoo")
    (row,) = having(one, QuoteFlag.CROSSED)
    assert one.columns["bid"][row] > one.columns["ask"][row] > 0


@pytest.mark.usefixtures("tokyo")
def test_t28_days_to_expiration_are_counted_on_the_exchange(imported_spx_store: ParquetStore) -> None:
    """15:45 in New York is the next date in Tokyo."""
    source = open_range(
        imported_spx_store, ["SPX"], "eod", MONDAY, MONDAY, ReadOptions(contracts=ContractFilter(max_dte=0))
    )
    snapshot = next(event.snapshot for event in source if isinstance(event, SnapshotArrived))
    assert source.sessions.date_of(snapshot.at) == MONDAY
    assert {one.expires_on for one in source.contracts.series} > {MONDAY}
    used = {
        source.contracts.series[number].expires_on for number in source.contracts.series_index[snapshot.contract_id]
    }
    assert used == {MONDAY}


@pytest.mark.parametrize(
    ("day", "stamp"),
    [
        (date(2019, 3, 8), "2019-03-08T20:45:00Z"),
        (date(2019, 3, 11), "2019-03-11T19:45:00Z"),
        (date(2019, 11, 1), "2019-11-01T19:45:00Z"),
        (date(2019, 11, 4), "2019-11-04T20:45:00Z"),
    ],
)
def test_t29_quotes_and_settlements_follow_the_clocks_of_the_exchange(tmp_path: Path, day: date, stamp: str) -> None:
    store = MemoryStore()
    import_files([write_cboe(tmp_path, day, [Quote(expiry=day)])], "cboe_table", store)
    source = open_range(store, ["SPX"], "eod", day, day)
    (event,) = source
    (series,) = source.contracts.series
    assert (iso(event.at), series.settles_at - event.at) == (stamp, 900 * NANOS_PER_SECOND)


def test_t30_a_saturday_in_a_symbol_is_the_friday_before_until_2015_and_no_date_since(tmp_path: Path) -> None:
    quotes = [Quote(2000.0, expiry=date(2015, 1, 17)), Quote(2000.0, expiry=date(2015, 7, 18))]
    (one,) = normalized(write_cboe(tmp_path, date(2015, 1, 5), quotes, 2000.0)).chains
    assert [key.expires_on for key in one.contracts.series] == [date(2015, 1, 16), date(2015, 7, 17)]
    assert having(one, QuoteFlag.UNLISTED_DATE) == [1]


def test_t35_the_first_print_of_the_vix_is_what_the_data_has_and_nothing_is_made_for_the_open(tmp_path: Path) -> None:
    """No bar at 09:30: the first one begins at 09:32 and ends at 09:33, and that is what a morning settlement sees."""
    text = "30720000,26.00,26.20,25.90,26.10,0\n30780000,26.10,26.40,26.05,26.30,0\n"
    path = write_zip(tmp_path / "index/usa/minute/vix/20210104_trade.zip", {"20210104_vix_minute_trade.csv": text})
    store = ParquetStore(tmp_path / "store")
    import_files([path], "auto", store)
    with store.underlyings() as records:
        assert records is not None
        bars = records.bars("VIX", "minute")
    assert [iso(int(at)) for at in bars.ends_at] == ["2021-01-04T14:33:00Z", "2021-01-04T14:34:00Z"]
    assert bars.columns["open"].tolist() == [26.0, 26.1]


def test_t37_data_of_survivors_says_so(tmp_path: Path) -> None:
    """Over a standard expiration, and none of the contracts expires: whoever listed them knew which would live."""
    days = [date(2019, 4, 29) + timedelta(days=offset) for offset in (0, 1, 2, 18, 21)]
    alive, dead = date(2019, 6, 21), date(2019, 5, 17)
    found = {}
    for name, expiries in (("complete", (alive, dead)), ("survivors", (alive,))):
        store, folder = MemoryStore(), tmp_path / name
        folder.mkdir()
        for day in days:
            quotes = [one._replace(expiry=expiry) for expiry in expiries for one in chain(float(day.day))]
            import_files([write_cboe(folder, day, quotes)], "cboe_table", store)
        facts = open_range(store, ["SPX"], "eod", days[0], days[-1]).facts
        found[name] = [(one.quoted, one.expired) for one in facts.contracts], facts.survivors_only
        assert open_range(store, ["SPX"], "eod", days[0], days[2]).facts.survivors_only == ()
    assert found == {"complete": ([(6, 3)], ()), "survivors": ([(3, 0)], ("SPX",))}
