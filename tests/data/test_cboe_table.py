"""The Cboe delayed-quote table: what is read, and what is refused where."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from data.errors import BadFile, BadRow, DataError, MissingColumn, UnreadableFile
from data.providers import files
from data.providers.cboe_table import CboeTable
from tests.data.vendor_files import EXPIRY, HEADER, MONDAY, Quote, cboe_text, chain, write_cboe


def write(folder: Path, text: str | bytes, name: str = "SPX.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        CboeTable().read(path)
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def with_cell(column: str, cell: str) -> str:
    """A good file whose second row (line 3) holds one other cell."""
    lines = cboe_text(MONDAY, chain()).splitlines()
    cells = lines[2].split(",")
    cells[HEADER.split(",").index(column)] = cell
    return "\n".join([*lines[:2], ",".join(cells), *lines[3:], ""])


def test_columns_get_their_canonical_names(tmp_path: Path) -> None:
    rows = CboeTable().read(write_cboe(tmp_path, MONDAY, [Quote(2900.5, 1.5, 1.75, "C")]))
    assert {name: column.tolist() for name, column in rows.columns.items()} == {
        "underlying": [b"SPX"],
        "symbol": [b"SPXW190515C02900500"],
        "underlying_price": [2943.0],
        "quote_date": [MONDAY],
        "expiration": [EXPIRY],
        "right": [1],
        "strike": [2900.5],
        "bid": [1.5],
        "ask": [1.75],
        "last": [0.0],
        "volume": [3.0],
        "open_interest": [7.0],
        "implied_volatility": [0.2],
        "delta": [-0.3],
        "gamma": [0.001],
    }
    assert (rows.resolution, rows.source.rows, rows.source.format) == ("eod", 1, "cboe_table")


def test_the_real_format_is_read_whole(reference_data: Path) -> None:
    path = reference_data / "market" / "cboe_scrape_spx_eod_2019" / "SPX_20190425.csv.gz"
    rows = CboeTable().read(path)
    assert rows.source.rows == len(rows.columns["bid"]) == 13_340
    assert (rows.source.name, rows.source.sha256) == (path.name, files.file_hash(path))
    assert {column.dtype.kind for column in rows.columns.values()} == {"S", "f", "i", "M"}
    assert rows.columns["delta"].min() == -1.0


def test_packed_and_plain_files_hold_the_same_rows(tmp_path: Path) -> None:
    plain = CboeTable().read(write_cboe(tmp_path, MONDAY))
    packed = CboeTable().read(write_cboe(tmp_path, MONDAY, packed=True))
    assert all(np.array_equal(plain.columns[name], packed.columns[name]) for name in plain.columns)


def test_other_columns_blank_lines_line_ends_and_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    text = cboe_text(MONDAY, chain())
    expected = CboeTable().read(write(tmp_path, text)).columns
    odd = "\ufeff" + "\r\n".join(f"x,{line}" if line else "" for line in text.replace("\n", "\n\n").splitlines())
    found = CboeTable().read(write(tmp_path, odd.replace("x,underlying,", "notes,underlying,"))).columns
    assert all(np.array_equal(expected[name], found[name]) for name in expected)


def test_an_empty_optional_cell_is_no_number_and_no_zero(tmp_path: Path) -> None:
    rows = CboeTable().read(write(tmp_path, with_cell("impliedvol", "")))
    assert np.isnan(rows.columns["implied_volatility"]).tolist() == [False, True, False]


@pytest.mark.parametrize("column", ["bid", "optionroot", "quotedate", "delta"])
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    text = cboe_text(MONDAY, chain()).replace(f",{column},", f",{column}_1,")
    message = refusal(write(tmp_path, text))
    assert message.startswith(f"MissingColumn SPX.csv: the header lacks '{column}'; this format needs: ")


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    text = cboe_text(MONDAY, chain()).replace(",net,", ",bid,", 1)
    assert refusal(write(tmp_path, text)).startswith("MissingColumn SPX.csv: the header names 'bid' twice")


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("bid", "abc", "'abc' is no number"),
        ("bid", "1.2.3", "'1.2.3' is no number"),
        ("strike", "1_000", "'1_000' is no number"),
        ("ask", "", "the cell is empty"),
        ("bid", "nan", "the cell holds no finite number"),
        ("volume", "inf", "the cell holds no finite number"),
        ("quotedate", "2019-04-29", "'2019-04-29' is no date (MM/DD/YYYY)"),
        ("quotedate", "02/30/2019", "'02/30/2019' is no date (MM/DD/YYYY)"),
        ("expiration", "", "the cell is empty"),
        ("type", "Call", "'Call' is neither 'call' nor 'put'"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(tmp_path: Path, column: str, cell: str, reason: str) -> None:
    message = refusal(write(tmp_path, with_cell(column, cell)))
    assert message == f"BadRow SPX.csv: line 3, column '{column}': {reason}; correct the file"


def test_the_line_of_a_bad_cell_counts_blank_lines(tmp_path: Path) -> None:
    for cell in ("x", ""):
        text = "\n\n" + with_cell("bid", cell).replace("\n", "\n\n")
        assert "SPX.csv: line 7, column 'bid'" in refusal(write(tmp_path, text)), cell


def test_a_row_that_is_cut_off_is_named(tmp_path: Path) -> None:
    text = cboe_text(MONDAY, chain())
    message = refusal(write(tmp_path, text[: text.rindex(",0.2,")]))
    assert message.startswith("BadRow SPX.csv: line 4: 14 cells where the header has 17; the file may be cut off")


@pytest.mark.parametrize("percent", [1, 5, 20, 50, 80, 95, 99])
def test_a_truncated_gzip_is_refused_wherever_it_ends(tmp_path: Path, reference_data: Path, percent: int) -> None:
    whole = (reference_data / "market" / "cboe_scrape_spx_eod_2019" / "SPX_20190425.csv.gz").read_bytes()
    path = write(tmp_path, whole[: len(whole) * percent // 100], "SPX_20190425.csv.gz")
    assert refusal(path).startswith("UnreadableFile SPX_20190425.csv.gz: the gzip file is truncated")


@pytest.mark.parametrize("missing", [1, 4, 8])
def test_a_gzip_without_its_last_bytes_is_truncated(tmp_path: Path, missing: int) -> None:
    packed = gzip.compress(cboe_text(MONDAY, chain()).encode())
    assert "truncated" in refusal(write(tmp_path, packed[:-missing], "a.csv.gz"))


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(cboe_text(MONDAY, chain()).encode()))
    packed[-6] ^= 0xFF
    assert refusal(write(tmp_path, bytes(packed))).startswith("UnreadableFile SPX.csv: the gzip file is damaged")


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10_000)
    path = write(tmp_path, gzip.compress(b"0" * 10_001))
    assert "unpacks to more than 10,000 bytes" in refusal(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"underlying,\0", "line 1 holds a NUL byte"),
        (b"underlying\n\xff\xfe", "line 2 is not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert f"UnreadableFile SPX.csv: {reason}" in refusal(write(tmp_path, content))


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened (No such file or directory)" in refusal(tmp_path / "absent.csv")


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, HEADER + "\n")).startswith("BadFile SPX.csv: the file has a header and no rows")


def test_errors_of_a_file_are_one_family() -> None:
    assert issubclass(MissingColumn, BadFile)
    assert issubclass(BadRow, BadFile)
    assert not issubclass(UnreadableFile, BadFile)
