"""The model market against SPXW quotes of January 2018, which nothing was fitted to."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from data.embedded_market import DIVIDEND_YIELD, embedded_market
from data.model_chain.fitting import days_of, error, implied_yield
from data.model_chain.smile import INDEX_SMILE
from data.normalizer import DataNormalizer
from data.providers.model_chain import ModelChainProvider
from data.providers.optopsy import Optopsy
from engine.instants import years_between
from engine.pricing import implied_volatility
from tests.builders import new_york

FILE = Path("market") / "spxw_eod_2018" / "spxw_2018-01-31_expiry.csv"
EXPIRATION = date(2018, 1, 31)


class Real(NamedTuple):
    day: date
    right: int
    strike: float
    bid: float
    ask: float
    delta: float


class Pair(NamedTuple):
    """One contract on one day: volatilities of both mids, and widths of both quotes."""

    real_volatility: float
    model_volatility: float
    column_volatility: float
    real_width: float
    model_width: float


def real_quotes(path: Path) -> Iterator[Real]:
    for chain in DataNormalizer().normalize(Optopsy().read(path)).chains:
        quotes = (chain.columns[name].tolist() for name in ("bid", "ask", "delta"))
        contracts = chain.contracts
        for terms in zip(contracts.right.tolist(), contracts.strike.tolist(), *quotes, strict=True):
            yield Real(chain.day, *terms)


def forward_of(quotes: dict[tuple[int, float], tuple[float, float]], spot: float, growth: float) -> float:
    """From put-call parity near the money; the same for both chains."""
    mids = {key: sum(sides) / 2 for key, sides in quotes.items()}
    strikes = [strike for right, strike in mids if right > 0 and abs(strike / spot - 1) < 0.01]
    return float(np.median([strike + (mids[1, strike] - mids[-1, strike]) * growth for strike in strikes]))


def compared(day: date, real: list[Real]) -> Iterator[Pair]:
    (chain,) = ModelChainProvider().chains("SPX", "eod", day, day)
    position = [key[:2] for key in chain.contracts.series].index((EXPIRATION, "SPXW"))
    own = np.flatnonzero(chain.contracts.series_index == position)
    row_of = {(int(chain.contracts.right[row]), float(chain.contracts.strike[row])): row for row in own}
    bid, ask = chain.columns["bid"], chain.columns["ask"]
    market = embedded_market()
    rate = float(market.rate[market.position(day)])
    years = years_between(chain.at, new_york(EXPIRATION))
    listed = [one for one in real if (one.right, one.strike) in row_of]
    wanted = [one for one in listed if 0.05 <= abs(one.delta) <= 0.95 and one.bid > 0]
    assert len(wanted) >= len([one for one in real if 0.05 <= abs(one.delta) <= 0.95 and one.bid > 0]) * 0.98
    growth = float(np.exp(rate * years))
    real_forward = forward_of({(q.right, q.strike): (q.bid, q.ask) for q in listed}, chain.underlying_price, growth)
    model_quotes = {key: (float(bid[row]), float(ask[row])) for key, row in row_of.items()}
    model_forward = forward_of(model_quotes, chain.underlying_price, growth)
    rows = np.array([row_of[one.right, one.strike] for one in wanted])
    terms = np.array([one.right for one in wanted]), np.array([one.strike for one in wanted])

    def volatility(mid: NDArray[np.float64], forward: float) -> NDArray[np.float64]:
        return implied_volatility(mid, terms[0], forward, terms[1], years, rate, rate)[0]

    sides = np.array([(one.bid, one.ask) for one in wanted]).T
    columns = volatility(sides.mean(0), real_forward), volatility((bid[rows] + ask[rows]) / 2, model_forward)
    found = (*columns, chain.columns["implied_volatility"][rows], sides[1] - sides[0], ask[rows] - bid[rows])
    for values in zip(*found, strict=True):
        yield Pair(*map(float, values))


@pytest.fixture(scope="module")
def pairs(reference_data: Path) -> list[Pair]:
    quotes = [one for one in real_quotes(reference_data / FILE) if date(2018, 1, 1) < one.day < EXPIRATION]
    days = sorted({one.day for one in quotes})
    assert len(days) == 20
    return [pair for day in days for pair in compared(day, [one for one in quotes if one.day == day])]


def test_volatilities_are_near_those_of_real_quotes(pairs: list[Pair]) -> None:
    """Median at most 1.5 volatility points apart, nine of ten at most 4."""
    usable = [one for one in pairs if np.isfinite(one.real_volatility)]
    assert len(usable) > 1_000
    for model in ("model_volatility", "column_volatility"):
        apart = np.array([abs(getattr(one, model) - one.real_volatility) * 100 for one in usable])
        apart = apart[np.isfinite(apart)]
        assert np.median(apart) <= 1.5
        assert np.quantile(apart, 0.9) <= 4.0


def test_spreads_are_as_wide_as_real_ones(pairs: list[Pair]) -> None:
    ratio = float(np.median([one.model_width / one.real_width for one in pairs]))
    assert 0.7 <= ratio <= 1.4


def test_the_committed_smile_is_the_best_fit_to_the_chains_of_2019(reference_data: Path) -> None:
    """No constant can be moved by a tenth without a larger error."""
    days = days_of(reference_data / "market" / "cboe_scrape_spx_eod_2019")
    least = error(INDEX_SMILE, days)
    assert least < 0.006
    for name, value in INDEX_SMILE._asdict().items():
        for factor in (0.9, 1.1):
            assert error(INDEX_SMILE._replace(**{name: value * factor}), days) > least
    assert abs(implied_yield(days) - DIVIDEND_YIELD) < 0.0005
