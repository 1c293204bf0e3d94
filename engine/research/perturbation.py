"""Another future: moves turned round, quotes, sizes and Greeks scaled, deltas of calls and puts exchanged.

What it becomes need not be free of arbitrage. It has to differ so much that whoever looks at it decides otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.model import Bar, ChainSnapshot, QuoteFlag

Column = NDArray[np.float64]

_LEAST, _MOST = 1.25, 2.0
_LEAST_MOVE, _MOST_MOVE = 0.005, 0.03
_TOGETHER: Final = (("bid", "ask", "last"), ("bid_size", "ask_size"), ("volume",), ("open_interest",))
"""Columns that are scaled by one factor, so that a bid stays below its ask."""
_GREEKS: Final = ("implied_volatility", "gamma", "theta", "vega")


def price_factors(prices: Column, before: float, draw: np.random.Generator) -> Column:
    """Factors that turn the moves of prices since `before` round, and change each by half a percent at least."""
    factors = (before / prices) ** 2
    jumps = 1 + draw.choice([-1, 1], len(prices)) * draw.uniform(_LEAST_MOVE, _MOST_MOVE, len(prices))
    return np.where(np.abs(factors - 1) < _LEAST_MOVE, jumps, factors)


def perturbed_price(price: float, before: float, draw: np.random.Generator) -> float:
    """A price whose move since `before` is turned round."""
    return round(price * float(price_factors(np.array([price]), before, draw)[0]), 2)


def perturbed_bar(bar: Bar, before: float, draw: np.random.Generator) -> Bar:
    """A bar whose move since a price before it is turned round."""
    factor = perturbed_price(bar.close, before, draw) / bar.close
    return Bar(bar.symbol, bar.open * factor, bar.high * factor, bar.low * factor, bar.close * factor, bar.volume)


def perturbed_quotes(columns: Mapping[str, Column], draw: np.random.Generator) -> dict[str, Column]:
    """Quote columns of a chain as they are not: NaN stays NaN, signs stay."""
    changed = dict(columns)
    for names in (*_TOGETHER, *((name,) for name in _GREEKS)):
        factor = _factor(draw)
        changed |= {name: columns[name] * factor for name in names}
    delta = columns["delta"]
    changed["delta"] = np.sign(delta) * (1 - np.abs(delta))
    return changed


def perturbed_snapshot(snapshot: ChainSnapshot, draw: np.random.Generator) -> ChainSnapshot:
    """A chain of the same contracts with other quotes and another price of the underlying."""
    names = ("bid", "ask", "last", "bid_size", "ask_size", "volume", "open_interest", "delta", *_GREEKS)
    price = snapshot.underlying_price
    columns = perturbed_quotes({name: getattr(snapshot, name) for name in names}, draw)
    return ChainSnapshot.build(
        snapshot.at,
        snapshot.underlying,
        perturbed_price(price, price, draw),
        snapshot.contracts,
        {"contract_id": snapshot.contract_id, **columns, "flags": snapshot.flags & ~np.uint16(QuoteFlag.STALE)},
    )


def _factor(draw: np.random.Generator) -> float:
    factor = float(draw.uniform(_LEAST, _MOST))
    return factor if draw.random() < 0.5 else 1 / factor
