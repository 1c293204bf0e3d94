"""What shows only when chains are compared in time: contracts that vanish, and quotes that stand still.

Computed for the report, over chains as they are replayed; nothing of it is stored, and none of it blocks a quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.contract_list import ContractList
from data.quality.ladder import Mask
from data.repository import ChainRange, StoredChain

_FROZEN_LEAST_MOVE_USD: Final = 0.50
"""Ten ticks of the coarsest class below three dollars."""
_FROZEN_LEAST_WIDTHS: Final = 2.0
"""The price must have moved by this many widths of the quote, too."""
_COMPARED: Final = ("bid", "ask", "bid_size", "ask_size")


@dataclass(frozen=True, slots=True, eq=False)
class ComparedDay:
    """The chains of one exchange date and what earlier ones say about them.

    Attributes:
        frozen: for each chain, which quotes have the bid, ask and sizes of the chain before, while the underlying moved
            by so much that the price must have moved by 0.50 USD and by twice the width of the quote.
        absent: rows of the range's contract list: quoted on an earlier day, not expired, and not quoted on this one.
    """

    day: date
    chains: tuple[StoredChain, ...]
    frozen: tuple[Mask, ...]
    absent: NDArray[np.intp]


def compared_days(chains: ChainRange) -> Iterator[ComparedDay]:
    """Every day of a range in order, with what the days and chains before say about it."""
    contracts = chains.contracts
    expires = np.array([key.expires_on for key in contracts.series], "datetime64[D]")[contracts.series_index]
    seen = np.zeros(len(contracts), np.bool_)
    before: StoredChain | None = None
    for day, of_day in groupby(chains.load(), key=lambda chain: chain.info.day):
        absent = seen & (expires > np.datetime64(day))
        held, frozen = [], []
        for chain in of_day:
            frozen.append(_frozen(contracts, before, chain))
            held.append(chain)
            absent[chain.contract] = False
            seen[chain.contract] = True
            before = chain
        yield ComparedDay(day, tuple(held), tuple(frozen), np.flatnonzero(absent))


def _frozen(contracts: ContractList, before: StoredChain | None, now: StoredChain) -> Mask:
    """Quotes that stand still while they must not."""
    found = np.zeros(len(now.contract), np.bool_)
    move = 0.0 if before is None else abs(now.info.underlying_price - before.info.underlying_price)
    if before is None or not move > 0:
        return found
    _, here, there = np.intersect1d(now.contract, before.contract, assume_unique=True, return_indices=True)
    same = np.ones(len(here), np.bool_)
    for name in _COMPARED:
        same &= _equal(now.columns[name][here], before.columns[name][there])
    bid, width = now.columns["bid"][here], now.columns["ask"][here] - now.columns["bid"][here]
    expected = np.abs(_delta(contracts, now)[here]) * move
    found[here] = same & (bid > 0) & (expected > _FROZEN_LEAST_MOVE_USD) & (expected > _FROZEN_LEAST_WIDTHS * width)
    return found


def _equal(first: NDArray[np.float64], second: NDArray[np.float64]) -> Mask:
    """Equal, or unknown in both."""
    return np.asarray((first == second) | (np.isnan(first) & np.isnan(second)), np.bool_)


def _delta(contracts: ContractList, chain: StoredChain) -> NDArray[np.float64]:
    """The vendor's delta, or else what prices of neighbouring strikes make of it; NaN at the ends of a side.

    With one smile for all spots, price is homogeneous in spot and strike: delta = (price - strike * slope) / spot.
    """
    delta = chain.columns["delta"]
    if not np.isnan(delta).any() or len(delta) < 3:
        return delta
    listed = contracts.take(chain.contract)
    middle, strike, side = (chain.columns["bid"] + chain.columns["ask"]) / 2, listed.strike, listed.side
    estimate = np.full(len(delta), np.nan)
    span = strike[2:] - strike[:-2]
    slope = (middle[2:] - middle[:-2]) / np.where(span > 0, span, np.nan)
    inside = np.where(side[2:] == side[:-2], slope, np.nan)
    estimate[1:-1] = (middle[1:-1] - strike[1:-1] * inside) / chain.info.underlying_price
    return np.where(np.isnan(delta), estimate, delta)
