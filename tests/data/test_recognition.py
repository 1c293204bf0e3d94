"""Formats told from content: what is recognised and why, and what is refused with which reason."""

import gzip
import shutil
import zipfile
from pathlib import Path

import pytest

from data.errors import DataError, UnreadableFile
from data.importing import AUTO, import_files
from data.memory_store import MemoryStore
from data.provider import PROVIDERS
from data.providers.recognition import Signature, recognise
from tests.data.vendor_files import MONDAY, TUESDAY, write_cboe

SAMPLES = {
    "cboe_quotedata/SPY_2025-09-25.csv": "cboe_quotedata",
    "cboe_scrape_spx_eod_2019/SPX_20190425.csv.gz": "cboe_table",
    "historicaloptiondata_spx/options_data.csv": "historical_option_data",
    "historicaloptiondata_spx/test_data_options.csv": "historical_option_data",
    "lean/option/usa/daily/aapl_2014_quote_american.zip": "lean_options",
    "lean/option/usa/minute/spy/20230803_quote_american.zip": "lean_options",
    "lean/option/usa/universes/goog/20151231.csv": "lean_universe",
    "spxw_eod_2018/spxw_2018-01-31_expiry.csv": "optopsy",
    "spy_eod_2021/spy_options_2021.csv": "historical_option_data",
    "yahoo_chain/SPX_all_2026-01-30.csv.gz": "yahoo",
}
NO_CHAINS = {
    "spxw_eod_2018/expected_january_leg.json": "this is JSON, no table of quotes",
    "PROVENANCE.md": "this is prose or a note, no table of quotes",
    "cboe_scrape_spx_eod_2019/LICENSE-MIT": "this is prose or a note, no table of quotes",
    "lean/readme.md": "this is prose or a note, no table of quotes",
}


class Letters:
    signature = Signature(headers=(("a", "b", "c", "d", "e"),))


class Vowels:
    signature = Signature(headers=(("a", "e", "i"),))


class Packed:
    signature = Signature(magic=b"DBN", entries=r"\d{8}_.*\.csv")


LETTERS = {"letters": Letters, "vowels": Vowels, "packed": Packed, "silent": object}


def write(folder: Path, content: bytes, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        recognise(path, LETTERS)
    return f"{type(caught.value).__name__} {caught.value}"


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_real_file_is_recognised_whatever_its_name(sample: str, reference_data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "quotes.dat"
    shutil.copy(reference_data / "market" / sample, copy)
    found = recognise(copy, PROVIDERS)
    assert found.format == SAMPLES[sample]
    assert found.because.startswith(("columns ", "a zip whose first entry is "))


@pytest.mark.parametrize("sample", NO_CHAINS)
def test_what_is_no_table_is_refused_with_a_reason(sample: str, reference_data: Path) -> None:
    with pytest.raises(DataError) as caught:
        recognise(reference_data / "market" / sample, PROVIDERS)
    assert NO_CHAINS[sample] in str(caught.value)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("text", ["a,b,c,d,e\n", "\ufeffa, b ,c,d,e,f\r\n", "\nA title\ne,d,c,b,a\n1,2,3,4,5\n"])
def test_columns_are_found_below_a_preamble_in_any_order(tmp_path: Path, text: str, packed: bool) -> None:
    data = gzip.compress(text.encode()) if packed else text.encode()
    assert recognise(write(tmp_path, data), LETTERS) == ("letters", "columns a, b, c, d, e")


def test_first_bytes_and_names_in_a_zip_tell_a_format(tmp_path: Path) -> None:
    assert recognise(write(tmp_path, b"DBN\x01"), LETTERS) == ("packed", "begins with b'DBN'")
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("20210104_spx.csv", "1,2")
    assert recognise(tmp_path / "z", LETTERS).because == "a zip whose first entry is '20210104_spx.csv'"


def test_a_file_that_fits_two_formats_names_both(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, b"a,b,c,d,e,i\n"))
    assert message == (
        "UnknownFormat x.csv: fits letters (columns a, b, c, d, e) and vowels (columns a, e, i); "
        "choose one with --format"
    )


def test_the_nearest_format_is_named_with_what_is_missing(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, b"a,b,c,d,x\n1,2,3,4,5\n"))
    assert message == (
        "UnknownFormat x.csv: columns a, b, c, d, x; letters comes near, but e is missing; "
        "choose the format with --format"
    )


def test_a_file_like_no_format_names_what_was_seen_and_all_formats(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, b"p,q,r,s\n1,2,3,4\n"))
    assert "x.csv: columns p, q, r, s; it is none of letters, packed, vowels;" in message


@pytest.mark.parametrize("content", [b"", b"\x1f\x8bnothing", b"PK\x03\x04nothing"])
def test_what_cannot_be_unpacked_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.csv: "):
        recognise(write(tmp_path, content), LETTERS)


def test_an_import_tells_the_format_of_every_file(tmp_path: Path, reference_data: Path) -> None:
    write_cboe(tmp_path, MONDAY, packed=True)
    write_cboe(tmp_path, TUESDAY)
    shutil.copy(reference_data / "market" / "spy_eod_2021" / "spy_options_2021.csv", tmp_path)
    report = import_files([tmp_path], AUTO, MemoryStore())
    assert [one.format for one in report.recognised] == ["cboe_table", "historical_option_data"]
    assert [coverage.underlying for coverage in report.coverage] == ["SPX", "SPY"]


def test_one_file_that_is_not_recognised_keeps_all_out(tmp_path: Path) -> None:
    write_cboe(tmp_path, MONDAY)
    write(tmp_path, b"p,q,r,s\n")
    store = MemoryStore()
    with pytest.raises(DataError, match=r"x\.csv: columns p, q, r, s"):
        import_files([tmp_path], AUTO, store)
    assert store.datasets() == ()
