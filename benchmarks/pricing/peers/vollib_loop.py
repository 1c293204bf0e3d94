"""vollib (py_vollib is a shim over it), which prices one contract at a time, in a loop."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Task, Tasks
from benchmarks.pricing.vollib_units import SCALES, in_our_units

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from py_vollib.black_scholes_merton import black_scholes_merton
    from py_vollib.black_scholes_merton.greeks import analytical
    from py_vollib.black_scholes_merton.implied_volatility import implied_volatility

NAME = "vollib in a loop"

Rows: TypeAlias = list[tuple[Any, ...]]


def tasks(contracts: Contracts, prices: Column) -> Tasks:
    columns = (column.tolist() for column in contracts)
    rows = [("c" if w > 0 else "p", s, k, t, r, v, q) for w, s, k, t, r, q, v in zip(*columns, strict=True)]
    quotes = [(p, s, k, t, r, q, flag) for p, (flag, s, k, t, r, _, q) in zip(prices.tolist(), rows, strict=True)]
    return {
        "price": Task(lambda: _each(black_scholes_merton, rows)),
        "price + 5": Task(lambda: _sensitivities(rows), in_our_units),
        "volatility": Task(lambda: _each(implied_volatility, quotes)),
    }


def _sensitivities(rows: Rows) -> tuple[list[float], dict[str, list[float]]]:
    return _each(black_scholes_merton, rows), {name: _each(getattr(analytical, name), rows) for name in SCALES}


def _each(formula: Callable[..., float], rows: Rows) -> list[float]:
    return [formula(*row) for row in rows]
