"""Repeats the fit of `INDEX_SMILE` and of the dividend yield on recorded SPX chains, and prints what it finds.

    python -m data.model_chain.fitting ../shared/market/cboe_scrape_spx_eod_2019

Forwards come from put-call parity, the VIX from Cboe's own formula on the same chains, volatilities from quotes out of
the money with a bid. The sum of absolute errors is made small, each expiration counting alike, those beyond two months
half.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import ndtr

from data.calendar import session_table
from data.chain_rows import ChainRows
from data.contract_list import contract_table
from data.importing import expand_paths
from data.model_chain.smile import INDEX_SMILE, Smile, at_the_money_variance, total_variance, volatility_time
from data.model_chain.states import SessionClock
from data.normalizer import DataNormalizer
from data.providers.cboe_table import CboeTable
from engine.instants import years_between
from engine.pricing import implied_volatility
from engine.pricing.elementwise import exp, log

Numbers = NDArray[np.float64]

RATE: Final = 0.0243
"""Of three-month Treasury bills in May 2019."""
_LONGEST_YEARS: Final = 0.55
_SHORTEST_YEARS: Final = 0.9 / 365
_SMALLEST_DELTA: Final = 0.05
_NEAR: Final = 0.03
_VIX_DAYS: Final = (20.0, 40.0)


class Expiration(NamedTuple):
    """Quotes of one series out of the money, strikes ascending.

    Attributes:
        sessions: to settlement, with fractions.
        mid: USD per share.
        volatility: that the mids imply.
        wide: 5 % <= |delta|, with a bid: what is fitted.
    """

    years: float
    sessions: float
    spot: float
    forward: float
    strike: Numbers
    mid: Numbers
    has_bid: NDArray[np.bool_]
    volatility: Numbers
    wide: NDArray[np.bool_]


class Day(NamedTuple):
    """One chain, and the VIX that it implies, a decimal."""

    vix: float
    expirations: tuple[Expiration, ...]


def days_of(folder: Path) -> list[Day]:
    """Days of a folder of Cboe tables."""
    provider, normalizer = CboeTable(), DataNormalizer()
    paths = expand_paths([folder], provider.suffixes)
    chains = [chain for path in paths for chain in normalizer.normalize(provider.read(path)).chains]
    return [day_of(chain) for chain in chains]


def day_of(chain: ChainRows, rate: float = RATE, vix: float | None = None) -> Day:
    """Expirations of a chain; the VIX is computed where it is not given."""
    found = tuple(_expirations(chain, rate))
    return Day(_vix(found, rate) if vix is None else vix, found)


def error(smile: Smile, days: Sequence[Day]) -> float:
    """Mean absolute error in volatility, a decimal."""
    total = weights = 0.0
    for day in days:
        for one in day.expirations:
            weight = 1.0 if one.years < 60 / 365 else 0.5
            total += weight * float(np.abs(errors(smile, day.vix, one)).mean())
            weights += weight
    return total / weights


def errors(smile: Smile, vix: float, one: Expiration) -> Numbers:
    """Volatility of the model less that of the quotes that are fitted."""
    time = volatility_time(np.array([one.years]), np.array([one.sessions]), smile)
    moneyness = log(one.strike[one.wide] / one.forward)
    variance = total_variance(moneyness, at_the_money_variance(vix, time, smile), smile)
    return np.asarray(np.sqrt(variance / one.years) - one.volatility[one.wide])


def _expirations(chain: ChainRows, rate: float) -> Iterator[Expiration]:
    sessions = session_table(chain.day, max(key.expires_on for key in chain.contracts.series))
    table, clock = contract_table({chain.underlying: chain.contracts}, sessions), SessionClock(sessions)
    for position, series in enumerate(table.series):
        years = years_between(chain.at, series.settles_at)
        if _SHORTEST_YEARS < years < _LONGEST_YEARS:
            elapsed = clock.elapsed(np.array([chain.at, series.settles_at]))
            one = _expiration(chain, chain.contracts.series_index == position, rate, (years, elapsed[1] - elapsed[0]))
            if one is not None and one.wide.any():
                yield one


def _expiration(chain: ChainRows, own: NDArray[np.bool_], rate: float, time: tuple[float, float]) -> Expiration | None:
    right, strikes = chain.contracts.right[own], chain.contracts.strike[own]
    bid, ask = chain.columns["bid"][own], chain.columns["ask"][own]
    mid, (years, sessions) = (bid + ask) / 2, time
    strike, puts, calls = np.intersect1d(strikes[right < 0], strikes[right > 0], return_indices=True)
    puts, calls = np.flatnonzero(right < 0)[puts], np.flatnonzero(right > 0)[calls]
    near = (np.abs(strike / chain.underlying_price - 1) < _NEAR) & (bid[puts] > 0) & (bid[calls] > 0)
    if near.sum() < 3:
        return None
    forward = float(np.median((mid[calls] - mid[puts])[near] * exp(rate * years) + strike[near]))
    outside = np.where(strike < forward, puts, calls)
    volatility, _ = implied_volatility(mid[outside], right[outside], forward, strike, years, rate, rate)
    deviation = volatility * np.sqrt(years)
    delta = ndtr(np.where(strike < forward, 1, -1) * (log(strike / forward) / deviation - 0.5 * deviation))
    has_bid = bid[outside] > 0
    wide = has_bid & np.isfinite(volatility) & (delta >= _SMALLEST_DELTA)
    price = chain.underlying_price
    return Expiration(years, sessions, price, forward, strike, mid[outside], has_bid, volatility, wide)


def _vix(expirations: Sequence[Expiration], rate: float) -> float:
    """Cboe's formula on the expirations around 30 days, interpolated in total variance."""
    near = [one for one in expirations if _VIX_DAYS[0] < one.years * 365 < _VIX_DAYS[1]]
    years = np.array([one.years for one in near])
    order = np.argsort(years, kind="stable")
    variances = np.array([_replicated(one, rate) for one in near])
    return float(np.sqrt(np.interp(30 / 365, years[order], variances[order]) / (30 / 365)))


def _replicated(one: Expiration, rate: float) -> float:
    strike, mid = one.strike[one.has_bid], one.mid[one.has_bid]
    center = strike[strike <= one.forward].max()
    portfolio = 2 * float((np.gradient(strike) / strike**2 * mid).sum()) * exp(rate * one.years)
    return float(portfolio - (one.forward / center - 1) ** 2)


def implied_yield(days: Sequence[Day], rate: float = RATE) -> float:
    """Median dividend yield of the forwards of three months and more."""
    yields = [
        rate - log(one.forward / one.spot) / one.years for day in days for one in day.expirations if one.years > 0.25
    ]
    return float(np.median(yields))


def fitted(days: Sequence[Day]) -> Smile:
    """The smile with the smallest error, from the committed one on."""

    def objective(values: NDArray[np.float64]) -> float:
        smile = Smile(*values.tolist())
        return error(smile, days) if _is_possible(smile) else 1.0

    best = list(INDEX_SMILE)
    for _ in range(4):
        found = minimize(objective, best, method="Nelder-Mead", options={"maxiter": 2000, "xatol": 1e-5, "fatol": 1e-8})
        best = found.x.tolist()
    return Smile(*best)


def _is_possible(smile: Smile) -> bool:
    positive = min(smile.level, smile.fall, smile.rise, smile.curvature, smile.decay) > 0
    return positive and abs(smile.skew) < 1 and smile.decay <= 0.5 and 0 <= smile.calendar_share <= 1


def main(arguments: list[str]) -> None:
    """Print the fit and how well it does."""
    days = days_of(Path(arguments[0]))
    found = fitted(days)
    values = ", ".join(f"{name}={value:.4f}" for name, value in found._asdict().items())
    sys.stdout.write(f"{values}\nmean absolute error: {error(found, days) * 100:.3f} points\n")
    sys.stdout.write(f"committed constants: {error(INDEX_SMILE, days) * 100:.3f} points\n")
    sys.stdout.write(f"dividend yield: {implied_yield(days):.4f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
