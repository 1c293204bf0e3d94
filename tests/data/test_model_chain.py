"""Chains of the model market: no arbitrage, ticks of the exchange, the same bytes for the same seed."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from data.calendar import session_table
from data.chain_rows import ChainRows
from data.embedded_market import embedded_market
from data.errors import NotCovered
from data.model_chain.listing import index_series
from data.model_chain.smile import INDEX_SMILE, STOCK_SMILE, Smile, at_the_money_variance, total_variance
from data.providers.model_chain import ModelChainProvider
from data.roots import root_facts
from engine.model import QuoteFlag

MARKET = embedded_market()
DAYS = st.sampled_from(MARKET.days)
SYMBOLS = st.sampled_from(["SPX", "SPX", "XFUND", "XSTOCK"])
TICK = {"SPX": 0.10, "XFUND": 0.01, "XSTOCK": 0.05}
"""Increment at 3.00 and above."""


PINNED = "543983d647b2ec9f"


class Side(NamedTuple):
    """One right of one series, strikes ascending; `sign` makes prices fall with the strike."""

    sign: int
    strike: NDArray[np.float64]
    bid: NDArray[np.float64]
    ask: NDArray[np.float64]


def chain_of(day: date, underlying: str = "SPX", seed: int = 0) -> ChainRows:
    (chain,) = ModelChainProvider(seed).chains(underlying, "eod", day, day)
    return chain


def sides(chain: ChainRows) -> Iterator[Side]:
    for series in range(len(chain.contracts.series)):
        for right in (1, -1):
            own = (chain.contracts.series_index == series) & (chain.contracts.right == right)
            yield Side(right, chain.contracts.strike[own], chain.columns["bid"][own], chain.columns["ask"][own])


def butterfly(
    strike: NDArray[np.float64], wings: NDArray[np.float64], body: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Cost of wings around every strike but the outer ones, less what the body brings."""
    near = (strike[2:] - strike[1:-1]) / (strike[2:] - strike[:-2])
    return np.asarray(near * wings[:-2] + (1 - near) * wings[2:] - body[1:-1])


# --- the surface ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("smile", [INDEX_SMILE, STOCK_SMILE])
def test_the_smile_satisfies_the_theorems_on_absence_of_static_arbitrage(smile: Smile) -> None:
    """Gatheral and Jacquier (2014), theorems 4.1 and 4.2, at every level of variance."""
    level = np.geomspace(1e-8, 10.0, 2_000)
    wings = smile.curvature / (level**smile.decay * (1 + level) ** (1 - smile.decay))
    steep = 1 + abs(smile.skew)
    assert (level * wings * steep < 4).all()
    assert (level * wings**2 * steep <= 4).all()
    growth = np.diff(level * wings) / np.diff(level)
    bound = (1 + np.sqrt(1 - smile.skew**2)) / smile.skew**2 * wings
    assert (growth >= 0).all()
    assert (growth <= bound[:-1]).all()


@given(vix=st.floats(0.01, 1.5), moneyness=st.floats(-1.5, 1.0))
def test_total_variance_rises_with_time_at_every_forward_moneyness(vix: float, moneyness: float) -> None:
    time = np.geomspace(1e-5, 2.0, 200)
    for smile in (INDEX_SMILE, STOCK_SMILE):
        at_the_money = at_the_money_variance(vix, time, smile)
        assert (np.diff(at_the_money) > 0).all()
        assert (np.diff(total_variance(np.full(200, moneyness), at_the_money, smile)) > 0).all()


def test_the_level_in_thirty_days_follows_the_vix() -> None:
    thirty_days = np.array([30 / 365])
    for vix in (0.09, 0.15, 0.40):
        volatility = np.sqrt(at_the_money_variance(vix, thirty_days)[0] / thirty_days[0])
        assert volatility == pytest.approx(INDEX_SMILE.level * vix)


# --- quotes -----------------------------------------------------------------------------------------------------


@given(day=DAYS, underlying=SYMBOLS)
def test_quotes_admit_no_vertical_spread_and_no_butterfly_for_nothing(day: date, underlying: str) -> None:
    for side in sides(chain_of(day, underlying)):
        mid = (side.bid + side.ask) / 2
        assert (np.diff(mid * side.sign) <= 0).all()
        assert butterfly(side.strike, side.ask, side.bid).min() >= -1e-9
        assert butterfly(side.strike, mid, mid).min() > -TICK[underlying]


@given(day=DAYS)
def test_calls_and_puts_agree_on_the_forward(day: date) -> None:
    chain = chain_of(day)
    rate = float(MARKET.rate[MARKET.position(day)])
    calls, puts = (list(sides(chain))[first::2] for first in (0, 1))
    for call, put in zip(calls, puts, strict=True):
        assert (call.strike == put.strike).all()
        # Undiscounted strikes change the price of a box by a rate of at most 3 % over half a year.
        slack = (call.strike - chain.underlying_price) * rate * 0.5
        highest = (call.ask - put.bid + call.strike).min()
        lowest = (call.bid - put.ask + call.strike).max()
        assert lowest - np.abs(slack).max() <= highest + np.abs(slack).max()
        middle = np.abs(call.strike / chain.underlying_price - 1) < 0.01
        forwards = ((call.bid + call.ask - put.bid - put.ask) / 2 + call.strike)[middle]
        assert np.ptp(forwards) < 1.0


@given(day=DAYS, underlying=SYMBOLS)
def test_bids_and_asks_are_on_the_ticks_of_their_root(day: date, underlying: str) -> None:
    chain = chain_of(day, underlying)
    ticks = root_facts(chain.contracts.series[0].root).ticks
    bid, ask = chain.columns["bid"], chain.columns["ask"]
    assert (bid < ask).all()
    assert (bid >= 0).all()
    for price in (bid, ask):
        tick = np.where(price < 3.0, ticks.below_3_usd, ticks.from_3_usd)
        assert np.allclose(price / tick, np.rint(price / tick), atol=1e-7)
        assert (price == np.round(price, 2)).all()


@given(day=DAYS)
def test_far_wings_have_no_bid_and_are_flagged(day: date) -> None:
    chain = chain_of(day)
    without = chain.columns["bid"] == 0
    assert 0.01 < without.mean() < 0.6
    assert ((chain.flags == QuoteFlag.NO_BID) == without).all()
    assert np.abs(chain.columns["delta"][without]).max() < 0.05
    assert chain.columns["ask"][without].max() <= 0.15


def test_a_spread_is_wider_in_the_money_than_out_of_it() -> None:
    chain = chain_of(date(2017, 3, 1))
    width, delta = chain.columns["ask"] - chain.columns["bid"], np.abs(chain.columns["delta"])
    outside, inside = (np.median(width[(delta > low) & (delta < high)]) for low, high in ((0.05, 0.5), (0.8, 0.95)))
    assert inside > 3 * outside


# --- identity ---------------------------------------------------------------------------------------------------


def test_chains_are_pinned() -> None:
    """When this changes on purpose, raise MODEL_VERSION."""
    found = [
        chain
        for underlying, resolution, day in (
            ("SPX", "eod", date(2014, 1, 3)),
            ("SPX", "eod", date(2017, 11, 3)),
            ("SPX", "half_hour", date(2018, 2, 5)),
            ("XFUND", "eod", date(2018, 12, 31)),
            ("XSTOCK", "eod", date(2016, 4, 28)),
        )
        for chain in ModelChainProvider().chains(underlying, resolution, day, day)
    ]
    digest = hashlib.sha256(b"".join(chain.digest(chain.flags) for chain in found)).hexdigest()
    assert digest[:16] == PINNED


def test_a_day_is_the_same_whatever_range_it_is_made_in() -> None:
    day = date(2016, 11, 9)
    alone = chain_of(day)
    among = [one for one in ModelChainProvider().chains("SPX", "eod", date(2016, 11, 1), day) if one.day == day]
    assert [one.digest(one.flags) for one in among] == [alone.digest(alone.flags)]


def test_another_seed_has_other_widths_but_the_same_volatilities() -> None:
    one, other = chain_of(date(2016, 11, 9)), chain_of(date(2016, 11, 9), seed=1)
    assert (one.columns["implied_volatility"] == other.columns["implied_volatility"]).all()
    assert (one.columns["ask"] != other.columns["ask"]).any()
    assert one.underlying_price == other.underlying_price


def test_strikes_are_never_taken_away() -> None:
    sessions = session_table(MARKET.first, MARKET.last)
    (series,) = (
        one.key
        for one in index_series(MARKET.first, MARKET.last, sessions)
        if one.key[:2] == (date(2015, 9, 18), "SPX")
    )
    listed: set[float] = set()
    for chain in ModelChainProvider().chains("SPX", "eod", date(2015, 3, 20), date(2015, 9, 17)):
        own = chain.contracts.series_index == chain.contracts.series.index(series)
        strikes = set(chain.contracts.strike[own].tolist())
        assert listed <= strikes
        listed = strikes
    assert len(listed) > 150


@pytest.mark.parametrize(
    ("underlying", "resolution", "said"),
    [("SPY", "eod", "valid: SPX, XFUND, XSTOCK"), ("SPX", "minute", "valid: eod, half_hour")],
)
def test_what_the_model_market_has_not_is_refused_by_name(underlying: str, resolution: str, said: str) -> None:
    with pytest.raises(NotCovered, match=said):
        list(ModelChainProvider().chains(underlying, resolution, date(2017, 1, 3), date(2017, 1, 3)))


def test_a_year_outside_is_refused() -> None:
    with pytest.raises(NotCovered, match="2014-01-03 to 2018-12-31"):
        ModelChainProvider().year("SPX", "eod", 2019)
