"""Runs of one put spread over a few chains, for the tests of order kinds and fills.

The order sells `SHORT` and buys `LONG`: with `day(0)` its middle is 10.5 - 4.5 = 6.0, a net price of -6.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from engine.model import ChainSnapshot, Leg, OrderTerms
from engine.result import BacktestResult, OrderRecord
from engine.strategy import StrategyContext
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import PLAIN, config, play

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG = put(TABLE, EXPIRY, 2800.0), put(TABLE, EXPIRY, 2750.0)
SPREAD = [Leg(SHORT, -1), Leg(LONG, 1)]
MONDAY = date(2019, 5, 13)
Action = Callable[[StrategyContext], object]


def day(offset: int, clock: str = "15:45", **quotes: Quote | None) -> ChainSnapshot:
    """Chain of a weekday after MONDAY; `short` and `long` change the quotes of the two puts."""
    changes = {{"short": SHORT, "long": LONG}[name]: quote for name, quote in quotes.items()}
    base = {SHORT: Quote(10.0, 11.0), LONG: Quote(4.0, 5.0)}
    return chain(TABLE, new_york(MONDAY + timedelta(days=offset), clock), 2812.0, changes=base | changes)


def opened(days: list[ChainSnapshot], terms: OrderTerms, *, execution: Any = None, **how: Any) -> BacktestResult:
    """A run that decides on the spread on the first chain."""
    script = {days[0].at: lambda context: context.open(SPREAD, terms=terms, **how)}
    return play(days, script, run=config(execution=replace(PLAIN, **(execution or {}))))


def acted(days: list[ChainSnapshot], script: dict[int, Action], **execution: Any) -> BacktestResult:
    """A run with one action at some of its chains, by their position."""
    at = {days[index].at: action for index, action in script.items()}
    return play(days, at, run=config(execution=replace(PLAIN, **execution)))


def ends(result: BacktestResult) -> list[tuple[str, int, str]]:
    """End, filled packages and reason of every order."""
    return [_end(record) for record in result.orders]


def _end(record: OrderRecord) -> tuple[str, int, str]:
    return (str(record.end), record.filled, record.reason)
