"""One chain of the model market: every listed contract, valued on one surface, with quotes around the value."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows
from data.contract_list import STRIKE_UNITS, ContractList, pack
from data.model_chain.listing import ListedSeries
from data.model_chain.markets import ModelUnderlying
from data.model_chain.randomness import uniforms
from data.model_chain.smile import at_the_money_variance, total_variance, volatility_time
from data.model_chain.spreads import quotes
from data.model_chain.states import MarketState, Quoting, SessionClock
from engine import pricing
from engine.instants import years_between
from engine.model import QUOTE_COLUMNS, ExerciseStyle
from engine.pricing.elementwise import exp, log, log1p

Numbers = NDArray[np.float64]

_NARROWEST, _WIDEST = 0.75, 1.25
_LARGEST_SIZE: Final = 250
_BINARY_PLACES: Final = MappingProxyType({"implied_volatility": 20, "delta": 18, "gamma": 26, "theta": 8, "vega": 10})
"""Columns are multiples of a power of one half: exact in binary, the same on every processor, quick to pack."""


class Terms(NamedTuple):
    """What the contracts of a chain are valued on, one entry per series.

    Attributes:
        years: calendar time to settlement.
        carry: yield, continuously compounded, that stands for every dividend until settlement.
        variance: total variance at the forward.
    """

    years: Numbers
    carry: Numbers
    variance: Numbers


class _Rows(NamedTuple):
    """Contracts of a chain: position of the series, right (+1, -1) and strike; puts before calls in each series."""

    series: NDArray[np.int64]
    right: Numbers
    strike: Numbers


def terms_of(
    state: MarketState, series: Sequence[ListedSeries], underlying: ModelUnderlying, clock: SessionClock
) -> Terms:
    """Terms of series at a state of the market."""
    settles = np.array([one.settles_at for one in series], np.int64)
    years = np.array([years_between(state.at, one.settles_at) for one in series])
    sessions = clock.elapsed(settles) - clock.elapsed(np.array([state.at]))
    smile = underlying.smile
    variance = at_the_money_variance(state.volatility, volatility_time(years, sessions, smile), smile)
    # Results come after the close of their session: they move what settles on a later date.
    events = [sum(state.day <= day < one.key.expires_on for day in underlying.earnings) for one in series]
    variance += underlying.earnings_variance * np.array(events)
    return Terms(years, _carry(state, series, underlying, years), variance)


def make_chain(
    state: MarketState,
    series: Sequence[ListedSeries],
    strikes: Sequence[Numbers],
    quoting: Quoting,
    clock: SessionClock,
) -> ChainRows:
    """Quotes of series (in the order of contract tables) and their strikes; flags are still empty."""
    underlying = quoting.underlying
    terms, rows = terms_of(state, series, underlying, clock), _rows(strikes)
    forward = state.price * exp((state.rate - terms.carry) * terms.years)
    moneyness = log(rows.strike / forward[rows.series])
    variance = total_variance(moneyness, terms.variance[rows.series], underlying.smile)
    volatility = np.sqrt(variance / terms.years[rows.series])
    values = _values(state, rows, terms, volatility, american=series[0].style is ExerciseStyle.AMERICAN)
    key = (quoting.seed, underlying.symbol, state.at)
    wider = _NARROWEST + (_WIDEST - _NARROWEST) * uniforms(len(series), *key, "width")[rows.series]
    bid, ask = quotes(values.price, values.delta, wider, series[0].ticks, underlying.spreads)
    sizes = np.ceil(uniforms(2 * len(bid), *key, "size") ** 2 * _LARGEST_SIZE)
    columns = {"bid": bid, "ask": ask, "bid_size": np.where(bid > 0, sizes[: len(bid)], 0.0)}
    columns |= {"ask_size": sizes[len(bid) :], "implied_volatility": volatility}
    columns |= {name: getattr(values, name) for name in ("delta", "gamma", "theta", "vega")}
    return _chain_rows(state, underlying.symbol, _contract_list(series, rows), columns)


def _rows(strikes: Sequence[Numbers]) -> _Rows:
    counts = [len(own) for own in strikes]
    return _Rows(
        series=np.repeat(np.arange(len(strikes)), [2 * count for count in counts]),
        right=np.concatenate([np.repeat([-1.0, 1.0], count) for count in counts]),
        strike=np.concatenate([part for own in strikes for part in (own, own)]),
    )


def _carry(state: MarketState, series: Sequence[ListedSeries], underlying: ModelUnderlying, years: Numbers) -> Numbers:
    """The continuous yield of each series whose forward is that of the cash dividends before its expiration."""
    worth = np.zeros(len(series))
    for dividend in underlying.dividends:
        until = (dividend.ex_date - state.day).days / 365
        if until > 0:
            paid = np.array([dividend.ex_date <= one.key.expires_on for one in series])
            worth += np.where(paid, dividend.amount_usd * exp(-state.rate * until), 0.0)
    return np.asarray(underlying.dividend_yield - log1p(-worth / state.price) / years)


def _values(state: MarketState, rows: _Rows, terms: Terms, volatility: Numbers, *, american: bool) -> pricing.Greeks:
    inputs = (rows.right, np.full(len(rows.strike), state.price), rows.strike, terms.years[rows.series])
    carry = terms.carry[rows.series]
    if not american:
        return pricing.greeks(*inputs, state.rate, carry, volatility, higher_order=False)
    # Exercise boundaries are shared by contracts of one yield, and every series has its own.
    return pricing.greeks(*inputs, state.rate, carry, volatility, style="american", method="fast", higher_order=False)


def _contract_list(series: Sequence[ListedSeries], rows: _Rows) -> ContractList:
    code = pack(rows.series, rows.right, np.rint(rows.strike * STRIKE_UNITS))
    return ContractList(tuple(one.key for one in series), code)


def _chain_rows(state: MarketState, symbol: str, contracts: ContractList, columns: dict[str, Numbers]) -> ChainRows:
    for name, places in _BINARY_PLACES.items():
        columns[name] = np.ldexp(np.rint(np.ldexp(columns[name], places)), -places)
    absent = np.broadcast_to(np.nan, len(contracts))
    return ChainRows(
        at=state.at,
        day=state.day,
        underlying=symbol,
        underlying_price=state.price,
        contracts=contracts,
        columns={name: columns.get(name, absent) for name in QUOTE_COLUMNS},
        flags=np.zeros(len(contracts), np.uint16),
        time_assumed=False,
    )
