"""Own volatilities and Greeks of many chains: the same method for every vendor, and calls and puts that agree.

Each expiration of each chain gets its forward and discount factor from put-call parity (`engine.pricing`), so that
neither rates nor dividends have to be known. Volatilities are those of the price that a position would be marked at:
the middle of bid and ask, and without a bid half the ask, at most one tick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.contract_list import ContractList, contract_table, sessions_for
from data.repository import StoredChain
from engine.instants import NANOS_PER_YEAR
from engine.model import UNTRUSTED, ContractTable, ExerciseStyle, QuoteFlag
from engine.pricing import IvStatus, greeks, implied_volatility
from engine.pricing.blocks import pricing_threads
from engine.pricing.chain_forwards import ChainForwards, ExpirationQuotes, ForwardSource, chain_forwards
from engine.pricing.elementwise import exp, log
from engine.pricing.types import Style

Column = NDArray[np.float64]

OWN_COLUMNS: Final = ("implied_volatility", "delta", "gamma", "theta", "vega")
DIGEST_BYTES: Final = 16
_THREADS: Final = 2
_BLOCKS_BOTH: Final = np.uint16(UNTRUSTED | QuoteFlag.NO_ASK)


@dataclass(frozen=True, slots=True, eq=False)
class OwnGreeks:
    """Columns of chains one after the other, in the order of their rows.

    Attributes:
        columns: every one of `OWN_COLUMNS`, float64, in the units of chain snapshots; NaN where `status` is not OK.
        status: int8 of `IvStatus`.
        forwards: one entry per expiration of each chain, in order.
    """

    columns: dict[str, Column]
    status: NDArray[np.int8]
    forwards: ChainForwards

    def applied(self, chain: StoredChain, rows: slice) -> StoredChain:
        """A chain with these columns, which stand in `rows`, in place of the vendor's."""
        columns = {name: self.columns[name][rows] for name in OWN_COLUMNS}
        info = replace(chain.info, digest=self.digest(chain, rows))
        return StoredChain(info, chain.contract, {**chain.columns, **columns}, chain.flags)

    def digest(self, chain: StoredChain, rows: slice) -> bytes:
        """Digest of a chain with these columns, which stand in `rows`, in place of the vendor's."""
        digest = hashlib.blake2b(chain.info.digest, digest_size=DIGEST_BYTES)
        for name in OWN_COLUMNS:
            digest.update(self.columns[name][rows].tobytes())
        return digest.digest()


class _Rows(NamedTuple):
    """Quotes of all chains, and the expirations that they are cut into."""

    quotes: ExpirationQuotes
    price: Column
    first_row: NDArray[np.int64]
    series: NDArray[np.int64]
    chain: NDArray[np.int64]
    years: Column
    spot: Column


def own_greeks(chains: Iterable[StoredChain], table: ContractTable) -> OwnGreeks:
    """Compute volatilities and Greeks.

    Args:
        chains: their `contract` are rows of `table`.
    """
    rows = _rows(list(chains), table)
    european = np.array([one.style is ExerciseStyle.EUROPEAN for one in table.series], np.bool_)[rows.series]
    forwards = _forwards(rows, european)
    terms = _terms(rows, forwards, european)
    columns = {name: np.full(len(rows.price), np.nan) for name in OWN_COLUMNS}
    status = np.full(len(rows.price), IvStatus.INVALID_INPUT, np.int8)
    of_european = np.repeat(european, np.diff(rows.first_row))
    with pricing_threads(_THREADS):
        _solve(rows, terms, np.flatnonzero(of_european), "european", columns, status)
        for chain in np.unique(rows.chain[~european]).tolist():
            # Contracts of one rate and yield share exercise boundaries; each chain has its own two.
            first, last = np.searchsorted(rows.chain, [chain, chain + 1]).tolist()
            own = np.arange(rows.first_row[first], rows.first_row[last])
            _solve(rows, terms, own[~of_european[own]], "american", columns, status)
    return OwnGreeks(columns, status, forwards)


def with_own_greeks(chains: Sequence[StoredChain], contracts: ContractList) -> Iterator[StoredChain]:
    """The same chains with own Greeks; `contract` are rows of `contracts`, which all are of one underlying."""
    infos = [chain.info for chain in chains]
    first, last = min(info.day for info in infos), max(info.day for info in infos)
    market = infos[0].market
    sessions = sessions_for([contracts], first, last, market)
    table = contract_table({infos[0].underlying: contracts}, sessions, market)
    found = own_greeks(chains, table)
    stops = np.cumsum([len(chain.contract) for chain in chains]).tolist()
    for chain, stop in zip(chains, stops, strict=True):
        yield found.applied(chain, slice(stop - len(chain.contract), stop))


class _Terms(NamedTuple):
    """What a pricing formula wants to know besides the contract, a number per row."""

    spot: Column
    years: Column
    rate: Column
    dividend_yield: Column


def _terms(rows: _Rows, forwards: ChainForwards, european: NDArray[np.bool_]) -> _Terms:
    """Terms that give every expiration its forward.

    European expirations have rates and yields of their own. Those of an American chain share one rate and yield, of the
    chain's median carry, and what is left of the forward moves the spot: exercise boundaries, which are costly, depend
    on rate and yield alone. American quotes do not tell the rate itself; of all rates and yields that make the carry,
    the lowest that are not negative are taken.
    """
    rate, carry = _carry(rows, forwards)
    forward = rows.spot * exp(carry * rows.years)
    dividend_yield = rate - carry
    for chain in np.unique(rows.chain[~european]).tolist():
        own = np.flatnonzero((rows.chain == chain) & ~european)
        shared = float(np.median(carry[own]))
        rate[own] = max(float(np.median(rate[own])), shared)
        dividend_yield[own] = rate[own] - shared
    spot = np.where(european, rows.spot, forward * exp((dividend_yield - rate) * rows.years))
    size = np.diff(rows.first_row)
    return _Terms(*(np.repeat(column, size) for column in (spot, rows.years, rate, dividend_yield)))


def _solve(
    rows: _Rows,
    terms: _Terms,
    chosen: NDArray[np.int64],
    style: Style,
    columns: dict[str, Column],
    status: NDArray[np.int8],
) -> None:
    if not len(chosen):
        return
    spot, years, rate, dividend_yield = (column[chosen] for column in terms)
    right, strike = rows.quotes.right[chosen].astype(np.float64), rows.quotes.strike[chosen]
    volatility, status[chosen] = implied_volatility(
        rows.price[chosen], right, spot, strike, years, rate, dividend_yield, style=style
    )
    found = greeks(right, spot, strike, years, rate, dividend_yield, volatility, style=style, higher_order=False)
    columns["implied_volatility"][chosen] = volatility
    for name in ("delta", "gamma", "theta", "vega"):
        columns[name][chosen] = getattr(found, name)


def _rows(chains: Sequence[StoredChain], table: ContractTable) -> _Rows:
    contract = np.concatenate([chain.contract for chain in chains])
    lengths = np.array([len(chain.contract) for chain in chains])
    flags = np.concatenate([chain.flags for chain in chains])
    series = table.series_index[contract].astype(np.int64)
    chain_of = np.repeat(np.arange(len(chains)), lengths)
    # Quotes in coins become money, which strikes and forwards count.
    unit = np.array([one.info.underlying_price if one.info.market.inverse else 1.0 for one in chains])[chain_of]
    bid, ask = (unit * np.concatenate([chain.columns[name] for chain in chains]) for name in ("bid", "ask"))
    begins = np.ones(len(contract), np.bool_)
    begins[1:] = (series[1:] != series[:-1]) | (chain_of[1:] != chain_of[:-1])
    heads = np.flatnonzero(begins)
    settles_at = np.array([one.settles_at for one in table.series], np.int64)
    at = np.array([chain.info.at for chain in chains], np.int64)
    spot = np.array([chain.info.underlying_price for chain in chains])
    no_bid = (flags & QuoteFlag.NO_BID) != 0
    blocked = (flags & _BLOCKS_BOTH) != 0
    trusted = ~(blocked | no_bid)
    quotes = ExpirationQuotes(
        table.right[contract],
        table.strike[contract],
        np.where(trusted, bid, np.nan),
        np.where(trusted, ask, np.nan),
    )
    return _Rows(
        quotes=quotes,
        price=np.where(blocked, np.nan, np.where(no_bid, _half_ask(ask, table, series), 0.5 * (bid + ask))),
        first_row=np.append(heads, len(contract)).astype(np.int64),
        series=series[heads],
        chain=chain_of[heads],
        years=(settles_at[series[heads]] - at[chain_of[heads]]) / NANOS_PER_YEAR,
        spot=spot[chain_of[heads]],
    )


def _half_ask(ask: Column, table: ContractTable, series: NDArray[np.int64]) -> Column:
    """Half the ask, at most one tick: what `engine.marks` values a quote without a bid at."""
    below, above = (
        np.array([getattr(one.ticks, name) for one in table.series])[series] for name in ("below_3_usd", "from_3_usd")
    )
    half = 0.5 * ask
    return np.asarray(np.minimum(half, np.where(half < 3.0, below, above)))


def _forwards(rows: _Rows, european: NDArray[np.bool_]) -> ChainForwards:
    """Forwards; where quotes do not determine the discount factor, with the rate of the chain's other expirations."""
    first = chain_forwards(rows.quotes, rows.first_row, rows.years, 1.0, european)
    known = first.source == ForwardSource.LINE
    rate = _by_chain(rows, known, -log(first.discount), 0.0)
    return chain_forwards(rows.quotes, rows.first_row, rows.years, exp(-rate * rows.years), european)


def _carry(rows: _Rows, forwards: ChainForwards) -> tuple[Column, Column]:
    """Rate and carry of each expiration per year; those without a forward take their neighbours'."""
    known = forwards.source != ForwardSource.NONE
    rate = _by_chain(rows, known, -log(forwards.discount), 0.0)
    carry = _by_chain(rows, known, log(forwards.forward / rows.spot), 0.0)
    return rate, carry


def _by_chain(rows: _Rows, known: NDArray[np.bool_], growth: Column, otherwise: float) -> Column:
    """Rates per year: `growth` over time where it is known, else interpolated over the time of the same chain.

    Growth (not its rate) is linear between two expirations, and the rate is flat beyond the ends.
    """
    result = np.full(len(rows.years), otherwise)
    result[known] = growth[known] / rows.years[known]
    starts = np.flatnonzero(np.append(True, np.diff(rows.chain) != 0))
    for start, stop in zip(starts.tolist(), np.append(starts[1:], len(rows.chain)).tolist(), strict=True):
        there = known[start:stop]
        if there.all() or not there.any():
            continue
        years = rows.years[start:stop]
        order = np.argsort(years[there], kind="stable")
        result[start:stop][~there] = np.interp(years[~there], years[there][order], result[start:stop][there][order])
    return result
