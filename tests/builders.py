"""Small markets, made by hand: sessions, series, contract tables and chains for tests.

    near = series(date(2019, 5, 10))
    table = contract_table({near: range(2800, 2960, 10)})
    at = new_york(date(2019, 4, 25), "15:45")
    snapshot = chain(table, at, 2900.0)                              # Black-Scholes quotes, 15 % volatility
    snapshot = chain(table, at, 2900.0, changes={put(table, near, 2850): None})    # one put without a quote
    snapshot = chain(table, at, 2900.0, quotes=by_delta({-1: {2850: 0.30}}))       # only what is named

Nothing here is random; the same arguments make the same chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from math import erf, log, sqrt
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from engine.events import BarArrived
from engine.instants import Instant, instant, years_between
from engine.market import Market
from engine.model import (
    UNFLAGGED,
    Bar,
    ChainSnapshot,
    ContractTable,
    Deliverable,
    ExerciseStyle,
    OptionContract,
    OptionSeries,
    QuoteFlag,
    Right,
    Session,
    SessionTable,
    SettlementMethod,
    SettlementSession,
    TickRule,
)

NEW_YORK = "America/New_York"
AM_ROOTS = frozenset({"SPX", "NDX", "RUT"})
"""Roots whose series settle at the open of their expiration date and last trade the day before."""

# --- time -------------------------------------------------------------------------------------------------------


def new_york(on: date, clock: str = "16:00") -> Instant:
    """Instant of a New York wall-clock time, e.g. `new_york(date(2019, 4, 25), "15:45")`."""
    return instant(datetime.combine(on, time.fromisoformat(clock), ZoneInfo(NEW_YORK)))


def weekdays(first: date, last: date, holidays: Iterable[date] = ()) -> tuple[date, ...]:
    """Mondays to Fridays from `first` to `last`, both included, without the holidays."""
    closed = set(holidays)
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in closed)


def session_table(
    first: date,
    last: date,
    *,
    holidays: Iterable[date] = (),
    early_closes: Mapping[date, str] | None = None,
) -> SessionTable:
    """New York sessions 09:30-16:00 on every weekday that is no holiday; `early_closes` gives other closes."""
    closes = early_closes or {}
    return SessionTable(
        calendar="XNYS",
        timezone=NEW_YORK,
        sessions=tuple(
            Session(day, new_york(day, "09:30"), new_york(day, closes.get(day, "16:00")))
            for day in weekdays(first, last, holidays)
        ),
    )


# --- contracts --------------------------------------------------------------------------------------------------


def series(
    expires_on: date,
    root: str = "SPXW",
    *,
    underlying: str = "SPX",
    last_trades_at: Instant | None = None,
    settles_at: Instant | None = None,
) -> OptionSeries:
    """A European, cash-settled index series; AM roots (`SPX`) last trade the weekday before, at 16:15.

    Other kinds of series: `replace(series(...), style=..., settlement=...)`, or `equity_series`.
    """
    morning = root in AM_ROOTS
    eve = weekdays(expires_on - timedelta(days=4), expires_on - timedelta(days=1))[-1]
    last = new_york(eve, "16:15") if morning else new_york(expires_on, "16:00")
    settled = new_york(expires_on, "09:30" if morning else "16:00")
    return OptionSeries(
        underlying=underlying,
        root=root,
        expires_on=expires_on,
        symbol_date=expires_on,
        last_trades_at=last if last_trades_at is None else last_trades_at,
        settles_at=settled if settles_at is None else settles_at,
        style=ExerciseStyle.EUROPEAN,
        settlement=SettlementMethod.CASH,
        session=SettlementSession.AM if morning else SettlementSession.PM,
        ticks=TickRule(below_3_usd=0.05, from_3_usd=0.10, package_usd=0.05),
    )


def equity_series(expires_on: date, symbol: str = "AAPL", deliverable: Deliverable | None = None) -> OptionSeries:
    """An American series that delivers shares, penny ticks."""
    return replace(
        series(expires_on, symbol, underlying=symbol),
        style=ExerciseStyle.AMERICAN,
        settlement=SettlementMethod.PHYSICAL,
        deliverable=deliverable or Deliverable(),
        ticks=TickRule(),
    )


def contract_table(strikes: Mapping[OptionSeries, Iterable[float]]) -> ContractTable:
    """A table with a put and a call at every strike of every series, whatever their order here."""
    ordered = sorted(strikes, key=lambda one: one.order_key)
    index: list[int] = []
    rights: list[int] = []
    prices: list[float] = []
    for position, one in enumerate(ordered):
        ascending = sorted(float(strike) for strike in strikes[one])
        for right in (Right.PUT, Right.CALL):
            index += [position] * len(ascending)
            rights += [int(right)] * len(ascending)
            prices += ascending
    return ContractTable.build(ordered, np.array(index, np.int64), np.array(rights, np.int64), np.array(prices))


def put(table: ContractTable, of: OptionSeries, strike: float) -> OptionContract:
    """The put of a series at a strike."""
    return table.find(of.root, of.expires_on, Right.PUT, strike)


def call(table: ContractTable, of: OptionSeries, strike: float) -> OptionContract:
    """The call of a series at a strike."""
    return table.find(of.root, of.expires_on, Right.CALL, strike)


# --- quotes -----------------------------------------------------------------------------------------------------

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Quote:
    """One row of a chain, per share; NaN where the vendor has no value."""

    bid: float = 1.0
    ask: float = 1.1
    delta: float = NAN
    implied_volatility: float = NAN
    bid_size: float = NAN
    ask_size: float = NAN
    last: float = NAN
    volume: float = NAN
    open_interest: float = NAN
    gamma: float = NAN
    theta: float = NAN
    vega: float = NAN
    flags: QuoteFlag = UNFLAGGED


Quotes: TypeAlias = Callable[[OptionContract], Quote | None]
"""What a contract is quoted at; None: not in the chain."""


def model_quotes(at: Instant, price: float, volatility: float = 0.15, half_spread: float = 0.10) -> Quotes:
    """Black-Scholes quotes at rate zero, rounded to cents; a bid that would not be positive is 0 and flagged."""

    def quote(contract: OptionContract) -> Quote:
        value, delta = black_scholes(contract, at, price, volatility)
        bid, ask = round(value - half_spread, 2), round(value + half_spread, 2)
        if bid <= 0.0:
            return Quote(0.0, ask, delta, volatility, flags=QuoteFlag.NO_BID)
        return Quote(bid, ask, delta, volatility)

    return quote


def black_scholes(contract: OptionContract, at: Instant, price: float, volatility: float) -> tuple[float, float]:
    """Value per share and delta at rate zero."""
    years = max(years_between(at, contract.series.settles_at), 1e-9)
    deviation = volatility * sqrt(years)
    upper = log(price / contract.strike) / deviation + deviation / 2
    right = int(contract.right)

    def normal(x: float) -> float:
        return (1.0 + erf(x / sqrt(2.0))) / 2.0

    delta = right * normal(right * upper)
    return price * delta - right * contract.strike * normal(right * (upper - deviation)), delta


def by_delta(deltas: Mapping[int, Mapping[float, float]], quote: Quote | None = None) -> Quotes:
    """Quotes only the rights (+1 call, -1 put) and strikes named, with these absolute deltas."""
    base = quote or Quote()

    def quoted(contract: OptionContract) -> Quote | None:
        delta = deltas.get(int(contract.right), {}).get(contract.strike)
        return None if delta is None else replace(base, delta=int(contract.right) * delta)

    return quoted


def chain(
    table: ContractTable,
    at: Instant,
    price: float,
    *,
    quotes: Quotes | None = None,
    changes: Mapping[OptionContract, Quote | None] | None = None,
    underlying: str = "SPX",
) -> ChainSnapshot:
    """A snapshot of every contract of the underlying that still trades and has a quote.

    Args:
        quotes: what each contract is quoted at; left out: `model_quotes(at, price)`.
        changes: quotes that differ; None takes the contract out of the chain.
    """
    quoted = quotes or model_quotes(at, price)
    differing = changes or {}
    rows: list[tuple[int, Quote]] = []
    for contract in map(table.contract, range(len(table))):
        if contract.series.underlying != underlying or contract.series.last_trades_at < at:
            continue
        quote = differing[contract] if contract in differing else quoted(contract)
        if quote is not None:
            rows.append((contract.contract_id, quote))
    columns = {"contract_id": np.array([row for row, _ in rows], np.int32)}
    names = [field.name for field in fields(Quote)]
    columns |= {name: np.array([getattr(quote, name) for _, quote in rows], float) for name in names}
    return ChainSnapshot.build(at, underlying, price, table, dict(columns))


# --- the market -------------------------------------------------------------------------------------------------


def publish_prices(market: Market, at: Instant, **prices: float) -> None:
    """Let a market see a bar of each symbol, flat at its price."""
    for symbol, price in prices.items():
        market.on_bar(BarArrived(at, Bar(symbol, price, price, price, price, 0.0)))
