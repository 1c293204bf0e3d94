"""The fund, the stock and the intraday mode of the model market."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.calendar import session_table
from data.chain_rows import NormalizedFile
from data.corporate_news import corporate_news
from data.datasets import SourceFile
from data.embedded_market import embedded_market
from data.memory_store import MemoryStore
from data.model_chain.markets import model_underlying
from data.model_market import model_market
from data.model_store import ModelSelection, model_store
from data.providers.model_chain import MODEL_PRICES, ModelChainProvider
from data.replay import open_range
from engine.events import SnapshotArrived
from engine.instants import utc_datetime
from engine.model import ExerciseStyle, SettlementMethod, UnderlyingKind
from engine.pricing import price

MARKET = embedded_market()
FUND, STOCK = model_underlying("XFUND", MARKET, 0), model_underlying("XSTOCK", MARKET, 0)


# --- the fund ---------------------------------------------------------------------------------------------------


def test_the_fund_pays_once_a_quarter_what_it_gathered() -> None:
    assert len(FUND.dividends) == 20
    for dividend in FUND.dividends:
        position = MARKET.position(dividend.ex_date)
        before, after = (FUND.close - MARKET.close / 10)[[position - 1, position]]
        assert after == pytest.approx(0.0, abs=0.006)
        assert before == pytest.approx(dividend.amount_usd, rel=0.03)
    paid = sum(one.amount_usd for one in FUND.dividends if one.ex_date.year == 2016)
    assert paid / FUND.close[MARKET.position(date(2016, 6, 30))] == pytest.approx(0.018, abs=0.001)


def test_a_dividend_is_known_a_quarter_ahead() -> None:
    """Its amount follows from the close of the ex-date before."""
    for earlier, later in zip(FUND.dividends, FUND.dividends[1:], strict=False):
        close = MARKET.close[MARKET.position(earlier.ex_date)] / 10
        assert later.amount_usd == round(0.018 / 4 * float(close), 2)


def test_fund_options_are_american_and_forwards_drop_with_the_dividend() -> None:
    (ex_date, amount) = FUND.dividends[8]
    day = ex_date - timedelta(days=4)
    (chain,) = ModelChainProvider().chains("XFUND", "eod", day, day)
    rate = float(MARKET.rate[MARKET.position(day)])
    spot, columns = chain.underlying_price, chain.columns
    forwards = []
    for position, key in enumerate(chain.contracts.series[:4]):
        own = chain.contracts.series_index == position
        mid = (columns["bid"] + columns["ask"])[own] / 2
        strike, right = chain.contracts.strike[own], chain.contracts.right[own]
        call, put = mid[right > 0], mid[right < 0]
        near = int(np.argmin(np.abs(strike[right > 0] - spot)))
        forwards.append((key.expires_on >= ex_date, strike[right > 0][near] + call[near] - put[near]))
        years = (key.expires_on - day).days / 365
        volatility = columns["implied_volatility"][own]
        european = price(right, spot, strike, years, rate, 0.0, volatility)
        assert (columns["ask"][own] >= np.maximum(right * (spot - strike), 0.0)).all(), "never below intrinsic value"
        assert np.isfinite(european).all()
    before = [forward for paid, forward in forwards if not paid]
    after = [forward for paid, forward in forwards if paid]
    assert after
    assert max(after) < spot - amount + 0.15
    assert all(abs(forward - spot) < 0.15 for forward in before)


def test_deep_puts_of_the_fund_are_worth_what_they_would_bring_at_once() -> None:
    day = date(2018, 10, 15)
    (chain,) = ModelChainProvider().chains("XFUND", "eod", day, day)
    intrinsic = np.maximum(chain.contracts.right * (chain.underlying_price - chain.contracts.strike), 0.0)
    deep = (chain.contracts.right < 0) & (chain.columns["delta"] < -0.999)
    assert deep.any()
    assert (chain.columns["bid"][deep] <= intrinsic[deep] + 1e-9).all()
    assert (chain.columns["ask"][deep] >= intrinsic[deep] - 1e-9).all()


# --- the stock --------------------------------------------------------------------------------------------------


def test_volatility_rises_before_earnings_and_falls_after_them() -> None:
    published = STOCK.earnings[9]
    position = MARKET.position(published)
    nearest = []
    for day in (MARKET.days[position], MARKET.days[position + 1]):
        (chain,) = ModelChainProvider().chains("XSTOCK", "eod", day, day)
        key = next(key for key in chain.contracts.series if (key.expires_on - published).days >= 5)
        own = chain.contracts.series_index == chain.contracts.series.index(key)
        near = np.argmin(np.abs(chain.contracts.strike[own] - chain.underlying_price))
        nearest.append(float(chain.columns["implied_volatility"][own][near]))
    before, after = nearest
    assert before > 1.2 * after


def test_results_move_the_open_after_them() -> None:
    gaps = np.abs(np.log(STOCK.open[1:] / STOCK.close[:-1]))
    after = np.array([day in STOCK.earnings for day in MARKET.days[:-1]])
    assert after.sum() == len(STOCK.earnings) == 20
    assert np.median(gaps[after]) > 5 * np.median(gaps[~after])


def test_the_stock_is_another_one_for_another_seed_and_the_index_is_not() -> None:
    assert (STOCK.close != model_underlying("XSTOCK", MARKET, 1).close).mean() > 0.9
    assert (model_underlying("SPX", MARKET, 1).close == MARKET.close).all()


# --- the intraday mode ------------------------------------------------------------------------------------------


def test_half_hours_lead_from_the_open_to_the_close_within_the_range_of_the_day() -> None:
    sessions = session_table(MARKET.first, MARKET.last)
    for day, count in ((date(2018, 2, 5), 13), (date(2018, 7, 3), 7)):
        chains = list(ModelChainProvider().chains("SPX", "half_hour", day, day))
        session, position = sessions.on(day), MARKET.position(day)
        assert session is not None
        assert len(chains) == count
        assert chains[0].at == session.opens_at + 1_800 * 10**9
        assert chains[-1].at == session.closes_at
        assert chains[-1].underlying_price == MARKET.close[position]
        prices = [chain.underlying_price for chain in chains]
        assert MARKET.low[position] <= min(prices) <= max(prices) <= MARKET.high[position]
        assert len(set(prices)) > count - 3


def test_what_expires_today_is_quoted_until_it_settles() -> None:
    friday = date(2018, 2, 9)
    chains = list(ModelChainProvider().chains("SPX", "half_hour", friday, friday))
    assert all(chain.contracts.series[0].expires_on == friday for chain in chains[:-1])
    assert chains[-1].contracts.series[0].expires_on > friday


# --- replay -----------------------------------------------------------------------------------------------------


def test_a_range_of_several_underlyings_replays(tmp_path: Path) -> None:
    wanted = ModelSelection(("XFUND", "XSTOCK"), "eod", date(2014, 1, 3), date(2014, 3, 31), 0)
    source = open_range(model_store(tmp_path, wanted), wanted.underlyings, "eod", wanted.first, wanted.last)
    events = list(source)
    assert len(events) == 2 * len(session_table(wanted.first, wanted.last).between(wanted.first, wanted.last))
    assert all(isinstance(event, SnapshotArrived) for event in events)
    assert {name: one.kind for name, one in source.underlyings.items()} == {
        "XFUND": UnderlyingKind.ETF,
        "XSTOCK": UnderlyingKind.EQUITY,
    }
    assert {one.style for one in source.contracts.series} == {ExerciseStyle.AMERICAN}
    assert {one.settlement for one in source.contracts.series} == {SettlementMethod.PHYSICAL}
    assert model_market(0).settlement_values(source.contracts).values == {}


def test_dividends_of_the_fund_are_events_of_a_range_and_stock_and_index_have_none() -> None:
    market, span = model_market(0), (date(2014, 1, 3), date(2014, 6, 30))
    dividends = market.dividends(("SPX", "XFUND", "XSTOCK"))
    found = corporate_news(("XFUND",), dividends, (), span, session_table(*span))
    assert [(type(one).__name__, f"{utc_datetime(one.at):%m-%d}") for one in found] == [
        ("DividendDeclared", "03-20"),
        ("DividendDeclared", "06-19"),
    ]
    assert {one.symbol for one in dividends} == {"XFUND"}


def test_half_hours_replay() -> None:
    days = date(2018, 2, 5), date(2018, 2, 6)
    chains = tuple(ModelChainProvider().chains("SPX", "half_hour", *days))
    source = SourceFile("two days", MODEL_PRICES, "0" * 64, sum(map(len, chains)))
    store = MemoryStore()
    store.add([NormalizedFile(source, "half_hour", chains, ())])
    assert len(list(open_range(store, ["SPX"], "half_hour", *days))) == 26
