"""Databento's DBN by schema, on the real files: what is a quote, what is a trade, and when it was known."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import zstandard

from data.chain_rows import ChainRows
from data.datasets import PriceOrigin
from data.importing import AUTO, import_files
from data.memory_store import MemoryStore
from data.normalizer import DataNormalizer
from data.provider import EVERY_PROVIDER
from data.providers import files
from data.providers.databento import Databento
from data.providers.recognition import recognise
from data.quality import ChainValidator
from engine.instants import NANOS_PER_SECOND, iso
from engine.model import QuoteFlag
from tests.builders import new_york
from tests.data.foreign_files import chains, refusal

DAY = date(2025, 2, 20)
SCHEMAS = {
    "cbbo-1m": ("minute", 4),
    "cbbo-1s": ("second", 4),
    "definition": ("definition", 1),
    "ohlcv-1d": ("ohlcv-1d", 1),
    "ohlcv-1h": ("ohlcv-1h", 1),
    "ohlcv-1m": ("ohlcv-1m", 1),
    "ohlcv-1s": ("ohlcv-1s", 3),
    "statistics": ("statistics", 1),
    "tbbo": ("tbbo", 1),
    "trades": ("trades", 1),
}
"""Resolution and chains of each file."""
SYMBOL = b"AAPL  250221C00250000"
INSTRUMENT = 16_783_963


@pytest.fixture
def sample(reference_data: Path) -> Callable[[str], Path]:
    return lambda schema: reference_data / "market" / "databento_opra" / f"aapl_250221C250_{schema}.dbn.zst"


def values(chain: ChainRows, *names: str) -> list[float]:
    (found,) = np.column_stack([chain.columns[name] for name in names]).tolist()
    return list(found)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_file_is_recognised_and_makes_chains_of_its_contract(sample: Callable[[str], Path], schema: str) -> None:
    file = DataNormalizer().normalize(Databento().read(sample(schema)))
    assert (file.resolution, len(file.chains)) == SCHEMAS[schema]
    assert recognise(sample(schema), EVERY_PROVIDER).format == "databento"
    for chain in file.chains:
        assert (chain.underlying, chain.price_origin, len(chain)) == ("AAPL", PriceOrigin.NONE, 1)
        assert chain.contracts.strike.tolist() == [250.0]
        assert chain.contracts.series[0][:2] == (date(2025, 2, 21), "AAPL")


def test_all_of_them_stand_in_one_store_beside_each_other(reference_data: Path) -> None:
    report = import_files([reference_data / "market" / "databento_opra"], AUTO, MemoryStore())
    assert len(report.files) == len(SCHEMAS)
    assert {one.resolution for one in report.coverage} == {resolution for resolution, _ in SCHEMAS.values()}


def test_consolidated_quotes_are_of_the_moment_they_were_received(sample: Callable[[str], Path]) -> None:
    """`ts_event` of a window without a trade is undefined; prices of 2^63 - 1 are none."""
    before, first, *_ = chains(sample("cbbo-1m"), "databento")
    assert [iso(one.at) for one in (before, first)] == ["2025-02-20T13:01:00Z", "2025-02-20T14:31:00Z"]
    assert values(first, "bid", "ask", "bid_size", "ask_size") == [0.32, 0.34, 104.0, 132.0]
    assert np.isnan(values(before, "bid", "ask")).all()
    flags = ChainValidator().flags(before)[0]
    assert flags == QuoteFlag.NO_BID | QuoteFlag.NO_ASK | QuoteFlag.OFF_HOURS


def test_a_second_is_a_resolution_of_its_own(sample: Callable[[str], Path]) -> None:
    found = chains(sample("cbbo-1s"), "databento")
    assert iso(found[1].at) == "2025-02-20T14:30:01Z"
    assert values(found[1], "bid", "ask") == [0.1, 0.25]


def test_quotes_at_trades_become_the_last_one_of_the_minute(sample: Callable[[str], Path]) -> None:
    (chain,) = chains(sample("tbbo"), "databento")
    assert chain.at == new_york(DAY, "09:31")
    assert values(chain, "bid", "ask", "last", "volume") == [0.19, 0.21, 0.19, 8.0]


def test_trades_are_no_quotes(sample: Callable[[str], Path]) -> None:
    (chain,) = chains(sample("trades"), "databento")
    assert values(chain, "last", "volume") == [0.19, 8.0]
    assert np.isnan(values(chain, "bid", "ask")).all()


def test_bars_of_all_exchanges_are_one(sample: Callable[[str], Path]) -> None:
    """A bar per exchange: volumes add up, and the close is that where most was traded."""
    (chain,) = chains(sample("ohlcv-1m"), "databento")
    assert chain.at == new_york(DAY, "09:31")
    assert values(chain, "last", "volume") == [0.35, 70 + 19 + 20 + 80.0]


@pytest.mark.parametrize(("schema", "clock"), [("ohlcv-1d", "16:15"), ("ohlcv-1h", "10:00"), ("ohlcv-1s", "09:30:01")])
def test_a_bar_is_known_at_its_end_and_a_day_when_trading_ends(
    sample: Callable[[str], Path], schema: str, clock: str
) -> None:
    """A day of UTC ends at 19:00 in New York."""
    assert chains(sample(schema), "databento")[0].at == new_york(DAY, clock)


def test_open_interest_is_read_from_statistics(sample: Callable[[str], Path]) -> None:
    (chain,) = chains(sample("statistics"), "databento")
    assert values(chain, "open_interest") == [57_924.0]
    assert chain.at == new_york(DAY, "06:31")


def test_a_definition_is_a_contract_without_a_quote(sample: Callable[[str], Path]) -> None:
    """Its strike and expiration are those of the symbol; undefined multipliers and dates are not read."""
    (chain,) = chains(sample("definition"), "databento")
    assert np.isnan(np.concatenate(list(chain.columns.values()))).all()


def unpacked(path: Path) -> bytearray:
    return bytearray(zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes()))


def test_plain_dbn_is_read_as_well(sample: Callable[[str], Path], tmp_path: Path) -> None:
    path = tmp_path / "x.dbn"
    path.write_bytes(unpacked(sample("trades")))
    assert values(chains(path, "databento")[0], "last") == [0.19]


def test_frames_of_zstd_one_after_the_other_are_one_file(sample: Callable[[str], Path], tmp_path: Path) -> None:
    data = bytes(unpacked(sample("trades")))
    path, pack = tmp_path / "x.dbn.zst", zstandard.ZstdCompressor().compress
    path.write_bytes(pack(data[:300]) + pack(data[300:]))
    assert values(chains(path, "databento")[0], "last") == [0.19]


def test_a_number_means_a_contract_on_its_days_only(sample: Callable[[str], Path], tmp_path: Path) -> None:
    """Numbers of instruments are used again from day to day."""
    data = unpacked(sample("trades"))
    position = data.index((1_740_061_800_817_866_523).to_bytes(8, "little"))
    later = 1_740_061_800_817_866_523 + 86_400 * NANOS_PER_SECOND
    data[position : position + 8] = later.to_bytes(8, "little")
    path = tmp_path / "x.dbn"
    path.write_bytes(data)
    assert refusal(path, "databento") == (
        "BadFile x.dbn: record 1: instrument 16783963 has no symbol on 2025-02-21; download it again"
    )


def test_what_is_no_option_is_refused(sample: Callable[[str], Path], tmp_path: Path) -> None:
    data, path = unpacked(sample("trades")), tmp_path / "x.dbn"
    path.write_bytes(data.replace(SYMBOL, b"AAPL" + bytes(17)))
    assert refusal(path, "databento").startswith("BadSymbol x.dbn: ")


def test_a_moment_that_is_undefined_is_named_by_its_record(sample: Callable[[str], Path], tmp_path: Path) -> None:
    data, path = unpacked(sample("trades")), tmp_path / "x.dbn"
    path.write_bytes(data.replace((1_740_061_800_817_866_523).to_bytes(8, "little"), b"\xff" * 8))
    assert refusal(path, "databento").startswith("BadRow x.dbn: record 1 has no moment between 1992 and 2098")


@pytest.mark.parametrize("percent", [1, 5, 20, 50, 80, 95, 98, 99])
@pytest.mark.parametrize("schema", ["cbbo-1m", "definition"])
def test_a_file_that_is_cut_off_is_refused(
    sample: Callable[[str], Path], tmp_path: Path, schema: str, percent: int
) -> None:
    """At 98 % all records are there still, and only the checksum is missing."""
    data, path = sample(schema).read_bytes(), tmp_path / "x.dbn.zst"
    path.write_bytes(data[: len(data) * percent // 100])
    assert refusal(path, "databento").startswith("UnreadableFile x.dbn.zst: ")


def test_plain_records_that_are_cut_off_are_refused(sample: Callable[[str], Path], tmp_path: Path) -> None:
    path = tmp_path / "x.dbn"
    path.write_bytes(unpacked(sample("cbbo-1m"))[:-7])
    assert refusal(path, "databento").startswith("UnreadableFile x.dbn: the records are damaged or cut off (")


def test_damage_and_other_packed_files_are_refused(sample: Callable[[str], Path], tmp_path: Path) -> None:
    path, data = tmp_path / "x.dbn.zst", bytearray(sample("trades").read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path, "databento").startswith("UnreadableFile x.dbn.zst: the zstd file is damaged (")
    path.write_bytes(zstandard.compress(b"ts_recv,price\n1,2\n"))
    assert refusal(path, "databento") == (
        "UnreadableFile x.dbn.zst: is no DBN file, which begins with 'DBN'; ask for the encoding dbn"
    )


def test_a_file_that_fills_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1_000_000)
    path = tmp_path / "x.dbn.zst"
    path.write_bytes(zstandard.compress(b"DBN" + bytes(5_000_000)))
    assert "unpacks to more than 1,000,000 bytes" in refusal(path, "databento")


def test_without_its_library_the_remedy_is_named(
    sample: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "databento", None)
    assert refusal(sample("trades"), "databento").endswith(
        "DBN files need the package databento; install it with: pip install 'ironfly[vendors]'"
    )
