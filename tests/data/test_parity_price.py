"""The price of an underlying whose vendor does not name it."""

from dataclasses import replace
from datetime import date
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.chain_rows import NormalizedFile
from data.datasets import PriceOrigin
from data.markets import DERIBIT, NSE
from data.memory_store import MemoryStore
from data.normalizer import DataNormalizer
from data.parity_price import parity_price
from data.providers.cboe_table import CboeTable
from data.raw_rows import RawRows
from data.replay import open_range
from tests.data.vendor_files import MONDAY, Quote, cboe_text

NEAR, FAR = date(2019, 5, 15), date(2019, 6, 21)


def raw_chain(folder: Path, spot: float = 2943.0, carry: float = 0.0, width: float = 0.4) -> RawRows:
    """A file of quotes around values that obey parity, without a price of the underlying."""
    quotes = []
    for expiry in (NEAR, FAR):
        forward = spot * np.exp(carry * (expiry - MONDAY).days / 365)
        for strike in range(2700, 3200, 25):
            for right, value in (("C", max(forward - strike, 0.0)), ("P", max(strike - forward, 0.0))):
                time_value = 40.0 * np.exp(-abs(strike - forward) / 100)
                quotes.append(Quote(strike, value + time_value, value + time_value + width, right, expiry))
    path = folder / "SPX.csv"
    path.write_text(cboe_text(MONDAY, quotes))
    raw = CboeTable().read(path)
    return replace(raw, columns={name: cells for name, cells in raw.columns.items() if name != "underlying_price"})


def normalized(raw: RawRows) -> NormalizedFile:
    return DataNormalizer().normalize(raw)


@pytest.mark.parametrize("carry", [-0.03, 0.0, 0.05])
def test_the_price_is_drawn_back_from_two_forwards(tmp_path: Path, carry: float) -> None:
    (chain,) = normalized(raw_chain(tmp_path, carry=carry)).chains
    assert chain.underlying_price == pytest.approx(2943.0, abs=0.05)
    assert chain.price_origin is PriceOrigin.PARITY


@given(st.integers(0, 39), st.floats(-30.0, 30.0))
def test_one_bad_quote_moves_the_estimate_by_less_than_a_tenth_of_a_percent(
    tmp_path_factory: pytest.TempPathFactory, row: int, error: float
) -> None:
    (chain,) = normalized(raw_chain(tmp_path_factory.mktemp("bad"))).chains
    bid, ask = chain.columns["bid"].copy(), chain.columns["ask"].copy()
    bid[row] += error
    ask[row] += error
    assert parity_price(chain.contracts, bid, ask, MONDAY) == pytest.approx(2943.0, rel=1e-3)


def test_real_chains_imply_the_price_that_their_vendor_names(reference_data: Path) -> None:
    errors = []
    for path in sorted((reference_data / "market" / "cboe_scrape_spx_eod_2019").glob("*.csv.gz"))[::4]:
        for chain in normalized(CboeTable().read(path)).chains:
            price = parity_price(chain.contracts, chain.columns["bid"], chain.columns["ask"], chain.day)
            errors.append(abs(price / chain.underlying_price - 1))
    assert len(errors) >= 5
    assert np.median(errors) < 3e-4
    assert max(errors) < 15e-4


def test_quotes_of_calls_alone_tell_no_price(tmp_path: Path) -> None:
    raw = raw_chain(tmp_path)
    calls = np.flatnonzero(raw.columns["right"] > 0)
    (chain,) = normalized(replace(raw, columns={name: cells[calls] for name, cells in raw.columns.items()})).chains
    assert isnan(chain.underlying_price)
    assert chain.price_origin is PriceOrigin.NONE


def test_a_price_that_the_vendor_names_is_kept(tmp_path: Path) -> None:
    raw = raw_chain(tmp_path)
    named = {**raw.columns, "underlying_price": np.full(len(raw.columns["bid"]), 2000.0)}
    (chain,) = normalized(replace(raw, columns=named)).chains
    assert (chain.underlying_price, chain.price_origin) == (2000.0, PriceOrigin.VENDOR)


def test_quotes_in_coins_tell_no_price(tmp_path: Path) -> None:
    (chain,) = normalized(replace(raw_chain(tmp_path), market=DERIBIT)).chains
    assert chain.price_origin is PriceOrigin.NONE


def test_a_session_is_one_of_the_market(tmp_path: Path) -> None:
    # 2019-04-29 was a holiday in Mumbai and a session in New York.
    (skip,) = normalized(replace(raw_chain(tmp_path), market=NSE)).skipped
    assert skip.day == MONDAY


def test_facts_count_the_estimates(tmp_path: Path) -> None:
    store = MemoryStore()
    store.add([normalized(raw_chain(tmp_path))])
    assert open_range(store, ["SPX"], "eod", MONDAY, MONDAY).facts.estimated_prices == 1
