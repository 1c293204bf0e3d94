"""From a vendor's rows to canonical chains."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.errors import BadFile, BadRow, BadSymbol, CalendarError, ContractTwice, DataError
from data.normalizer import NO_SESSION, DataNormalizer
from data.providers.cboe_table import CboeTable
from data.raw_rows import RawRows, VendorUnits
from engine.instants import iso
from engine.model import QUOTE_COLUMNS
from tests.data.vendor_files import EXPIRY, MONDAY, TUESDAY, Quote, cboe_text, chain, normalized, write_cboe


def raw(folder: Path, text: str) -> RawRows:
    path = folder / "SPX.csv"
    path.write_text(text)
    return CboeTable().read(path)


def refusal(rows: RawRows, kind: type[DataError]) -> str:
    with pytest.raises(kind) as caught:
        DataNormalizer().normalize(rows)
    return str(caught.value)


def test_a_chain_is_sorted_as_contract_tables_are(tmp_path: Path) -> None:
    quotes = [
        Quote(2900, 4.0, right="C"),
        Quote(2900, 3.0),
        Quote(2800, 2.0),
        Quote(2800, 1.0, expiry=date(2019, 5, 3)),
        Quote(2800, 1.5, root="SPX", expiry=EXPIRY),
    ]
    (one,) = normalized(write_cboe(tmp_path, MONDAY, quotes)).chains
    assert one.columns["bid"].tolist() == [1.0, 1.5, 2.0, 3.0, 4.0]
    assert [(key.expires_on, key.root) for key in one.contracts.series] == [
        (date(2019, 5, 3), "SPXW"),
        (EXPIRY, "SPX"),
        (EXPIRY, "SPXW"),
    ]
    assert one.contracts.strike.tolist() == [2800.0, 2800.0, 2800.0, 2900.0, 2900.0]
    assert one.contracts.right.tolist() == [-1, -1, -1, -1, 1]


def test_rows_may_stand_in_any_order(tmp_path: Path) -> None:
    quotes = [Quote(strike, strike / 1000, root=root) for root in ("SPXW", "SPX", "SPXPM") for strike in (2800, 2900)]
    _, _, tuesday = cboe_text(TUESDAY, quotes).partition("\n")
    rows = raw(tmp_path, cboe_text(MONDAY, quotes) + tuesday)
    order = np.random.default_rng(3).permutation(len(rows.columns["bid"]))
    mixed = replace(rows, columns={name: column[order] for name, column in rows.columns.items()})
    expected, found = (DataNormalizer().normalize(one).chains for one in (rows, mixed))
    assert [one.day for one in found] == [MONDAY, TUESDAY]
    assert [one.digest(one.flags) for one in found] == [one.digest(one.flags) for one in expected]
    assert [len(one) for one in found] == [6, 6]


def test_columns_that_the_vendor_has_not_are_no_numbers(tmp_path: Path) -> None:
    (one,) = normalized(write_cboe(tmp_path, MONDAY)).chains
    assert set(one.columns) == set(QUOTE_COLUMNS)
    absent = {name for name, column in one.columns.items() if np.isnan(column).all()}
    assert absent == {"bid_size", "ask_size", "theta", "vega"}


def test_vendor_units_become_canonical(tmp_path: Path) -> None:
    rows = raw(tmp_path, cboe_text(MONDAY, chain()))
    columns = {**rows.columns, "vega": np.full(3, 0.5), "theta": np.full(3, -0.1)}
    scaled = replace(rows, columns=columns, units=VendorUnits(implied_volatility=0.01, vega=100.0, theta=365.0))
    (one,) = DataNormalizer().normalize(scaled).chains
    assert one.columns["vega"].tolist() == [50.0] * 3
    assert one.columns["theta"].tolist() == [-36.5] * 3
    assert one.columns["implied_volatility"].tolist() == [0.002] * 3
    assert one.columns["delta"].tolist() == [-0.3] * 3


@pytest.mark.usefixtures("tokyo")
@pytest.mark.parametrize(
    ("day", "stamp"),
    [
        (date(2019, 3, 8), "2019-03-08T20:45:00Z"),
        (date(2019, 3, 11), "2019-03-11T19:45:00Z"),
        (date(2019, 7, 3), "2019-07-03T16:45:00Z"),
        (date(2019, 11, 1), "2019-11-01T19:45:00Z"),
        (date(2019, 11, 4), "2019-11-04T20:45:00Z"),
        (date(2019, 11, 29), "2019-11-29T17:45:00Z"),
    ],
)
def test_t28_t29_a_file_without_a_time_is_stamped_on_the_exchanges_clock(tmp_path: Path, day: date, stamp: str) -> None:
    quotes = [Quote(expiry=date(2019, 12, 20))]
    (one,) = normalized(write_cboe(tmp_path, day, quotes)).chains
    assert (iso(one.at), one.day, one.time_assumed) == (stamp, day, True)


def test_a_time_in_the_file_is_taken_as_it_is(tmp_path: Path) -> None:
    rows = raw(tmp_path, cboe_text(MONDAY, chain()))
    columns = {name: column for name, column in rows.columns.items() if name != "quote_date"}
    columns["at"] = np.array([1556566200, 1556566260, 1556566200]) * 10**9
    first, second = DataNormalizer().normalize(replace(rows, columns=columns)).chains
    assert (iso(first.at), len(first), iso(second.at), len(second)) == (
        "2019-04-29T19:30:00Z",
        2,
        "2019-04-29T19:31:00Z",
        1,
    )
    assert not first.time_assumed


def test_t30_a_saturday_symbol_and_its_friday_column_are_one_expiration(tmp_path: Path) -> None:
    text = cboe_text(date(2014, 11, 3), [Quote(2000, root="SPX", expiry=date(2014, 11, 22))])
    friday = raw(tmp_path, text.replace("11/22/2014", "11/21/2014"))
    for rows in (raw(tmp_path, text), friday):
        (one,) = DataNormalizer().normalize(rows).chains
        (key,) = one.contracts.series
        assert (key.expires_on, key.symbol_date) == (date(2014, 11, 21), date(2014, 11, 22))


def test_several_days_of_one_file_become_several_chains(tmp_path: Path) -> None:
    text = cboe_text(TUESDAY, chain(2.0)) + cboe_text(MONDAY, chain(1.0)).split("\n", 1)[1]
    file = DataNormalizer().normalize(raw(tmp_path, text))
    assert [one.day for one in file.chains] == [MONDAY, TUESDAY]
    assert [one.columns["bid"][0] for one in file.chains] == [1.0, 2.0]


def test_a_file_dated_on_no_session_makes_no_chain_and_is_reported(tmp_path: Path) -> None:
    file = normalized(write_cboe(tmp_path, date(2019, 5, 27)))
    (skip,) = file.skipped
    assert file.chains == ()
    assert (skip.source.name, skip.day, skip.underlying, skip.rows, skip.reason) == (
        "SPX_20190527.csv",
        date(2019, 5, 27),
        "SPX",
        3,
        NO_SESSION,
    )


def test_a_row_that_repeats_another_exactly_is_dropped_and_counted(tmp_path: Path) -> None:
    quotes = [Quote(2800), Quote(2900), Quote(2800), Quote(2800)]
    (one,) = normalized(write_cboe(tmp_path, MONDAY, quotes)).chains
    assert (len(one), one.duplicates) == (2, 2)
    assert one.columns["bid"].tolist() == [10.0, 10.0]


def test_two_quotes_of_one_contract_are_refused(tmp_path: Path) -> None:
    text = cboe_text(MONDAY, [Quote(2800), Quote(2900), Quote(2800, ask=11.0)])
    message = refusal(raw(tmp_path, text), ContractTwice)
    assert message == "SPX.csv: lines 2 and 4 give 'SPXW190515P02800000' two values of 'ask'; keep the right one"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (",put,", ",call,", "column 'type': call contradicts"),
        (",2900,", ",2901,", "column 'strike': 2901.0 contradicts"),
        (",05/15/2019,", ",05/16/2019,", "column 'expiration': 2019-05-16 contradicts"),
    ],
)
def test_a_row_that_contradicts_its_symbol_is_refused(tmp_path: Path, old: str, new: str, place: str) -> None:
    text = cboe_text(MONDAY, [Quote(2900)]).replace(old, new)
    assert f"SPX.csv: line 2, {place} symbol 'SPXW190515P02900000'" in refusal(raw(tmp_path, text), BadRow)


def test_a_fabricated_symbol_is_named_by_line(tmp_path: Path) -> None:
    text = cboe_text(MONDAY, chain()).replace("SPXW190515P02850000", "SPXW190515P0002850000")
    message = refusal(raw(tmp_path, text), BadSymbol)
    assert message.startswith("SPX.csv: line 3, column 'optionroot': symbol 'SPXW190515P0002850000': the strike has 10")


def test_an_underlying_price_that_changes_within_a_chain_is_refused(tmp_path: Path) -> None:
    head, *rows = cboe_text(MONDAY, chain()).splitlines()
    rows[1] = rows[1].replace("2943.0", "2944.0")
    message = refusal(raw(tmp_path, "\n".join([head, *rows])), BadRow)
    assert "line 3, column 'underlying_last': 2944 where the chain began with 2943" in message


def test_an_underlying_without_a_price_is_refused(tmp_path: Path) -> None:
    assert "0 is no price" in refusal(raw(tmp_path, cboe_text(MONDAY, chain(), price=0)), BadRow)


def test_two_symbol_dates_of_one_expiration_are_refused(tmp_path: Path) -> None:
    friday, saturday = date(2014, 11, 21), date(2014, 11, 22)
    quotes = [Quote(2000, root="SPX", expiry=day) for day in (friday, saturday)]
    message = refusal(raw(tmp_path, cboe_text(date(2014, 11, 3), quotes)), BadFile)
    assert message.startswith("SPX.csv: SPX expiring 2014-11-21 has two symbol dates, 2014-11-21 and 2014-11-22")


def test_a_date_beyond_the_calendars_is_refused_by_file(tmp_path: Path) -> None:
    assert refusal(raw(tmp_path, cboe_text(date(1921, 5, 2), chain())), CalendarError).startswith("SPX.csv: dates")
