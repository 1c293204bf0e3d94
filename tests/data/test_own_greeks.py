"""Own volatilities and Greeks: forwards from parity, the same method for every vendor."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from data.cache.greeks import OWN_COLUMNS, own_greeks
from data.contract_list import ContractList, contract_table, sessions_for
from data.memory_store import MemoryStore
from data.normalizer import DataNormalizer
from data.parquet_store import ParquetStore
from data.provider import make_provider
from data.repository import ChainRange, StoredChain
from data.selection import ReadOptions
from engine.instants import years_between
from engine.model import ExerciseStyle, QuoteFlag
from engine.pricing import IvStatus, greeks
from tests.data.vendor_files import MONDAY, Quote, cboe_text

RATE, YIELD, SPOT = 0.026, 0.018, 2943.0
NEAR, FAR = date(2019, 6, 21), date(2020, 6, 19)
OWN = ReadOptions(greeks="own")


def volatility(strike: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.16 - 0.25 * np.log(strike / SPOT))


def quoted(folder: Path, spread: float = 0.02, root: str = "SPXW") -> ChainRange:
    """Chains of two expirations, quoted around Black-Scholes values at a known rate, yield and smile."""
    strikes = np.arange(2500.0, 3400.0, 25.0)
    quotes = []
    for expiry in (NEAR, FAR):
        settles = sessions_for([], MONDAY, expiry).on(expiry).closes_at  # type: ignore[union-attr]
        at = sessions_for([], MONDAY, MONDAY).on(MONDAY).closes_at - 15 * 60 * 10**9  # type: ignore[union-attr]
        years = years_between(at, settles)
        for right, letter in ((1, "C"), (-1, "P")):
            values = greeks(right, SPOT, strikes, years, RATE, YIELD, volatility(strikes), higher_order=False).price
            quotes += [
                Quote(strike, value - spread / 2, value + spread / 2, letter, expiry, root)
                for strike, value in zip(strikes.tolist(), values.tolist(), strict=True)
            ]
    path = folder / "SPX.csv"
    path.write_text(cboe_text(MONDAY, quotes, price=SPOT))
    return stored(path)


def stored(path: Path, options: ReadOptions = OWN) -> ChainRange:
    store = MemoryStore()
    store.add([DataNormalizer().normalize(make_provider("cboe_table").read(path))])
    (dataset,) = store.datasets()
    coverage = dataset.coverage
    return store.read(coverage.underlying, "eod", coverage.first, coverage.last, options)


def only(chains: ChainRange) -> tuple[StoredChain, ContractList]:
    (chain,) = chains.load()
    return chain, chains.contracts.take(chain.contract)


def test_rate_yield_and_smile_come_back_from_the_quotes_alone(tmp_path: Path) -> None:
    chain, contracts = only(quoted(tmp_path))
    own = chain.columns["implied_volatility"]
    liquid = np.abs(contracts.strike - SPOT) < 300
    assert np.abs(own - volatility(contracts.strike))[liquid].max() < 2e-4
    sessions = sessions_for([contracts], MONDAY, FAR)
    years = np.array(
        [years_between(chain.info.at, sessions.on(key.expires_on).closes_at) for key in contracts.series]  # type: ignore[union-attr]
    )[contracts.series_index]
    sigma = volatility(contracts.strike)
    expected = greeks(contracts.right, SPOT, contracts.strike, years, RATE, YIELD, sigma, higher_order=False)
    for name, error in (("delta", 1e-3), ("gamma", 2e-6), ("vega", 3.0), ("theta", 1.0)):
        assert np.abs(chain.columns[name] - getattr(expected, name))[liquid].max() < error, name


def test_calls_and_puts_of_one_strike_have_one_volatility(tmp_path: Path) -> None:
    chain, contracts = only(quoted(tmp_path))
    own = chain.columns["implied_volatility"]
    calls, puts = contracts.right > 0, contracts.right < 0
    assert contracts.strike[calls].tolist() == contracts.strike[puts].tolist()
    near = np.abs(contracts.strike[calls] - SPOT) < 200
    assert np.abs(own[calls] - own[puts])[near].max() < 3e-4


def test_a_quote_that_nothing_can_be_made_of_has_no_number(tmp_path: Path) -> None:
    chains = quoted(tmp_path)
    chain, contracts = only(chains)
    sessions = sessions_for([contracts], MONDAY, FAR)
    table = contract_table({"SPX": contracts}, sessions)
    flags = chain.flags.copy()
    flags[:3] = [QuoteFlag.CROSSED, QuoteFlag.STALE, QuoteFlag.NO_ASK]
    bid = chain.columns["bid"].copy()
    bid[3], flags[3] = 0.0, QuoteFlag.NO_BID
    changed = replace(chain, flags=flags, columns={**chain.columns, "bid": bid})
    found = own_greeks([changed], table)
    assert (found.status[:3] == IvStatus.INVALID_INPUT).all()
    assert all(np.isnan(found.columns[name][:3]).all() for name in OWN_COLUMNS)
    # Without a bid the value is half the ask, at most a tick, as the book marks it.
    assert found.status[3] == IvStatus.OK
    assert found.columns["implied_volatility"][3] < volatility(contracts.strike[3])


def test_an_american_chain_gives_its_own_values_back(reference_data: Path) -> None:
    chains = stored_file(reference_data / "market" / "cboe_quotedata" / "SPY_2025-09-25.csv", "cboe_quotedata")
    chain, contracts = only(chains)
    vendor = next(iter(stored_file(
        reference_data / "market" / "cboe_quotedata" / "SPY_2025-09-25.csv", "cboe_quotedata", ReadOptions()
    ).load())).columns  # fmt: skip
    table = contract_table({"SPY": contracts}, sessions_for([contracts], chain.info.day, chain.info.day))
    assert {one.style for one in table.series} == {ExerciseStyle.AMERICAN}
    liquid = (np.abs(vendor["delta"]) > 0.1) & (np.abs(vendor["delta"]) < 0.9) & (vendor["implied_volatility"] > 0)
    error = np.abs(chain.columns["implied_volatility"] - vendor["implied_volatility"])[liquid]
    assert np.nanmedian(error) < 0.002
    assert np.nanmedian(np.abs(chain.columns["delta"] - vendor["delta"])[liquid]) < 0.005


def stored_file(path: Path, format_name: str, options: ReadOptions = OWN) -> ChainRange:
    store = MemoryStore()
    store.add([DataNormalizer().normalize(make_provider(format_name).read(path))])
    (dataset,) = store.datasets()
    return store.read(dataset.coverage.underlying, "eod", dataset.coverage.first, dataset.coverage.last, options)


def test_the_digest_covers_what_is_read(tmp_path: Path) -> None:
    quoted(tmp_path)
    own, vendor = (next(iter(stored(tmp_path / "SPX.csv", options).load())) for options in (OWN, ReadOptions()))
    assert own.info.digest != vendor.info.digest
    assert own.info.content == vendor.info.content


@pytest.mark.parametrize("years", [(), (2018, 2019)])
def test_a_store_on_disk_derives_the_same_columns_as_one_in_memory(tmp_path: Path, years: tuple[int, ...]) -> None:
    days = [date(year, 4, 30) for year in years] or [MONDAY]
    paths = []
    for day in days:
        quotes = [
            Quote(strike, 60 - abs(strike - 2943) / 9 + max(right * (2943 - strike), 0),
                  60.4 - abs(strike - 2943) / 9 + max(right * (2943 - strike), 0), "C" if right > 0 else "P",
                  date(day.year, 5, 15))
            for right in (1, -1) for strike in range(2700, 3200, 50)
        ]  # fmt: skip
        paths.append(tmp_path / f"{day}.csv")
        paths[-1].write_text(cboe_text(day, quotes))
    files = [DataNormalizer().normalize(make_provider("cboe_table").read(path)) for path in paths]
    found = []
    for store in (MemoryStore(), ParquetStore(tmp_path / "store"), ParquetStore(tmp_path / "store")):
        store.add(files)
        chains = store.read("SPX", "eod", days[0], days[-1], OWN)
        found.append([
            (one.info.digest, *(one.columns[name].tobytes() for name in OWN_COLUMNS)) for one in chains.load()
        ])  # fmt: skip
    assert len(found[0]) == len(days)
    assert found[0] == found[1] == found[2]
