"""QuantLib's American engines, one contract at a time, with setting up counted as its users pay for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import QuantLib as ql  # noqa: N813 - its documentation's own name

from benchmarks.pricing.inputs import Column, Contracts
from benchmarks.pricing.task import Peer, Task

_TODAY = ql.Date(2, 1, 2020)
_DAYS = 3650

BARONE_ADESI_WHALEY, QD_FP_FAST = "QuantLib Barone-Adesi-Whaley", "QuantLib QdFp fast"
PEERS: dict[str, Peer] = {
    BARONE_ADESI_WHALEY: lambda contracts, _: {
        "price": Task(lambda: _each(contracts, ql.BaroneAdesiWhaleyApproximationEngine))
    },
    QD_FP_FAST: lambda contracts, _: {
        "price": Task(lambda: _each(contracts, lambda process: ql.QdFpAmericanEngine(process, _fast_scheme())))
    },
}


def _fast_scheme() -> Any:
    return ql.QdFpAmericanEngine.fastScheme()


def _each(contracts: Contracts, engine: Callable[[Any], Any]) -> Column:
    """Each contract on a clock rescaled to whole days."""
    ql.Settings.instance().evaluationDate = _TODAY
    return np.array([_one(tuple(float(x) for x in row), engine) for row in zip(*contracts, strict=True)])


def _one(row: tuple[float, ...], engine: Callable[[Any], Any]) -> float:
    right, spot, strike, years, rate, carry, sigma = row
    counter = ql.Actual365Fixed()
    clock = years * 365.0 / _DAYS
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        ql.YieldTermStructureHandle(ql.FlatForward(_TODAY, carry * clock, counter)),
        ql.YieldTermStructureHandle(ql.FlatForward(_TODAY, rate * clock, counter)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(_TODAY, ql.NullCalendar(), sigma * clock**0.5, counter)),
    )
    payoff = ql.PlainVanillaPayoff(ql.Option.Call if right > 0 else ql.Option.Put, strike)
    option = ql.VanillaOption(payoff, ql.AmericanExercise(_TODAY, _TODAY + _DAYS))
    option.setPricingEngine(engine(process))
    return float(option.NPV())
