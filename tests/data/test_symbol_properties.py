"""LEAN's symbol properties: read, kept, and looked up by root; and what they say against our own roots."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import DataError
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.roots import INDEX_ROOTS, root_facts
from data.symbol_properties import properties_of, read_symbol_properties
from data.underlying_rows import SymbolProperties

REAL = Path("market") / "lean" / "symbol-properties" / "symbol-properties-database.csv"
HEADER = (
    "market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size,market_ticker,"
    "minimum_order_size,price_magnifier,strike_multiplier\n"
)
ROWS = (
    "\n# Use # signs for comments\n"
    'usa,[*],option,"all, but those below",USD,100,0.01,1\n'
    "usa,[*],indexoption,,USD,100,0.05,1\n"
    "usa,NQX,indexoption,Nasdaq-100 Reduced-Value Index Options,USD,100,0.05,1,,,,5\n"
)
ALL_INDEX_OPTIONS = SymbolProperties("usa", "indexoption", "[*]", "USD", 100.0, 0.05, 1.0, 1.0)


def write(folder: Path, text: str) -> Path:
    path = folder / "properties.csv"
    path.write_text(text)
    return path


def test_comments_and_rows_that_end_early_are_read(tmp_path: Path) -> None:
    _, found = read_symbol_properties(write(tmp_path, HEADER + ROWS))
    assert found[1:] == (
        ALL_INDEX_OPTIONS,
        SymbolProperties("usa", "indexoption", "NQX", "USD", 100.0, 0.05, 1.0, 5.0),
    )


def test_a_root_that_is_not_named_has_the_properties_of_all_others(tmp_path: Path) -> None:
    _, known = read_symbol_properties(write(tmp_path, HEADER + ROWS))
    assert properties_of(root_facts("SPX"), known) == ALL_INDEX_OPTIONS
    assert properties_of(root_facts("SPY"), known) == SymbolProperties(
        "usa", "option", "[*]", "USD", 100.0, 0.01, 1.0, 1.0
    )
    assert properties_of(root_facts("SPX"), ()) is None


def test_a_root_that_is_named_has_its_own(tmp_path: Path) -> None:
    _, known = read_symbol_properties(write(tmp_path, HEADER + ROWS))
    found = properties_of(replace(root_facts("NDX"), root="NQX"), known)
    assert found is not None
    assert (found.symbol, found.strike_multiplier) == ("NQX", 5.0)


def test_the_whole_file_is_kept_once_in_the_store(reference_data: Path, tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    (file,) = import_files([reference_data / REAL], "auto", store).files
    assert (file.outcome.value, file.rows) == ("imported", 10_821)
    (file,) = import_files([reference_data / REAL], "auto", store).files
    assert file.outcome.value == "already_stored"
    with store.underlyings() as records:
        assert records is not None
        known = records.properties()
    assert len(known) == 10_821
    assert properties_of(root_facts("SPX"), known) == ALL_INDEX_OPTIONS


def test_lean_and_our_roots_agree_on_money_per_point_but_for_nanos(reference_data: Path) -> None:
    """One thousandth of the SPX at 1 USD per point is not in LEAN's table, whose default is 100."""
    _, known = read_symbol_properties(reference_data / REAL)
    found = {root: properties_of(facts, known) for root, facts in INDEX_ROOTS.items()}
    differ = [root for root, one in found.items() if one and one.multiplier != INDEX_ROOTS[root].strike_multiplier]
    assert differ == ["NANOS"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADER.replace("lot_size", "lot") + ROWS, "properties.csv: the header lacks lot_size"),
        (
            HEADER + ROWS.replace("0.05,1\n", "x,1\n"),
            "properties.csv: line 5, column 'minimum_price_variation': 'x' is",
        ),
        (HEADER + ROWS.replace(",USD,100,0.01", ",USD,0,0.01"), "properties.csv: line 4, column 'contract_multiplier'"),
        (
            HEADER + ROWS.replace("Options,USD", "Options,"),
            "properties.csv: line 6: market, symbol, type or currency is",
        ),
        (
            HEADER + ROWS + "usa,NQX,indexoption,,USD,100,1,1\n",
            "properties.csv: line 7: usa indexoption NQX stands there",
        ),
        (HEADER + ROWS + "usa,NQX\n", "properties.csv: line 7: market, symbol, type or currency is empty"),
        (HEADER, "properties.csv: the file has a header and no rows"),
    ],
)
def test_a_bad_file_is_refused_by_its_place(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        import_files(
            [write(tmp_path, text)], "auto" if "lot_size" in text else "lean_properties", ParquetStore(tmp_path)
        )
    assert str(caught.value).startswith(reason)
