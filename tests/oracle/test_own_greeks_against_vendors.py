"""Own volatilities and Greeks beside those of Cboe, over 21 real days of SPX and SPXW."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from data.contract_list import sessions_for
from data.parquet_store import ParquetStore
from data.selection import ReadOptions
from engine.instants import NANOS_PER_YEAR
from engine.pricing import implied_volatility

Column = NDArray[np.float64]
RANGE = ("SPX", "eod", date(2019, 4, 25), date(2019, 5, 28))


class Rows(NamedTuple):
    """Quotes of all days with both volatilities, of contracts with more than a day to live."""

    chain: NDArray[np.int64]
    series: NDArray[np.int64]
    right: NDArray[np.int8]
    strike: Column
    spot: Column
    years: Column
    bid: Column
    ask: Column
    vendor: Column
    vendor_delta: Column
    own: Column
    delta: Column


@pytest.fixture(scope="module")
def rows(imported_spx_store: ParquetStore) -> Rows:
    theirs = imported_spx_store.read(*RANGE)
    ours = imported_spx_store.read(*RANGE, ReadOptions(greeks="own"))
    series = theirs.contracts.series_index
    sessions = sessions_for([theirs.contracts], RANGE[2], RANGE[3])
    closes = np.array([sessions.on(key.expires_on).closes_at for key in theirs.contracts.series])  # type: ignore[union-attr]
    parts = []
    for number, (vendor, own) in enumerate(zip(theirs.load(), ours.load(), strict=True)):
        contract = vendor.contract
        years = (closes[series[contract]] - vendor.info.at) / NANOS_PER_YEAR
        spot = np.full(len(contract), vendor.info.underlying_price)
        parts.append((
            np.full(len(contract), number), series[contract], theirs.contracts.right[contract],
            theirs.contracts.strike[contract], spot, years, vendor.columns["bid"], vendor.columns["ask"],
            vendor.columns["implied_volatility"], vendor.columns["delta"],
            own.columns["implied_volatility"], own.columns["delta"],
        ))  # fmt: skip
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    kept = columns[5] > 1.5 / 365
    return Rows(*(column[kept] for column in columns))


def test_volatilities_are_those_of_the_vendor_where_both_know_one(rows: Rows) -> None:
    liquid = (np.abs(rows.vendor_delta) > 0.05) & (np.abs(rows.vendor_delta) < 0.95) & (rows.vendor > 0)
    error = np.abs(rows.own - rows.vendor)[liquid]
    assert liquid.sum() > 100_000
    assert np.isnan(error).mean() < 0.001
    assert np.nanmedian(error) < 0.0006
    assert np.nanpercentile(error, 90) < 0.006


def test_deltas_are_those_of_the_vendor(rows: Rows) -> None:
    liquid = (np.abs(rows.vendor_delta) > 0.05) & (np.abs(rows.vendor_delta) < 0.95)
    error = np.abs(rows.delta - rows.vendor_delta)[liquid]
    assert np.nanmedian(error) < 0.001
    assert np.nanpercentile(error, 90) < 0.01


def test_calls_and_puts_of_one_strike_agree_within_what_their_quotes_leave_open(rows: Rows) -> None:
    """For 95 % of pairs the volatilities of the middles of call and put are no farther apart than bids and asks allow.

    Pairs of 0.1 < |delta| < 0.9 with spreads below a tenth of the price.
    """
    key = (rows.chain * 10_000 + rows.series) * 10_000_000 + (rows.strike * 100).astype(np.int64)
    calls, puts = np.flatnonzero(rows.right > 0), np.flatnonzero(rows.right < 0)
    _, of_calls, of_puts = np.intersect1d(key[calls], key[puts], return_indices=True)
    call, put = calls[of_calls], puts[of_puts]
    money = [(np.abs(rows.delta[one]) > 0.1) & (np.abs(rows.delta[one]) < 0.9) for one in (call, put)]
    width = [(rows.ask[one] - rows.bid[one]) / (0.5 * (rows.ask[one] + rows.bid[one])) for one in (call, put)]
    liquid = (rows.bid[call] > 0) & (rows.bid[put] > 0) & (width[0] < 0.1) & (width[1] < 0.1) & money[0] & money[1]
    call, put = call[liquid], put[liquid]
    assert len(call) > 10_000
    gap = np.abs(rows.own[call] - rows.own[put])
    allowed = _half_width(rows, call) + _half_width(rows, put)
    known = np.isfinite(gap) & np.isfinite(allowed)
    assert known.mean() > 0.98
    assert np.mean(gap[known] <= allowed[known]) > 0.95


def _half_width(rows: Rows, chosen: NDArray[np.int64]) -> Column:
    """Half of the volatilities between bid and ask, at zero rates: close enough for a width."""
    terms = (rows.right[chosen].astype(float), rows.spot[chosen], rows.strike[chosen], rows.years[chosen], 0.0, 0.0)
    low, _ = implied_volatility(rows.bid[chosen], *terms)
    high, _ = implied_volatility(rows.ask[chosen], *terms)
    return np.asarray(0.5 * (high - low))
