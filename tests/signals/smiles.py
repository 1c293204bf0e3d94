"""Chains whose implied volatilities are known, for tests of signals that read them."""

from collections.abc import Callable
from datetime import date, timedelta

from engine.instants import NANOS_PER_DAY
from engine.model import ChainSnapshot, OptionContract, OptionSeries
from tests.builders import Quote, Quotes, chain, contract_table, new_york, series, session_table

TODAY = date(2019, 4, 25)
AT = new_york(TODAY, "16:00")
STRIKES = range(2800, 3000, 25)
SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))


def after(days: int) -> OptionSeries:
    """A series that settles exactly so many days from now."""
    return series(TODAY + timedelta(days=days), settles_at=AT + days * NANOS_PER_DAY)


def smile(volatility: Callable[[OptionContract], float], price: float, *of: OptionSeries) -> ChainSnapshot:
    """A chain whose volatilities the function gives."""
    table = contract_table(dict.fromkeys(of, STRIKES))
    return chain(table, AT, price, quotes=lambda contract: Quote(implied_volatility=volatility(contract)))


def flat(volatility: float) -> Quotes:
    """Every contract quoted at one volatility."""
    return lambda contract: Quote(implied_volatility=volatility)
