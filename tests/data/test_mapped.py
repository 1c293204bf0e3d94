"""Files of unknown vendors, read by a mapping of their columns: what comes out, and what is wrong with a mapping."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from data.chain_rows import ChainRows
from data.errors import DataError, MappingError
from data.importing import import_files
from data.memory_store import MemoryStore
from data.normalizer import DataNormalizer
from data.providers.mapped import Mapped
from data.providers.mapping_file import read_mapping
from tests.api.shell import ironfly
from tests.builders import new_york
from tests.reference import REPOSITORY

LONG: dict[str, Any] = {
    "name": "shop",
    "columns": {
        "underlying": "Ticker",
        "expiration": "Exp",
        "right": "CP",
        "strike": "K",
        "quote_date": "Day",
        "bid": "Bid",
        "ask": "Ask",
    },
}
LONG_TEXT = (
    "Ticker,Day,Exp,CP,K,Bid,Ask\nSPY,2021-01-04,2021-01-29,P,345,2.76,2.78\nSPY,2021-01-04,2021-01-29,C,345,,30\n"
)
WIDE: dict[str, Any] = {
    "name": "chain_view",
    "resolution": "minute",
    "delimiter": ";",
    "trim": True,
    "columns": {"expiration": "Expiry", "strike": "Strike", "at": ["Date", "Time"], "underlying_price": "Spot"},
    "calls": {"bid": "C Bid", "ask": "C Ask", "vega": "C Vega", "theta": "C Theta", "implied_volatility": "C IV"},
    "puts": {"bid": "P Bid", "ask": "P Ask", "open_interest": "P OI"},
    "constants": {"underlying": "SPX"},
    "dates": {"expiration": "%d.%m.%Y"},
    "time": {"format": "%d.%m.%Y %H:%M", "zone": "America/Chicago"},
    "units": {"vega": "per_point", "theta": "per_day", "implied_volatility": "percent", "strike": 0.001},
    "roots": {"monthly": "SPX", "other": "SPXW"},
}
WIDE_TEXT = (
    "Date; Time; Expiry; Strike; Spot; C Bid; C Ask; C IV; C Vega; C Theta; P Bid; P Ask; P OI\n"
    "04.01.2021; 10:31; 15.01.2021; 3700500; 3700; 40.1; 40.9; 22.5; 2.5; -1.5; 38.0; 38.6; 17\n"
    "04.01.2021; 10:31; 22.01.2021; 3700500; 3700; 50.1; 50.9; 22.5; 3.5; -1.25; 48.0; 48.6; 18\n"
)
SYMBOLS: dict[str, Any] = {
    "name": "tape",
    "resolution": "minute",
    "columns": {"symbol": "osi", "at": "stamp", "last": "price"},
    "time": {"format": "unix_ms"},
}


def write(folder: Path, mapping: Any, text: str = "") -> tuple[Path, Path]:
    file, quotes = folder / "my.yaml", folder / "quotes.csv"
    with file.open("w") as out:
        YAML(typ="safe", pure=True).dump(mapping, out)
    quotes.write_text(text)
    return file, quotes


def chains(folder: Path, mapping: Any, text: str) -> list[ChainRows]:
    file, quotes = write(folder, mapping, text)
    return list(DataNormalizer().normalize(Mapped(read_mapping(file)).read(quotes)).chains)


def refusal(folder: Path, mapping: Any, text: str) -> str:
    with pytest.raises(DataError) as caught:
        chains(folder, mapping, text)
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def changed(mapping: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """A mapping with parts replaced; keys within a part are merged, None removes."""
    result = dict(mapping)
    for key, part in parts.items():
        merged = {**result.get(key, {}), **part} if isinstance(part, dict) else part
        result[key] = {name: one for name, one in merged.items() if one is not None} if isinstance(part, dict) else part
    return {key: part for key, part in result.items() if part is not None}


def test_a_long_file_has_a_contract_in_every_row(tmp_path: Path) -> None:
    (chain,) = chains(tmp_path, LONG, LONG_TEXT)
    assert (chain.underlying, chain.day, chain.time_assumed) == ("SPY", date(2021, 1, 4), True)
    assert chain.contracts.right.tolist() == [-1, 1] or chain.contracts.right.tolist() == [1, -1]
    put = int(np.flatnonzero(chain.contracts.right == -1)[0])
    assert (chain.columns["bid"][put], chain.columns["ask"][put]) == (2.76, 2.78)
    assert np.isnan(chain.columns["bid"][1 - put])


def test_a_wide_file_has_two_with_units_zone_and_roots_of_the_mapping(tmp_path: Path) -> None:
    (chain,) = chains(tmp_path, WIDE, WIDE_TEXT)
    assert chain.at == new_york(date(2021, 1, 4), "11:31")
    assert (chain.underlying, chain.underlying_price) == ("SPX", 3700.0)
    assert [(key.root, key.symbol_date.day) for key in chain.contracts.series] == [("SPX", 15), ("SPXW", 22)]
    assert set(chain.contracts.strike.tolist()) == {3700.5}
    (row,) = np.flatnonzero((chain.contracts.series_index == 0) & (chain.contracts.right == 1))
    found = {name: float(chain.columns[name][row]) for name in ("bid", "ask", "implied_volatility", "vega", "theta")}
    assert found == {"bid": 40.1, "ask": 40.9, "implied_volatility": 0.225, "vega": 250.0, "theta": -1.5 * 365}
    (row,) = np.flatnonzero((chain.contracts.series_index == 1) & (chain.contracts.right == -1))
    assert (chain.columns["bid"][row], chain.columns["open_interest"][row]) == (48.0, 18.0)
    assert np.isnan(chain.columns["vega"][row])


def test_symbols_say_all_of_a_contract_and_trades_are_no_quotes(tmp_path: Path) -> None:
    (chain,) = chains(tmp_path, SYMBOLS, "osi,stamp,price\nSPXW  210129P03700000,1609776060000,12.5\n")
    assert (chain.underlying, chain.at) == ("SPX", new_york(date(2021, 1, 4), "11:01"))
    assert chain.columns["last"].tolist() == [12.5]
    assert np.isnan([chain.columns["bid"][0], chain.columns["ask"][0]]).all()


@pytest.mark.parametrize(
    ("mapping", "text", "reason"),
    [
        (LONG, LONG_TEXT.replace(",P,", ",X,"), "BadRow quotes.csv: line 2, column 'CP': 'X' is none of put, p, call,"),
        (LONG, LONG_TEXT.replace("2.76", "x"), "BadRow quotes.csv: line 2, column 'Bid': 'x' is no number"),
        (LONG, LONG_TEXT.replace("Exp,", "Expiry,"), "MissingColumn quotes.csv: the header lacks 'Exp'"),
        (LONG, LONG_TEXT.replace("2021-01-29,P", "01/29/2021,P"), "BadRow quotes.csv: line 2, column 'Exp': '01/29/20"),
        (LONG, LONG_TEXT.replace(",345,2", ",345.0001,2"), "BadRow quotes.csv: line 2, column 'K': 345.0001 contradic"),
        (LONG, LONG_TEXT.replace("SPY,2021-01-04,2021-01-29,P", "spy,2021-01-04,2021-01-29,P"),
         "BadSymbol quotes.csv: line 2, column 'Ticker, K': symbol 'spy210129P00345000' is not OSI"),
        (LONG, LONG_TEXT[:-4] + "\n", "BadRow quotes.csv: line 3: 6 cells where the header has 7"),
        (WIDE, WIDE_TEXT.replace("10:31; 22", "10.31; 22"), "BadRow quotes.csv: line 3, column 'Date': '04.01.2021 10"),
        (WIDE, WIDE_TEXT.replace("04.01.2021; 10:31; 22", "01.11.2020; 01:31; 22"),
         "BadRow quotes.csv: line 3, column 'Date': '01.11.2020 01:31' happens twice, or never, in America/Chicago"),
        (WIDE, WIDE_TEXT.replace("22.01.2021", "22.01.2421"), "CalendarError quotes.csv: dates from"),
        (SYMBOLS, "osi,stamp,price\nSPXW,1609776060000,1\n", "BadSymbol quotes.csv: line 2, column 'osi': symbol 'SPX"),
        (SYMBOLS, "osi,stamp,price\nSPY210129P00345000,9009776060000000000,1\n", "BadRow quotes.csv: line 2, column '"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, mapping: Any, text: str, reason: str) -> None:
    assert refusal(tmp_path, mapping, text).startswith(reason)


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        (changed(LONG, columns={"bidd": "B"}), "columns.bidd: unknown key; did you mean 'bid'?"),
        (changed(LONG, colums={"bid": "B"}), "colums: unknown key; did you mean 'columns'?"),
        (changed(LONG, columns={"strike": None}), "columns.strike: is missing, and so is symbol"),
        (changed(LONG, columns={"underlying": None}), "columns.underlying: is missing, and so is root"),
        (changed(LONG, columns={"right": None}), "columns.right: is missing, and so is symbol"),
        (changed(LONG, columns={"at": "Time"}), "columns: either quote_date, for a file without a time of day, or at"),
        (changed(LONG, columns={"bid": None, "ask": None}), "columns: nothing is quoted; map bid and ask, or last"),
        (changed(LONG, columns={"bid": "Ask"}), "columns.ask: columns.bid names the column 'Ask' as well"),
        (changed(LONG, constants={"right": "call"}), "constants.right: columns.right is given as well"),
        (changed(LONG, calls={"bid": "B"}), "calls and puts belong together"),
        (
            changed(WIDE, columns={"last": "L"}),
            "columns: symbol, right and quotes of a wide file stand under calls and",
        ),
        (changed(LONG, units={"vega": "per_pint"}), "units.vega: must be 'per_unit' or 'per_point'"),
        (changed(LONG, units={"strike": 0}), "units.strike: must be greater than 0"),
        (
            changed(WIDE, time={"zone": "America/New_Yrok"}),
            "time.zone: unknown time zone 'America/New_Yrok'; did you m",
        ),
        (changed(LONG, dates={"expiration": "%Q"}), "dates.expiration: '%Q' is no pattern of strptime"),
        (changed(LONG, rights={"call": ["x"], "put": ["X"]}), "rights: one text cannot mean call and put"),
        (changed(LONG, market="USA"), "market: unknown market 'USA': did you mean 'US'?"),
        (changed(LONG, name=None), "name: is missing"),
        (["columns"], "a mapping has keys like `columns:`"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_named_by_its_key(tmp_path: Path, mapping: Any, reason: str) -> None:
    assert refusal(tmp_path, mapping, LONG_TEXT).startswith(f"MappingError my.yaml: {reason}")


@pytest.mark.parametrize("text", ["columns: {bid: x", "a: 1\na: 2\n", "\ta: 1", "x" * 100_001, "name: \x00"])
def test_what_is_no_yaml_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "my.yaml").write_text(text)
    with pytest.raises(MappingError, match=r"^my\.yaml: "):
        read_mapping(tmp_path / "my.yaml")
    with pytest.raises(MappingError, match="cannot be opened"):
        read_mapping(tmp_path / "absent.yaml")


def test_a_corrected_mapping_reads_a_file_again(tmp_path: Path) -> None:
    store = MemoryStore()
    for mapping in (LONG, changed(LONG, columns={"bid": "Ask", "ask": "Bid"})):
        file, quotes = write(tmp_path, mapping, LONG_TEXT)
        import_files([quotes], Mapped(read_mapping(file)), store, replace_days=True)
    (one,) = store.read("SPY", "eod", date.min, date.max).load()
    assert 2.78 in one.columns["bid"]


def test_the_example_of_the_documentation_imports(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "data.md").read_text()
    section = page[page.index("**Any other CSV.**") :]
    for language, name in (("yaml", "my_vendor.yaml"), ("csv", "quotes.csv")):
        example = re.search(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
        assert example is not None
        (tmp_path / name).write_text(example[1])
    command = ["data", "import", "--mapping", "my_vendor.yaml", "quotes.csv"]
    assert f"ironfly {' '.join(command)}" in section
    answer = ironfly(*command, cwd=tmp_path)
    assert answer.code == 0, answer.err
    chain = ironfly("data", "chain", "SPX", "2021-01-04T11:31", "--resolution", "minute", cwd=tmp_path)
    assert "3700.5" in chain.out
    answer = ironfly("data", "import", "--mapping", "absent.yaml", "quotes.csv", cwd=tmp_path)
    assert answer.error == "absent.yaml: cannot be opened (No such file or directory); check the path"
